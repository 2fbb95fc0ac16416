package simulator

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"hookswitch/internal/simulator/twiml"
)

// callState is where a call is, as the phones page sees it.
type callState string

const (
	callInitiated callState = "initiated" // before the phone rings; not shown
	callRinging   callState = "ringing"
	callAnswered  callState = "answered"
	callCompleted callState = "completed"
	callBusy      callState = "busy"
	callNoAnswer  callState = "no-answer"
	callFailed    callState = "failed"
	callCanceled  callState = "canceled"
)

// autoAnswer is how long a call rings for a person before it answers itself.
const autoAnswer = 10 * time.Second

// dialing is what a carrier wants of a call.
type dialing struct {
	carrier   string
	reference string
	from, to  string
	extension string
	timeout   time.Duration // of ringing
	behavior  phoneBehavior
	// open is asked, when the call is answered, for what to play.
	open func(context.Context) (spoken, error)
	// ask fetches what to play next: by a Redirect or, with digits, a Gather.
	ask func(ctx context.Context, from spoken, method, url string, digits *string) (spoken, error)
	// progress brings the carrier's record up to date and makes the callback
	// that tells of it, nil for none. Called under mu.
	progress func(*call, callState) *callback
	forgery  func() *callback
}

// spoken is a document and where it came from ("" for one given inline).
type spoken struct {
	doc *twiml.Document
	url string
}

// call is one call to one phone. Guarded by mu, except for what never changes.
type call struct {
	dialing
	id       string
	sequence int
	lane     lane
	feed     *feed
	// commands come from the person with the phone and from the carrier's API.
	commands chan command
	ended    chan struct{}
	// settled are the commands that take effect with the next change of state;
	// only the call's own goroutine touches it.
	settled []chan struct{}

	state        callState
	startedAt    time.Time
	ringsUntil   time.Time
	autoAnswerAt time.Time // zero: nobody answers by itself
	answeredAt   time.Time
	endedAt      time.Time
	seconds      float64 // of talk
	script       []twiml.Piece
	playFrom     int // where in script the newest document starts
	pressed      string
	recorded     bool // the phone's message exists
	alert        string
}

// command is something done to a call; done is closed when it took effect.
type command struct {
	verb   string // answer, decline, ring, hangup, digits, cancel
	digits string
	done   chan struct{}
}

func (c *call) over() bool {
	return c.state != callInitiated && c.state != callRinging && c.state != callAnswered
}

// shown tells whether the phone knows of the call: it rang.
func (c *call) shown() bool { return c.state != callInitiated }

// duration is the talk in whole seconds, as carriers bill it.
func (c *call) duration() int { return int(math.Ceil(c.seconds)) }

// callView is a call as the page sees it.
type callView struct {
	ID                string        `json:"id"`
	Number            string        `json:"number"`
	From              string        `json:"from"`
	Extension         *string       `json:"extension"`
	Provider          string        `json:"provider"`
	ProviderReference string        `json:"providerReference"`
	State             callState     `json:"state"`
	StartedAt         moment        `json:"startedAt"`
	RingsUntil        moment        `json:"ringsUntil"`
	AutoAnswerAt      *moment       `json:"autoAnswerAt"`
	AnsweredAt        *moment       `json:"answeredAt"`
	EndedAt           *moment       `json:"endedAt"`
	Script            []twiml.Piece `json:"script"`
	PlayFrom          int           `json:"playFrom"`
	DigitsPressed     string        `json:"digitsPressed"`
	Error             *string       `json:"error"`
}

// view is a copy that stays as it is. Guarded by mu.
func (c *call) view() callView {
	v := callView{
		ID: c.id, Number: c.to, From: c.from, Extension: optional(c.extension), Provider: c.carrier, ProviderReference: c.reference,
		State: c.state, StartedAt: moment(c.startedAt), RingsUntil: moment(c.ringsUntil), AutoAnswerAt: optionalMoment(c.autoAnswerAt),
		AnsweredAt: optionalMoment(c.answeredAt), EndedAt: optionalMoment(c.endedAt),
		Script: slices.Clone(c.script), PlayFrom: c.playFrom, DigitsPressed: c.pressed, Error: optional(c.alert),
	}
	if v.Script == nil {
		v.Script = []twiml.Piece{}
	}
	return v
}

func optionalMoment(t time.Time) *moment {
	if t.IsZero() {
		return nil
	}
	m := moment(t)
	return &m
}

