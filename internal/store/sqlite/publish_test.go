package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"hookswitch/internal/store"
)

// TestAfterASyncThatFailedAllGoesToTheFileFirst: the system may have forgotten what it could not write.
func TestAfterASyncThatFailedAllGoesToTheFileFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sync.db")
	if err := errors.Join(create(path), keepWAL(path)); err != nil {
		t.Fatal(err)
	}
	var unsound atomic.Bool
	opened, err := connectWriter(path, store.Options{}, &unsound)
	if err != nil {
		t.Fatal(err)
	}
	w := opened.(*writer)
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	publish := func(text string) error {
		t.Helper()
		if err := w.Begin(); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Exec(store.AnyRows, text, nil); err != nil {
			t.Fatal(err)
		}
		durable, err := w.Publish()
		if err != nil {
			t.Fatal(err)
		}
		return durable()
	}
	log := func() int64 {
		t.Helper()
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	if err := publish("CREATE TABLE t (a)"); err != nil {
		t.Fatal(err)
	}
	broken, other, err := os.Pipe() // it cannot be synced
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = errors.Join(broken.Close(), other.Close()) }()
	sound := w.file
	w.file = other
	if err := publish("INSERT INTO t VALUES (1)"); !errors.Is(err, store.ErrUncertain) {
		t.Errorf("a sync that fails is answered %v", err)
	}
	w.file = sound
	again, err := connectWriter(path, store.Options{}, &unsound)
	if err != nil {
		t.Fatal(err)
	}
	if again.(*writer).unsound.Load() != true {
		t.Error("a new connection does not know of the sync that failed")
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	reader, err := connect(path)
	if err != nil {
		t.Fatal(err)
	}
	look := func() error { return reader.Query("SELECT a FROM t", nil, func(store.Row) error { return nil }) }
	if err := errors.Join(reader.run("PRAGMA busy_timeout = 0"), w.run("PRAGMA busy_timeout = 0"), reader.run("BEGIN"), look()); err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(); !errors.Is(err, store.ErrUnavailable) || log() == 0 {
		t.Errorf("while somebody reads the log a transaction begins: %v, %d bytes", err, log())
	}
	if err := errors.Join(reader.run("COMMIT"), reader.Close()); err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(); err != nil || log() != 0 {
		t.Errorf("the log has %d bytes, %v", log(), err)
	}
	if err := w.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := publish("INSERT INTO t VALUES (2)"); err != nil {
		t.Error(err)
	}
	if sum := count(t, w, "SELECT sum(a) FROM t"); sum != 3 {
		t.Errorf("the rows sum up to %d", sum)
	}
}

// TestWhatWasBegunBeforeASyncFailedIsNotCommittedBehindIt: its own sync might succeed, and would tell nothing of the frames before.
func TestWhatWasBegunBeforeASyncFailedIsNotCommittedBehindIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "behind.db")
	if err := errors.Join(create(path), keepWAL(path)); err != nil {
		t.Fatal(err)
	}
	var unsound atomic.Bool
	opened, err := connectWriter(path, store.Options{}, &unsound)
	if err != nil {
		t.Fatal(err)
	}
	w := opened.(*writer)
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := errors.Join(w.Begin(), w.run("CREATE TABLE t (a)"), w.Commit(), w.Begin(), w.run("INSERT INTO t VALUES (1)")); err != nil {
		t.Fatal(err)
	}
	unsound.Store(true) // the sync of the one before has failed meanwhile
	if _, err := w.Publish(); err == nil || errors.Is(err, store.ErrUncertain) {
		t.Errorf("it is published: %v", err)
	}
	if err := errors.Join(w.Rollback(), w.Begin(), w.Rollback()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w, "SELECT count(*) FROM t"); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func count(t *testing.T, w *writer, query string) (n int64) {
	t.Helper()
	if err := w.Query(query, nil, func(r store.Row) error { return r.Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}
