package hookswitch

import "time"

// FactorStatus is the state of a factor, in Okta's words.
type FactorStatus string

// The states that a phone factor can have here.
const (
	FactorPendingActivation FactorStatus = "PENDING_ACTIVATION"
	FactorActive            FactorStatus = "ACTIVE"
	FactorInactive          FactorStatus = "INACTIVE" // disabled after too many wrong passcodes
)

// Factor is a phone that a user has enrolled on one channel. A user has at most one factor per channel; several users
// may enrol one number.
type Factor struct {
	ID          string
	UserID      string
	Channel     Channel
	Phone       string // E.164
	Extension   string // calls only; dialled after the call is answered
	Status      FactorStatus
	Created     time.Time
	LastUpdated time.Time

	ChallengeID      string    // the challenge whose passcode is the newest, if any
	ChallengeExpires time.Time // when that passcode does; zero when there is none
	WrongInRow       int       // wrong passcodes since the last right one or the last lock
	WrongTotal       int       // wrong passcodes since the last right one
	LockedUntil      time.Time // no passcode is looked at before; zero when not locked
	Version          int64     // compare-and-swap
}

// FactorInUse is a factor with whom it belongs to and the passcode that counts.
type FactorInUse struct {
	User      User
	Factor    Factor
	Challenge Challenge // the newest; zero when there was none
	Feedback  Feedback  // what the provider of its message is to hear
}

// FactorID makes the identifier prefix for a factor of channel c.
func FactorID(c Channel) string {
	if c == Call {
		return CallID
	}
	return SMSID
}

// GuessLimits bound how often passcodes of one factor may be guessed.
type GuessLimits struct {
	InRow   int           // wrong passcodes in a row that lock the factor
	LockFor time.Duration // how long it stays locked
	Disable int           // wrong passcodes since the last success that disable the factor
}

// DefaultGuessLimits are 5 in a row for 5 minutes and 50 since the last success, as NIST SP 800-63B 5.2.2 asks for a
// bound and OWASP ASVS 6.6.3 for a rate limit.
func DefaultGuessLimits() GuessLimits {
	return GuessLimits{InRow: 5, LockFor: 5 * time.Minute, Disable: 50}
}

// Locked tells whether passcodes are refused at now, and for how long still.
func (f Factor) Locked(now time.Time) (time.Duration, bool) {
	if wait := f.LockedUntil.Sub(now); wait > 0 {
		return wait, true
	}
	return 0, false
}

// Missed is the factor after a wrong passcode at now.
func (f Factor) Missed(now time.Time, limits GuessLimits) Factor {
	f.WrongInRow++
	f.WrongTotal++
	if f.WrongInRow >= limits.InRow {
		f.WrongInRow = 0
		f.LockedUntil = now.Add(limits.LockFor)
	}
	if f.WrongTotal >= limits.Disable && f.Status == FactorActive {
		f.Status = FactorInactive
	}
	f.LastUpdated = now
	return f
}

// Matched is the factor after the right passcode at now: the counters start anew and a pending factor is active. That a
// factor was used changes nothing of it.
func (f Factor) Matched(now time.Time) Factor {
	if f.WrongTotal == 0 && f.WrongInRow == 0 && f.LockedUntil.IsZero() && f.Status != FactorPendingActivation {
		return f
	}
	f.WrongInRow, f.WrongTotal, f.LockedUntil = 0, 0, time.Time{}
	if f.Status == FactorPendingActivation {
		f.Status = FactorActive
	}
	f.LastUpdated = now
	return f
}
