package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// evidence is all that can be known from outside.
type evidence struct {
	requests []request
	messages [][]message // by person
	events   []event     // in the order in which they became visible
	atRest   bool        // every delivery has had the time to become final
}

// violations holds the rules against the evidence.
func (e evidence) violations() []string {
	c := &checker{evidence: e, deliveries: map[string]*delivery{}, accepted: map[string]int{}, tags: map[string]request{}}
	for _, r := range e.requests {
		c.tags[r.tag] = r
	}
	c.readLog()
	c.checkDeliveries()
	c.checkSends()
	c.checkCodes()
	return c.found
}

type checker struct {
	evidence

	found      []string
	tags       map[string]request
	deliveries map[string]*delivery
	accepted   map[string]int // verifications in the log, by the tag of their request
}

// delivery is what the log says of one.
type delivery struct {
	tag             string
	sends, receives int
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func isSend(e event) bool    { return strings.Contains(e.Type, ".send_") }
func isReceive(e event) bool { return strings.HasSuffix(e.Type, ".receive_status") }
func isAccepted(e event) bool {
	return e.Type == "user.authentication.auth_via_mfa" && e.Outcome.Result == "SUCCESS"
}

func (c *checker) readLog() {
	for _, e := range c.events {
		if isAccepted(e) {
			c.accepted[e.Client.UserAgent.Raw]++
		}
		if !isSend(e) && !isReceive(e) {
			continue
		}
		id := e.Debug.Data["deliveryId"]
		d := c.deliveries[id]
		if d == nil {
			d = &delivery{tag: e.Client.UserAgent.Raw}
			c.deliveries[id] = d
		}
		switch {
		case isSend(e):
			d.sends++
		case d.sends == 0:
			c.say("%s: its receive_status comes before its send", id)
			d.receives++
		default:
			d.receives++
		}
	}
}

func (c *checker) checkDeliveries() {
	for id, d := range c.deliveries {
		if d.sends != 1 || d.receives > 1 || c.atRest && d.receives != 1 {
			c.say("%s (%s): %d send events, %d receive_status", id, d.tag, d.sends, d.receives)
		}
	}
}

// wish is what a person wanted once, in one request or in several with the same key.
type wish struct {
	requests   []request
	begun      time.Time
	answered   bool // one of them with success
	deliveries int
	messages   []message
}

// wishes are a person's, in their order. A person wants one thing after the other, so a message belongs to the last wish
// before it.
func (c *checker) wishes(person int, requests []request) []*wish {
	var all []*wish
	byID := map[int]*wish{}
	for _, r := range requests {
		if r.kind != asksSend {
			continue
		}
		w := byID[r.wish]
		if w == nil {
			w = &wish{begun: r.begun}
			byID[r.wish] = w
			all = append(all, w)
		}
		w.requests = append(w.requests, r)
		w.answered = w.answered || r.succeeded()
		if r.begun.Before(w.begun) {
			w.begun = r.begun
		}
	}
	slices.SortFunc(all, func(a, b *wish) int { return a.begun.Compare(b.begun) })
	for _, d := range c.deliveries {
		if r, ok := c.tags[d.tag]; ok && r.person == person && byID[r.wish] != nil {
			byID[r.wish].deliveries++
		}
	}
	for _, m := range c.messages[person] {
		i := len(all) - 1
		for i >= 0 && all[i].begun.After(m.ReceivedAt.Add(time.Millisecond)) { // the simulator tells whole milliseconds
			i--
		}
		if i < 0 {
			c.say("person %d: a message that nobody asked for", person)
			continue
		}
		all[i].messages = append(all[i].messages, m)
	}
	return all
}

func byPerson(requests []request, people int) [][]request {
	all := make([][]request, people)
	for _, r := range requests {
		all[r.person] = append(all[r.person], r)
	}
	return all
}

func (c *checker) checkSends() {
	for person, requests := range byPerson(c.requests, len(c.messages)) {
		for _, w := range c.wishes(person, requests) {
			about := fmt.Sprintf("person %d, %s", person, w.requests[0].tag)
			if len(w.messages) > 1 {
				c.say("%s: %d messages for one request", about, len(w.messages))
			}
			if w.deliveries > 1 {
				c.say("%s: %d deliveries for one request", about, w.deliveries)
			}
			if w.answered && w.deliveries == 0 {
				c.say("%s: it was answered with success, and the log has no delivery", about)
			}
			if w.answered && len(w.messages) == 0 {
				c.say("%s: it was answered with success, and no message came", about)
			}
			if c.atRest && len(w.messages) > w.deliveries {
				c.say("%s: %d messages, %d deliveries", about, len(w.messages), w.deliveries)
			}
		}
	}
}

func (c *checker) checkCodes() {
	for person, requests := range byPerson(c.requests, len(c.messages)) {
		for code, tries := range c.verifications(requests) {
			answered, logged := 0, 0
			for _, r := range tries {
				logged += c.accepted[r.tag]
				if !r.succeeded() {
					continue
				}
				answered++
				if c.accepted[r.tag] != 1 {
					c.say("person %d, %s: accepted, and the log says so %d times", person, r.tag, c.accepted[r.tag])
				}
				c.checkAge(person, requests, r)
			}
			sent := 0 // the same digits may be drawn again
			for _, m := range c.messages[person] {
				if m.Code == code {
					sent++
				}
			}
			if max(answered, logged) > sent {
				c.say("person %d: a passcode sent %d times was accepted %d times, and the log says so %d times", person, sent, answered, logged)
			}
		}
	}
}

func (c *checker) verifications(requests []request) map[string][]request {
	tries := map[string][]request{}
	for _, r := range requests {
		if r.kind == asksVerify {
			tries[r.code] = append(tries[r.code], r)
		}
	}
	return tries
}

// checkAge: an accepted passcode was that of the newest message that anybody was told of.
func (c *checker) checkAge(person int, requests []request, accepted request) {
	for _, m := range slices.Backward(c.messages[person]) {
		if m.Code == accepted.code {
			return
		}
		if answeredBefore(requests, m, accepted.begun) {
			c.say("person %d, %s: an old passcode was accepted after a newer one had been sent", person, accepted.tag)
			return
		}
	}
}

// answeredBefore tells whether the send that brought a message was answered with success before a moment.
func answeredBefore(requests []request, m message, moment time.Time) bool {
	for _, r := range requests {
		if r.kind == asksSend && r.succeeded() && r.ended.Before(moment) &&
			!r.begun.After(m.ReceivedAt.Add(time.Millisecond)) && r.ended.After(m.ReceivedAt) {
			return true
		}
	}
	return false
}
