package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"hookswitch"
)

// post brings the carriers' callbacks to a node, and does to them what can be done to letters.
type post struct {
	w *world

	mu   sync.Mutex
	kept map[string]*meeting // by delivery
}

func newPost(w *world) *post { return &post{w: w, kept: map[string]*meeting{}} }

// meeting is a letter that waits for the poll that asks for what it says.
type meeting struct {
	polled   chan struct{} // closed by the poll
	answered chan struct{} // closed when the letter was brought
}

// RoundTrip implements [http.RoundTripper] for the simulator's client.
func (p *post) RoundTrip(r *http.Request) (*http.Response, error) {
	w := p.w
	a := w.cast.actor()
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	if found := inCallback.FindStringSubmatch(r.URL.Path); found != nil {
		a.delivery = found[1]
	}
	a.sleep(a.between(0, 3*time.Millisecond))
	answer := w.arrives(a, letter{method: r.Method, url: r.URL, header: r.Header, body: body, final: final(body), bad: bad(body)})
	if answer == nil {
		return nil, errReset
	}
	return response(r, answer), nil
}

// arrives is a letter at our door, and what happens to it there: it may be lost, kept for later, or brought twice, and
// somebody may bring a false one before it.
func (w *world) arrives(a *actor, l letter) *recorder {
	if w.disk.book.of(a.delivery) == hookswitch.Sending {
		w.counts(a, CallbackEarly)
	}
	if l.kept != "" {
		w.counts(a, l.kept)
	}
	if w.strikes(a, CallbackForged) {
		w.forge(a, l)
	}
	switch {
	case w.strikes(a, CallbackLost):
		return nil
	case l.times == 0 && w.mayMeet(a, l):
		w.keepForPoll(l, a)
		return &recorder{status: http.StatusOK}
	case l.times < 2 && w.tempted(a, CallbackLate):
		if w.disk.book.of(a.delivery) == hookswitch.Sending && w.curious(CallbackLate, hookswitch.Sending) && a.chance(0.3) {
			w.standStill(a)
			w.later(CallbackLate, l, a, a.between(late, late+3*time.Second))
			return &recorder{status: http.StatusOK}
		}
		w.later(CallbackLate, l, a, a.between(late, w.faults.Load().latest(a)))
		return &recorder{status: http.StatusOK}
	case l.times < 2 && w.tempted(a, CallbackReorder):
		w.later(CallbackReorder, l, a, a.between(50*time.Millisecond, 3*time.Second))
		return &recorder{status: http.StatusOK}
	}
	answer := w.deliver(a, l)
	if l.times < 2 && w.tempted(a, CallbackDoubled) {
		w.later(CallbackDoubled, l, a, a.between(0, 2*time.Second))
	}
	return answer
}

// late is a callback that takes this long.
const late = time.Minute

// latest is how late a callback may be: minutes, or a day.
func (p *plan) latest(a *actor) time.Duration {
	if a.chance(0.2) {
		return 25 * time.Hour
	}
	return 20 * time.Minute
}

// letter is a callback on its way.
type letter struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
	final  bool
	bad    bool  // the message did not arrive
	kept   Fault // why it comes later than it should
	times  int   // how often it was kept
}

// final tells whether a callback says what became of the message.
func final(body []byte) bool {
	var telesign struct {
		Status struct {
			Code int `json:"code"`
		} `json:"status"`
	}
	if json.Unmarshal(body, &telesign) == nil {
		switch telesign.Status.Code {
		case 100, 101, 106, 107, 200, 207, 210:
			return true
		}
		return false
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return false
	}
	switch form.Get("MessageStatus") + form.Get("CallStatus") {
	case "delivered", "undelivered", "failed", "completed", "busy", "no-answer":
		return true
	}
	return false
}

// bad tells whether a final callback says that the message did not arrive.
func bad(body []byte) bool {
	return !bytes.Contains(body, []byte("=delivered")) && !bytes.Contains(body, []byte("=completed")) &&
		!bytes.Contains(body, []byte(`"code":200`)) && !bytes.Contains(body, []byte(`"code":100`))
}

