package sim

import (
	"fmt"
	"sync"
	"time"
)

// kind is what a person asks for.
type kind string

const (
	createUser kind = "create"
	enroll     kind = "enroll"
	send       kind = "send"
	resend     kind = "resend"
	activate   kind = "activate"
	verify     kind = "verify"
)

// sends tells whether it may put a message on a phone.
func (k kind) sends() bool { return k == enroll || k == send || k == resend }

// op is one request of a person, with what came back.
type op struct {
	N      int // in the order in which they began
	Person int
	Kind   kind
	Key    string // Idempotency-Key
	Code   string // the passcode that was given back
	Begin  time.Time
	End    time.Time
	Node   int
	// What the node's clock showed beyond the world's, at the beginning and at the end.
	SkewBegin, SkewEnd time.Duration

	Status    int // 0: no answer came
	ErrorCode string
	RequestID string
	Body      string
	Hurt      bool // a fault hit it: an error is no surprise
}

// fate of one request to a carrier, as the carrier knows it.
type fate string

const (
	refused  fate = "refused"  // it said no, or there was no connection
	accepted fate = "accepted" // it said yes, and the yes arrived
	lost     fate = "lost"     // it may have done what was asked, the answer did not arrive
)

// handing is one message that was handed to a carrier, or tried to be.
type handing struct {
	At        time.Time
	Delivery  string
	Person    int // who asked; -1 when nobody knows
	Op        *op
	Carrier   string
	Fate      fate
	Final     bool   // a refusal after which no other carrier may be tried
	Reference string // the carrier's own id, if it took the message
	Polls     int    // how often its status was asked for
}

// posting is one genuine status that a node was told.
type posting struct {
	At       time.Time
	Delivery string
	Final    bool // it says whether the message arrived
	Status   int  // what the node answered; 0: nothing
}

// text is a message on a phone.
type text struct {
	ID        string `json:"id"`
	To        string `json:"to"`
	Code      string `json:"code"`
	Reference string `json:"providerReference"`
	Provider  string `json:"provider"`
}

// event is what the checker reads of a line of the System Log.
type event struct {
	UUID      string    `json:"uuid"`
	Type      string    `json:"eventType"`
	Published time.Time `json:"published"`
	Outcome   struct {
		Result string `json:"result"`
		Reason string `json:"reason"`
	} `json:"outcome"`
	Target []struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	} `json:"target"`
	Debug struct {
		Data map[string]string `json:"debugData"`
	} `json:"debugContext"`

	raw string
}

// history is all that is known of a world from outside.
type history struct {
	mu       sync.Mutex
	Ops      []*op
	Handings []*handing
	Postings []*posting
	Texts    []text   // of all phones, read at the end
	Events   []event  // of the System Log, in the order in which they became visible
	People   []*being // as the checker knows them
	// Steady: no clock of the world was ever moved, so its times can be compared.
	Steady bool
	// Ailing: the store fails by itself, whoever is hit.
	Ailing bool

	references map[string]*handing // by the carrier's own id
}

// being is a person as the checker knows them.
type being struct {
	N      int
	Phone  string
	User   string
	Factor string
	// Active: an answer said that the factor is active. AtRest is what it is when everything is at rest.
	Active bool
	AtRest string
}

func (h *history) began(o *op) *op {
	h.mu.Lock()
	defer h.mu.Unlock()
	o.N = len(h.Ops)
	h.Ops = append(h.Ops, o)
	return o
}

// handed writes down what was handed to a carrier; nil for what carried no message.
func (h *history) handed(x *handing) {
	if x == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Handings = append(h.Handings, x)
	if x.Reference != "" {
		h.references[x.Reference] = x
	}
}

func (h *history) posted(x *posting) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Postings = append(h.Postings, x)
}

// phone is that of a person; nobody joins a world once it lives.
func (h *history) phone(person int) string { return h.People[person].Phone }

func (h *history) polled(reference string) (delivery string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	x := h.references[reference]
	if x == nil {
		return ""
	}
	x.Polls++
	return x.Delivery
}

// trace is the history line by line, to compare two of them.
func (h *history) trace() []string {
	var lines []string
	for _, o := range h.Ops {
		lines = append(lines, fmt.Sprint("op ", o.N, " p", o.Person, " ", o.Kind, " ", o.Key, o.Code, " ", stamp(o.Begin), " ", stamp(o.End), " n", o.Node, " ", o.SkewBegin, " ", o.Status, " ", o.ErrorCode, " ", o.RequestID))
	}
	for _, x := range h.Handings {
		lines = append(lines, fmt.Sprint("handing ", stamp(x.At), x.Delivery, x.Person, x.Carrier, x.Fate, x.Reference, x.Polls))
	}
	for _, x := range h.Postings {
		lines = append(lines, fmt.Sprint("posting ", stamp(x.At), x.Delivery, x.Final, x.Status))
	}
	for _, x := range h.Texts {
		lines = append(lines, fmt.Sprint("text ", x.ID, x.To, x.Code))
	}
	for _, e := range h.Events {
		lines = append(lines, fmt.Sprint("event ", e.raw))
	}
	return lines
}
