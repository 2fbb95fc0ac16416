package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"

	"hookswitch/internal/store"
)

// ledger is a database that only knows how often each text was written, and whose calls fail on demand.
type ledger struct {
	mu        sync.Mutex
	committed map[string]int
	calls     map[string]int
	fails     string // the kind of call that fails
	at        int    // and which of them
	with      error  // and how
	hit       bool
	publishes bool // commits part from the syncs that make them durable
}

// errTornOff is a commit that happened although its connection was lost.
var errTornOff = fmt.Errorf("%w: torn off after the commit", store.ErrUncertain)

func (l *ledger) call(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls[name]++
	if name != l.fails || l.calls[name] != l.at {
		return nil
	}
	l.hit = true
	return l.with
}

func (l *ledger) engine() store.Engine {
	return store.Engine{
		Dialect: &store.Dialect{Name: "ledger"},
		Writers: 1,
		OpenWriter: func() (store.Conn, error) {
			if err := l.call("open"); err != nil {
				return nil, err
			}
			c := &ledgerConn{ledger: l}
			if l.publishes {
				return publishing{c}, nil
			}
			return c, nil
		},
		OpenReader: func(context.Context) (store.Reader, error) { return nil, errors.ErrUnsupported },
	}
}

// ledgerConn is one connection to a ledger.
type ledgerConn struct {
	*ledger
	pending map[string]int // nil outside a transaction
	dead    bool
	closed  bool
}

var errMisuse = errors.New("ledger: misuse")

func (c *ledgerConn) Begin() error {
	if c.closed || c.pending != nil {
		return errMisuse
	}
	if err := c.call("begin"); err != nil {
		return err
	}
	c.pending, c.dead = map[string]int{}, false
	return nil
}

func (c *ledgerConn) Exec(want int64, text string, _ store.Args) (bool, error) {
	if c.closed || c.pending == nil {
		return false, errMisuse
	}
	if c.dead { // SQLite has rolled back by itself: what follows is no part of a transaction
		c.mu.Lock()
		defer c.mu.Unlock()
		c.committed[text]++
		return true, nil
	}
	if err := c.call("exec"); err != nil {
		c.dead = !errors.Is(err, store.ErrConflict)
		return false, err
	}
	if text == "nothing" {
		return false, store.CheckRows(want, 0)
	}
	c.pending[text]++
	return true, nil
}

func (c *ledgerConn) Query(string, store.Args, func(store.Row) error) error { return errMisuse }

func (c *ledgerConn) Commit() error {
	if c.closed || c.pending == nil || c.dead {
		return errMisuse
	}
	err := c.call("commit")
	if err != nil && err != errTornOff {
		c.dead = true
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for text, n := range c.pending {
		c.committed[text] += n
	}
	c.pending = nil
	return err
}

// publishing is a connection whose commits are seen before they are durable.
type publishing struct{ *ledgerConn }

func (c publishing) Publish() (durable func() error, err error) {
	if err := c.Commit(); err != nil {
		return nil, err
	}
	return func() error { return c.call("sync") }, nil
}

func (c *ledgerConn) Rollback() error {
	c.pending = nil
	if c.closed {
		return errMisuse
	}
	return c.call("rollback")
}

func (c *ledgerConn) Alive() bool { return !c.dead }

func (c *ledgerConn) Close() error {
	c.closed = true
	return nil
}

// write is a transaction of two statements.
func write(name string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return errors.Join(tx.Exec(1, name+" first"), tx.Exec(1, name+" second"))
	}
}

