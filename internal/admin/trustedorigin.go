package admin

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"hookswitch"
)

// maxOrigins bounds what every request of a page of another site is compared with.
const maxOrigins = 100

// OriginSpec is what an administrator says of a trusted origin.
type OriginSpec struct {
	Name     string
	Origin   string
	CORS     bool
	Redirect bool
}

// TrustedOrigins lists the trusted origins, the oldest first.
func (s *Service) TrustedOrigins(ctx context.Context) ([]hookswitch.TrustedOrigin, error) {
	org, err := s.Org(ctx)
	return org.TrustedOrigins, err
}

// TrustedOrigin gives one of them.
func (s *Service) TrustedOrigin(ctx context.Context, id string) (hookswitch.TrustedOrigin, error) {
	all, err := s.TrustedOrigins(ctx)
	if err != nil {
		return hookswitch.TrustedOrigin{}, err
	}
	i, err := findOrigin(all, id)
	if err != nil {
		return hookswitch.TrustedOrigin{}, err
	}
	return all[i], nil
}

func findOrigin(all []hookswitch.TrustedOrigin, id string) (int, error) {
	i := slices.IndexFunc(all, func(t hookswitch.TrustedOrigin) bool { return t.ID == id })
	if i < 0 {
		return 0, hookswitch.Refuse(hookswitch.NotFound, "There is no such trusted origin.")
	}
	return i, nil
}

// CreateTrustedOrigin adds a trusted origin, active at once.
func (s *Service) CreateTrustedOrigin(ctx context.Context, spec OriginSpec, origin hookswitch.Origin) (hookswitch.TrustedOrigin, error) {
	var made hookswitch.TrustedOrigin
	err := s.onOrigins(ctx, func(tx Tx, all []hookswitch.TrustedOrigin) ([]hookswitch.TrustedOrigin, hookswitch.Event, error) {
		if len(all) >= maxOrigins {
			return nil, hookswitch.Event{}, hookswitch.Refuse(hookswitch.NotNow, "There can be at most 100 trusted origins. Delete one first.")
		}
		made = hookswitch.TrustedOrigin{
			ID: hookswitch.NewID(hookswitch.TrustedOriginID, tx.Now(), s.random), Created: tx.Now(), CreatedBy: origin.Actor.ID,
			LastUpdated: tx.Now(), UpdatedBy: origin.Actor.ID,
		}
		err := spec.over(&made, all)
		return append(slices.Clone(all), made), s.event(tx, hookswitch.OriginCreated, origin, hookswitch.OriginEntity(made)), err
	})
	return made, err
}

// ReplaceTrustedOrigin changes a trusted origin; its status stays.
func (s *Service) ReplaceTrustedOrigin(ctx context.Context, id string, spec OriginSpec, origin hookswitch.Origin, seen ...Seen[hookswitch.TrustedOrigin]) (hookswitch.TrustedOrigin, error) {
	return s.changeOrigin(ctx, id, hookswitch.OriginUpdated, origin, func(is *hookswitch.TrustedOrigin, others []hookswitch.TrustedOrigin) error {
		if err := unchanged(seen, *is); err != nil {
			return err
		}
		return spec.over(is, others)
	})
}

// SwitchTrustedOrigin activates or deactivates a trusted origin.
func (s *Service) SwitchTrustedOrigin(ctx context.Context, id string, active bool, origin hookswitch.Origin) (hookswitch.TrustedOrigin, error) {
	kind := hookswitch.OriginDeactivated
	if active {
		kind = hookswitch.OriginActivated
	}
	return s.changeOrigin(ctx, id, kind, origin, func(is *hookswitch.TrustedOrigin, _ []hookswitch.TrustedOrigin) error {
		is.Inactive = !active
		return nil
	})
}

// DeleteTrustedOrigin ends the trust in an origin.
func (s *Service) DeleteTrustedOrigin(ctx context.Context, id string, origin hookswitch.Origin) error {
	return s.onOrigins(ctx, func(tx Tx, all []hookswitch.TrustedOrigin) ([]hookswitch.TrustedOrigin, hookswitch.Event, error) {
		i, err := findOrigin(all, id)
		if err != nil {
			return nil, hookswitch.Event{}, err
		}
		return slices.Delete(slices.Clone(all), i, i+1), s.event(tx, hookswitch.OriginDeleted, origin, hookswitch.OriginEntity(all[i])), nil
	})
}

