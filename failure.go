package hookswitch

import "fmt"

// Failure names why a message was not sent or did not arrive. The catalogue is closed: a provider only names the
// failure, and [Failure.Traits] says what follows from it.
type Failure string

// The catalogue of failures.
const (
	Unreachable       Failure = "provider-unreachable"  // no connection; nothing was written
	ProviderError     Failure = "provider-error"        // the carrier's API answered that it is broken
	Throttled         Failure = "throttled"             // the carrier asks us to slow down
	Unauthorized      Failure = "unauthorized"          // credentials refused
	AccountSuspended  Failure = "account-suspended"     // suspended, out of credit, product off
	BadSender         Failure = "bad-sender"            // our own number or service id is wrong there
	RejectedRequest   Failure = "rejected-request"      // the carrier does not accept what we sent
	CountryDisabled   Failure = "country-disabled"      // the account may not send to this country
	InvalidNumber     Failure = "invalid-number"        // no such number
	InactiveNumber    Failure = "inactive-number"       // handset off, out of reach, or number not in service now
	NotTextable       Failure = "not-textable"          // a landline or a carrier without SMS
	OptedOut          Failure = "opted-out"             // the person replied STOP
	BlockedFraud      Failure = "blocked-fraud"         // the carrier sees toll fraud or SMS pumping
	BlockedByCarrier  Failure = "blocked-by-carrier"    // the phone's network or owner refuses it
	ContentFiltered   Failure = "content-filtered"      // a spam filter or a sender rule took it
	NumberLimit       Failure = "number-limit"          // the carrier's own limit for this number
	TimedOut          Failure = "timed-out"             // no answer after the request was written
	ConnectionLost    Failure = "connection-lost"       // cut off after the request was written
	UnreadableAnswer  Failure = "unreadable-answer"     // an answer that says neither yes nor no
	NotAnswered       Failure = "not-answered"          // it rang, nobody took the call
	Busy              Failure = "busy"                  // the line was busy or the call was declined
	Expired           Failure = "expired"               // the carrier gave up in time
	NotConfigured     Failure = "no-provider"           // no active provider has a method for this channel
	MethodCannot      Failure = "method-cannot"         // the method cannot dial an extension, or send such a code
	ReplyInvalid      Failure = "hook-reply-invalid"    // a telephony hook's answer cannot be read
	HookFailed        Failure = "hook-failed"           // a telephony hook said FAILED
	FailedUnexplained Failure = "failed-without-reason" // the carrier gave no reason we know
)

// Traits is what follows from a failure.
type Traits struct {
	Reason string // outcome.reason in the System Log
	// Sure: the message surely did not go to the phone. When false, sending again could send it twice.
	Sure bool
	// Failover: another provider may succeed. Never set for fraud blocks, opt-outs and bad numbers.
	Failover bool
	// OtherChannel: the person should be told that the other channel may work.
	OtherChannel bool
	// Alert: an administrator has to act.
	Alert bool
	// Unhealthy: it speaks against the provider, not against the number.
	Unhealthy bool
}

// Reasons of the System Log that several failures share.
const (
	reasonUnreachable = "Telephony provider could not be reached"
	reasonProvider    = "Telephony provider error"
	reasonNumber      = "Phone number is wrong or not active"
	reasonCountry     = "Service is not available in the country of the phone number"
	reasonTimeout     = "Telephony provider timed out"
	reasonBlocked     = "Blocked for suspicious activity"
)

