package admin

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"hookswitch"
)

// maxHooks is how many inline hooks an org may have.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/InlineHook/
const maxHooks = 50

// HooksTx is what the hooks ask of a store transaction, with the promises of [Tx].
type HooksTx interface {
	Now() time.Time
	AppendEvents(events ...hookswitch.Event) error

	InlineHooks() ([]hookswitch.InlineHook, error)
	InsertInlineHook(h hookswitch.InlineHook) error
	UpdateInlineHook(h hookswitch.InlineHook) error
	DeleteInlineHook(h hookswitch.InlineHook) error

	Providers() ([]hookswitch.TelephonyProvider, error)
	Org() (hookswitch.Org, error)
	UpdateOrg(org hookswitch.Org) error
}

// HookOptions are what Hooks needs. All fields are required.
type HookOptions struct {
	Update func(ctx context.Context, fn func(HooksTx) error) error
	View   func(ctx context.Context, fn func(HooksTx) error) error
	// CheckURI says why an address will never be called, or nil.
	CheckURI func(uri string) error
	// Ask posts a payload to a hook and gives its answer, JSON, or a *hookswitch.SendError.
	Ask    func(ctx context.Context, h hookswitch.InlineHook, payload []byte) ([]byte, error)
	Random io.Reader
}

// Hooks keeps the inline hooks, and what follows when the telephony hook fails. It is safe for concurrent use.
type Hooks struct{ o HookOptions }

// NewHooks makes a Hooks.
func NewHooks(o HookOptions) *Hooks { return &Hooks{o} }

// HookSpec is what an administrator says of a hook.
type HookSpec struct {
	Name      string
	URI       string
	Headers   []hookswitch.HookHeader
	AuthKey   string
	AuthValue hookswitch.Secret // in a change, "" keeps the value of the same header
}

// InlineHooks lists the hooks, the oldest first.
func (h *Hooks) InlineHooks(ctx context.Context) ([]hookswitch.InlineHook, error) {
	var all []hookswitch.InlineHook
	err := h.o.View(ctx, func(tx HooksTx) error {
		var err error
		all, err = tx.InlineHooks()
		return err
	})
	return all, err
}

// InlineHook gives one hook.
func (h *Hooks) InlineHook(ctx context.Context, id string) (hookswitch.InlineHook, error) {
	all, err := h.InlineHooks(ctx)
	if err != nil {
		return hookswitch.InlineHook{}, err
	}
	return findHook(all, id)
}

