package okta

import (
	"cmp"
	"context"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/verify"
)

// What the world knows of telephony providers.

func (w *world) Providers(context.Context) ([]hookswitch.TelephonyProvider, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return sorted(w.providers), nil
}

func (w *world) Provider(_ context.Context, id string) (hookswitch.TelephonyProvider, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p, ok := w.providers[id]; ok {
		return p, nil
	}
	return hookswitch.TelephonyProvider{}, notFound("telephony provider")
}

func (w *world) CreateProvider(_ context.Context, n admin.NewProvider, _ hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := hookswitch.TelephonyProvider{ID: w.id("oct"), Name: n.Name, SID: n.SID, AuthToken: n.AuthToken, Methods: n.Methods}
	w.providers[p.ID] = p
	return p, nil
}

func (w *world) change(ctx context.Context, id string, change func(p *hookswitch.TelephonyProvider) error) (hookswitch.TelephonyProvider, error) {
	p, err := w.Provider(ctx, id)
	if err == nil {
		err = change(&p)
	}
	if err != nil {
		return hookswitch.TelephonyProvider{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.providers[id] = p
	return p, nil
}

func (w *world) UpdateProvider(ctx context.Context, id string, change func(was hookswitch.TelephonyProvider) (admin.NewProvider, error), _ hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return w.change(ctx, id, func(p *hookswitch.TelephonyProvider) error {
		n, err := change(*p)
		if err != nil {
			return err
		}
		p.SID, p.AuthToken = cmp.Or(n.SID, p.SID), cmp.Or(n.AuthToken, p.AuthToken)
		if n.Methods != nil {
			p.Methods = n.Methods
		}
		return nil
	})
}

func (w *world) ActivateProvider(ctx context.Context, id string, _ hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return w.change(ctx, id, func(p *hookswitch.TelephonyProvider) error { p.Enabled = true; return nil })
}

func (w *world) DeactivateProvider(ctx context.Context, id string, _ hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return w.change(ctx, id, func(p *hookswitch.TelephonyProvider) error { p.Enabled, p.Primary = false, false; return nil })
}

func (w *world) SetPrimary(ctx context.Context, id string, _ hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return w.change(ctx, id, func(p *hookswitch.TelephonyProvider) error {
		if !p.Enabled {
			return hookswitch.Refuse(hookswitch.NotNow, "Only an active telephony provider can be primary.")
		}
		p.Primary = true
		return nil
	})
}

func (w *world) DeleteProvider(ctx context.Context, id string, _ hookswitch.Origin) error {
	p, err := w.Provider(ctx, id)
	if p.Enabled {
		return hookswitch.Refuse(hookswitch.NotNow, "Deactivate it first.")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.providers, id)
	return err
}

func (w *world) Test(_ context.Context, t verify.TestSend) (hookswitch.Delivery, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t.Phone == "+12025550199" {
		return hookswitch.Delivery{}, hookswitch.Refuse(hookswitch.TestFailed, "The provider says: authenticate")
	}
	w.sent = append(w.sent, sent{phone: string(t.Channel) + " " + t.Phone + " " + t.Country + " " + t.Extension, languages: t.Languages})
	return hookswitch.Delivery{ID: "dlv1"}, nil
}
