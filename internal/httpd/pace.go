package httpd

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"strconv"
	"sync"
	"time"

	"hookswitch"
	"hookswitch/internal/ratelimit"
)

// Pace is how many requests a minute one token, session or, of strangers, address may make of each class of operations.
// It is counted by every process by itself: behind n of them it is up to n times as many.
type Pace struct {
	Requests int // of any operation but lists; 600,000 by default
	Lists    int // of the operations that search and page; 30,000 by default
}

func (p Pace) withDefaults() Pace {
	if p.Requests == 0 {
		p.Requests = 600_000
	}
	if p.Lists == 0 {
		p.Lists = 30_000
	}
	return p
}

// pacer counts requests. What it forgets at a restart is a minute's worth.
type pacer struct {
	pace Pace
	set  func(ctx context.Context) Pace

	mu    sync.Mutex
	seen  map[string]int64 // theoretical arrival times by class and who
	sweep time.Time
}

func newPacer(p Pace, set func(ctx context.Context) Pace) *pacer {
	if set == nil {
		set = func(context.Context) Pace { return Pace{} }
	}
	return &pacer{pace: p.withDefaults(), set: set, seen: map[string]int64{}}
}

// admit counts a request and writes where its maker stands into the headers; or refuses it.
func (p *pacer) admit(ctx context.Context, h http.Header, op *Operation, x *exchange) error {
	set := p.set(ctx)
	most, class := cmp.Or(set.Requests, p.pace.Requests), "requests "
	if op.out.Implements(reflect.TypeFor[pager]()) {
		most, class = cmp.Or(set.Lists, p.pace.Lists), "lists "
	}
	next, decision := p.decide(class+x.maker(), ratelimit.Limit{Burst: most, Period: time.Minute / time.Duration(most)}, x.began)
	if !decision.Allowed {
		return &fault{code: codeTooMany, wait: decision.RetryAfter, limit: most}
	}
	h.Set("X-Rate-Limit-Limit", strconv.Itoa(most))
	h.Set("X-Rate-Limit-Remaining", strconv.Itoa(decision.Remaining))
	h.Set("X-Rate-Limit-Reset", strconv.FormatInt(time.UnixMicro(next).Add(time.Second-time.Microsecond).Unix(), 10))
	return nil
}

func (p *pacer) decide(key string, limit ratelimit.Limit, now time.Time) (int64, ratelimit.Decision) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.sweep) > time.Minute {
		p.sweep = now
		for key, tat := range p.seen {
			if !ratelimit.FreeAfter(tat).After(now) {
				delete(p.seen, key)
			}
		}
	}
	tat := p.seen[key]
	if tat > now.Add(time.Duration(limit.Burst)*limit.Period).UnixMicro() {
		tat = 0 // nobody can owe more than a whole burst: the clock was put back
	}
	next, decision := ratelimit.Decide(limit, tat, now)
	p.seen[key] = next
	return next, decision
}

// maker is who is counted.
func (x *exchange) maker() string {
	switch {
	case x.tokenID != "":
		return hookswitch.TokenID + x.tokenID
	case x.sessionID != "":
		return hookswitch.SessionID + x.sessionID
	default:
		return ratelimit.ClientKey(x.client)
	}
}
