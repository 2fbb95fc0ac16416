package simulator

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"hookswitch/internal/simulator/twiml"
)

// maxDocuments ends a call whose documents send it round in circles.
const maxDocuments = 50

// maxScript bounds what the page is shown of a long call.
const maxScript = 1000

// converse plays documents until the call is over. Nobody watching, no time
// passes and no key is pressed.
func (s *Simulator) converse(c *call) (callState, bool) {
	s.mu.Lock()
	t := talk{s: s, c: c, live: s.watched()}
	s.mu.Unlock()
	now, err := c.open(s.ctx)
	if err != nil {
		s.alert(c, err)
		return callFailed, s.ctx.Err() == nil
	}
	for range maxDocuments {
		next, ok := t.play(now)
		if next == nil {
			t.record()
			return callCompleted, ok
		}
		if now, err = c.ask(s.ctx, now, next.method, next.url, next.digits); err != nil {
			s.alert(c, err)
			break
		}
	}
	t.record()
	return callCompleted, s.ctx.Err() == nil
}

// alert writes what Twilio's debugger would show: why a call could not go on.
func (s *Simulator) alert(c *call, err error) {
	text := err.Error()
	s.mu.Lock()
	defer s.mu.Unlock()
	c.alert = text
	e := &entry{Kind: "alert", At: moment(s.now()), Carrier: c.carrier, Reference: c.reference, Error: text}
	s.journal.add(e)
	s.publish("journal", e)
}

// talk plays one call. live: in real time, with a person at the keys.
type talk struct {
	s     *Simulator
	c     *call
	live  bool
	heard []string
	keys  string // pressed, not yet taken by a Gather
}

// onward is where a document leads.
type onward struct {
	method string
	url    string
	digits *string
}

var errHangup = errors.New("hung up")

// play plays one document; nil means the call is over, and ok whether the
// simulator still runs.
func (t *talk) play(now spoken) (next *onward, ok bool) {
	at := t.show(now.doc)
	for _, step := range now.doc.Steps {
		switch step := step.(type) {
		case twiml.Speak:
			for _, p := range step.Pieces {
				at++
				if err := t.pass(p.Seconds, nil); err != nil {
					return nil, errors.Is(err, errHangup)
				}
			}
		case twiml.Gather:
			at += len(step.Prompt) + 1
			digits, err := t.gather(step)
			if err != nil {
				return nil, errors.Is(err, errHangup)
			}
			if digits != "" || step.OnEmpty {
				t.cut(at)
				return &onward{step.Method, step.Action, &digits}, true
			}
		case twiml.Redirect:
			return &onward{step.Method, step.URL, nil}, true
		case twiml.Hangup, twiml.Reject:
			return nil, true
		}
	}
	return nil, true
}

// show puts a document's pieces on the page, up to where it ends, and answers
// where they start.
func (t *talk) show(doc *twiml.Document) int {
	var pieces []twiml.Piece
scan:
	for _, step := range doc.Steps {
		switch step := step.(type) {
		case twiml.Speak:
			pieces = append(pieces, step.Pieces...)
		case twiml.Gather:
			pieces = append(pieces, step.Prompt...)
			pieces = append(pieces, twiml.Piece{Kind: twiml.KindGather, Text: gatherText(step), Seconds: step.Timeout.Seconds()})
		default:
			break scan
		}
	}
	if len(t.heard) == 0 {
		for _, p := range pieces {
			if p.Kind == twiml.KindSay {
				t.heard = append(t.heard, p.Text)
			}
		}
	}
	t.s.mu.Lock()
	at := min(len(t.c.script), maxScript)
	t.c.script = append(t.c.script[:at:at], pieces[:min(len(pieces), maxScript-at)]...)
	t.c.playFrom = at
	t.s.publish("call", t.c.view())
	t.s.mu.Unlock()
	if len(t.heard) > 0 {
		t.record()
	}
	return at
}

// cut drops what will not be heard because a key ended the document.
func (t *talk) cut(at int) {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	if at < len(t.c.script) {
		t.c.script = t.c.script[:at]
	}
}

// record writes the call down on the phone, once: what is heard when it is
// picked up.
func (t *talk) record() {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	c := t.c
	if c.recorded {
		return
	}
	c.recorded = true
	m := &message{
		Channel: channelCall, From: c.from, To: c.to, Extension: optional(c.extension), Text: strings.Join(t.heard, " "),
		Provider: c.carrier, ProviderReference: c.reference, Script: append([]twiml.Piece{}, c.script...),
	}
	for _, p := range c.script {
		if p.Language != "" {
			m.Language = optional(p.Language)
			break
		}
	}
	t.s.receive(c.to, m)
}

func gatherText(g twiml.Gather) string {
	switch {
	case !g.Keys:
		return "listens for speech"
	case g.NumDigits == 1:
		return "waits for a key"
	case g.NumDigits > 1:
		return fmt.Sprintf("waits for %d keys", g.NumDigits)
	}
	return "waits for keys, ended by " + g.FinishOnKey
}

// gather listens while the prompt plays and for the timeout after it, which
// starts again with every key. Keys pressed before count: a person cannot know
// when the listening starts.
func (t *talk) gather(g twiml.Gather) (string, error) {
	done := func() bool { return g.Keys && g.Complete(t.keys) }
	for _, p := range g.Prompt {
		if err := t.pass(p.Seconds, done); err != nil {
			return "", err
		}
	}
	for !done() {
		before := len(t.keys)
		if err := t.pass(g.Timeout.Seconds(), func() bool { return len(t.keys) > before }); err != nil {
			return "", err
		}
		if len(t.keys) == before {
			break
		}
	}
	if !g.Keys {
		return "", nil
	}
	digits := t.keys
	t.keys = ""
	if i := strings.Index(digits, g.FinishOnKey); g.FinishOnKey != "" && i >= 0 {
		digits = digits[:i]
	}
	if g.NumDigits > 0 && len(digits) > g.NumDigits {
		digits = digits[:g.NumDigits]
	}
	return digits, nil
}

// pass lets seconds go by, or until enough says so. It answers errHangup when
// the listener or the carrier's customer hung up.
func (t *talk) pass(seconds float64, enough func() bool) error {
	if !t.live {
		t.s.mu.Lock()
		t.c.seconds += seconds
		t.s.mu.Unlock()
		return t.s.ctx.Err()
	}
	if enough != nil && enough() {
		return nil
	}
	began := time.Now()
	defer func() {
		t.s.mu.Lock()
		t.c.seconds += time.Since(began).Seconds()
		t.s.mu.Unlock()
	}()
	timer := time.NewTimer(t.c.lane.due(time.Duration(seconds * float64(time.Second))))
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return nil
		case <-t.s.ctx.Done():
			return t.s.ctx.Err()
		case cmd := <-t.c.commands:
			switch cmd.verb {
			case "hangup", "decline", "cancel":
				t.c.settled = append(t.c.settled, cmd.done)
				return errHangup
			case "digits":
				t.press(cmd.digits)
			}
			close(cmd.done)
			if enough != nil && enough() {
				return nil
			}
		}
	}
}

func (t *talk) press(digits string) {
	t.keys += digits
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	t.c.pressed += digits
	t.s.publish("call", t.c.view())
}
