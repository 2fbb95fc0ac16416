package admin

import (
	"context"
	"errors"

	"hookswitch"
)

// Carriers is who carries the messages: the providers and, when it is active, the telephony hook in their place.
type Carriers struct {
	Providers []hookswitch.TelephonyProvider // the primary first
	Hook      hookswitch.InlineHook          // zero when none is active
	Fallback  hookswitch.HookFallback        // zero when no hook is active
}

// Carriers reads who carries the messages. A hook is looked for only when no provider is active, because then there is
// none.
func (h *Hooks) Carriers(ctx context.Context) (Carriers, error) {
	var c Carriers
	err := h.o.View(ctx, func(tx HooksTx) error {
		var err error
		c = Carriers{}
		if c.Providers, err = tx.Providers(); err != nil {
			return err
		}
		for _, p := range c.Providers {
			if p.Enabled {
				return nil
			}
		}
		hooks, err := tx.InlineHooks()
		if err != nil {
			return err
		}
		for _, hook := range hooks {
			if !hook.Active {
				continue
			}
			org, err := tx.Org()
			c.Hook, c.Fallback = hook, org.HookFallback
			return err
		}
		return nil
	})
	return c, err
}

// HookFallback reads what follows when the telephony hook fails.
func (h *Hooks) HookFallback(ctx context.Context) (hookswitch.HookFallback, error) {
	var org hookswitch.Org
	err := h.o.View(ctx, func(tx HooksTx) error {
		var err error
		org, err = tx.Org()
		return err
	})
	return org.HookFallback, err
}

// SetHookFallback chooses what follows when the telephony hook fails.
func (h *Hooks) SetHookFallback(ctx context.Context, f hookswitch.HookFallback, origin hookswitch.Origin, seen ...Seen[hookswitch.HookFallback]) error {
	return h.o.Update(ctx, func(tx HooksTx) error {
		org, err := tx.Org()
		if err == nil {
			err = unchanged(seen, org.HookFallback)
		}
		if err != nil || org.HookFallback == f {
			return err
		}
		if f.ProviderID != "" {
			providers, err := tx.Providers()
			if err != nil {
				return err
			}
			if _, err := find(providers, f.ProviderID); err != nil {
				return hookswitch.RefuseField(hookswitch.Invalid, "fallbackProviderId", "There is no such telephony provider.")
			}
		}
		var changed hookswitch.Datum
		changed.Key = "changed"
		switch {
		case org.HookFallback.ProviderID == f.ProviderID:
			changed.Value = "acceptDuplicates"
		case org.HookFallback.AcceptDuplicates == f.AcceptDuplicates:
			changed.Value = "fallbackProviderId"
		default:
			changed.Value = "fallbackProviderId, acceptDuplicates"
		}
		org.HookFallback = f
		if err := tx.UpdateOrg(org); err != nil {
			return err
		}
		return tx.AppendEvents(eventOf(hookswitch.HookFallbackUpdated, origin, hookswitch.OrgEntity(org), tx.Now(), h.o.Random, changed))
	})
}

// ExecuteInlineHook asks a hook, active or not, for a preview and gives its answer, JSON.
func (h *Hooks) ExecuteInlineHook(ctx context.Context, id string, payload []byte, origin hookswitch.Origin) ([]byte, error) {
	hook, err := h.InlineHook(ctx, id)
	if err != nil {
		return nil, err
	}
	answer, asked := h.o.Ask(ctx, hook, payload)
	var failed *hookswitch.SendError
	err = h.o.Update(context.WithoutCancel(ctx), func(tx HooksTx) error {
		event := h.event(tx, hookswitch.HookExecuted, origin, hook, hookswitch.Datum{Key: "preview", Value: "true"})
		if errors.As(asked, &failed) {
			event.Result, event.Severity = hookswitch.ResultFailure, hookswitch.ResultFailure.Severity()
			event.Reason = failed.Failure.Traits().Reason
		}
		return tx.AppendEvents(event)
	})
	if err != nil {
		return nil, err
	}
	if failed != nil {
		refused := hookswitch.Refuse(hookswitch.TestFailed, failed.Failure.Traits().Reason+".")
		if failed.Detail != "" {
			refused.Causes = append(refused.Causes, hookswitch.Cause{Text: failed.Detail})
		}
		return nil, refused
	}
	return answer, asked
}
