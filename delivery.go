package hookswitch

import (
	"errors"
	"time"
)

// ErrUnrecorded is in the error of a send whose outcome could not be written down: the message may have left, and what it
// became will be told by whoever reconciles. Whoever asks again may send it twice.
var ErrUnrecorded = errors.New("what became of the message could not be recorded")

// DeliveryState is where a message stands on its way to the phone.
type DeliveryState string

// The states of a delivery. Denied, Failed, Delivered, Undelivered and UnknownFate are final.
const (
	Sending     DeliveryState = "SENDING"     // leased to the process that holds the text
	Sent        DeliveryState = "SENT"        // a provider accepted it
	Uncertain   DeliveryState = "UNCERTAIN"   // nobody knows whether a provider has it
	Denied      DeliveryState = "DENIED"      // our guard refused it; nothing was sent
	Failed      DeliveryState = "FAILED"      // every attempt surely failed
	Delivered   DeliveryState = "DELIVERED"   // delivered or answered
	Undelivered DeliveryState = "UNDELIVERED" // the carrier says that it did not arrive
	UnknownFate DeliveryState = "UNKNOWN"     // no status came before the deadline
)

// DeliveryStates lists every state.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{Sending, Sent, Uncertain, Denied, Failed, Delivered, Undelivered, UnknownFate}
}

// Final tells whether nothing can move the delivery any more.
func (s DeliveryState) Final() bool {
	//exhaustive:enforce
	switch s {
	case Denied, Failed, Delivered, Undelivered, UnknownFate:
		return true
	case Sending, Sent, Uncertain:
		return false
	default:
		return false
	}
}

// Fate is something that happens to a delivery.
type Fate string

// What can happen to a delivery.
const (
	GuardAllowed   Fate = "guard-allowed"   // it comes into being, to be sent
	GuardDenied    Fate = "guard-denied"    // it comes into being, never to be sent
	Accepted       Fate = "accepted"        // a provider accepted it
	AttemptsFailed Fate = "attempts-failed" // every attempt surely failed
	NoAnswer       Fate = "no-answer"       // the request was written, no answer came
	LeaseLost      Fate = "lease-lost"      // its process is gone without a word
	StatusInterim  Fate = "status-interim"  // queued, ringing, ...
	StatusArrived  Fate = "status-arrived"  // delivered, answered, approved
	StatusLost     Fate = "status-lost"     // undelivered, failed, busy, no answer
	DeadlinePassed Fate = "deadline-passed" // nothing came in time and no poll knew better
)

// Fates lists everything that can happen.
func Fates() []Fate {
	return []Fate{
		GuardAllowed, GuardDenied, Accepted, AttemptsFailed, NoAnswer, LeaseLost,
		StatusInterim, StatusArrived, StatusLost, DeadlinePassed,
	}
}

// Step is what a fate does to a delivery: the next state, and the results of the System Log events that must be
// written together with it ("" for none).
type Step struct {
	Next    DeliveryState
	Send    Result // result of the send_* event
	Receive Result // result of the receive_status event
	Keep    bool   // the fate is kept in the delivery's history and changes nothing else
}

// On is the table of the fate of a delivery: the step from state s ("" before it exists) when fate happens. It answers
// false for what cannot happen there; the delivery then stays as it is.
//
// Each path from "" to a final state passes exactly one step with Send and exactly one with Receive.
func (s DeliveryState) On(fate Fate) (Step, bool) {
	//exhaustive:enforce
	switch s {
	case "":
		return born(fate)
	case Sending:
		return whileSending(fate)
	case Sent, Uncertain:
		return s.afterSend(fate)
	case Denied, Failed, Delivered, Undelivered, UnknownFate:
		return Step{Next: s, Keep: true}, fate.isStatus()
	default:
		return Step{}, false
	}
}

func born(fate Fate) (Step, bool) {
	switch fate {
	case GuardAllowed:
		return Step{Next: Sending}, true
	case GuardDenied:
		return Step{Next: Denied, Send: ResultDeny, Receive: ResultFailure}, true
	default:
		return Step{}, false
	}
}

