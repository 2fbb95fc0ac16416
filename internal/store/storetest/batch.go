package storetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"hookswitch/internal/store"
)

// put inserts a task, after having looked at it.
func put(id int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		var n int64
		if err := tx.QueryRow("SELECT count(*) FROM task WHERE id = $1", store.Args{id}, &n); err != nil {
			return err
		}
		return tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", id)
	}
}

func puts(n int) []func(*store.Tx) error {
	fns := make([]func(*store.Tx) error, n)
	for i := range fns {
		fns[i] = put(i)
	}
	return fns
}

func batchesGather(t *testing.T, open Open) {
	db := gathered(t, open)
	before := db.Stats()
	for _, err := range db.together(t.Context(), puts(20)...) {
		must(t, err)
	}
	s := db.Stats()
	if s.Commits-before.Commits != 1 || s.Transactions-before.Transactions != 20 || s.Batches[5] != 1 || s.Replays != 0 {
		t.Errorf("before %+v, after %+v", before, s)
	}
	if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 20 {
		t.Errorf("%d rows", got)
	}
}

// oneBad puts one transaction that goes wrong, in each way it can, among others that go well.
func oneBad(t *testing.T, open Open) {
	no := errors.New("no")
	for name, bad := range map[string]struct {
		fn   func(*store.Tx) error
		want error
	}{
		"error before it wrote": {fn: func(*store.Tx) error { return no }, want: no},
		"error after it wrote":  {fn: func(tx *store.Tx) error { return errors.Join(put(100)(tx), no) }, want: no},
		"error after its writes were sent": {want: no, fn: func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), put(101)(tx), no)
		}},
		"conflict": {want: store.ErrConflict, fn: func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), setBalance("nobody", 1)(tx))
		}},
		"conflict at once": {want: store.ErrConflict, fn: setBalance("nobody", 1)},
		"conflict seen by a query": {want: store.ErrConflict, fn: func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), setBalance("nobody", 1)(tx), put(101)(tx))
		}},
		"duplicate key": {want: store.ErrConflict, fn: func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), tx.Exec(1, "INSERT INTO account (id, balance) VALUES ('ana', 1)"))
		}},
		"check":             {fn: func(tx *store.Tx) error { return errors.Join(put(100)(tx), setBalance("ana", -1)(tx)) }},
		"syntax":            {fn: func(tx *store.Tx) error { return errors.Join(put(100)(tx), tx.Exec(1, "UPDATE SET")) }},
		"syntax of a query": {fn: func(tx *store.Tx) error { return tx.QueryRow("SELECT FROM WHERE", nil, new(int64)) }},
		"syntax after a write": {fn: func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), tx.QueryRow("SELECT FROM WHERE", nil, new(int64)))
		}},
		"swallowed error": {fn: func(tx *store.Tx) error {
			_, _ = put(100)(tx), setBalance("ana", -1)(tx)
			return nil
		}},
		"error of scan": {want: no, fn: func(tx *store.Tx) error {
			return tx.Query("SELECT id FROM account", nil, func(store.Row) error { return no })
		}},
	} {
		t.Run(name, func(t *testing.T) {
			db := gathered(t, open)
			must(t, db.DB.View(t.Context(), func(tx *store.Tx) error { return nil }))
			fns := puts(9)
			fns[4] = bad.fn
			for i, err := range db.together(t.Context(), fns...) {
				switch {
				case i != 4 && err != nil:
					t.Errorf("%d: %v", i, err)
				case i == 4 && (err == nil || bad.want != nil && !errors.Is(err, bad.want)):
					t.Errorf("the bad one: %v", err)
				}
			}
			if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 8 {
				t.Errorf("%d rows", got)
			}
			if got := number(t, db.DB, "SELECT sum(balance) FROM account"); got != 300 {
				t.Errorf("sum %d", got)
			}
			for _, err := range db.together(t.Context(), put(50)) {
				must(t, err)
			}
		})
	}
}

func failingCommit(t *testing.T, open Open) {
	db := gathered(t, open)
	fns := puts(9)
	orphan := func(tx *store.Tx) error { // checked at the commit, and only there
		return tx.Exec(1, "INSERT INTO child (id, parent) VALUES (1, 1)")
	}
	fns[4] = orphan
	for i, err := range db.together(t.Context(), fns...) {
		if (err != nil) != (i == 4) {
			t.Errorf("%d: %v", i, err)
		}
		if i == 4 && !errors.Is(err, store.ErrConflict) {
			t.Errorf("the bad one: %v", err)
		}
	}
	if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 8 {
		t.Errorf("%d rows", got)
	}
	if got := number(t, db.DB, "SELECT count(*) FROM child"); got != 0 {
		t.Errorf("%d orphans", got)
	}
	for _, err := range db.together(t.Context(), func(tx *store.Tx) error {
		return errors.Join(orphan(tx), tx.Exec(1, "INSERT INTO parent (id) VALUES (1)"))
	}) {
		must(t, err)
	}
}

func panics(t *testing.T, open Open) {
	boom := errors.New("boom")
	for name, bad := range map[string]func(*store.Tx) error{
		"at once":       func(*store.Tx) error { panic(boom) },
		"after a write": func(tx *store.Tx) error { panic(errors.Join(boom, put(100)(tx))) },
		"after a write was sent": func(tx *store.Tx) error {
			panic(errors.Join(boom, put(100)(tx), put(101)(tx)))
		},
		"in scan": func(tx *store.Tx) error {
			return tx.Query("SELECT id FROM account", nil, func(store.Row) error { panic(boom) })
		},
		"in scan after a write": func(tx *store.Tx) error {
			return errors.Join(put(100)(tx), tx.Query("SELECT id FROM account", nil, func(store.Row) error { panic(boom) }))
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := gathered(t, open)
			fns := puts(5)
			fns[2] = bad
			var thrown any
			var wg sync.WaitGroup
			db.size <- len(fns)
			for _, fn := range fns {
				wg.Go(func() {
					defer func() {
						if v := recover(); v != nil {
							thrown = v
						}
					}()
					if err := db.Update(t.Context(), fn); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if err, ok := thrown.(error); !ok || !errors.Is(err, boom) || !strings.Contains(err.Error(), "batch.go") {
				t.Errorf("the caller got %v", thrown)
			}
			if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 4 {
				t.Errorf("%d rows", got)
			}
			func() {
				defer func() { thrown = recover() }()
				_ = db.View(t.Context(), func(tx *store.Tx) error {
					return tx.Query("SELECT id FROM account", nil, func(store.Row) error { panic(boom) })
				})
			}()
			if thrown != boom {
				t.Errorf("the caller of View got %v", thrown)
			}
			for range 10 { // whichever reader it was
				number(t, db.DB, "SELECT count(*) FROM account")
			}
		})
	}
}

func goexit(t *testing.T, open Open) {
	db := gathered(t, open)
	fns := puts(5)
	fns[2] = func(tx *store.Tx) error {
		if err := put(100)(tx); err != nil {
			return err
		}
		runtime.Goexit()
		return nil
	}
	for i, err := range db.together(t.Context(), fns...) {
		if (err != nil) != (i == 2) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := number(t, db.DB, "SELECT count(*) FROM task"); got != 4 {
		t.Errorf("%d rows", got)
	}
	for _, err := range db.together(t.Context(), put(50)) {
		must(t, err)
	}
}

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
	waiting := make(chan int, 100)
	db := start(t, open, store.Options{Writers: 1, Gather: func(n int) int {
		waiting <- n
		return n
	}})
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
