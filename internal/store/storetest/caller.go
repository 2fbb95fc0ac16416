package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"hookswitch/internal/store"
)

func goneBefore(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Update(ctx, setBalance("ana", 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Update: %v", err)
	}
	if err := db.View(ctx, func(*store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("View: %v", err)
	}
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 100 {
		t.Errorf("balance %d", got)
	}
}

func goneInQueue(t *testing.T, open Open) {
	db := start(t, open, store.Options{Writers: 1})
	resume := paused(t, db, setBalance("bo", 1)) // holds the only writer
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error, 1)
	go func() {
		gone <- db.Update(ctx, setBalance("ana", 1))
	}()
	stays := make(chan error, 1)
	go func() { stays <- db.Update(t.Context(), setBalance("cy", 1)) }()
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("answered %v", err)
	}
	must(t, resume())
	must(t, <-stays)
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 100 {
		t.Errorf("balance %d", got)
	}
	if got := number(t, db, "SELECT sum(balance) FROM account"); got != 102 {
		t.Errorf("sum %d", got)
	}
}

func goneDuring(t *testing.T, open Open) {
	db := gathered(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	fns := puts(5)
	fns[2] = func(tx *store.Tx) error {
		cancel()
		return put(2)(tx)
	}
	for _, err := range db.together(ctx, fns...) {
		must(t, err) // they had all started
	}
	if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 5 {
		t.Errorf("%d rows", got)
	}

	ctx, cancel = context.WithCancel(t.Context())
	err := db.View(ctx, func(tx *store.Tx) error {
		cancel()
		return tx.QueryRow("SELECT count(*) FROM account a, account b, account c", nil, new(int64))
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("View: %v", err)
	}
	number(t, db.DB, "SELECT count(*) FROM account")
}

func closeFinishes(t *testing.T, open Open) {
	db := start(t, open, store.Options{Writers: 1})
	resume := paused(t, db, put(1000))
	viewing, look := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := db.View(t.Context(), func(tx *store.Tx) error {
			close(viewing)
			<-look
			return tx.QueryRow("SELECT count(*) FROM account", nil, new(int64))
		}); err != nil {
			t.Errorf("a View under way: %v", err)
		}
	})
	<-viewing
	outcomes := make([]error, 20)
	for i := range outcomes {
		wg.Go(func() { outcomes[i] = db.Update(t.Context(), put(i)) })
	}
	closed := make(chan error, 1)
	go func() { closed <- db.Close() }()
	close(look)
	must(t, resume())
	must(t, <-closed)
	wg.Wait()
	finished := int64(1)
	for _, err := range outcomes {
		if err == nil {
			finished++
		} else if !errors.Is(err, store.ErrClosed) {
			t.Errorf("answered %v", err)
		}
	}
	if got := number(t, start(t, open, store.Options{}), "SELECT count(*) FROM task"); got != finished {
		t.Errorf("%d were answered, %d are there", finished, got)
	}
}

func afterClose(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	must(t, db.Close())
	must(t, db.Close())
	fn := func(*store.Tx) error { return fmt.Errorf("ran") }
	if err := db.Update(t.Context(), fn); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Update: %v", err)
	}
	if err := db.View(t.Context(), fn); !errors.Is(err, store.ErrClosed) {
		t.Errorf("View: %v", err)
	}
}
