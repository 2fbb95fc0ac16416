package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Check holds a history against the rules of the house and tells what broke them. docs/simulation.md lists the rules.
func Check(h *history) []string {
	c := newTrial(h)
	for _, rule := range []func(){
		c.oneSendOneStatus, c.noSecondMessage, c.oneEffectOfAKey, c.logTellsWhatHappened, c.everyMessageIsLogged,
		c.codes, c.rightCodesAreTaken, c.guessesAreBounded, c.paced, c.answersAreKept, c.refusalsSendNothing, c.nothingSecret, c.errorsHaveCauses,
	} {
		rule()
	}
	return c.broken
}

// matter is all that is known of one delivery.
type matter struct {
	id       string
	sends    []int // places in the log
	statuses []int
	send     string // result
	status   string
	told     time.Time // when the status event says it was
	request  string
	handings []*handing
	postings []*posting
	texts    []text
}

// when it was first handed to a carrier; its passcode was written down before.
func (m *matter) handed() time.Time { return m.handings[0].At }

// trial is a history, sorted for questions.
type trial struct {
	*history

	matters  map[string]*matter
	order    []*matter
	byPerson map[int][]*matter
	requests map[string][]*matter // by request id
	checks   map[int][]*op        // of each person, in the order in which they began
	sendings map[int][]*op
	broken   []string
}

func (t *trial) say(format string, args ...any) {
	t.broken = append(t.broken, fmt.Sprintf(format, args...))
}

func newTrial(h *history) *trial {
	t := &trial{
		history: h, matters: map[string]*matter{}, byPerson: map[int][]*matter{}, requests: map[string][]*matter{},
		checks: map[int][]*op{}, sendings: map[int][]*op{},
	}
	t.readEvents()
	byReference := map[string]*matter{}
	slices.SortFunc(h.Handings, func(a, b *handing) int { return a.At.Compare(b.At) })
	for _, x := range h.Handings {
		m := t.matter(x.Delivery)
		m.handings = append(m.handings, x)
		if x.Reference != "" {
			byReference[x.Reference] = m
		}
		if len(m.handings) == 1 && x.Person >= 0 {
			t.byPerson[x.Person] = append(t.byPerson[x.Person], m)
		}
	}
	for _, x := range h.Postings {
		m := t.matter(x.Delivery)
		m.postings = append(m.postings, x)
	}
	for _, found := range h.Texts {
		m := byReference[found.Reference]
		if m == nil {
			t.say("a message of %s that nobody asked for is on a phone", found.Provider)
			continue
		}
		m.texts = append(m.texts, found)
	}
	for _, o := range h.Ops {
		switch {
		case o.Kind == verify || o.Kind == activate:
			t.checks[o.Person] = append(t.checks[o.Person], o)
		case o.Kind.sends():
			t.sendings[o.Person] = append(t.sendings[o.Person], o)
		}
	}
	return t
}

func (t *trial) matter(id string) *matter {
	m, ok := t.matters[id]
	if !ok {
		m = &matter{id: id}
		t.matters[id] = m
		t.order = append(t.order, m)
	}
	return m
}

func (t *trial) readEvents() {
	for i, e := range t.Events {
		id := e.Debug.Data["deliveryId"]
		if id == "" {
			continue
		}
		m := t.matter(id)
		switch {
		case strings.HasSuffix(e.Type, ".receive_status"):
			m.statuses, m.status, m.told = append(m.statuses, i), e.Outcome.Result, e.Published
		case strings.HasPrefix(e.Type, "system.sms.send_") || strings.HasPrefix(e.Type, "system.voice.send_"):
			m.sends, m.send, m.request = append(m.sends, i), e.Outcome.Result, e.Debug.Data["requestId"]
			if m.request != "" {
				t.requests[m.request] = append(t.requests[m.request], m)
			}
		}
	}
}

// oneSendOneStatus: exactly one send_* and one receive_status per delivery, in this order; everything comes to rest.
func (t *trial) oneSendOneStatus() {
	for _, m := range t.order {
		if len(m.sends) != 1 || len(m.statuses) != 1 {
			t.say("delivery %s has %d send and %d receive_status events", m.id, len(m.sends), len(m.statuses))
		} else if m.statuses[0] < m.sends[0] {
			t.say("delivery %s has its receive_status before its send", m.id)
		}
	}
}

// noSecondMessage: nothing is handed over again unless what was tried before surely failed and another carrier may know
// better.
func (t *trial) noSecondMessage() {
	for _, m := range t.order {
		for i, x := range m.handings[:max(len(m.handings)-1, 0)] {
			if x.Fate != refused {
				t.say("delivery %s was handed to %s after %s, which %s it", m.id, m.handings[i+1].Carrier, x.Carrier, x.Fate)
			}
			if x.Final {
				t.say("delivery %s was handed to %s after %s had refused it for good", m.id, m.handings[i+1].Carrier, x.Carrier)
			}
		}
		if len(m.texts) > 1 {
			t.say("delivery %s is %d times on the phone", m.id, len(m.texts))
		}
	}
	for id, all := range t.requests {
		if len(all) > 1 {
			t.say("request %s sent %d messages", id, len(all))
		}
	}
}

