package admin

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hookswitch"
)

// NewProvider is what an administrator says of a provider. In a change, what is absent (nil, empty) stays as it is.
type NewProvider struct {
	Name      hookswitch.ProviderName
	SID       string
	AuthToken hookswitch.Secret
	Methods   map[hookswitch.Channel]hookswitch.Method
}

// Providers lists the configured providers, the primary first.
func (s *Service) Providers(ctx context.Context) ([]hookswitch.TelephonyProvider, error) {
	var all []hookswitch.TelephonyProvider
	err := s.view(ctx, func(tx Tx) error {
		var err error
		all, err = tx.Providers()
		return err
	})
	return all, err
}

// Provider gives one configured provider.
func (s *Service) Provider(ctx context.Context, id string) (hookswitch.TelephonyProvider, error) {
	all, err := s.Providers(ctx)
	if err != nil {
		return hookswitch.TelephonyProvider{}, err
	}
	p, err := find(all, id)
	return p, err
}

func find(all []hookswitch.TelephonyProvider, id string) (hookswitch.TelephonyProvider, error) {
	i := slices.IndexFunc(all, func(p hookswitch.TelephonyProvider) bool { return p.ID == id })
	if i < 0 {
		return hookswitch.TelephonyProvider{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such telephony provider.")
	}
	return all[i], nil
}

// CreateProvider adds a provider, inactive. There is one entry per provider name.
func (s *Service) CreateProvider(ctx context.Context, n NewProvider, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	p := hookswitch.TelephonyProvider{Name: n.Name, SID: n.SID, AuthToken: n.AuthToken, Methods: n.Methods}
	err := s.update(ctx, func(tx Tx) error {
		if err := s.valid(tx, p); err != nil {
			return err
		}
		all, err := tx.Providers()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(other hookswitch.TelephonyProvider) bool { return other.Name == p.Name }) {
			return hookswitch.RefuseField(hookswitch.AlreadyExists, "providerName", "This telephony provider is already configured. Edit it, or delete it first.")
		}
		now := tx.Now()
		p.ID = hookswitch.NewID(hookswitch.ProviderID, now, s.random)
		p.Created, p.LastUpdated, p.Version = now, now, 1
		if err := tx.InsertProvider(p); err != nil {
			return err
		}
		return tx.AppendEvents(s.event(tx, hookswitch.ProviderCreated, origin, providerEntity(p), hookswitch.Datum{Key: "methods", Value: methodsInWords(p)}))
	})
	return p, err
}

// UpdateProvider changes the account or the methods of a provider to what change makes of it; change may be called again.
func (s *Service) UpdateProvider(ctx context.Context, id string, change func(was hookswitch.TelephonyProvider) (NewProvider, error), origin hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return s.changeProvider(ctx, id, hookswitch.ProviderUpdated, origin, func(tx Tx, _ []hookswitch.TelephonyProvider, p *hookswitch.TelephonyProvider) ([]hookswitch.Datum, error) {
		n, err := change(*p)
		if err != nil {
			return nil, err
		}
		var changed []string
		if n.SID != "" && n.SID != p.SID {
			p.SID = n.SID
			changed = append(changed, "providerSid")
		}
		if n.AuthToken != "" && n.AuthToken != p.AuthToken {
			p.AuthToken = n.AuthToken
			changed = append(changed, "providerAuthToken")
		}
		if n.Methods != nil && !maps.Equal(n.Methods, p.Methods) {
			p.Methods = n.Methods
			changed = append(changed, "providerSettings")
		}
		return []hookswitch.Datum{{Key: "changed", Value: strings.Join(changed, ", ")}}, s.valid(tx, *p)
	})
}

// ActivateProvider lets a provider send; the first one that is active becomes the primary.
func (s *Service) ActivateProvider(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return s.changeProvider(ctx, id, hookswitch.ProviderActivated, origin, func(tx Tx, all []hookswitch.TelephonyProvider, p *hookswitch.TelephonyProvider) ([]hookswitch.Datum, error) {
		if p.Enabled {
			return nil, nil
		}
		if err := noActiveHook(tx); err != nil {
			return nil, err
		}
		p.Enabled = true
		p.Primary = p.Primary || !slices.ContainsFunc(all, func(other hookswitch.TelephonyProvider) bool { return other.Primary })
		return nil, nil
	})
}

// DeactivateProvider keeps a provider from sending. While two are active the primary cannot be deactivated.
func (s *Service) DeactivateProvider(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	return s.changeProvider(ctx, id, hookswitch.ProviderDeactivated, origin, func(_ Tx, all []hookswitch.TelephonyProvider, p *hookswitch.TelephonyProvider) ([]hookswitch.Datum, error) {
		other := slices.ContainsFunc(all, func(other hookswitch.TelephonyProvider) bool { return other.Enabled && other.ID != p.ID })
		if p.Primary && other {
			return nil, hookswitch.Refuse(hookswitch.NotNow, "The primary telephony provider cannot be deactivated while another one is active. Set the other one as primary first.")
		}
		p.Enabled, p.Primary = false, false
		return nil, nil
	})
}

