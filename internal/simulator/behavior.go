package simulator

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"
)

// What becomes of a message or call at a phone.
const (
	outcomeDelivered   = "delivered"
	outcomeUndelivered = "undelivered"
	outcomeUnreachable = "unreachable"
	outcomeLandline    = "landline"
	outcomeOptedOut    = "opted-out"
	outcomeBusy        = "busy"
	outcomeNoAnswer    = "no-answer"
)

// How the carrier tells of it.
const (
	callbacksNormal    = "normal"
	callbacksNone      = "none"
	callbacksDuplicate = "duplicate"
	callbacksReordered = "reordered"
	callbacksEarly     = "early"
	callbacksLate      = "late"
	callbacksForged    = "forged"
)

// How a carrier's API answers.
const (
	modeUp           = "up"
	modeDown         = "down"
	modeError500     = "error500"
	modeThrottled    = "throttled"
	modeUnauthorized = "unauthorized"
	modeFraudBlocked = "fraud-blocked"
	modeHang         = "hang"
	modeReset        = "reset"
	modeGarbage      = "garbage"
)

var (
	outcomes  = []string{outcomeDelivered, outcomeUndelivered, outcomeUnreachable, outcomeLandline, outcomeOptedOut, outcomeBusy, outcomeNoAnswer}
	callbacks = []string{callbacksNormal, callbacksNone, callbacksDuplicate, callbacksReordered, callbacksEarly, callbacksLate, callbacksForged}
	modes     = []string{modeUp, modeDown, modeError500, modeThrottled, modeUnauthorized, modeFraudBlocked, modeHang, modeReset, modeGarbage}
)

// maxDelay bounds every pause one can ask for: a callback may be late by a
// day, not by a year.
const maxDelay = 48 * time.Hour

// when says how often and for how long a behavior holds.
type when struct {
	// Probability of holding for each request, 0 to 1; absent means always.
	Probability *float64 `json:"probability,omitempty"`
	// Seed of the dice; absent means the simulator's own.
	Seed *uint64 `json:"seed,omitempty"`
	// Times is for how many requests more it holds; absent means until changed.
	Times *int `json:"times,omitempty"`
	// For is how long it holds, as a Go duration ("60s"); absent means until changed.
	For string `json:"for,omitempty"`
}

func (w when) check() error {
	if p := w.Probability; p != nil && (*p < 0 || *p > 1) {
		return fmt.Errorf("probability must be between 0 and 1")
	}
	if w.Times != nil && *w.Times < 1 {
		return fmt.Errorf("times must be 1 or more")
	}
	if w.For != "" {
		if d, err := time.ParseDuration(w.For); err != nil || d <= 0 {
			return fmt.Errorf(`for must be a duration such as "60s"`)
		}
	}
	return nil
}

// phoneBehavior is the body of PUT /phones/{e164}/behavior.
type phoneBehavior struct {
	Outcome   string `json:"outcome"`
	DelayMs   int64  `json:"delayMs"`
	Callbacks string `json:"callbacks"`
	when
}

func (b *phoneBehavior) complete() error {
	if b.Outcome == "" {
		b.Outcome = outcomeDelivered
	}
	if b.Callbacks == "" {
		b.Callbacks = callbacksNormal
	}
	switch {
	case !slices.Contains(outcomes, b.Outcome):
		return fmt.Errorf("outcome must be one of %s", strings.Join(outcomes, ", "))
	case !slices.Contains(callbacks, b.Callbacks):
		return fmt.Errorf("callbacks must be one of %s", strings.Join(callbacks, ", "))
	case b.DelayMs < 0 || b.DelayMs > maxDelay.Milliseconds():
		return fmt.Errorf("delayMs must be between 0 and %d", maxDelay.Milliseconds())
	}
	return b.check()
}

func (b phoneBehavior) delay() time.Duration { return time.Duration(b.DelayMs) * time.Millisecond }

// carrierBehavior is the body of PUT /carriers/{name}/behavior.
type carrierBehavior struct {
	Mode      string `json:"mode"`
	LatencyMs int64  `json:"latencyMs"`
	when
}

func (b *carrierBehavior) complete() error {
	if b.Mode == "" {
		b.Mode = modeUp
	}
	switch {
	case !slices.Contains(modes, b.Mode):
		return fmt.Errorf("mode must be one of %s", strings.Join(modes, ", "))
	case b.LatencyMs < 0 || b.LatencyMs > maxDelay.Milliseconds():
		return fmt.Errorf("latencyMs must be between 0 and %d", maxDelay.Milliseconds())
	}
	return b.check()
}