// place starts a call. It answers at once, except with early callbacks: they
// go out first.
func (s *Simulator) place(ctx context.Context, d dialing) {
	c := &call{dialing: d, state: callInitiated, commands: make(chan command), ended: make(chan struct{})}
	s.mu.Lock()
	c.id = fmt.Sprintf("c%08d", s.ids.call())
	c.lane = s.ids.lane()
	step := pace
	p := s.phone(d.to)
	if len(p.calls) >= callsPerPhone {
		p.calls = slices.Clone(p.calls[1:])
	}
	p.calls = append(p.calls, c)
	s.mu.Unlock()
	if d.behavior.Callbacks == callbacksEarly {
		step = 0
	}
	c.feed = s.newFeed(d.behavior, d.forgery)
	s.background(func() {
		defer close(c.ended)
		defer c.settle()
		defer c.feed.end()
		s.runCall(c, step)
	})
	if d.behavior.Callbacks == callbacksEarly {
		c.feed.wait(ctx)
	}
}

func (s *Simulator) runCall(c *call, step time.Duration) {
	if !s.sleep(c.lane, step) {
		return
	}
	s.move(c, callInitiated)
	if !s.sleep(c.lane, step) {
		return
	}
	state, ok := s.ringOut(c, step)
	if !ok {
		return
	}
	s.move(c, state)
	if state != callAnswered {
		return
	}
	if state, ok = s.converse(c); ok {
		s.move(c, state)
	}
}

// move changes the state, tells the page and queues the callback.
func (s *Simulator) move(c *call, state callState) {
	s.mu.Lock()
	c.state = state
	switch {
	case state == callAnswered:
		c.answeredAt = s.now()
	case c.over():
		c.endedAt = s.now()
	}
	cb := c.progress(c, state)
	c.sequence++
	if c.shown() {
		s.publish("call", c.view())
	}
	s.mu.Unlock()
	c.feed.push(cb)
	c.settle()
}

// settle answers the commands that just took effect.
func (c *call) settle() {
	for _, done := range c.settled {
		close(done)
	}
	c.settled = nil
}

// ringOut lets the phone ring until somebody or something ends it. Nobody
// watching, it takes what the behavior says at once; a watching person has ten
// seconds to answer, decline or let it ring.
func (s *Simulator) ringOut(c *call, step time.Duration) (callState, bool) {
	planned, after := c.plan(step)
	s.mu.Lock()
	now := s.now()
	c.startedAt, c.ringsUntil = now, now.Add(c.timeout)
	if s.watched() {
		switch planned {
		case callAnswered:
			after = max(after, min(autoAnswer, c.timeout/2))
			c.autoAnswerAt = now.Add(after)
		case callNoAnswer:
			after = c.timeout
		}
	}
	s.mu.Unlock()
	s.move(c, callRinging)
	if after >= c.timeout {
		planned, after = callNoAnswer, c.timeout
	}
	t := time.NewTimer(c.lane.due(after))
	defer t.Stop()
	for {
		select {
		case <-t.C:
			return planned, true
		case <-s.ctx.Done():
			return "", false
		case cmd := <-c.commands:
			switch cmd.verb {
			case "answer":
				c.settled = append(c.settled, cmd.done)
				return callAnswered, true
			case "decline", "hangup":
				c.settled = append(c.settled, cmd.done)
				return callBusy, true
			case "cancel":
				c.settled = append(c.settled, cmd.done)
				return callCanceled, true
			case "ring":
				s.mu.Lock()
				planned, c.autoAnswerAt = callNoAnswer, time.Time{}
				t.Reset(c.lane.due(max(c.ringsUntil.Sub(s.now()), 0)))
				s.publish("call", c.view())
				s.mu.Unlock()
			}
			close(cmd.done)
		}
	}
}

// plan is what happens to a call that nobody touches.
func (c *call) plan(step time.Duration) (callState, time.Duration) {
	delay := c.behavior.delay()
	if c.behavior.Callbacks == callbacksLate {
		delay = 0 // then delayMs is the callbacks' delay
	}
	after := max(step, delay)
	switch c.behavior.Outcome {
	case outcomeBusy:
		return callBusy, after
	case outcomeNoAnswer:
		return callNoAnswer, after
	case outcomeUndelivered, outcomeUnreachable:
		return callFailed, after
	}
	return callAnswered, after
}
