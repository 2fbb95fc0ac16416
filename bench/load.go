package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// cycle is how long one cycle's parts took, and when it ended.
type cycle struct {
	send, verify time.Duration
	ended        time.Time
}

// once goes through one cycle that was due at a time: whoever could not begin in time has waited already.
func (s *subject) once(ctx context.Context, due time.Time) (cycle, error) {
	who, err := s.pick(time.Now())
	if err != nil {
		return cycle{}, err
	}
	s.cycles.Add(1)
	target := s.process.url + "/api/v1/users/" + who.userID + "/factors/" + who.factorID + "/verify"
	answer, err := exchange(ctx, s.client, http.MethodPost, target, s.header, nil)
	if err != nil {
		return cycle{}, err
	}
	sent := time.Now()
	if !isSent(answer) {
		return cycle{}, fmt.Errorf("no challenge but %.300s", answer)
	}
	code, err := exchange(ctx, s.client, http.MethodGet, s.carrier.url+"/phones/"+who.phone, http.Header{}, nil)
	if err != nil {
		return cycle{}, err
	}
	read := time.Now()
	answer, err = exchange(ctx, s.client, http.MethodPost, target, s.header, fmt.Appendf(nil, `{"passCode":%q}`, code))
	if err != nil {
		return cycle{}, err
	}
	ended := time.Now()
	if !isVerified(answer) {
		return cycle{}, fmt.Errorf("not verified but %.300s", answer)
	}
	return cycle{send: sent.Sub(due), verify: ended.Sub(read), ended: ended}, nil
}

// result is one measurement.
type result struct {
	rate               float64 // cycles per second
	send, verify       latency
	server, postgres   float64 // CPU seconds per 1,000 cycles
	perCommit, replays float64 // transactions of a commit; repeated runs per 1,000 cycles
	memory             int64   // resident, the most that was seen
	steal, others      float64 // share of all processor time that the host or other programs took
}

// latency is the median and the 99th percentile.
type latency struct{ p50, p99 time.Duration }

func latencyOf(took []time.Duration) latency {
	if len(took) == 0 {
		return latency{}
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[min(int(share*float64(len(took))), len(took)-1)] }
	return latency{at(.5), at(.99)}
}

// closed has a number of clients go through cycles, each one after the other.
func (s *subject) closed(ctx context.Context, o settings, clients int) (result, error) {
	return s.measure(ctx, o, func(ctx context.Context, note func(cycle), fail func(error)) {
		var all sync.WaitGroup
		for range clients {
			all.Go(func() {
				for ctx.Err() == nil {
					// A cycle that was begun is ended: the check at the end counts them.
					c, err := s.once(context.WithoutCancel(ctx), time.Now())
					if err != nil {
						fail(err)
						return
					}
					note(c)
				}
			})
		}
		all.Wait()
	})
}

// open begins cycles at a fixed rate, however long the earlier ones take. A cycle's latency counts from when it was due.
func (s *subject) open(ctx context.Context, o settings, rate float64) (result, error) {
	return s.measure(ctx, o, func(ctx context.Context, note func(cycle), fail func(error)) {
		var all sync.WaitGroup
		defer all.Wait()
		began := time.Now()
		for k := 0; ; k++ {
			due := began.Add(time.Duration(float64(k) / rate * float64(time.Second)))
			select {
			case <-time.After(time.Until(due)):
			case <-ctx.Done():
				return
			}
			all.Go(func() {
				c, err := s.once(context.WithoutCancel(ctx), due)
				if err != nil {
					fail(err)
					return
				}
				note(c)
			})
		}
	})
}

// measure lets a load warm up, counts the cycles that end within the window, and ends it.
func (s *subject) measure(ctx context.Context, o settings, load func(ctx context.Context, note func(cycle), fail func(error))) (result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	var cycles []cycle
	note := func(c cycle) {
		mu.Lock()
		defer mu.Unlock()
		cycles = append(cycles, c)
	}
	var finished sync.WaitGroup
	finished.Go(func() { load(ctx, note, cancel) })
	defer finished.Wait()
	var most atomic.Int64
	before, err := s.after(ctx, o.warm, &most)
	if err != nil {
		return result{}, err
	}
	after, err := s.after(ctx, o.window, &most)
	if err != nil {
		return result{}, err
	}
	cancel(nil)
	finished.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return result{}, s.explain(cause)
	}
	return summary(before, after, cycles, most.Load()), nil
}

// snapshot is what everybody had used at a time.
type snapshot struct {
	at                    time.Time
	machine               machine
	own, server, postgres time.Duration
	writer                commits
}

// after waits, watching the server's memory, and takes a snapshot.
func (s *subject) after(ctx context.Context, wait time.Duration, most *atomic.Int64) (snapshot, error) {
	until := time.After(wait)
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for waiting := true; waiting; {
		select {
		case <-until:
			waiting = false
		case <-look.C:
			if resident, err := residentMemory(s.process.pid()); err == nil {
				most.Store(max(most.Load(), resident))
			}
		case <-ctx.Done():
			return snapshot{}, s.explain(context.Cause(ctx))
		}
	}
	writer, err := s.readCommits(ctx)
	if err != nil {
		return snapshot{}, s.explain(err)
	}
	shot, err := s.spent()
	shot.writer = writer
	return shot, err
}

// explain adds what the server wrote last.
func (s *subject) explain(err error) error {
	return fmt.Errorf("%s: %w\nthe server wrote last:\n%s", s.name, err, s.process.tail())
}

func summary(before, after snapshot, cycles []cycle, memory int64) result {
	var sends, verifies []time.Duration
	for _, c := range cycles {
		if c.ended.After(before.at) && !c.ended.After(after.at) {
			sends, verifies = append(sends, c.send), append(verifies, c.verify)
		}
	}
	thousands := float64(max(len(sends), 1)) / 1000
	spent := after.machine.since(before.machine)
	own, server, postgres := after.own-before.own, after.server-before.server, after.postgres-before.postgres
	r := result{
		rate: float64(len(sends)) / after.at.Sub(before.at).Seconds(),
		send: latencyOf(sends), verify: latencyOf(verifies),
		server: server.Seconds() / thousands, postgres: postgres.Seconds() / thousands,
		replays: (after.writer.replays - before.writer.replays) / thousands, memory: memory,
		steal:  float64(spent.steal) / float64(max(spent.total, 1)),
		others: max(float64(spent.busy-own-server-postgres)/float64(max(spent.total, 1)), 0),
	}
	if n := after.writer.commits - before.writer.commits; n > 0 {
		r.perCommit = (after.writer.transactions - before.writer.transactions) / n
	}
	return r
}
