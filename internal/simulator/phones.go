package simulator

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hookswitch/internal/simulator/twiml"
)

const (
	channelSMS  = "sms"
	channelCall = "call"
)

// messagesPerPhone and callsPerPhone are the newest that are kept.
const (
	messagesPerPhone = 500
	callsPerPhone    = 50
)

// Directions are the carriers': outbound reaches the phone, inbound is what
// the phone sent.
const (
	directionOutbound = "outbound"
	directionInbound  = "inbound"
)

// message is an SMS or an answered call as the person with the phone got it.
type message struct {
	ID                string        `json:"id"`
	Channel           string        `json:"channel"`
	From              string        `json:"from"`
	To                string        `json:"to"`
	Extension         *string       `json:"extension"`
	Text              string        `json:"text"`
	Code              *string       `json:"code"`
	Language          *string       `json:"language"`
	Provider          string        `json:"provider"`
	ProviderReference string        `json:"providerReference"`
	ReceivedAt        moment        `json:"receivedAt"`
	Direction         string        `json:"direction"`
	Script            []twiml.Piece `json:"script,omitempty"`
}

// phone is one number and all it got.
type phone struct {
	number   string
	messages []*message // oldest first
	calls    []*call    // oldest first
	unread   int
	rule     rule[phoneBehavior]
	optedOut map[string]bool // senders that were told to stop
	arrival  *signal
}

// phone is the phone with a number, made when first needed. Guarded by mu.
func (s *Simulator) phone(number string) *phone {
	p, ok := s.phones[number]
	if !ok {
		p = &phone{number: number, optedOut: map[string]bool{}, arrival: newSignal()}
		s.phones[number] = p
	}
	return p
}

// receive puts a message on a phone and wakes who waits for it. Guarded by mu.
func (s *Simulator) receive(number string, m *message) {
	p := s.phone(number)
	m.ID = fmt.Sprintf("m%08d", s.ids.message())
	m.ReceivedAt = moment(s.now())
	m.Code = optional(extractCode(m.Text))
	if m.Direction == "" {
		m.Direction = directionOutbound
	}
	if len(p.messages) >= messagesPerPhone {
		p.messages[0] = nil // the array behind the slice must not keep it alive
		p.messages = p.messages[1:]
	}
	p.messages = append(p.messages, m)
	if m.Direction == directionOutbound {
		p.unread++
	}
	s.publish("message", messageEvent{Number: number, Unread: p.unread, Message: m})
	p.arrival.fire()
	s.arrival.fire()
}

// dialable tells whether a number can be in service. A phone that already got
// something was judged before.
func (s *Simulator) dialable(number string) bool {
	s.mu.Lock()
	p, ok := s.phones[number]
	ok = ok && len(p.messages)+len(p.calls) > 0
	s.mu.Unlock()
	return ok || possible(number)
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// pathNumber reads {e164}: "+1555…", "%2B1555…" or "1555…".
func pathNumber(r *http.Request) (string, error) {
	return readPathNumber(r.PathValue("e164"))
}

func readPathNumber(v string) (string, error) {
	// A client that escapes twice still means a number.
	if u, err := url.PathUnescape(v); err == nil && strings.Contains(v, "%") {
		v = u
	}
	n, ok := parseNumber(v)
	if !ok {
		return "", problemf(http.StatusBadRequest, "the path needs a phone number such as +12025550123")
	}
	return n, nil
}

func (s *Simulator) listMessages(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	channel, err := channelParam(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []*message{}
	if p, ok := s.phones[number]; ok {
		for _, m := range p.messages {
			if channel == "" || m.Channel == channel {
				found = append(found, m)
			}
		}
	}
	return found, nil
}

func (s *Simulator) clearMessages(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.phones[number]; ok {
		s.clear(p)
	}
	return nil, nil
}

func (s *Simulator) clearAll(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.sortedPhones() {
		s.clear(p)
	}
	return nil, nil
}

// clear forgets messages and ended calls. Guarded by mu.
func (s *Simulator) clear(p *phone) {
	p.messages, p.unread = nil, 0
	p.calls = slices.DeleteFunc(p.calls, func(c *call) bool { return c.over() })
	s.publish("cleared", clearedEvent{Number: p.number})
}

// markRead sets the unread count of a phone to nothing.
func (s *Simulator) markRead(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.phones[number]; ok && p.unread > 0 {
		p.unread = 0
		s.publish("read", clearedEvent{Number: number})
	}
	return nil, nil
}

// sortedPhones is every phone, by number. Guarded by mu.
func (s *Simulator) sortedPhones() []*phone {
	all := make([]*phone, 0, len(s.phones))
	for _, p := range s.phones {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *phone) int { return cmp.Compare(a.number, b.number) })
	return all
}

func channelParam(r *http.Request) (string, error) {
	switch c := r.URL.Query().Get("channel"); c {
	case "", channelSMS, channelCall:
		return c, nil
	case "voice":
		return channelCall, nil
	}
	return "", problemf(http.StatusBadRequest, "channel must be sms or call")
}

// afterParam is the id of a message already seen; ids sort in the order of
// arrival, so one that was cleared since still works.
func afterParam(r *http.Request) (string, error) {
	v := r.URL.Query().Get("after")
	if v == "" {
		return "", nil
	}
	if len(v) != 9 || v[0] != 'm' || strings.Trim(v[1:], "0123456789") != "" {
		return "", problemf(http.StatusBadRequest, "after must be the id of a message")
	}
	return v, nil
}
