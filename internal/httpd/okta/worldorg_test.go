package okta

import (
	"context"
	"slices"

	"hookswitch"
	"hookswitch/internal/admin"
)

func (w *world) Org(context.Context) (hookswitch.Org, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.org, nil
}

func (w *world) ChangeOrg(_ context.Context, change func(is *hookswitch.Org), _ hookswitch.Origin, seen ...admin.Seen[hookswitch.Org]) (hookswitch.Org, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, ask := range seen {
		if err := ask(w.org); err != nil {
			return hookswitch.Org{}, err
		}
	}
	change(&w.org)
	return w.org, nil
}

func (w *world) TrustedOrigins(context.Context) ([]hookswitch.TrustedOrigin, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.org.TrustedOrigins), nil
}

func (w *world) onOrigin(id string, change func(all []hookswitch.TrustedOrigin, i int) error) (hookswitch.TrustedOrigin, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.org.TrustedOrigins, func(t hookswitch.TrustedOrigin) bool { return t.ID == id })
	if i < 0 {
		return hookswitch.TrustedOrigin{}, notFound("trusted origin")
	}
	err := change(w.org.TrustedOrigins, i)
	return w.org.TrustedOrigins[i], err
}

func (w *world) TrustedOrigin(_ context.Context, id string) (hookswitch.TrustedOrigin, error) {
	return w.onOrigin(id, func([]hookswitch.TrustedOrigin, int) error { return nil })
}

func (w *world) CreateTrustedOrigin(_ context.Context, s admin.OriginSpec, by hookswitch.Origin) (hookswitch.TrustedOrigin, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	made := hookswitch.TrustedOrigin{
		ID: w.id("tos"), Name: s.Name, Origin: s.Origin, CORS: s.CORS, Redirect: s.Redirect,
		Created: noon(), LastUpdated: noon(), CreatedBy: by.Actor.ID, UpdatedBy: by.Actor.ID,
	}
	w.org.TrustedOrigins = append(w.org.TrustedOrigins, made)
	return made, nil
}

func (w *world) ReplaceTrustedOrigin(_ context.Context, id string, s admin.OriginSpec, _ hookswitch.Origin, seen ...admin.Seen[hookswitch.TrustedOrigin]) (hookswitch.TrustedOrigin, error) {
	return w.onOrigin(id, func(all []hookswitch.TrustedOrigin, i int) error {
		for _, ask := range seen {
			if err := ask(all[i]); err != nil {
				return err
			}
		}
		all[i].Name, all[i].Origin, all[i].CORS, all[i].Redirect = s.Name, s.Origin, s.CORS, s.Redirect
		return nil
	})
}

func (w *world) SwitchTrustedOrigin(_ context.Context, id string, active bool, _ hookswitch.Origin) (hookswitch.TrustedOrigin, error) {
	return w.onOrigin(id, func(all []hookswitch.TrustedOrigin, i int) error { all[i].Inactive = !active; return nil })
}

func (w *world) DeleteTrustedOrigin(ctx context.Context, id string, _ hookswitch.Origin) error {
	if _, err := w.TrustedOrigin(ctx, id); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.org.TrustedOrigins = slices.DeleteFunc(w.org.TrustedOrigins, func(t hookswitch.TrustedOrigin) bool { return t.ID == id })
	return nil
}