func findHook(all []hookswitch.InlineHook, id string) (hookswitch.InlineHook, error) {
	i := slices.IndexFunc(all, func(h hookswitch.InlineHook) bool { return h.ID == id })
	if i < 0 {
		return hookswitch.InlineHook{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such inline hook.")
	}
	return all[i], nil
}

// CreateInlineHook adds a telephony hook. It is active at once, unless something else carries messages already.
func (h *Hooks) CreateInlineHook(ctx context.Context, spec HookSpec, origin hookswitch.Origin) (hookswitch.InlineHook, error) {
	if err := h.valid(spec); err != nil {
		return hookswitch.InlineHook{}, err
	}
	var made hookswitch.InlineHook
	err := h.o.Update(ctx, func(tx HooksTx) error {
		all, err := tx.InlineHooks()
		if err != nil {
			return err
		}
		if len(all) >= maxHooks {
			return hookswitch.Refuse(hookswitch.NotNow, "There can be at most 50 inline hooks. Delete one first.")
		}
		carrier, err := otherCarrier(tx, "", all)
		if err != nil {
			return err
		}
		now := tx.Now()
		made = hookswitch.InlineHook{
			ID: hookswitch.NewID(hookswitch.HookID, now, h.o.Random), Type: hookswitch.TelephonyHook, Active: carrier == "",
			Created: now, LastUpdated: now, Version: 1,
		}
		made = spec.over(made)
		if made.Active {
			if err := lockCarriers(tx); err != nil {
				return err
			}
		}
		if err := tx.InsertInlineHook(made); err != nil {
			return err
		}
		events := []hookswitch.Event{h.event(tx, hookswitch.HookCreated, origin, made)}
		if made.Active {
			events = append(events, h.event(tx, hookswitch.HookActivated, origin, made))
		}
		return tx.AppendEvents(events...)
	})
	return made, err
}

// ChangeInlineHook gives a hook what change makes of what it has; change may be called again.
func (h *Hooks) ChangeInlineHook(ctx context.Context, id string, change func(HookSpec) HookSpec, origin hookswitch.Origin, seen ...Seen[hookswitch.InlineHook]) (hookswitch.InlineHook, error) {
	return h.change(ctx, id, hookswitch.HookUpdated, origin, func(_ HooksTx, _ []hookswitch.InlineHook, hook *hookswitch.InlineHook) ([]hookswitch.Datum, error) {
		was := *hook
		if err := unchanged(seen, was); err != nil {
			return nil, err
		}
		spec := change(specOf(was))
		if spec.AuthValue == "" && strings.EqualFold(spec.AuthKey, was.AuthKey) {
			spec.AuthValue = was.AuthValue
		}
		*hook = spec.over(was)
		return []hookswitch.Datum{{Key: "changed", Value: strings.Join(changedOfHook(was, *hook), ", ")}}, h.valid(spec)
	})
}

// ActivateInlineHook lets a telephony hook carry every message.
func (h *Hooks) ActivateInlineHook(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.InlineHook, error) {
	return h.change(ctx, id, hookswitch.HookActivated, origin, func(tx HooksTx, all []hookswitch.InlineHook, hook *hookswitch.InlineHook) ([]hookswitch.Datum, error) {
		if hook.Active {
			return nil, nil
		}
		carrier, err := otherCarrier(tx, hook.ID, all)
		if err != nil {
			return nil, err
		}
		if carrier != "" {
			return nil, hookswitch.Refuse(hookswitch.NotNow, carrier+" is active. Deactivate it before you activate this inline hook.")
		}
		hook.Active = true
		return nil, lockCarriers(tx)
	})
}

// DeactivateInlineHook keeps a hook from being called.
func (h *Hooks) DeactivateInlineHook(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.InlineHook, error) {
	return h.change(ctx, id, hookswitch.HookDeactivated, origin, func(_ HooksTx, _ []hookswitch.InlineHook, hook *hookswitch.InlineHook) ([]hookswitch.Datum, error) {
		hook.Active = false
		return nil, nil
	})
}

// DeleteInlineHook forgets a hook and its secret. It must be inactive.
func (h *Hooks) DeleteInlineHook(ctx context.Context, id string, origin hookswitch.Origin) error {
	return h.o.Update(ctx, func(tx HooksTx) error {
		all, err := tx.InlineHooks()
		if err != nil {
			return err
		}
		hook, err := findHook(all, id)
		if err != nil {
			return err
		}
		if hook.Active {
			return hookswitch.Refuse(hookswitch.NotNow, "An active inline hook cannot be deleted. Deactivate it first.")
		}
		if err := tx.DeleteInlineHook(hook); err != nil {
			return err
		}
		return tx.AppendEvents(h.event(tx, hookswitch.HookDeleted, origin, hook))
	})
}

// change applies one change and writes its event; a change that changes nothing writes nothing.
func (h *Hooks) change(ctx context.Context, id string, kind hookswitch.EventType, origin hookswitch.Origin,
	change func(tx HooksTx, all []hookswitch.InlineHook, hook *hookswitch.InlineHook) ([]hookswitch.Datum, error),
) (hookswitch.InlineHook, error) {
	var hook hookswitch.InlineHook
	err := h.o.Update(ctx, func(tx HooksTx) error {
		all, err := tx.InlineHooks()
		if err != nil {
			return err
		}
		if hook, err = findHook(all, id); err != nil {
			return err
		}
		was := hook
		data, err := change(tx, all, &hook)
		if err != nil || was.Active == hook.Active && len(changedOfHook(was, hook)) == 0 {
			return err
		}
		hook.LastUpdated = tx.Now()
		if err := tx.UpdateInlineHook(hook); err != nil {
			return err
		}
		hook.Version++
		return tx.AppendEvents(h.event(tx, kind, origin, hook, data...))
	})
	return hook, err
}

func (h *Hooks) event(tx HooksTx, kind hookswitch.EventType, origin hookswitch.Origin, hook hookswitch.InlineHook, data ...hookswitch.Datum) hookswitch.Event {
	return eventOf(kind, origin, hookswitch.HookEntity(hook), tx.Now(), h.o.Random, data...)
}

func specOf(h hookswitch.InlineHook) HookSpec {
	return HookSpec{Name: h.Name, URI: h.URI, Headers: h.Headers, AuthKey: h.AuthKey, AuthValue: h.AuthValue}
}

func (s HookSpec) over(h hookswitch.InlineHook) hookswitch.InlineHook {
	h.Name, h.URI, h.Headers, h.AuthKey, h.AuthValue = s.Name, s.URI, s.Headers, s.AuthKey, s.AuthValue
	return h
}

// changedOfHook names the fields that differ, in the words of the API.
func changedOfHook(was, is hookswitch.InlineHook) []string {
	var fields []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"name", was.Name == is.Name},
		{"channel.config.uri", was.URI == is.URI},
		{"channel.config.headers", slices.Equal(was.Headers, is.Headers)},
		{"channel.config.authScheme.key", was.AuthKey == is.AuthKey},
		{"channel.config.authScheme.value", was.AuthValue == is.AuthValue},
	} {
		if !field.same {
			fields = append(fields, field.name)
		}
	}
	return fields
}

// otherCarrier names what else carries messages, "" for nothing.
func otherCarrier(tx HooksTx, id string, all []hookswitch.InlineHook) (string, error) {
	for _, other := range all {
		if other.Active && other.ID != id {
			return "The telephony inline hook " + other.Name, nil
		}
	}
	providers, err := tx.Providers()
	for _, p := range providers {
		if p.Enabled {
			return "The telephony provider " + string(p.Name), nil
		}
	}
	return "", err
}

// carrierTx is what has to hold still while it is decided who carries messages.
type carrierTx interface {
	Org() (hookswitch.Org, error)
	UpdateOrg(org hookswitch.Org) error
}

// lockCarriers makes transactions that decide who carries messages, or who takes over, follow one another: each of them
// writes the org's row, which one at a time can.
func lockCarriers(tx carrierTx) error {
	org, err := tx.Org()
	if err != nil {
		return err
	}
	return tx.UpdateOrg(org)
}
