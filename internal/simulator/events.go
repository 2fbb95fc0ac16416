package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// heartbeat keeps proxies from closing a quiet stream.
const heartbeat = 15 * time.Second

// subscriberBuffer is how many events a slow page may fall behind before its
// stream is ended; it then connects again and gets a fresh snapshot.
const subscriberBuffer = 256

// events is who listens to /phones/events.
type events struct {
	subscribers []*subscriber
}

type subscriber struct {
	ch   chan []byte
	page bool // a person watches: calls ring for them
}

type snapshotEvent struct {
	Phones   []phoneView                `json:"phones"`
	Carriers map[string]carrierBehavior `json:"carriers"`
}

type phoneView struct {
	Number   string        `json:"number"`
	Unread   int           `json:"unread"`
	Messages []*message    `json:"messages"`
	Calls    []callView    `json:"calls"`
	Behavior phoneBehavior `json:"behavior"`
}

type messageEvent struct {
	Number  string   `json:"number"`
	Unread  int      `json:"unread"`
	Message *message `json:"message"`
}

type clearedEvent struct {
	Number string `json:"number"`
}

// behaviorEvent tells of a phone (number and behavior) or of the carriers.
type behaviorEvent struct {
	Number   string                     `json:"number,omitempty"`
	Behavior *phoneBehavior             `json:"behavior,omitempty"`
	Carriers map[string]carrierBehavior `json:"carriers,omitempty"`
}

// publish sends an event to every listener. Guarded by mu.
func (s *Simulator) publish(kind string, v any) {
	if len(s.events.subscribers) == 0 {
		return
	}
	data := sseEvent(kind, v)
	s.events.subscribers = slices.DeleteFunc(s.events.subscribers, func(sub *subscriber) bool {
		select {
		case sub.ch <- data:
			return false
		default:
			close(sub.ch)
			return true
		}
	})
}

func sseEvent(kind string, v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		b = []byte("null") // only our own types come here and all of them marshal
	}
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", kind, b)
}

func (s *Simulator) publishBehavior(p *phone) {
	b := s.shownBehavior(p)
	s.publish("behavior", behaviorEvent{Number: p.number, Behavior: &b})
}

func (s *Simulator) publishCarriers() {
	s.publish("behavior", behaviorEvent{Carriers: s.carrierModes()})
}

func (s *Simulator) carrierModes() map[string]carrierBehavior {
	m := make(map[string]carrierBehavior, len(s.carriers))
	for name, c := range s.carriers {
		m[name] = s.shownMode(c)
	}
	return m
}

// watched tells whether a person has the phones page open. Guarded by mu.
func (s *Simulator) watched() bool {
	return slices.ContainsFunc(s.events.subscribers, func(sub *subscriber) bool { return sub.page })
}

// snapshot is everything a page that just opened needs. Guarded by mu.
func (s *Simulator) snapshot() snapshotEvent {
	snap := snapshotEvent{Phones: []phoneView{}, Carriers: s.carrierModes()}
	for _, p := range s.sortedPhones() {
		v := phoneView{Number: p.number, Unread: p.unread, Messages: slices.Clone(p.messages), Calls: []callView{}, Behavior: s.shownBehavior(p)}
		if v.Messages == nil {
			v.Messages = []*message{}
		}
		for _, c := range p.calls {
			if c.shown() {
				v.Calls = append(v.Calls, c.view())
			}
		}
		if len(p.messages) == 0 && len(p.calls) == 0 && !p.rule.alive(s.now()) {
			continue // only ever asked for
		}
		snap.Phones = append(snap.Phones, v)
	}
	return snap
}

// streamEvents is GET /phones/events. With ?watch=false the listener is a
// program and does not keep calls ringing.
func (s *Simulator) streamEvents(w http.ResponseWriter, r *http.Request) {
	sub := &subscriber{ch: make(chan []byte, subscriberBuffer), page: r.URL.Query().Get("watch") != "false"}
	s.mu.Lock()
	first := sseEvent("snapshot", s.snapshot())
	s.events.subscribers = append(s.events.subscribers, sub)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.events.subscribers = slices.DeleteFunc(s.events.subscribers, func(other *subscriber) bool { return other == sub })
	}()

	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	send := func(b []byte) bool {
		// A listener that stopped reading must not hold the stream for ever.
		_ = out.SetWriteDeadline(time.Now().Add(heartbeat))
		if _, err := w.Write(b); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	if !send(first) {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var ok bool
		select {
		case b, open := <-sub.ch:
			ok = open && send(b)
		case <-beat.C:
			ok = send([]byte(": heartbeat\n\n"))
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		if !ok {
			return
		}
	}
}
