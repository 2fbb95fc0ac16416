package hookswitch

import "time"

// ChallengeState is where a challenge stands. Its passcode is good only while Pending and not expired.
type ChallengeState string

// The states of a challenge; all but Pending are final.
const (
	ChallengePending  ChallengeState = "PENDING"
	ChallengeVerified ChallengeState = "VERIFIED" // its passcode was given: it is never good again
	ChallengeReplaced ChallengeState = "REPLACED" // a newer passcode was sent
	ChallengeCanceled ChallengeState = "CANCELED" // its passcode surely never left, or its factor is gone
)

// To tells whether the step from s to next is legal: a challenge leaves Pending once and never moves again.
func (s ChallengeState) To(next ChallengeState) bool {
	return s == ChallengePending && next != ChallengePending
}

// Challenge is one passcode given to one user for one purpose. The passcode itself is not in it: Digest is an HMAC of
// it under a key of the org, bound to the challenge's ID.
type Challenge struct {
	ID         string
	UserID     string
	FactorID   string
	Purpose    Purpose
	Channel    Channel
	Phone      string
	DeliveryID string
	State      ChallengeState
	Digest     []byte
	Issued     time.Time
	Expires    time.Time
	Version    int64
}

// Good tells whether the challenge's passcode may be accepted at now. It has expired at the instant Expires.
func (c Challenge) Good(now time.Time) bool {
	return c.State == ChallengePending && now.Before(c.Expires)
}