// oneEffectOfAKey: requests with one Idempotency-Key send once, and get one answer.
func (t *trial) oneEffectOfAKey() {
	first := map[string]*op{}
	sent := map[string]string{}
	for _, o := range t.Ops {
		if o.Key == "" || o.Status != 200 {
			continue
		}
		if f, ok := first[o.Key]; ok && f.Body != o.Body {
			t.say("%q was answered in two ways: %s and %s", o.Key, f.Body, o.Body)
		}
		first[o.Key] = o
	}
	for _, x := range t.Handings {
		if x.Op == nil || x.Op.Key == "" || x.Fate == refused {
			continue
		}
		if other, ok := sent[x.Op.Key]; ok && other != x.Delivery {
			t.say("%q sent two messages: %s and %s", x.Op.Key, other, x.Delivery)
		}
		sent[x.Op.Key] = x.Delivery
	}
}

// logTellsWhatHappened compares the results of a delivery's events with what carriers and phones saw.
func (t *trial) logTellsWhatHappened() {
	for _, m := range t.order {
		if len(m.sends) != 1 || len(m.statuses) != 1 {
			continue
		}
		last := fate("")
		if n := len(m.handings); n > 0 {
			last = m.handings[n-1].Fate
		}
		switch m.send {
		case "SUCCESS":
			if last != accepted {
				t.say("delivery %s is told as sent, and no carrier said yes (%s)", m.id, last)
			}
		case "FAILURE":
			if last != refused && last != "" || len(m.texts) > 0 || m.status != "FAILURE" {
				t.say("delivery %s is told as failed: carrier %s, %d on the phone, receive_status %s", m.id, last, len(m.texts), m.status)
			}
			if n := len(m.handings); n == 1 && !m.handings[0].Final && (m.handings[0].Op == nil || !m.handings[0].Op.Hurt) {
				t.say("delivery %s was given up although another carrier could have taken it", m.id)
			}
		case "DENY":
			if last != "" || m.status != "FAILURE" {
				t.say("delivery %s was denied: carrier %s, receive_status %s", m.id, last, m.status)
			}
		case "UNKNOWN":
		default:
			t.say("delivery %s has the result %s", m.id, m.send)
		}
		t.statusIsTrue(m)
	}
}

func (t *trial) statusIsTrue(m *matter) {
	switch m.status {
	case "SUCCESS":
		if len(m.texts) == 0 {
			t.say("delivery %s is told as delivered, and is on no phone", m.id)
		}
	case "FAILURE":
		if len(m.texts) > 0 {
			t.say("delivery %s is told as undelivered, and is on the phone", m.id)
		}
	case "UNKNOWN":
		for _, x := range m.postings {
			if t.Steady && x.Final && x.Status == 200 && x.At.Before(m.told.Add(-time.Second)) {
				t.say("delivery %s is told as unknown, and a callback said what became of it before", m.id)
				return
			}
		}
		if t.Steady && m.send == "SUCCESS" && m.polls() == 0 {
			t.say("delivery %s is told as unknown, and the carrier was never asked", m.id)
		}
	default:
		t.say("delivery %s has the status result %s", m.id, m.status)
	}
}

func (m *matter) polls() int {
	n := 0
	for _, x := range m.handings {
		n += x.Polls
	}
	return n
}

// everyMessageIsLogged: what reached a carrier stands in the log.
func (t *trial) everyMessageIsLogged() {
	for _, x := range t.Handings {
		if x.Delivery == "" {
			t.say("a message went to %s without the address for its status", x.Carrier)
		} else if len(t.matters[x.Delivery].sends) == 0 {
			t.say("delivery %s went to %s and is not in the log", x.Delivery, x.Carrier)
		}
	}
}

// nothingSecret: no passcode is in the log.
func (t *trial) nothingSecret() {
	for _, e := range t.Events {
		if holdsPasscode(e.raw) {
			t.say("event %s (%s) holds what looks like a passcode", e.UUID, e.Type)
		}
	}
}

// holdsPasscode looks for six digits that stand by themselves. No id, number or time in an event looks like that.
func holdsPasscode(raw string) bool {
	digits, letters := 0, false
	for i := range len(raw) + 1 {
		c := byte(' ')
		if i < len(raw) {
			c = raw[i]
		}
		switch {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '+', c == '-', c == '_', c == '.' && digits == 0:
			letters = true
		default:
			if digits == 6 && !letters {
				return true
			}
			digits, letters = 0, false
		}
	}
	return false
}
