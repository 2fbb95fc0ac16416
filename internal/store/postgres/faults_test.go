package postgres_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/storetest"
)

// through is the URL of a database by TCP, at another address than the server's own.
func through(t *testing.T, database, addr string) string {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	u.Host, u.RawQuery = addr, "sslmode=disable"
	return u.String()
}

func open(t *testing.T, url string, opts store.Options) *store.DB {
	t.Helper()
	opts.Migrations = storetest.Migrations()
	db, err := postgres.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// put reads and then inserts a task.
func put(id int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		var n int
		if err := tx.QueryRow("SELECT count(*) FROM task WHERE id = $1", store.Args{id}, &n); err != nil {
			return err
		}
		return tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", id)
	}
}

func there(t *testing.T, db *store.DB, id int) bool {
	t.Helper()
	var n int
	if err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM task WHERE id = $1", store.Args{id}, &n)
	}); err != nil {
		t.Fatal(err)
	}
	return n == 1
}

// TestWhereverTheConnectionIsCutWhatIsAnsweredIsTrue cuts it at the first message, the second, the third … until all goes
// through, once before the message has come to the server, and once before the server's answer has come back.
func TestWhereverTheConnectionIsCutWhatIsAnsweredIsTrue(t *testing.T) {
	database := cluster.Database(t)
	direct := open(t, database, store.Options{})
	w := newWire(t, cluster.Addr(t))
	address := through(t, database, w.Addr().String())
	uncertain, id := 0, 0
	for _, answer := range []bool{false, true} {
		for at, came := 1, true; came; at++ {
			size := make(chan int, 1)
			db := open(t, address, store.Options{Gather: func(int) int { return <-size }})
			size <- 1
			if err := db.Update(t.Context(), put(id)); err != nil { // connects, and prepares the statements
				t.Fatal(err)
			}
			const batch = 3
			errs := make([]error, batch)
			w.cutAfter(at, answer)
			size <- batch
			var wg sync.WaitGroup
			for i := range errs {
				wg.Go(func() { errs[i] = db.Update(t.Context(), put(id+1+i)) })
			}
			wg.Wait()
			came = w.disarm()
			for i, err := range errs {
				got := there(t, direct, id+1+i)
				switch {
				case errors.Is(err, store.ErrUncertain):
					uncertain++
					if store.Retryable(err) || got != answer {
						t.Errorf("message %d (answer lost: %t): %v; it is there: %t", at, answer, err, got)
					}
				case got != (err == nil), err != nil && !errors.Is(err, store.ErrUnavailable):
					t.Errorf("message %d (answer lost: %t): answered %v; it is there: %t", at, answer, err, got)
				}
			}
			size <- 1
			if err := db.Update(t.Context(), put(id+1+batch)); err != nil {
				t.Errorf("message %d (answer lost: %t): later: %v", at, answer, err)
			}
			id += batch + 2
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if uncertain != 2*3 {
		t.Errorf("%d outcomes were uncertain; only the cut at the COMMIT should make them so", uncertain)
	}
}

func TestACrashOfTheServerLosesNothingThatWasAnswered(t *testing.T) {
	// A cluster of its own: with the databases of the other tests it would take long to recover.
	var cluster postgrestest.Cluster
	t.Cleanup(cluster.Stop)
	db := open(t, cluster.Database(t), store.Options{Writers: 2, Readers: 2})
	const workers, before, after = 8, 30, 10
	var ready, wg sync.WaitGroup
	ready.Add(workers)
	restarted := make(chan struct{})
	outcomes := make([][]error, workers)
	for w := range workers {
		wg.Go(func() {
			for i := range before + after {
				if i == before {
					ready.Done()
				}
				err := db.Update(t.Context(), put(1000*w+i))
				outcomes[w] = append(outcomes[w], err)
				if err != nil { // until the server is back
					<-restarted
				}
			}
		})
	}
	ready.Wait()
	cluster.Restart(t)
	close(restarted)
	wg.Wait()
	for w := range outcomes {
		for i, err := range outcomes[w] {
			got := there(t, db, 1000*w+i)
			if !errors.Is(err, store.ErrUncertain) && got != (err == nil) {
				t.Errorf("%d: answered %v; it is there: %t", 1000*w+i, err, got)
			}
		}
	}
	if err := db.Update(t.Context(), put(1_000_000)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestPreparedStatementsOutliveASchemaThatChanges: "cached plan must not change result type", as another node migrates.
func TestPreparedStatementsOutliveASchemaThatChanges(t *testing.T) {
	db := open(t, cluster.Database(t), store.Options{Readers: 1})
	look := func(tx *store.Tx) error {
		return tx.Query("SELECT * FROM task", nil, func(store.Row) error { return nil })
	}
	for n := range 3 {
		if err := errors.Join(db.View(t.Context(), look), db.Update(t.Context(), look)); err != nil {
			t.Errorf("after %d changes: %v", n, err)
		}
		if err := db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(store.AnyRows, fmt.Sprintf("ALTER TABLE task ADD COLUMN more%d BIGINT", n))
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAServerThatIsNotThereIsUnavailable(t *testing.T) {
	w := newWire(t, "127.0.0.1:1")
	_, err := postgres.Open(t.Context(), "postgres://ana:secret@"+w.Addr().String()+"/x?sslmode=disable", store.Options{})
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("answered %v", err)
	}
	if _, err := postgres.Open(t.Context(), "postgres://ana:secret@[::1/x", store.Options{}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a URL that cannot be read: %v", err)
	}
}