func whileSending(fate Fate) (Step, bool) {
	switch fate {
	case Accepted:
		return Step{Next: Sent, Send: ResultSuccess}, true
	case AttemptsFailed:
		return Step{Next: Failed, Send: ResultFailure, Receive: ResultFailure}, true
	case NoAnswer, LeaseLost:
		return Step{Next: Uncertain, Send: ResultUnknown}, true
	case StatusInterim, StatusArrived, StatusLost:
		return Step{Next: Sending, Keep: true}, true
	default:
		return Step{}, false
	}
}

func (s DeliveryState) afterSend(fate Fate) (Step, bool) {
	switch fate {
	case StatusInterim:
		return Step{Next: s, Keep: true}, true
	case StatusArrived:
		return Step{Next: Delivered, Receive: ResultSuccess}, true
	case StatusLost:
		return Step{Next: Undelivered, Receive: ResultFailure}, true
	case DeadlinePassed:
		return Step{Next: UnknownFate, Receive: ResultUnknown}, true
	default:
		return Step{}, false
	}
}

func (f Fate) isStatus() bool {
	return f == StatusInterim || f == StatusArrived || f == StatusLost
}

// Delivery is one message on its way to one phone, by one or more attempts.
type Delivery struct {
	ID          string
	ChallengeID string // empty for a message without a challenge of ours
	UserID      string // empty for a message to nobody we know
	FactorID    string
	Channel     Channel
	Purpose     Purpose
	Phone       string // E.164
	Country     string // ISO 3166-1 alpha-2 of the number, "" when unknown
	CountryCode int    // country calling code
	State       DeliveryState
	Language    string // the language that was asked for

	Provider   string // name of the provider that has it, or had it last
	ProviderID string // id of that provider's entry
	Reference  string // the provider's own id of the message
	Status     string // our one vocabulary: the Word constants
	StatusRaw  string // the provider's own status
	StatusCode string // the provider's own code
	Failure    Failure
	Attempts   []Attempt
	Created    time.Time
	Settled    time.Time // when it became final
	Owner      string    // the process that holds the text
	Lease      time.Time // while SENDING: until when the owner has it
	Due        time.Time // when reconciliation looks at it next; zero when final
	Deadline   time.Time // when an unknown status is final
	Feedback   Feedback  // whether the provider is to be told that the passcode was verified
	Recipient  Entity    // the user as a target of events; zero for nobody we know
	Origin     Origin    // who asked: repeated in its later events
	Notes      int       // how many statuses are in its history
	Version    int64
}

// Attempt is one try to hand the message to one provider.
type Attempt struct {
	Provider       string        `json:"provider"`
	ProviderID     string        `json:"providerId"`
	Method         string        `json:"method"`
	Sender         string        `json:"sender,omitempty"` // whom the country's regulation had it come from
	Started        time.Time     `json:"started"`
	Took           time.Duration `json:"tookNs"`
	Reference      string        `json:"reference,omitempty"`
	ProviderStatus string        `json:"providerStatus,omitempty"`
	ProviderCode   string        `json:"providerCode,omitempty"`
	Failure        Failure       `json:"failure,omitempty"`
	Note           string        `json:"note,omitempty"` // what the route had to say: a fallback voice, a skipped provider
}

// StatusNote is one status that came for a delivery, kept for people whatever it changed.
type StatusNote struct {
	DeliveryID     string
	Seq            int // 1 for the first
	At             time.Time
	Source         string // "callback" or "poll"
	Reference      string
	Fate           Fate
	Word           string
	ProviderStatus string
	ProviderCode   string
	Failure        Failure
	Applied        bool // it moved the delivery
}

// Report is the status that the note keeps.
func (n StatusNote) Report() Report {
	return Report{
		Reference: n.Reference, Fate: n.Fate, Word: n.Word, ProviderStatus: n.ProviderStatus,
		ProviderCode: n.ProviderCode, Failure: n.Failure, At: n.At,
	}
}

// Feedback is what the provider of a delivery still has to hear about its passcode.
type Feedback string

// The states of feedback.
const (
	FeedbackNone   Feedback = ""       // the provider does not want it, or has it
	FeedbackWanted Feedback = "WANTED" // the provider wants it, the passcode was not verified yet
	FeedbackDue    Feedback = "DUE"    // the passcode was verified, the provider has still to be told
)
