package store_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"hookswitch/internal/store"
)

// slowDisk is a connection whose syncs wait until they are let go.
type slowDisk struct {
	*ledgerConn
	syncs chan error
	look  func() // at each sync
	bad   *bool  // a sync has failed, and no transaction has begun since
}

func (c slowDisk) Begin() error {
	*c.bad = false
	return c.ledgerConn.Begin()
}

func (c slowDisk) Publish() (durable func() error, err error) {
	if *c.bad {
		return nil, store.ErrUnavailable
	}
	if err := c.Commit(); err != nil {
		return nil, err
	}
	return func() error {
		c.look()
		err := <-c.syncs
		*c.bad = err != nil
		return err
	}, nil
}

// glance is a reader that sees nothing and is always there.
type glance struct{}

func (glance) Query(string, store.Args, func(store.Row) error) error { return nil }
func (glance) Begin(context.Context) error                           { return nil }
func (glance) End() error                                            { return nil }
func (glance) Close() error                                          { return nil }

// onSlowDisk runs a test in a bubble, on a store whose syncs it lets go one by one.
func onSlowDisk(t *testing.T, test func(t *testing.T, db *store.DB, l *ledger, syncs chan<- error)) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{committed: map[string]int{}, calls: map[string]int{}}
		syncs := make(chan error)
		engine := l.engine()
		var db *store.DB
		look := func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if counted, made := db.Stats().Commits, l.calls["commit"]; counted != uint64(made) {
				t.Errorf("%d of %d commits are counted when those who wait are told", counted, made)
			}
		}
		engine.OpenWriter = func() (store.Conn, error) { return slowDisk{&ledgerConn{ledger: l}, syncs, look, new(bool)}, nil }
		engine.OpenReader = func(context.Context) (store.Reader, error) { return glance{}, nil }
		db = store.New(engine, store.Options{})
		// The first finds no connection yet and so waits for its own commit.
		if err := db.Update(t.Context(), write("first")); err != nil {
			t.Fatal(err)
		}
		test(t, db, l, syncs)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func begin(do func() error) (ended chan error) {
	ended = make(chan error, 1)
	go func() { ended <- do() }()
	synctest.Wait()
	return ended
}

func TestNobodyIsToldBeforeTheDiskHasIt(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, db *store.DB, l *ledger, syncs chan<- error) {
		ana := begin(func() error { return db.Update(t.Context(), write("ana")) })
		bo := begin(func() error { return db.Update(t.Context(), write("bo")) })
		if len(ana) > 0 || len(bo) > 0 {
			t.Fatal("answered before the disk was")
		}
		if l.calls["begin"] != 3 {
			t.Errorf("the next transactions wait for the disk: %v", l.calls)
		}
		if l.committed["bo first"] != 0 {
			t.Error("two commits wait for the disk")
		}
		syncs <- nil
		if err := <-ana; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if len(bo) > 0 {
			t.Error("answered by the sync of another")
		}
		syncs <- nil
		if err := <-bo; err != nil {
			t.Error(err)
		}
	})
}

func TestASyncThatFailsLeavesItsTransactionsUncertain(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, db *store.DB, l *ledger, syncs chan<- error) {
		ana := begin(func() error { return db.Update(t.Context(), write("ana")) })
		bo := begin(func() error { return db.Update(t.Context(), write("bo")) })
		syncs <- store.ErrUncertain
		if err := <-ana; !errors.Is(err, store.ErrUncertain) {
			t.Errorf("answered %v", err)
		}
		// What was begun beside that sync is begun anew, and commits with a sync of its own.
		if err := <-bo; err != nil || l.calls["begin"] != 4 || l.committed["bo first"] != 1 {
			t.Errorf("the next one is answered %v, after %v", err, l.calls)
		}
	})
}

func TestAViewTellsNothingThatALossOfPowerCouldTakeBack(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, db *store.DB, _ *ledger, syncs chan<- error) {
		look := func(ctx context.Context) error {
			return db.View(ctx, func(tx *store.Tx) error { return tx.Query("SELECT", nil, nil) })
		}
		ana := begin(func() error { return db.Update(t.Context(), write("ana")) })
		seen := begin(func() error { return look(t.Context()) })
		ctx, cancel := context.WithCancel(t.Context())
		given := begin(func() error { return look(ctx) })
		if len(seen) > 0 || len(given) > 0 {
			t.Fatal("a View ends before the disk has what it may have seen")
		}
		cancel()
		if err := <-given; !errors.Is(err, context.Canceled) {
			t.Errorf("whoever gives up is answered %v", err)
		}
		syncs <- nil
		if err := errors.Join(<-ana, <-seen); err != nil {
			t.Error(err)
		}
		if err := look(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
