package hookswitch

import "time"

// Proofs are what a person showed to get in.
type Proofs struct {
	Password time.Time // when the password was right
	Factor   time.Time // when a passcode was right; zero for none
	Channel  Channel   // of that passcode
}

// Methods are the authentication methods in the words of RFC 8176, as in Okta's amr.
func (p Proofs) Methods() []string {
	switch {
	case p.Factor.IsZero():
		return []string{"pwd"}
	case p.Channel == Call:
		return []string{"pwd", "tel", "mfa"}
	default:
		return []string{"pwd", "sms", "mfa"}
	}
}

// SessionToken is what a finished authentication transaction gives: it is good once, soon, for one session. It is found
// by the digest of the token, which only the person has.
type SessionToken struct {
	Digest  string
	UserID  string
	Proofs  Proofs
	Expires time.Time
}

// SessionTokenLifetime is Okta's.
const SessionTokenLifetime = 5 * time.Minute

// Session is a person who is in. It is found by the digest of what the person's browser keeps in its cookie; ID names
// it in the API and in the System Log and opens nothing.
type Session struct {
	ID      string
	Digest  string
	UserID  string
	Proofs  Proofs
	Created time.Time
	Expires time.Time // unless it is used before
}

// How long a session lasts, as Okta's default sign-on rule has it.
const (
	sessionIdle = 2 * time.Hour
	sessionMost = 12 * time.Hour
)

// Prolonged is the session after it was used at now.
func (s Session) Prolonged(now time.Time) Session {
	s.Expires = now.Add(sessionIdle)
	if most := s.Created.Add(sessionMost); most.Before(s.Expires) {
		s.Expires = most
	}
	return s
}

// Good tells whether the session is open at now. It has ended at the instant Expires.
func (s Session) Good(now time.Time) bool { return now.Before(s.Expires) }

// SetupToken lets whoever has it make the first administrator of a new installation, once.
type SetupToken struct {
	Digest  string
	Expires time.Time
}