// changeProvider applies one change and writes its event; a change that changes nothing writes nothing.
func (s *Service) changeProvider(ctx context.Context, id string, kind hookswitch.EventType, origin hookswitch.Origin,
	change func(tx Tx, all []hookswitch.TelephonyProvider, p *hookswitch.TelephonyProvider) ([]hookswitch.Datum, error),
) (hookswitch.TelephonyProvider, error) {
	var p hookswitch.TelephonyProvider
	err := s.update(ctx, func(tx Tx) error {
		all, err := tx.Providers()
		if err != nil {
			return err
		}
		if p, err = find(all, id); err != nil {
			return err
		}
		was := p
		data, err := change(tx, all, &p)
		if err != nil || same(was, p) {
			return err
		}
		p.LastUpdated = tx.Now()
		if err := tx.UpdateProvider(p); err != nil {
			return err
		}
		p.Version++
		return tx.AppendEvents(s.event(tx, kind, origin, providerEntity(p), data...))
	})
	return p, err
}

func same(a, b hookswitch.TelephonyProvider) bool {
	return a.SID == b.SID && a.AuthToken == b.AuthToken && a.Enabled == b.Enabled && a.Primary == b.Primary && maps.Equal(a.Methods, b.Methods)
}

// SetPrimary makes an active provider the first one that is tried.
func (s *Service) SetPrimary(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error) {
	var p hookswitch.TelephonyProvider
	err := s.update(ctx, func(tx Tx) error {
		all, err := tx.Providers()
		if err != nil {
			return err
		}
		if p, err = find(all, id); err != nil {
			return err
		}
		if !p.Enabled {
			return hookswitch.Refuse(hookswitch.NotNow, "Only an active telephony provider can be primary. Activate it first.")
		}
		if p.Primary {
			return nil
		}
		for _, other := range all {
			if !other.Primary {
				continue
			}
			other.Primary, other.LastUpdated = false, tx.Now()
			if err := tx.UpdateProvider(other); err != nil {
				return err
			}
		}
		p.Primary, p.LastUpdated = true, tx.Now()
		if err := tx.UpdateProvider(p); err != nil {
			return err
		}
		p.Version++
		return tx.AppendEvents(s.event(tx, hookswitch.ProviderPrimary, origin, providerEntity(p)))
	})
	return p, err
}

// DeleteProvider forgets a provider and its credentials. It must be inactive.
func (s *Service) DeleteProvider(ctx context.Context, id string, origin hookswitch.Origin) error {
	return s.update(ctx, func(tx Tx) error {
		all, err := tx.Providers()
		if err != nil {
			return err
		}
		p, err := find(all, id)
		if err != nil {
			return err
		}
		if p.Enabled {
			return hookswitch.Refuse(hookswitch.NotNow, "An active telephony provider cannot be deleted. Deactivate it first.")
		}
		if err := notFallback(tx, p); err != nil {
			return err
		}
		if err := tx.DeleteProvider(p); err != nil {
			return err
		}
		return tx.AppendEvents(s.event(tx, hookswitch.ProviderDeleted, origin, providerEntity(p)))
	})
}

// noActiveHook refuses while an inline hook carries the messages.
func noActiveHook(tx Tx) error {
	hooks, err := tx.InlineHooks()
	if err != nil {
		return err
	}
	for _, h := range hooks {
		if h.Active {
			return hookswitch.Refuse(hookswitch.NotNow, "The telephony inline hook "+h.Name+" is active. Deactivate it before you activate a telephony provider.")
		}
	}
	return lockCarriers(tx)
}

// notFallback refuses to take away what the org chose for the failures of its telephony hook.
func notFallback(tx Tx, p hookswitch.TelephonyProvider) error {
	org, err := tx.Org()
	if err != nil {
		return err
	}
	if org.HookFallback.ProviderID == p.ID {
		return hookswitch.Refuse(hookswitch.NotNow, "This telephony provider is the fallback of the telephony inline hook. Choose another one, or none, first.")
	}
	return lockCarriers(tx)
}

func (s *Service) valid(tx Tx, p hookswitch.TelephonyProvider) error {
	org, err := tx.Org()
	if err != nil {
		return err
	}
	if causes := s.check(p, org.CodeDigits); len(causes) > 0 {
		return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	return nil
}

func providerEntity(p hookswitch.TelephonyProvider) hookswitch.Entity {
	return hookswitch.Entity{ID: p.ID, Type: "TelephonyProvider", AlternateID: p.SID, DisplayName: string(p.Name)}
}

// methodsInWords is for example "sms: twilioMessageSid, call: twilioPhoneNumber".
func methodsInWords(p hookswitch.TelephonyProvider) string {
	var words []string
	for _, c := range hookswitch.Channels() {
		if m, ok := p.Methods[c]; ok {
			words = append(words, string(c)+": "+m.Option)
		}
	}
	return strings.Join(words, ", ")
}