// Traits answers for every failure of the catalogue; an unknown one is treated as a sure failure without failover.
func (f Failure) Traits() Traits {
	//exhaustive:enforce
	switch f {
	case Unreachable:
		return Traits{Reason: reasonUnreachable, Sure: true, Failover: true, Unhealthy: true}
	case ProviderError:
		return Traits{Reason: reasonProvider, Sure: true, Failover: true, Unhealthy: true}
	case Throttled:
		return Traits{Reason: "Telephony provider limits the rate of messages", Sure: true, Failover: true, Unhealthy: true}
	case Unauthorized:
		return Traits{Reason: "Telephony provider refused the credentials", Sure: true, Failover: true, Alert: true, Unhealthy: true}
	case AccountSuspended:
		return Traits{Reason: "Telephony provider account is suspended or has no credit", Sure: true, Failover: true, Alert: true, Unhealthy: true}
	case BadSender:
		return Traits{Reason: "Telephony provider refused the sender", Sure: true, Failover: true, Alert: true, Unhealthy: true}
	case RejectedRequest:
		return Traits{Reason: "Telephony provider refused the request", Sure: true, Failover: true, Alert: true}
	case CountryDisabled:
		return Traits{Reason: reasonCountry, Sure: true, Failover: true, Alert: true}
	case InvalidNumber:
		return Traits{Reason: reasonNumber, Sure: true}
	case InactiveNumber:
		return Traits{Reason: reasonNumber, Sure: true, OtherChannel: true}
	case NotTextable:
		return Traits{Reason: "Phone number cannot receive SMS", Sure: true, OtherChannel: true}
	case OptedOut:
		return Traits{Reason: "Phone number opted out of messages", Sure: true, OtherChannel: true}
	case BlockedFraud:
		return Traits{Reason: reasonBlocked, Sure: true, Alert: true}
	case BlockedByCarrier:
		return Traits{Reason: "Blocked by the carrier or the owner of the phone", Sure: true, OtherChannel: true}
	case ContentFiltered:
		return Traits{Reason: "Filtered by the carrier", Sure: true, Failover: true, Alert: true}
	case NumberLimit:
		return Traits{Reason: "Telephony provider limits messages to this phone number", Sure: true}
	case TimedOut:
		return Traits{Reason: reasonTimeout, Unhealthy: true}
	case ConnectionLost:
		return Traits{Reason: "Connection to the telephony provider was lost", Unhealthy: true}
	case UnreadableAnswer:
		return Traits{Reason: "Telephony provider gave an unreadable answer", Unhealthy: true}
	case NotAnswered:
		return Traits{Reason: "Call was not answered", Sure: true}
	case Busy:
		return Traits{Reason: "Line was busy", Sure: true}
	case Expired:
		return Traits{Reason: "Message expired before it was delivered", Sure: true, OtherChannel: true, Unhealthy: true}
	case NotConfigured:
		return Traits{Reason: "No telephony provider is active for this channel", Sure: true, Alert: true}
	case MethodCannot:
		return Traits{Reason: "Telephony provider method cannot send this message", Sure: true, Failover: true}
	case ReplyInvalid:
		return Traits{Reason: "Telephony inline hook gave an invalid response", Sure: true, Failover: true, Alert: true, Unhealthy: true}
	case HookFailed:
		return Traits{Reason: "Telephony inline hook failed", Sure: true, Failover: true, Unhealthy: true}
	case FailedUnexplained:
		return Traits{Reason: "Telephony provider gave no reason", Sure: true, Unhealthy: true}
	default:
		return Traits{Reason: reasonProvider, Sure: true}
	}
}

// Failures lists the catalogue.
func Failures() []Failure {
	return []Failure{
		Unreachable, ProviderError, Throttled, Unauthorized, AccountSuspended, BadSender, RejectedRequest,
		CountryDisabled, InvalidNumber, InactiveNumber, NotTextable, OptedOut, BlockedFraud, BlockedByCarrier,
		ContentFiltered, NumberLimit, TimedOut, ConnectionLost, UnreadableAnswer, NotAnswered, Busy, Expired,
		NotConfigured, MethodCannot, ReplyInvalid, HookFailed, FailedUnexplained,
	}
}

// SendError is the error that a [Provider] answers: the failure and the provider's own words for it. Nothing in it is
// secret: no passcode, no token, no phone number.
type SendError struct {
	Failure        Failure
	ProviderStatus string // the provider's own status or HTTP status, for debugData
	ProviderCode   string // the provider's own error code, for debugData
	Detail         string // the provider's own words, redacted, for the administrator who sends a test
	// Debug is what a telephony hook wants in the System Log; nothing secret is left in it.
	Debug []Datum
}

// Error gives the failure and the provider's code.
func (e *SendError) Error() string {
	if e.ProviderCode != "" {
		return fmt.Sprintf("send failed: %s (provider code %s)", e.Failure, e.ProviderCode)
	}
	return fmt.Sprintf("send failed: %s", e.Failure)
}
