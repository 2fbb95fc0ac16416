package simulator

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// callback is one message from a carrier to its customer, signed and ready.
type callback struct {
	kind        string // of its journal entry; "" is callback
	carrier     string
	reference   string
	method      string
	url         string
	contentType string
	body        []byte
	header      http.Header // signature and other carrier headers
	base        string      // what was signed
	signature   string
	forged      bool
	timeout     time.Duration
	waits       []time.Duration // before the second attempt, the third ...
}

// accepted tells whether the customer's server took the callback; if not, a
// carrier that retries tries again.
func accepted(status int) bool { return status >= 200 && status < 300 }

// deliver sends a callback, with the carrier's further attempts.
func (s *Simulator) deliver(l lane, cb *callback) {
	for n, wait := 1, time.Duration(0); s.sleep(l, wait); n++ {
		e, _ := s.attempt(s.ctx, cb, n)
		if accepted(e.Status) || n > len(cb.waits) {
			return
		}
		wait = cb.waits[n-1]
	}
}

// attempt sends a callback once and journals it; body is the answer.
func (s *Simulator) attempt(ctx context.Context, cb *callback, n int) (e *entry, body []byte) {
	e = &entry{
		Kind: cmp.Or(cb.kind, "callback"), At: moment(s.now()), Carrier: cb.carrier, Method: cb.method, URL: cb.url, Body: clip(cb.body),
		Reference: cb.reference, Attempt: n, SignatureBase: clip([]byte(cb.base)), Signature: cb.signature, Forged: cb.forged,
		callback: cb,
	}
	began := s.now()
	status, body, err := s.post(ctx, cb)
	e.DurationMs = s.now().Sub(began).Milliseconds()
	e.Status, e.Answer = status, clip(body)
	if err != nil {
		e.Error = err.Error()
		s.log.Warn("simulator: a callback was not delivered", "carrier", cb.carrier, "reference", cb.reference, "attempt", n)
	}
	s.note(e)
	return e, body
}

// post makes the HTTP exchange of a callback or a TwiML fetch; the answer is
// bounded.
func (s *Simulator) post(ctx context.Context, cb *callback) (status int, body []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, cb.timeout)
	defer cancel()
	// Close must reach exchanges that hang on a caller's context.
	stop := context.AfterFunc(s.ctx, cancel)
	defer stop()
	var in io.Reader
	if len(cb.body) > 0 {
		in = bytes.NewReader(cb.body)
	}
	r, err := http.NewRequestWithContext(ctx, cb.method, cb.url, in)
	if err != nil {
		return 0, nil, err
	}
	maps.Copy(r.Header, cb.header)
	if cb.contentType != "" {
		r.Header.Set("Content-Type", cb.contentType)
	}
	resp, err := s.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxBody))
	return resp.StatusCode, body, err
}

// lateHold is how long late callbacks wait when the behavior's delayMs does
// not say.
const lateHold = 30 * time.Second

// earlyLimit is how long an API answer waits for early callbacks.
const earlyLimit = 3 * time.Second

// feed sends the callbacks of one message or call, in the way the phone's
// behavior asks for.
type feed struct {
	s    *Simulator
	lane lane
	mode string
	hold time.Duration // of late
	done chan struct{} // closed when the last one was sent

	mu      sync.Mutex
	queue   []*callback
	ended   bool
	changed *signal
}

// newFeed starts a feed. forgery, if not nil, makes the callback that an
// impostor sends first when the behavior is forged.
func (s *Simulator) newFeed(b phoneBehavior, forgery func() *callback) *feed {
	f := &feed{s: s, mode: b.Callbacks, hold: b.delay(), done: make(chan struct{}), changed: newSignal()}
	if f.hold == 0 {
		f.hold = lateHold
	}
	if f.mode == callbacksForged && forgery != nil {
		if cb := forgery(); cb != nil {
			f.queue = append(f.queue, cb)
		}
	}
	s.mu.Lock()
	f.lane = s.ids.lane()
	s.mu.Unlock()
	s.background(f.run)
	return f
}

// push hands over a callback; nil is none.
func (f *feed) push(cb *callback) {
	if cb == nil || f.mode == callbacksNone {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queue = append(f.queue, cb)
	f.changed.fire()
}

// end says that there will be no more.
func (f *feed) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	f.changed.fire()
}

func (f *feed) run() {
	defer close(f.done)
	switch f.mode {
	case callbacksReordered:
		all := f.rest()
		slices.Reverse(all)
		for _, cb := range all {
			f.s.deliver(f.lane, cb)
		}
		return
	case callbacksLate:
		first, ok := f.next()
		if !ok || !f.s.sleep(f.lane, f.hold) {
			return
		}
		f.s.deliver(f.lane, first)
	}
	for {
		cb, ok := f.next()
		if !ok {
			return
		}
		f.s.deliver(f.lane, cb)
		if f.mode == callbacksDuplicate {
			f.s.deliver(f.lane, cb)
		}
	}
}

// next waits for a callback; false means there will be none.
func (f *feed) next() (*callback, bool) {
	for {
		f.mu.Lock()
		if len(f.queue) > 0 {
			cb := f.queue[0]
			f.queue = f.queue[1:]
			f.mu.Unlock()
			return cb, true
		}
		ended, changed := f.ended, f.changed.wait()
		f.mu.Unlock()
		if ended {
			return nil, false
		}
		select {
		case <-changed:
		case <-f.s.ctx.Done():
			return nil, false
		}
	}
}

// rest waits for all callbacks to come.
func (f *feed) rest() []*callback {
	var all []*callback
	for {
		cb, ok := f.next()
		if !ok {
			return all
		}
		all = append(all, cb)
	}
}

// wait lets an API answer wait until early callbacks were sent.
func (f *feed) wait(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, earlyLimit)
	defer cancel()
	select {
	case <-f.done:
	case <-ctx.Done():
	}
}

// validURL is what both carriers accept as an address for callbacks.
func validURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
