package admin

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hookswitch"
)

// Authenticators keeps what phones may be used for. It is safe for concurrent use.
type Authenticators struct {
	update, view func(ctx context.Context, fn func(HooksTx) error) error
	random       io.Reader
}

// NewAuthenticators makes an Authenticators.
func NewAuthenticators(update, view func(ctx context.Context, fn func(HooksTx) error) error, random io.Reader) *Authenticators {
	return &Authenticators{update, view, random}
}

// Phone is the phone authenticator of the org: there is this one, and it cannot be deleted.
type Phone struct {
	hookswitch.PhoneAuthenticator

	ID      string
	Created time.Time
}

// Phone reads the phone authenticator.
func (a *Authenticators) Phone(ctx context.Context) (Phone, error) {
	var p Phone
	err := a.view(ctx, func(tx HooksTx) error {
		org, err := tx.Org()
		p = phoneOf(org)
		return err
	})
	return p, err
}

// phoneOf shows an org's setting as an authenticator; its id is the org's under another prefix.
func phoneOf(org hookswitch.Org) Phone {
	p := Phone{PhoneAuthenticator: org.Phone, ID: hookswitch.AuthenticatorID + strings.TrimPrefix(org.ID, hookswitch.OrgID)}
	p.Created = hookswitch.MadeAt(org.ID, hookswitch.OrgID)
	if p.Name == "" {
		p.Name = "Phone"
	}
	if p.AllowedFor == "" {
		p.AllowedFor = hookswitch.AllowedForAny
	}
	if p.LastUpdated.IsZero() {
		p.LastUpdated = p.Created
	}
	return p
}

// SetPhone gives the phone authenticator another name and use.
func (a *Authenticators) SetPhone(ctx context.Context, name string, use hookswitch.AllowedFor, origin hookswitch.Origin, seen ...Seen[Phone]) (Phone, error) {
	uses := []hookswitch.AllowedFor{hookswitch.AllowedForAny, hookswitch.AllowedForNone, hookswitch.AllowedForRecovery, hookswitch.AllowedForSignIn}
	if n := utf8.RuneCountInString(name); n == 0 || n > maxHookName {
		return Phone{}, hookswitch.RefuseField(hookswitch.Invalid, "name", "It must have 1 to 255 characters.")
	}
	if !slices.Contains(uses, use) {
		return Phone{}, hookswitch.RefuseField(hookswitch.Invalid, "settings.allowedFor", "It must be any, none, recovery or sso.")
	}
	return a.changePhone(ctx, hookswitch.AuthenticatorUpdated, origin, func(p *hookswitch.PhoneAuthenticator) {
		p.Name, p.AllowedFor = name, use
	}, seen...)
}

// ActivatePhone lets phones be enrolled and challenged, by the methods that are active.
func (a *Authenticators) ActivatePhone(ctx context.Context, origin hookswitch.Origin) (Phone, error) {
	return a.changePhone(ctx, hookswitch.AuthenticatorActivated, origin, func(p *hookswitch.PhoneAuthenticator) { p.Inactive = false })
}

// DeactivatePhone refuses every phone. What is enrolled stays enrolled.
func (a *Authenticators) DeactivatePhone(ctx context.Context, origin hookswitch.Origin) (Phone, error) {
	return a.changePhone(ctx, hookswitch.AuthenticatorDeactivated, origin, func(p *hookswitch.PhoneAuthenticator) { p.Inactive = true })
}

// SwitchPhoneMethod activates or deactivates one method of the phone authenticator.
func (a *Authenticators) SwitchPhoneMethod(ctx context.Context, channel hookswitch.Channel, active bool, origin hookswitch.Origin) (Phone, error) {
	return a.changePhone(ctx, hookswitch.AuthenticatorUpdated, origin, func(p *hookswitch.PhoneAuthenticator) { p.SetMethod(channel, active) })
}

// SwitchOrgFactor makes one channel usable or not, as the older API of org factors means it: a channel that is activated
// can be used at once, and the other one stays as usable as it was.
func (a *Authenticators) SwitchOrgFactor(ctx context.Context, channel hookswitch.Channel, active bool, origin hookswitch.Origin) (Phone, error) {
	return a.changePhone(ctx, hookswitch.AuthenticatorUpdated, origin, func(p *hookswitch.PhoneAuthenticator) {
		if active && p.Inactive {
			p.Inactive, p.SMSInactive, p.VoiceOff = false, true, true
		}
		p.SetMethod(channel, active)
	})
}

// changePhone applies one change and writes its event; a change that changes nothing writes nothing.
func (a *Authenticators) changePhone(ctx context.Context, kind hookswitch.EventType, origin hookswitch.Origin, change func(*hookswitch.PhoneAuthenticator), seen ...Seen[Phone]) (Phone, error) {
	var is Phone
	err := a.update(ctx, func(tx HooksTx) error {
		org, err := tx.Org()
		if err != nil {
			return err
		}
		was := phoneOf(org)
		if err := unchanged(seen, was); err != nil {
			return err
		}
		is = was
		change(&is.PhoneAuthenticator)
		fields := changedOfPhone(was, is)
		if len(fields) == 0 {
			return nil
		}
		if err := canBeUsed(tx, was, is); err != nil {
			return err
		}
		is.LastUpdated = tx.Now()
		org.Phone = is.PhoneAuthenticator
		if err := tx.UpdateOrg(org); err != nil {
			return err
		}
		target := hookswitch.Entity{ID: is.ID, Type: "Authenticator", AlternateID: "phone_number", DisplayName: is.Name}
		return tx.AppendEvents(eventOf(kind, origin, target, tx.Now(), a.random,
			hookswitch.Datum{Key: "changed", Value: strings.Join(fields, ", ")}))
	})
	return is, err
}

// changedOfPhone names the fields that differ, in the words of the API.
func changedOfPhone(was, is Phone) []string {
	var fields []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"name", was.Name == is.Name},
		{"settings.allowedFor", was.AllowedFor == is.AllowedFor},
		{"status", was.Inactive == is.Inactive},
		{"methods.sms.status", was.SMSInactive == is.SMSInactive},
		{"methods.voice.status", was.VoiceOff == is.VoiceOff},
	} {
		if !field.same {
			fields = append(fields, field.name)
		}
	}
	return fields
}

// canBeUsed refuses to offer a channel that nothing could carry.
func canBeUsed(tx HooksTx, was, is Phone) error {
	more := false
	for _, channel := range hookswitch.Channels() {
		more = more || is.Offers(channel) && !was.Offers(channel)
	}
	if !more {
		return nil
	}
	hooks, err := tx.InlineHooks()
	if err != nil {
		return err
	}
	carrier, err := otherCarrier(tx, "", hooks)
	if err == nil && carrier == "" {
		err = hookswitch.Refuse(hookswitch.NoProvider, "Activate a telephony provider or a telephony inline hook first.")
	}
	return err
}
