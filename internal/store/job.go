package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
)

// job is one call of Update on its way through the writer.
type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	fate atomic.Int32
	err  error
	done chan struct{} // closed when err is the outcome

	// What the lane notes.
	runs     int
	careful  bool // it lost a race when it was played side by side with others
	left     bool // its function called runtime.Goexit
	answered bool
}

// A job leaves waiting once: either the writer starts it, or its caller gives it up.
const (
	waiting = iota
	started
	abandoned
)

func newJob(ctx context.Context, fn func(*Tx) error) *job {
	return &job{ctx: ctx, fn: fn, done: make(chan struct{})}
}

// start is the writer's claim. It fails if the caller has gone, or has no use for the outcome any more.
func (j *job) start() bool {
	if j.ctx.Err() != nil {
		j.abandon()
	}
	return j.fate.CompareAndSwap(waiting, started)
}

// abandon is the caller's: true means fn has not run and will not.
func (j *job) abandon() bool {
	return j.fate.CompareAndSwap(waiting, abandoned) || j.fate.Load() == abandoned
}

// run plays fn once. Whatever fn does comes back as an error, except runtime.Goexit, as a test calls it that fails: that
// ends the goroutine, see lane.guard.
func (j *job) run(tx *Tx) (err error) {
	j.runs++
	j.left = true
	defer func() {
		if v := recover(); v != nil {
			j.left = false
			err = tx.end(&panicError{value: v, stack: debug.Stack()})
		}
	}()
	err = j.fn(tx)
	j.left = false
	return tx.end(err)
}

// answer lets the caller go on.
func (j *job) answer(err error) {
	j.err, j.answered = err, true
	close(j.done)
}

// outcome is what Update returns; a panic of fn goes on here, in the goroutine of its caller.
func (j *job) outcome() error {
	if p, ok := errors.AsType[*panicError](j.err); ok {
		panic(p)
	}
	return j.err
}

// panicError carries a panic from the writer's goroutine to the caller's, with the stack that tells where it was.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string {
	return fmt.Sprintf("%v\n\nin a transaction:\n%s", p.value, p.stack)
}

// Unwrap lets a recoverer look for the error that was thrown.
func (p *panicError) Unwrap() error {
	err, _ := p.value.(error)
	return err
}
