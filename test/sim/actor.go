package sim

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// grid is the distance of two actors' instants in each millisecond; one nanosecond off the simulator's own.
const (
	grid  = 8 * time.Nanosecond
	lanes = int64(time.Millisecond / grid)
	shift = 3 * time.Nanosecond
)

// actor is somebody or something that acts by itself. Whatever it waits for is due at an instant of each millisecond that
// is its own, so no two actors wake together, and what happens follows from the dice alone.
type actor struct {
	lane time.Duration
	dice *rand.Rand

	// delivery is the one that the actor has to do with at the moment, for the matrix of faults.
	delivery string
	op       *op // what a person asked for, when this is a request of theirs
}

// cast hands out actors.
type cast struct {
	seed [2]uint64

	mu   sync.Mutex
	next int64
}

func (c *cast) actor() *actor {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	n := uint64(c.next)
	return &actor{
		lane: time.Duration(c.next%lanes)*grid + shift,
		dice: rand.New(rand.NewPCG(c.seed[0]^n*0x9e3779b97f4a7c15, c.seed[1]+n)),
	}
}

// until is the wait for d, or up to a millisecond more, that ends at an instant of the actor's own.
func (a *actor) until(d time.Duration) time.Duration {
	now := time.Now()
	at := now.Add(d).Truncate(time.Millisecond).Add(a.lane)
	if at.Before(now.Add(d)) {
		at = at.Add(time.Millisecond)
	}
	return at.Sub(now)
}

func (a *actor) sleep(d time.Duration) { time.Sleep(a.until(d)) }

// sleepIn is sleep that ends early, and answers false, when ctx does.
func (a *actor) sleepIn(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(a.until(d))
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// between is a wait from least up to most.
func (a *actor) between(least, most time.Duration) time.Duration {
	return least + time.Duration(a.dice.Int64N(int64(most-least)+1))
}

func (a *actor) chance(p float64) bool { return p > 0 && a.dice.Float64() < p }

// random is what a process takes its ids and passcodes from.
type random struct {
	mu   sync.Mutex
	dice *rand.ChaCha8
}

func newRandom(a *actor) *random {
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(a.dice.Uint32())
	}
	return &random{dice: rand.NewChaCha8(seed)}
}

func (r *random) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.dice.Read(p)
}

type actorKey struct{}

func (a *actor) in(ctx context.Context) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// actorOf is who makes a call. Everything in a world that reaches a port of a node is somebody's doing.
func actorOf(ctx context.Context) *actor {
	a, _ := ctx.Value(actorKey{}).(*actor)
	return a
}
