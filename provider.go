package hookswitch

import (
	"context"
	"errors"
	"net/netip"
	"time"
)

// Provider hands one message to one carrier. It is bound to one configured account; which of the account's methods it
// uses follows from the message's channel. Extras are the optional interfaces below.
type Provider interface {
	// Send hands the message over once. It never retries, keeps to the deadline of ctx on the wire, and answers a
	// *SendError that only names the [Failure].
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Speaker is a provider whose calls cannot speak every language. Where it speaks a language only as another country
// does, it speaks it.
type Speaker interface {
	Speaks(language string) bool // a BCP 47 tag
}

// Limited is a provider with methods that cannot send everything.
type Limited interface {
	// Cannot names why the method of the channel cannot send such a message, or "" when it can.
	Cannot(needs Needs) Failure
}

// Poller is a provider that can be asked for the status of a message.
type Poller interface {
	Poll(ctx context.Context, channel Channel, reference string) (Report, error)
}

// CallbackReader is a provider that calls us back with statuses.
type CallbackReader interface {
	// ReadCallback checks the signature before it looks at anything else. It answers [ErrForged] or [ErrUnreadable].
	ReadCallback(c Callback) (Report, error)
}

// Replier is a provider whose calls ask us what to say next, for example when a key was pressed.
type Replier interface {
	// Reply checks the signature of the callback like ReadCallback and gives the carrier's markup for the script.
	Reply(c Callback, script Script, repeatURL string) (contentType string, body []byte, err error)
}

// FeedbackTaker is a provider whose fraud engine wants to hear that a passcode was verified.
type FeedbackTaker interface {
	Verified(ctx context.Context, channel Channel, reference string) error
}

// Probed is a provider that can be tried without sending anything.
type Probed interface {
	// Probe asks for a message that never was; nil when the carrier knew the credentials and not the message.
	Probe(ctx context.Context) error
	// SampleCallback is a status as the carrier would sign it, about a message that never was.
	SampleCallback(url string) Callback
}

// What can be wrong with a callback.
var (
	ErrForged     = errors.New("the signature of the callback is wrong")
	ErrUnreadable = errors.New("the callback cannot be read")
)

// Needs is what a message asks of a method.
type Needs struct {
	Channel   Channel
	Extension bool
	Digits    int
}

// Message is a passcode on its way to a carrier. It exists in memory only.
type Message struct {
	DeliveryID  string
	Attempt     int // 1 for the first
	Channel     Channel
	Purpose     Purpose
	To          string // E.164
	Country     string // ISO 3166-1 alpha-2, "" when unknown
	Extension   string
	Code        Secret   // for methods that compose the message themselves
	Text        Secret   // the whole SMS
	Script      Script   // the whole call; secret too
	Instead     []Script // the same call in other languages, best first, for a provider without a voice for Script's
	Language    string   // BCP 47
	Expires     time.Time
	CallbackURL string // where statuses go; carries our delivery id
	RepeatURL   string // where a key press during a call goes
	Origin      Origin
	User        User // for telephony hooks; zero when unknown

	// What the regulation of the country says of an SMS. Sender is a number, a short code, a name or a Twilio messaging
	// service, "" for the method's own. The DLT ids are those of India's registry, of the sender and of the text.
	Sender        string
	DLTEntityID   string
	DLTTemplateID string
}

// Receipt is a provider's acceptance of a message.
type Receipt struct {
	Method    string // the provider's method in the words of its settings, for example twilioVerifySid
	Reference string // the provider's own id
	Report    Report // the status it was accepted with; may already be final
	Note      string // for example the voice that stood in for a missing one
	Feedback  bool   // the provider wants to hear when the passcode was verified: see FeedbackTaker
	// Debug is what a telephony hook wants in the System Log; nothing secret is left in it.
	Debug []Datum
}

// Report is one status of a message as a provider tells it.
type Report struct {
	Reference      string
	Fate           Fate    // StatusInterim, StatusArrived or StatusLost
	Word           string  // one vocabulary over all providers: see the Word constants
	ProviderStatus string  // the provider's own status
	ProviderCode   string  // the provider's own code
	Failure        Failure // for StatusLost
	At             time.Time
}

// The words for a delivery's status over all providers, as they stand in debugData.status.
const (
	WordQueued      = "queued"
	WordSent        = "sent"
	WordRinging     = "ringing"
	WordAnswered    = "answered"
	WordDelivered   = "delivered"
	WordVerified    = "verified"
	WordUndelivered = "undelivered"
	WordFailed      = "failed"
	WordBusy        = "busy"
	WordNotAnswered = "no-answer"
	WordCanceled    = "canceled"
	WordExpired     = "expired"
	WordUnknown     = "unknown"
	WordDenied      = "denied"
)

// Callback is a request that a carrier makes to us, before anything in it is believed.
type Callback struct {
	URL    string // as the carrier was given it, under our public URL
	Method string
	Header map[string][]string // canonical keys
	Body   []byte              // bounded
	From   netip.Addr          // who posted it; for the log only
}

// ProviderName names a carrier's product line; there is at most one entry per name.
type ProviderName string

// The providers that Okta's API knows.
const (
	Twilio   ProviderName = "TWILIO"
	Telesign ProviderName = "TELESIGN"
)

// Method is how an account sends on one channel: an option of the provider's settings and its value.
type Method struct {
	Option string // for example twilioPhoneNumber or telesignService
	Value  string
}

// TelephonyProvider is a configured carrier account.
type TelephonyProvider struct {
	ID          string
	Name        ProviderName
	SID         string // Twilio account SID, or Telesign customer id
	AuthToken   Secret // Twilio auth token, or Telesign API key
	Enabled     bool
	Primary     bool
	Methods     map[Channel]Method
	Created     time.Time
	LastUpdated time.Time
	Version     int64
}