// deliver posts a genuine callback to one of the nodes; nil means that none answered.
func (w *world) deliver(a *actor, l letter) *recorder {
	p := w.anybody(a)
	if p == nil || p.pass(a) != nil {
		return nil
	}
	if w.strikes(a, CrashAtPost) {
		p.crash()
		return nil
	}
	x := &posting{Delivery: a.delivery, Final: l.final}
	answer := p.serve(a, l.method, l.url, l.header, l.body)
	x.At = time.Now()
	if answer != nil {
		x.Status = answer.status
	}
	w.history.posted(x)
	return answer
}

// later brings it when it is no longer expected.
func (w *world) later(why Fault, l letter, after *actor, wait time.Duration) {
	a := w.cast.actor()
	a.delivery = after.delivery
	l.kept, l.times = why, l.times+1
	w.after.Go(func() {
		if a.sleepIn(w.ctx, wait) {
			w.arrives(a, l)
		}
	})
}

// mayMeet throws the dice for a final letter that could be on its way while a poll asks for the same. Few messages fail at
// the phone, so most of those do.
func (w *world) mayMeet(a *actor, l letter) bool {
	if !l.final || w.faults.Load().odds[CallbackReorder] == 0 {
		return false
	}
	switch w.disk.book.of(a.delivery) {
	case hookswitch.Sent:
	case hookswitch.Uncertain:
		return a.chance(0.3)
	default:
		return false
	}
	if l.bad {
		return a.chance(0.7)
	}
	return a.chance(0.06)
}

// keepForPoll keeps the letter until a poll asks for what it says, or for the deadline.
func (w *world) keepForPoll(l letter, after *actor) {
	a := w.cast.actor()
	a.delivery = after.delivery
	l.kept, l.times = CallbackReorder, l.times+1
	m := &meeting{polled: make(chan struct{}), answered: make(chan struct{})}
	w.post.mu.Lock()
	w.post.kept[a.delivery] = m
	w.post.mu.Unlock()
	limit := a.between(time.Minute, statusDeadline)
	w.after.Go(func() {
		defer close(m.answered)
		timer := time.NewTimer(a.until(limit))
		defer timer.Stop()
		select {
		case <-m.polled:
			a.sleep(0)
		case <-timer.C:
		case <-w.ctx.Done():
			return
		}
		w.arrives(a, l)
	})
}

// meets lets a poll wait until the letter that was kept for it has come.
func (p *post) meets(ctx context.Context, a *actor) {
	p.mu.Lock()
	m := p.kept[a.delivery]
	delete(p.kept, a.delivery)
	p.mu.Unlock()
	if m == nil {
		return
	}
	close(m.polled)
	soon := time.NewTimer(a.until(2 * time.Second))
	defer soon.Stop()
	select {
	case <-m.answered:
		a.sleep(0)
	case <-soon.C:
	case <-ctx.Done():
	}
}

// standStill pauses every process, for longer than a late callback takes: the machine is asleep.
func (w *world) standStill(a *actor) {
	for _, n := range w.nodes {
		if p := n.running(); p != nil {
			p.stop(a.between(late+5*time.Second, late+30*time.Second))
		}
	}
}

// forge posts what an impostor would: the opposite, with a signature of somebody who has no key.
func (w *world) forge(a *actor, l letter) {
	p := w.anybody(a)
	if p == nil {
		return
	}
	opposite := strings.NewReplacer(
		"MessageStatus=sent", "MessageStatus=failed", "MessageStatus=queued", "MessageStatus=failed", "MessageStatus=delivered", "MessageStatus=undelivered",
		"MessageStatus=undelivered", "MessageStatus=delivered", "CallStatus=completed", "CallStatus=busy", "CallStatus=busy", "CallStatus=completed",
		"CallStatus=no-answer", "CallStatus=completed", "CallStatus=initiated", "CallStatus=completed", "CallStatus=ringing", "CallStatus=failed",
		`"code":200`, `"code":207`, `"code":203`, `"code":207`, `"code":290`, `"code":207`, `"code":103`, `"code":106`, `"code":100`, `"code":106`,
		`"code":207`, `"code":200`, `"code":210`, `"code":200`,
	)
	body := []byte(opposite.Replace(string(l.body)))
	if bytes.Equal(body, l.body) {
		return
	}
	answer := p.serve(a, l.method, l.url, l.header, body)
	if answer != nil && answer.status < 300 {
		w.broken("a forged callback was answered with %d", answer.status)
	}
}
