package simulator

import (
	"context"
	"time"
)

// pace is the time between two steps of a message or call in a carrier's
// network. Short, since nobody learns anything by waiting for it.
const pace = 20 * time.Millisecond

// smsStep is how far a message came.
type smsStep int

const (
	smsQueued smsStep = iota // taken from the messaging service's pool; only some have it
	smsSent
	smsDelivered
	smsUndelivered
)

// sms is one text on its way from a carrier to a phone.
type sms struct {
	carrier   string
	reference string
	from, to  string
	text      string
	language  string
	behavior  phoneBehavior
	queued    bool // tells its customer when it was queued
	// progress brings the carrier's record up to date and makes the callback
	// that tells of it, nil for none. Called under mu.
	progress func(smsStep) *callback
	// forgery makes what an impostor would send.
	forgery func() *callback
}

// arrives tells whether the text reaches the handset.
func (m *sms) arrives() bool {
	switch m.behavior.Outcome {
	case outcomeUndelivered, outcomeUnreachable, outcomeLandline, outcomeOptedOut:
		return false
	}
	return true
}

// transmit brings a message to its phone. Without a delay it is there when
// transmit returns; what the carrier tells of it follows in the background,
// except with early callbacks, which go out first.
func (s *Simulator) transmit(ctx context.Context, m *sms) {
	early, late := m.behavior.Callbacks == callbacksEarly, m.behavior.Callbacks == callbacksLate
	delay := m.behavior.delay()
	if late {
		delay = 0 // then delayMs is the callbacks' delay
	}
	s.mu.Lock()
	if m.arrives() && delay == 0 {
		s.receiveSMS(m)
	}
	l := s.ids.lane()
	s.mu.Unlock()
	step := pace
	if early {
		step = 0
	}
	f := s.newFeed(m.behavior, m.forgery)
	s.background(func() {
		defer f.end()
		if m.queued {
			if !s.sleep(l, step) {
				return
			}
			s.advance(m, f, smsQueued)
		}
		if !s.sleep(l, step) {
			return
		}
		s.advance(m, f, smsSent)
		if !s.sleep(l, max(step, delay)) {
			return
		}
		if !m.arrives() {
			s.advance(m, f, smsUndelivered)
			return
		}
		if delay > 0 {
			s.mu.Lock()
			s.receiveSMS(m)
			s.mu.Unlock()
		}
		s.advance(m, f, smsDelivered)
	})
	if early {
		f.wait(ctx)
	}
}

func (s *Simulator) advance(m *sms, f *feed, step smsStep) {
	s.mu.Lock()
	cb := m.progress(step)
	s.mu.Unlock()
	f.push(cb)
}

// receiveSMS shows the text on the phone. Guarded by mu.
func (s *Simulator) receiveSMS(m *sms) {
	s.receive(m.to, &message{
		Channel: channelSMS, From: m.from, To: m.to, Text: m.text, Language: optional(m.language),
		Provider: m.carrier, ProviderReference: m.reference,
	})
}
