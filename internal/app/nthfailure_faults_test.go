package app

import (
	"context"
	"errors"
	"slices"
	"sync"

	"hookswitch"
	"hookswitch/internal/store"
)

// way is how a call of a port fails.
type way string

const (
	before way = "before" // it fails, and nothing was done
	after  way = "after"  // it is done, and whoever asked does not hear of it
	raced  way = "raced"  // somebody else was faster: the transaction has to run once more
)

// faults lets one call of all ports fail: the n-th of those that can fail in the way.
type faults struct {
	mu    sync.Mutex
	way   way
	at    int // 0: none
	calls int
	hit   string // what failed
	dying bool   // the process dies at the next message that leaves
	dead  bool   // nothing works any more
}

func (f *faults) arm(w way, at int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.way, f.at, f.calls, f.hit = w, at, 0, ""
}

// disarm tells which call failed, "" when there were not so many.
func (f *faults) disarm() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = 0
	return f.hit
}

// die makes the process stop at the next message that leaves; until it lives again the store does not answer.
func (f *faults) die()   { f.set(true, false) }
func (f *faults) live()  { f.set(false, false) }
func (f *faults) leave() { f.set(false, f.doomed()) }

func (f *faults) set(dying, dead bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dying, f.dead = dying, dead
}

func (f *faults) doomed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dying || f.dead
}

// strikes tells how a call fails, "" when it does not. can are the ways in which it could.
func (f *faults) strikes(call string, can ...way) way {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead {
		return before
	}
	if f.at == 0 || !slices.Contains(can, f.way) {
		return ""
	}
	if f.calls++; f.calls != f.at {
		return ""
	}
	f.hit = call
	return f.way
}

// between puts the faults between a store and its database.
func (f *faults) between(e store.Engine) store.Engine {
	openWriter, openReader := e.OpenWriter, e.OpenReader
	e.Writers = 1
	e.OpenWriter = func() (store.Conn, error) {
		c, err := openWriter()
		return faultyConn{c, f}, err
	}
	e.OpenReader = func(ctx context.Context) (store.Reader, error) {
		r, err := openReader(ctx)
		return faultyReader{r, f}, err
	}
	return e
}

// fails is the error of a statement or a commit that did not happen; ErrFull is not tried again by anybody.
func fails(w way) error {
	switch w {
	case before:
		return store.ErrFull
	case raced:
		return store.ErrConflict
	case after:
		return store.ErrUncertain
	default:
		return nil
	}
}

type faultyConn struct {
	store.Conn

	faults *faults
}

func (c faultyConn) Begin() error {
	if err := fails(c.faults.strikes("begin", before)); err != nil {
		return err
	}
	return c.Conn.Begin()
}

func (c faultyConn) Query(query string, args store.Args, scan func(store.Row) error) error {
	if err := fails(c.faults.strikes(query, before, raced)); err != nil {
		return err
	}
	return c.Conn.Query(query, args, scan)
}

func (c faultyConn) Exec(want int64, query string, args store.Args) (bool, error) {
	if err := fails(c.faults.strikes(query, before, raced)); err != nil {
		return false, err
	}
	return c.Conn.Exec(want, query, args)
}

func (c faultyConn) Commit() error {
	w := c.faults.strikes("commit", before, after, raced)
	if w == after {
		return errors.Join(c.Conn.Commit(), fails(w))
	}
	if err := fails(w); err != nil {
		return err
	}
	return c.Conn.Commit()
}

type faultyReader struct {
	store.Reader

	faults *faults
}

func (r faultyReader) Begin(ctx context.Context) error {
	err := r.Reader.Begin(ctx) // in any case: its End will be called
	return errors.Join(err, fails(r.faults.strikes("begin to read", before)))
}

func (r faultyReader) Query(query string, args store.Args, scan func(store.Row) error) error {
	if err := fails(r.faults.strikes(query, before)); err != nil {
		return err
	}
	return r.Reader.Query(query, args, scan)
}

// faultyCarrier is a provider whose calls can fail. What left it reached a phone.
type faultyCarrier struct {
	faults *faults

	mu       sync.Mutex
	left     []hookswitch.Message
	verified []string // the references of which it heard that the passcode was right
	status   string   // what it answers when asked
}

func (c *faultyCarrier) Send(_ context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	w := c.faults.strikes("send", before, after)
	if w == before {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: hookswitch.Unreachable}
	}
	c.mu.Lock()
	c.left = append(c.left, m)
	c.mu.Unlock()
	c.faults.leave()
	if w == after {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: hookswitch.TimedOut}
	}
	return hookswitch.Receipt{Reference: reference(m), Method: "test", Report: carrierReport("queued"), Feedback: true}, nil
}

func reference(m hookswitch.Message) string { return "ref-" + m.DeliveryID }

func carrierReport(word string) hookswitch.Report {
	fate := hookswitch.StatusInterim
	if word == "delivered" {
		fate = hookswitch.StatusArrived
	}
	return hookswitch.Report{Fate: fate, Word: word, ProviderStatus: word}
}

var errCarrier = errors.New("the carrier does not answer")

func (c *faultyCarrier) Poll(_ context.Context, _ hookswitch.Channel, ref string) (hookswitch.Report, error) {
	if c.faults.strikes("poll", before) != "" {
		return hookswitch.Report{}, errCarrier
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	r := carrierReport(c.status)
	r.Reference = ref
	return r, nil
}

func (c *faultyCarrier) Verified(_ context.Context, _ hookswitch.Channel, ref string) error {
	w := c.faults.strikes("feedback", before, after)
	if w == before {
		return errCarrier
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.verified = append(c.verified, ref)
	if w == after {
		return errCarrier
	}
	return nil
}

func (c *faultyCarrier) ReadCallback(cb hookswitch.Callback) (hookswitch.Report, error) {
	if c.faults.strikes("read the callback", before) != "" {
		return hookswitch.Report{}, hookswitch.ErrForged
	}
	r := carrierReport(string(cb.Body))
	r.Reference = cb.Header["Reference"][0]
	return r, nil
}

func (c *faultyCarrier) says(status string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
}

func (c *faultyCarrier) heard(ref string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Contains(c.verified, ref)
}

func (c *faultyCarrier) messages() []hookswitch.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.left)
}
