package storetest

import (
	"errors"
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

// ownWrites: what a transaction of a batch reads is what it wrote, of the tables it wrote to and of the others.
func ownWrites(t *testing.T, open Open) {
	db := gathered(t, open)
	fns := make([]func(*store.Tx) error, 9)
	seen := make([][6]int64, len(fns))
	for i := range fns {
		fns[i] = func(tx *store.Tx) error {
			const tasks, parents = "SELECT count(*) FROM task WHERE id = $1", "SELECT count(*) FROM parent WHERE id = $1"
			saw := &seen[i]
			read := func(n int, query string) error { return tx.QueryRow(query, store.Args{i}, &saw[n]) }
			for _, step := range []func() error{
				func() error { return read(0, tasks) },
				func() error { return tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", i) },
				func() error { return read(1, parents) }, // another table
				func() error { return tx.Exec(1, "INSERT INTO parent (id) VALUES ($1)", i) },
				func() error { return read(2, parents) },
				func() error { return read(3, tasks) },
				func() error { return tx.Exec(1, "DELETE FROM parent WHERE id = $1", i) },
				func() error { return read(4, parents) },
				func() error { return read(5, tasks) },
			} {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for i, err := range db.together(t.Context(), fns...) {
		if want := [6]int64{0, 0, 1, 1, 0, 1}; err != nil || seen[i] != want {
			t.Errorf("%d: %v, saw %v", i, err, seen[i])
		}
	}
	if got := number(t, db.DB, "SELECT (SELECT count(*) FROM task) * 100 + count(*) FROM parent"); got != 900 {
		t.Errorf("tasks * 100 + parents is %d", got)
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
		"schema": {want: no, fn: func(tx *store.Tx) error {
			return errors.Join(tx.Exec(store.AnyRows, "CREATE TABLE task2 (id BIGINT)"), no)
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
			if db.View(t.Context(), func(tx *store.Tx) error { return tx.QueryRow("SELECT count(*) FROM task2", nil, new(int64)) }) == nil {
				t.Error("its table is there")
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