// TestWhateverCallFailsWhatIsAnsweredIsTrue lets the first call of a kind fail, the second, the third … until a whole run
// goes through without, for every way to fail.
func TestWhateverCallFailsWhatIsAnsweredIsTrue(t *testing.T) {
	for _, with := range []error{
		store.ErrConflict, store.ErrBusy, store.ErrFull, store.ErrUnavailable, store.ErrCorrupt, store.ErrUncertain, errTornOff,
	} {
		for _, call := range []string{"open", "begin", "exec", "commit", "rollback"} {
			for at, missed := 1, 0; missed < 3; at++ { // the order of a batch differs, and so does the number of calls
				l := &ledger{committed: map[string]int{}, calls: map[string]int{}, fails: call, at: at, with: with}
				if play(t, l); !l.hit {
					missed++
				}
				if missed > 0 && at == 1 {
					t.Fatalf("there was no %s", call)
				}
			}
		}
	}
}

// TestWhateverCallFailsWhatIsAnsweredIsDurable is the same where a commit does not wait for the disk: a sync that
// fails leaves what it was for uncertain.
func TestWhateverCallFailsWhatIsAnsweredIsDurable(t *testing.T) {
	for _, call := range []string{"begin", "exec", "commit", "rollback", "sync"} {
		for _, with := range []error{store.ErrConflict, store.ErrFull, store.ErrUnavailable, store.ErrUncertain, errTornOff} {
			if call == "sync" && !errors.Is(with, store.ErrUncertain) {
				continue // it has no other error
			}
			for at, missed := 1, 0; missed < 3; at++ {
				l := &ledger{committed: map[string]int{}, calls: map[string]int{}, fails: call, at: at, with: with, publishes: true}
				if play(t, l); !l.hit {
					missed++
				}
				if missed > 0 && at == 1 {
					t.Fatalf("there was no %s", call)
				}
			}
		}
	}
}

// play runs a batch with two that fail by themselves, and then one more.
func play(t *testing.T, l *ledger) {
	t.Helper()
	no := errors.New("no")
	size := make(chan int, 1)
	db := store.New(l.engine(), store.Options{Batch: 100, Gather: func(int) int { return <-size }})
	fns := map[string]func(*store.Tx) error{
		"refused": func(tx *store.Tx) error { return errors.Join(write("refused")(tx), no) },
		"loser":   func(tx *store.Tx) error { return errors.Join(write("loser")(tx), tx.Exec(1, "nothing")) },
	}
	for i := range 6 {
		name := fmt.Sprint("writer ", i)
		fns[name] = write(name)
	}
	outcomes := together(db, size, fns)
	l.mu.Lock()
	hit := l.hit
	l.mu.Unlock()
	maps.Copy(outcomes, together(db, size, map[string]func(*store.Tx) error{"later": write("later")}))
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	for name, err := range outcomes {
		first, second := l.committed[name+" first"], l.committed[name+" second"]
		switch {
		case first != second:
			t.Errorf("%s %d: %v: half of %q was committed", l.fails, l.at, l.with, name)
		case err == nil && first != 1, err != nil && !errors.Is(err, store.ErrUncertain) && first != 0, first > 1:
			t.Errorf("%s %d: %v: %q was committed %d times and answered %v", l.fails, l.at, l.with, name, first, err)
		case errors.Is(err, errMisuse):
			t.Errorf("%s %d: %v: a connection was used wrongly", l.fails, l.at, l.with)
		case !l.hit && (err == nil) == (name == "refused" || name == "loser"):
			t.Errorf("without a failure %q was answered %v", name, err)
		}
	}
	if hit && outcomes["later"] != nil {
		t.Errorf("%s %d: %v: later still %v", l.fails, l.at, l.with, outcomes["later"])
	}
}

// together runs the functions in one batch and answers their outcomes.
func together(db *store.DB, size chan<- int, fns map[string]func(*store.Tx) error) map[string]error {
	var mu sync.Mutex
	var wg sync.WaitGroup
	outcomes := map[string]error{}
	size <- len(fns)
	for name, fn := range fns {
		wg.Go(func() {
			err := db.Update(context.Background(), fn)
			mu.Lock()
			defer mu.Unlock()
			outcomes[name] = err
		})
	}
	wg.Wait()
	return outcomes
}