// changeOrigin applies one change and writes its event; a change that changes nothing writes nothing.
func (s *Service) changeOrigin(ctx context.Context, id string, kind hookswitch.EventType, origin hookswitch.Origin,
	change func(is *hookswitch.TrustedOrigin, others []hookswitch.TrustedOrigin) error,
) (hookswitch.TrustedOrigin, error) {
	var is hookswitch.TrustedOrigin
	err := s.onOrigins(ctx, func(tx Tx, all []hookswitch.TrustedOrigin) ([]hookswitch.TrustedOrigin, hookswitch.Event, error) {
		i, err := findOrigin(all, id)
		if err != nil {
			return nil, hookswitch.Event{}, err
		}
		is = all[i]
		others := slices.Delete(slices.Clone(all), i, i+1)
		if err := change(&is, others); err != nil || is == all[i] {
			return nil, hookswitch.Event{}, err
		}
		changed := changedOfOrigin(all[i], is)
		is.LastUpdated, is.UpdatedBy = tx.Now(), origin.Actor.ID
		return slices.Insert(others, i, is), s.event(tx, kind, origin, hookswitch.OriginEntity(is), hookswitch.Datum{Key: "changed", Value: changed}), nil
	})
	return is, err
}

func changedOfOrigin(was, is hookswitch.TrustedOrigin) string {
	var fields []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"name", was.Name == is.Name},
		{"origin", was.Origin == is.Origin},
		{"scopes", was.CORS == is.CORS && was.Redirect == is.Redirect},
		{"status", was.Inactive == is.Inactive},
	} {
		if !field.same {
			fields = append(fields, field.name)
		}
	}
	return strings.Join(fields, ", ")
}

// onOrigins puts another list in the place of the org's; nil changes nothing.
func (s *Service) onOrigins(ctx context.Context, change func(tx Tx, all []hookswitch.TrustedOrigin) ([]hookswitch.TrustedOrigin, hookswitch.Event, error)) error {
	return s.update(ctx, func(tx Tx) error {
		org, err := tx.Org()
		if err != nil {
			return err
		}
		all, event, err := change(tx, org.TrustedOrigins)
		if err != nil || all == nil {
			return err
		}
		org.TrustedOrigins = all
		if err := tx.UpdateOrg(org); err != nil {
			return err
		}
		return tx.AppendEvents(event)
	})
}

// over gives a trusted origin what the spec says, or tells what is wrong with that.
func (spec OriginSpec) over(is *hookswitch.TrustedOrigin, others []hookswitch.TrustedOrigin) error {
	var causes []hookswitch.Cause
	wrong := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	at, ok := originOf(spec.Origin)
	if !ok {
		wrong("origin", "It must be a scheme and a host, such as https://app.example.com, with a port if you like and nothing behind it.")
	}
	if n := utf8.RuneCountInString(spec.Name); strings.TrimSpace(spec.Name) == "" || n > maxHookName || !plain(spec.Name) {
		wrong("name", "It must have 1 to 255 characters, none of them a control character.")
	}
	if !spec.CORS && !spec.Redirect {
		wrong("scopes", "Give CORS, REDIRECT or both.")
	}
	if len(causes) > 0 {
		return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	for _, other := range others {
		switch {
		case other.Origin == at:
			return hookswitch.RefuseField(hookswitch.AlreadyExists, "origin", "This origin is already trusted.")
		case strings.EqualFold(other.Name, spec.Name):
			return hookswitch.RefuseField(hookswitch.AlreadyExists, "name", "There is a trusted origin with this name.")
		}
	}
	is.Name, is.Origin, is.CORS, is.Redirect = spec.Name, at, spec.CORS, spec.Redirect
	return nil
}

// originOf spells an origin as browsers do (https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
func originOf(text string) (string, bool) {
	const longest = 255
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || len(text) > longest || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil ||
		u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.ContainsAny(u.Host, "*% ") {
		return "", false
	}
	for _, c := range []byte(u.Host) {
		if c <= ' ' || c > '~' {
			return "", false
		}
	}
	host := strings.ToLower(u.Host)
	if port := u.Port(); port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" || port == "" {
		host = strings.TrimSuffix(strings.TrimSuffix(host, ":"+port), ":")
	}
	return u.Scheme + "://" + host, true
}
