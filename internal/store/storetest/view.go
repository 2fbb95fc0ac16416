package storetest

import (
	"context"
	"sync"
	"testing"

	"hookswitch/internal/store"
)

// paused starts an Update that has written and waits; resume lets it end, and answers its outcome.
func paused(t *testing.T, db *store.DB, fn func(*store.Tx) error) (resume func() error) {
	t.Helper()
	reached, goOn, outcome := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once sync.Once
	go func() {
		outcome <- db.Update(context.Background(), func(tx *store.Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			// A query, so that the writes before it have been sent.
			if err := tx.QueryRow("SELECT count(*) FROM account", nil, new(int64)); err != nil {
				return err
			}
			once.Do(func() { close(reached) })
			<-goOn
			return nil
		})
	}()
	<-reached
	return func() error {
		close(goOn)
		return <-outcome
	}
}

func committedOnly(t *testing.T, open Open) {
	db, other := start(t, open, store.Options{}), start(t, open, store.Options{})
	resume := paused(t, db, setBalance("ana", 1))
	for _, db := range []*store.DB{db, other} {
		if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 100 {
			t.Errorf("%d was seen before it was committed", got)
		}
	}
	must(t, resume())
	for _, db := range []*store.DB{db, other} {
		if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 1 {
			t.Errorf("%d was seen after 1 was committed", got)
		}
	}
}

func oneSnapshot(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	var sums [3]int64
	var balance int64
	must(t, db.View(t.Context(), func(tx *store.Tx) error {
		for i := range sums {
			if err := tx.QueryRow("SELECT sum(balance) FROM account", nil, &sums[i]); err != nil {
				return err
			}
			if err := db.Update(t.Context(), add("ana", 10)); err != nil { // beside the View
				return err
			}
		}
		return tx.QueryRow("SELECT balance FROM account WHERE id = 'ana'", nil, &balance)
	}))
	if sums != [3]int64{300, 300, 300} || balance != 100 {
		t.Errorf("one View saw %v, then %d", sums, balance)
	}
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 130 {
		t.Errorf("the next saw %d", got)
	}
}

func viewDoesNotWrite(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	for name, write := range map[string]func(*store.Tx) error{
		"Exec":    setBalance("ana", 1),
		"Query":   func(tx *store.Tx) error { return tx.QueryRow("DELETE FROM account RETURNING id", nil, new(string)) },
		"smuggle": func(tx *store.Tx) error { return tx.QueryRow("SELECT 1; DELETE FROM account", nil, new(int64)) },
	} {
		if err := db.View(t.Context(), write); err == nil && name != "smuggle" {
			t.Errorf("%s wrote in a View", name)
		}
		if got := number(t, db, "SELECT sum(balance) FROM account"); got != 300 {
			t.Errorf("%s: sum %d", name, got)
		}
	}
}

// cursorSkipsNothing: writers append to a log while a reader follows it, remembering only the last (tx, id) it saw. One
// transaction takes its id early and commits last.
func cursorSkipsNothing(t *testing.T, open Open) {
	nodes := []*store.DB{start(t, open, store.Options{Writers: 3}), start(t, open, store.Options{Writers: 3})}
	d := nodes[0].Dialect()
	insert := "INSERT INTO log (tx, writer, n) VALUES (" + d.LogTx + ", $1, $2)"
	page := "SELECT tx, id, writer, n FROM log WHERE (tx, id) > ($1, $2) AND " + d.Settled + " ORDER BY tx, id LIMIT 10"
	const workers, rounds, late = 6, 30, 99

	// On SQLite nobody else could write meanwhile, so nothing can be late there.
	end := func() error { return nil }
	if d.Name != "sqlite" {
		third := start(t, open, store.Options{})
		end = paused(t, third, func(tx *store.Tx) error { return tx.Exec(1, insert, late, 0) })
	}

	next := map[int64]int64{}
	var lastTx, lastID int64
	read := func(db *store.DB) (rows int) {
		must(t, db.View(t.Context(), func(tx *store.Tx) error {
			rows = 0
			return tx.Query(page, store.Args{lastTx, lastID}, func(r store.Row) error {
				var writer, n int64
				rows++
				if err := r.Scan(&lastTx, &lastID, &writer, &n); err != nil {
					return err
				}
				if next[writer] != n {
					t.Errorf("writer %d: %d came instead of %d", writer, n, next[writer])
				}
				next[writer] = n + 1
				return nil
			})
		}))
		return rows
	}

	var wg sync.WaitGroup
	done := make(chan struct{})
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				if err := nodes[w%2].Update(t.Context(), func(tx *store.Tx) error { return tx.Exec(1, insert, w, i) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		read(nodes[0])
	}
	must(t, end())
	for read(nodes[1]) > 0 {
	}
	for w := range int64(workers) {
		if next[w] != rounds {
			t.Errorf("writer %d: %d of %d came", w, next[w], rounds)
		}
	}
	if d.Name != "sqlite" && next[late] != 1 {
		t.Error("the late commit was skipped")
	}
}

func answeredIsSeen(t *testing.T, open Open) {
	db, other := start(t, open, store.Options{}), start(t, open, store.Options{})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 20 {
				id := 100*w + i
				if err := db.Update(t.Context(), func(tx *store.Tx) error {
					return tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", id)
				}); err != nil {
					t.Error(err)
				}
				for _, reader := range []*store.DB{db, other} {
					if number(t, reader, "SELECT count(*) FROM task WHERE id = $1", id) != 1 {
						t.Errorf("task %d was answered and is not there", id)
					}
				}
			}
		})
	}
	wg.Wait()
}
