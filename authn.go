package hookswitch

import "time"

// AuthnStatus is where an authentication transaction stands, in Okta's words.
// https://developer.okta.com/docs/reference/api/authn/#transaction-state
type AuthnStatus string

// The states of an authentication transaction. Success is final: the state token is worth nothing then, and a session
// token takes its place.
const (
	MFARequired  AuthnStatus = "MFA_REQUIRED"  // the password was right; a factor has to be chosen
	MFAChallenge AuthnStatus = "MFA_CHALLENGE" // a passcode is on its way
	AuthnSuccess AuthnStatus = "SUCCESS"
	AuthnGone    AuthnStatus = "CANCELED" // never shown: the state token is unknown from then on
)

// AuthnStatuses lists every state.
func AuthnStatuses() []AuthnStatus {
	return []AuthnStatus{MFARequired, MFAChallenge, AuthnSuccess, AuthnGone}
}

// AuthnStep is something that a person does on the way in.
type AuthnStep string

// What can be done.
const (
	PasswordSufficed AuthnStep = "password-sufficed" // right, and the person has no factor
	FactorNeeded     AuthnStep = "factor-needed"     // right, and the person has one
	PasscodeSent     AuthnStep = "passcode-sent"     // the first or a further one, to any factor of the person
	PasscodeAccepted AuthnStep = "passcode-accepted"
	WentBack         AuthnStep = "went-back" // to the choice of the factor
	GaveUp           AuthnStep = "gave-up"
)

// AuthnSteps lists everything that can be done.
func AuthnSteps() []AuthnStep {
	return []AuthnStep{PasswordSufficed, FactorNeeded, PasscodeSent, PasscodeAccepted, WentBack, GaveUp}
}

// On is the table of an authentication transaction: the state after a step from state s ("" before it exists). It
// answers false for what cannot be done there; the transaction then stays as it is.
//
// Success is reached by a password of somebody without a factor, or by a password and then a passcode: nothing leads
// around the passcode.
func (s AuthnStatus) On(step AuthnStep) (AuthnStatus, bool) {
	//exhaustive:enforce
	switch s {
	case "":
		switch step {
		case PasswordSufficed:
			return AuthnSuccess, true
		case FactorNeeded:
			return MFARequired, true
		default:
			return s, false
		}
	case MFARequired:
		switch step {
		case PasscodeSent:
			return MFAChallenge, true
		case GaveUp:
			return AuthnGone, true
		default:
			return s, false
		}
	case MFAChallenge:
		switch step {
		case PasscodeSent:
			return MFAChallenge, true
		case PasscodeAccepted:
			return AuthnSuccess, true
		case WentBack:
			return MFARequired, true
		case GaveUp:
			return AuthnGone, true
		default:
			return s, false
		}
	case AuthnSuccess, AuthnGone:
		return s, false
	default:
		return s, false
	}
}

// Authn is an authentication transaction: a person on the way in, between the right password and the session. It is
// found by the digest of its state token, which only the person has.
type Authn struct {
	Digest      string
	Status      AuthnStatus
	UserID      string
	FactorID    string    // MFA_CHALLENGE: the factor that was challenged
	ChallengeID string    // MFA_CHALLENGE: the one challenge whose passcode counts here
	Created     time.Time // when the password was right
	Expires     time.Time // unless something is done before
	Version     int64
}

// How long a person may take.
const (
	authnIdle = 15 * time.Minute // Okta's
	authnMost = time.Hour        // however busy: a password is not proof for ever
)

// Prolonged is the transaction after something was done at now.
func (a Authn) Prolonged(now time.Time) Authn {
	a.Expires = now.Add(authnIdle)
	if most := a.Created.Add(authnMost); most.Before(a.Expires) {
		a.Expires = most
	}
	return a
}

// Good tells whether the transaction may go on at now. It has expired at the instant Expires.
func (a Authn) Good(now time.Time) bool { return now.Before(a.Expires) }
