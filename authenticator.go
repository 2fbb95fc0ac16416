package hookswitch

import (
	"slices"
	"time"
)

// AllowedFor is what the phone may be used for.
type AllowedFor string

// The uses. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Authenticator/
const (
	AllowedForAny      AllowedFor = "any"
	AllowedForNone     AllowedFor = "none"
	AllowedForRecovery AllowedFor = "recovery"
	AllowedForSignIn   AllowedFor = "sso"
)

// PhoneAuthenticator is what an org sets for phones as a means to sign in. The zero value is an org that never set
// anything: phones may be used for everything, by SMS and by call.
type PhoneAuthenticator struct {
	Name        string // "" is Phone
	Inactive    bool
	SMSInactive bool
	VoiceOff    bool // calls are inactive
	AllowedFor  AllowedFor
	LastUpdated time.Time // zero when nothing was ever set
}

// MethodActive tells whether the method of the channel is switched on, whatever the authenticator itself is.
func (p PhoneAuthenticator) MethodActive(channel Channel) bool {
	if channel == Call {
		return !p.VoiceOff
	}
	return !p.SMSInactive
}

// SetMethod switches the method of a channel.
func (p *PhoneAuthenticator) SetMethod(channel Channel, active bool) {
	if channel == Call {
		p.VoiceOff = !active
	} else {
		p.SMSInactive = !active
	}
}

// Offers tells whether phones can be enrolled and challenged on the channel at all.
func (p PhoneAuthenticator) Offers(channel Channel) bool {
	return !p.Inactive && p.MethodActive(channel)
}

// Permits tells whether a passcode for the purpose may be sent on the channel. What is no passcode of ours for a user, a
// test or a message for another identity provider, is not the authenticator's business.
func (p PhoneAuthenticator) Permits(channel Channel, purpose Purpose) bool {
	allowed := func(uses ...AllowedFor) bool {
		return slices.Contains(uses, p.AllowedFor) && p.Offers(channel)
	}
	//exhaustive:enforce
	switch purpose {
	case Test, Relayed:
		return true
	case Enrollment, PushActivation:
		return allowed("", AllowedForAny, AllowedForSignIn, AllowedForRecovery)
	case SignIn:
		return allowed("", AllowedForAny, AllowedForSignIn)
	case PasswordReset, AccountUnlock:
		return allowed("", AllowedForAny, AllowedForRecovery)
	default:
		return false
	}
}

// The events of authenticators, in Okta's catalogue.
const (
	AuthenticatorActivated   EventType = "security.authenticator.lifecycle.activate"
	AuthenticatorDeactivated EventType = "security.authenticator.lifecycle.deactivate"
	AuthenticatorUpdated     EventType = "security.authenticator.lifecycle.update"
)

func (t EventType) authenticatorMessage() string {
	switch t {
	case AuthenticatorActivated:
		return "Activate authenticator"
	case AuthenticatorDeactivated:
		return "Deactivate authenticator"
	case AuthenticatorUpdated:
		return "Update authenticator"
	default:
		return string(t)
	}
}
