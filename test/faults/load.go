package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load is people who sign in: each asks for a passcode, reads it at the phone and gives it back, at times with the habits
// of impatient people and of clients that repeat.
type load struct {
	client  *http.Client
	bases   []string // of the nodes
	phones  string   // of the simulator
	people  []person
	seed    uint64
	history history
	wishes  atomic.Int64
	tags    atomic.Int64
	cycles  atomic.Int64 // passcodes accepted

	mu    sync.Mutex
	due   time.Time   // when the next one may ask
	order []int       // who is next
	spare []int       // who asks only to see whether it works again
	used  []time.Time // when each last asked
	open  []*question // a wish whose outcome its client does not know
	old   []string    // a passcode that a newer one will replace
}

// question is a request that will be repeated with its Idempotency-Key.
type question struct {
	wish int
	key  string
}

// pace is how long a phone is left alone: the product's limit is 30 seconds.
const pace = 31 * time.Second

// workers ask at the same time.
const workers = 16

func newLoad(client *http.Client, bases []string, phones string, people []person, seed uint64) *load {
	l := &load{client: client, bases: bases, phones: phones, people: people, seed: seed}
	l.order = rand.New(rand.NewPCG(seed, 0)).Perm(len(people))
	l.order, l.spare = l.order[len(people)/20:], l.order[:len(people)/20]
	l.used = make([]time.Time, len(people))
	l.open = make([]*question, len(people))
	l.old = make([]string, len(people))
	return l
}

// run goes on until ctx ends; cycles that were begun are ended.
func (l *load) run(ctx context.Context) {
	var working sync.WaitGroup
	for w := range workers {
		dice := rand.New(rand.NewPCG(l.seed, uint64(w)+1))
		working.Go(func() {
			for ctx.Err() == nil {
				if i, ok := l.next(); ok {
					l.cycle(context.WithoutCancel(ctx), i, dice)
				} else {
					rest(ctx, 20*time.Millisecond)
				}
			}
		})
	}
	working.Wait()
}

// next is somebody whose phone has been left alone long enough, and whom nobody else has.
func (l *load) next() (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if len(l.order) == 0 || now.Before(l.due) || now.Sub(l.used[l.order[0]]) < pace {
		return 0, false
	}
	i := l.order[0]
	l.order = l.order[1:]
	// Evenly, so that nobody has to be waited for when a fault is over; after one, what was missed comes in a burst.
	if late := now.Add(-burst); l.due.Before(late) {
		l.due = late
	}
	l.due = l.due.Add(pace / time.Duration(len(l.used)) * 21 / 20)
	return i, true
}

// burst is how long a time without answers is made up for.
const burst = 500 * time.Millisecond

// probe asks for one passcode, for the spare people in turn, and tells whether it was sent.
func (l *load) probe(ctx context.Context, dice *rand.Rand) (request, bool) {
	l.mu.Lock()
	i := l.spare[0]
	l.mu.Unlock()
	r := l.send(ctx, l.bases[dice.IntN(len(l.bases))], i, question{wish: int(l.wishes.Add(1))})
	if r.succeeded() || r.status == http.StatusTooManyRequests {
		l.mu.Lock()
		l.spare = append(l.spare[1:], i)
		l.mu.Unlock()
	}
	return r, r.succeeded()
}

// done gives a person back.
func (l *load) done(i int, open *question, old string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used[i], l.open[i], l.old[i] = time.Now(), open, old
	l.order = append(l.order, i)
}

// cycle is one sign-in of a person.
func (l *load) cycle(ctx context.Context, i int, dice *rand.Rand) {
	base := l.bases[dice.IntN(len(l.bases))]
	if q := l.open[i]; q != nil { // the client that got no answer repeats its request, and does not ask anew
		if r := l.send(ctx, base, i, *q); r.status == 0 || r.status >= 500 {
			l.done(i, q, "")
			return
		}
		l.give(ctx, base, i)
		l.done(i, nil, "")
		return
	}
	q := question{wish: int(l.wishes.Add(1))}
	habit := dice.IntN(100)
	if habit < 40 {
		q.key = fmt.Sprintf("key-%d", q.wish)
	}
	var twice sync.WaitGroup
	if habit < 15 { // a double click
		other := l.bases[dice.IntN(len(l.bases))]
		twice.Go(func() { l.send(ctx, other, i, q) })
	}
	sent := l.send(ctx, base, i, q)
	twice.Wait()
	switch {
	case sent.status != http.StatusOK && q.key != "":
		l.done(i, &q, "")
	case !sent.succeeded():
		l.done(i, nil, "")
	case habit >= 85: // not given back: the next one will replace it
		l.done(i, nil, l.newest(ctx, i))
	default:
		if old := l.old[i]; old != "" {
			l.verify(ctx, base, i, old)
		}
		code := l.give(ctx, base, i)
		if habit%4 == 0 && code != "" { // once more, in turn or side by side
			l.verify(ctx, base, i, code)
		}
		l.done(i, nil, "")
	}
}

// give gives the newest passcode back, and repeats that until there is an answer, as a person does.
func (l *load) give(ctx context.Context, base string, i int) (code string) {
	code = l.newest(ctx, i)
	if code == "" {
		return ""
	}
	var both sync.WaitGroup
	if code[0] == '7' { // by chance
		both.Go(func() { l.verify(ctx, base, i, code) })
	}
	for range 3 {
		r := l.verify(ctx, base, i, code)
		if r.succeeded() {
			l.cycles.Add(1)
		}
		if r.status != 0 && r.status < 500 {
			break
		}
		rest(ctx, 300*time.Millisecond)
	}
	both.Wait()
	return code
}

// newest reads the newest passcode on a phone, "" when there is none.
func (l *load) newest(ctx context.Context, i int) string {
	var m message
	if err := must(ctx, l.client, http.MethodGet, l.phones+"/phones/"+url.PathEscape(l.people[i].number)+"/messages/latest?wait=5s", nil, &m); err != nil {
		return ""
	}
	return m.Code
}

func (l *load) send(ctx context.Context, base string, i int, q question) request {
	return l.ask(ctx, base, request{kind: asksSend, person: i, wish: q.wish}, q.key, struct{}{})
}

func (l *load) verify(ctx context.Context, base string, i int, code string) request {
	return l.ask(ctx, base, request{kind: asksVerify, person: i, code: code}, "", map[string]string{"passCode": code})
}

// ask makes one request and keeps what became of it.
func (l *load) ask(ctx context.Context, base string, r request, key string, body any) request {
	r.tag = "faults-" + strconv.FormatInt(l.tags.Add(1), 10)
	header := headers(r.tag)
	if key != "" {
		header.Set("Idempotency-Key", key)
	}
	p := l.people[r.person]
	var answer struct {
		Result string `json:"factorResult"`
		Code   string `json:"errorCode"`
	}
	r.begun = time.Now()
	status, said, err := exchange(ctx, l.client, http.MethodPost, base+"/api/v1/users/"+p.user+"/factors/"+p.factor+"/verify", header, body, &answer)
	r.ended = time.Now()
	if err == nil {
		r.status, r.result, r.id = status, answer.Result+answer.Code, said.Get("X-Okta-Request-Id")
	}
	l.history.add(r)
	return r
}
