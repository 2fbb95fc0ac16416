package hookswitch

import (
	"errors"
	"strings"
	"time"
)

// ProblemKind names why a use case refused what it was asked. The catalogue is closed; package httpd alone turns a
// kind into a status and one of Okta's error codes.
type ProblemKind string

// The catalogue of problems.
const (
	Invalid          ProblemKind = "invalid"           // a value is wrong: see Causes
	NotFound         ProblemKind = "not-found"         // no such thing, or it belongs to somebody else
	Unauthenticated  ProblemKind = "unauthenticated"   // the token is missing, wrong or revoked
	SignInFailed     ProblemKind = "sign-in-failed"    // wrong password, or nobody who may sign in: never says which
	WrongStep        ProblemKind = "wrong-step"        // an authentication transaction in another state
	Forbidden        ProblemKind = "forbidden"         // the role may not do this
	NotNow           ProblemKind = "not-now"           // the thing's state does not allow it: see Causes
	WrongUserStatus  ProblemKind = "wrong-user-status" // the account's status does not allow it: see Causes
	AlreadyActive    ProblemKind = "already-active"    // an account that is to be activated is active
	AlreadyExists    ProblemKind = "already-exists"    // see Causes
	Contended        ProblemKind = "contended"         // too many at once changed the same thing: try again
	ChangedMeanwhile ProblemKind = "changed"           // it is not what the caller saw before deciding to change it
	Unavailable      ProblemKind = "unavailable"       // the store does not answer
	OutcomeUnknown   ProblemKind = "outcome-unknown"   // it may have happened or not: see Causes
	Damaged          ProblemKind = "damaged"           // what is stored cannot be read: an operator has to restore it
	PhoneInvalid     ProblemKind = "phone-invalid"     // no phone number, or one of a kind that is refused
	ExtensionInvalid ProblemKind = "extension-invalid" // no extension, or none that can be dialled
	WrongPasscode    ProblemKind = "wrong-passcode"    // it does not match, has expired or was replaced
	PasscodeUsed     ProblemKind = "passcode-used"     // it was accepted before
	FactorLocked     ProblemKind = "factor-locked"     // too many wrong passcodes: see RetryAfter
	FactorDisabled   ProblemKind = "factor-disabled"   // far too many: an administrator has to clear it
	FactorExists     ProblemKind = "factor-exists"     // another phone is set up on this channel
	TooSoonSMS       ProblemKind = "too-soon-sms"      // one SMS per number and window: see RetryAfter
	TooSoonCall      ProblemKind = "too-soon-call"     // one call per number and window: see RetryAfter
	TooManyRequests  ProblemKind = "too-many-requests" // another limit: see RetryAfter
	NoProvider       ProblemKind = "no-provider"       // no active provider can carry this channel
	ChannelOff       ProblemKind = "channel-off"       // the org does not use phones on this channel, or not for this
	SendRefused      ProblemKind = "send-refused"      // fraud, opt-out at the guard: nothing was sent
	OptedOutOfSMS    ProblemKind = "opted-out"         // the carrier holds an opt-out of this number
	SendFailed       ProblemKind = "send-failed"       // every attempt surely failed, SMS: see Failure
	CallFailed       ProblemKind = "call-failed"       // every attempt surely failed, call: see Failure
	TemplateFixed    ProblemKind = "template-fixed"    // the default texts are read-only
	TestFailed       ProblemKind = "test-failed"       // the carrier refused a test send: see Causes
	BadSearch        ProblemKind = "bad-search"        // a list cannot be searched like that
	BadFilter        ProblemKind = "bad-filter"        // a filter cannot be read, or names what is not there: see Causes
)

// Cause is one reason, in words a person can act on. It never repeats a value that was sent.
type Cause struct {
	Field string // path of the field in the request, "" when the whole request is meant
	Text  string
}

// Problem is the error of a use case that is the caller's to solve.
type Problem struct {
	Kind       ProblemKind
	Causes     []Cause
	RetryAfter time.Duration // for the limits and locks
	Failure    Failure       // for failed sends
}

// Error gives the kind and the causes.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(string(p.Kind))
	for i, c := range p.Causes {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString("; ")
		}
		if c.Field != "" {
			b.WriteString(c.Field + ": ")
		}
		b.WriteString(c.Text)
	}
	return b.String()
}

// Refuse makes a problem without a field.
func Refuse(kind ProblemKind, text ...string) *Problem {
	p := &Problem{Kind: kind}
	for _, t := range text {
		p.Causes = append(p.Causes, Cause{Text: t})
	}
	return p
}

// RefuseField makes a problem about one field.
func RefuseField(kind ProblemKind, field, text string) *Problem {
	return &Problem{Kind: kind, Causes: []Cause{{Field: field, Text: text}}}
}

// RefuseFor makes a problem that time solves.
func RefuseFor(kind ProblemKind, wait time.Duration) *Problem {
	return &Problem{Kind: kind, RetryAfter: wait}
}

// IsProblem tells whether err is a problem of the kind.
func IsProblem(err error, kind ProblemKind) bool {
	var p *Problem
	return errors.As(err, &p) && p.Kind == kind
}