// rule is a behavior in force: its dice, how often it still holds, and until
// when. The zero rule is the default behavior for ever.
type rule[B any] struct {
	set      bool
	behavior B
	dice     *rand.Rand
	odds     float64
	left     int // -1: no limit
	until    time.Time
}

func newRule[B any](b B, w when, now time.Time, own *rand.Rand) rule[B] {
	r := rule[B]{set: true, behavior: b, dice: own, odds: 1, left: -1}
	if w.Seed != nil {
		r.dice = rand.New(rand.NewPCG(*w.Seed, 0))
	}
	if w.Probability != nil {
		r.odds = *w.Probability
	}
	if w.Times != nil {
		r.left = *w.Times
	}
	if d, err := time.ParseDuration(w.For); err == nil {
		r.until = now.Add(d)
	}
	return r
}

// alive tells whether the rule still stands.
func (r *rule[B]) alive(now time.Time) bool {
	return r.set && r.left != 0 && (r.until.IsZero() || now.Before(r.until))
}

// draw decides whether the rule holds for one request, and counts it.
func (r *rule[B]) draw(now time.Time) (B, bool) {
	var none B
	if !r.alive(now) || r.odds < 1 && r.dice.Float64() >= r.odds {
		return none, false
	}
	if r.left > 0 {
		r.left--
	}
	return r.behavior, true
}

// current is the rule as GET shows it: what it was set to, with what is left.
func (r *rule[B]) current(now time.Time, left func(*B, int)) (B, bool) {
	var none B
	if !r.alive(now) {
		return none, false
	}
	b := r.behavior
	if r.left > 0 {
		left(&b, r.left)
	}
	return b, true
}

// behaviorOf decides how a phone takes one message or call. Guarded by mu.
func (s *Simulator) behaviorOf(p *phone) phoneBehavior {
	if b, ok := p.rule.draw(s.now()); ok {
		if b.Times != nil {
			s.publishBehavior(p) // one time less
		}
		return b
	}
	if b, ok := s.drawPattern(p.number); ok {
		return b
	}
	return phoneBehavior{Outcome: outcomeDelivered, Callbacks: callbacksNormal}
}

// shownBehavior is what GET and the events say of a phone. Guarded by mu.
func (s *Simulator) shownBehavior(p *phone) phoneBehavior {
	b, ok := p.rule.current(s.now(), func(b *phoneBehavior, n int) { b.Times = &n })
	if !ok {
		return phoneBehavior{Outcome: outcomeDelivered, Callbacks: callbacksNormal}
	}
	return b
}

// shownMode is what GET and the events say of a carrier. Guarded by mu.
func (s *Simulator) shownMode(c *carrierState) carrierBehavior {
	b, ok := c.rule.current(s.now(), func(b *carrierBehavior, n int) { b.Times = &n })
	if !ok {
		return carrierBehavior{Mode: modeUp}
	}
	return b
}

func (s *Simulator) putPhoneBehavior(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	var b phoneBehavior
	if err := decode(r, &b); err != nil {
		return nil, err
	}
	if err := b.complete(); err != nil {
		return nil, problemf(http.StatusBadRequest, "%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.phone(number)
	p.rule = newRule(b, b.when, s.now(), s.ids.random())
	s.publishBehavior(p)
	return s.shownBehavior(p), nil
}

func (s *Simulator) getPhoneBehavior(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.phones[number]; ok {
		return s.shownBehavior(p), nil
	}
	return s.shownBehavior(&phone{}), nil
}

func (s *Simulator) deletePhoneBehavior(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.phones[number]; ok {
		p.rule = rule[phoneBehavior]{}
		s.publishBehavior(p)
	}
	return nil, nil
}

func (s *Simulator) putCarrierBehavior(r *http.Request) (any, error) {
	c, err := s.pathCarrier(r)
	if err != nil {
		return nil, err
	}
	var b carrierBehavior
	if err := decode(r, &b); err != nil {
		return nil, err
	}
	if err := b.complete(); err != nil {
		return nil, problemf(http.StatusBadRequest, "%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.rule = newRule(b, b.when, s.now(), s.ids.random())
	s.publishCarriers()
	return s.shownMode(c), nil
}

func (s *Simulator) getCarrierBehavior(r *http.Request) (any, error) {
	c, err := s.pathCarrier(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shownMode(c), nil
}

func (s *Simulator) deleteCarrierBehavior(r *http.Request) (any, error) {
	c, err := s.pathCarrier(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.rule = rule[carrierBehavior]{}
	s.publishCarriers()
	return nil, nil
}
