package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/store/storetest"
)

func open(t testing.TB, path string, opts store.Options) *store.DB {
	t.Helper()
	opts.Migrations = storetest.Migrations()
	db, err := sqlite.Open(t.Context(), path, opts)
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

// put inserts a task with so many bytes of text.
func put(id, size int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return tx.Exec(1, "INSERT INTO task (id, owner) VALUES ($1, $2)", id, strings.Repeat("x", size))
	}
}

func tasks(t testing.TB, db *store.DB) (n int) {
	t.Helper()
	if err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM task", nil, &n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestADiskThatIsFullRefusesOnlyWhatDoesNotFit lets a batch run into the limit of the file's size.
func TestADiskThatIsFullRefusesOnlyWhatDoesNotFit(t *testing.T) {
	size := make(chan int, 1)
	db := open(t, filepath.Join(t.TempDir(), "full.db"), store.Options{Batch: 100, Gather: func(int) int { return <-size }})
	limit := func(pages int) {
		t.Helper()
		size <- 1
		if err := db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.QueryRow(fmt.Sprint("PRAGMA max_page_count = ", pages), nil, new(int64))
		}); err != nil {
			t.Fatal(err)
		}
	}
	var pages int
	if err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT page_count FROM pragma_page_count()", nil, &pages)
	}); err != nil {
		t.Fatal(err)
	}
	limit(pages + 20)
	errs := make([]error, 10)
	var wg sync.WaitGroup
	size <- len(errs)
	for i := range errs {
		wg.Go(func() {
			bytes := 100
			if i%3 == 1 {
				bytes = 1 << 20
			}
			errs[i] = db.Update(t.Context(), put(i, bytes))
		})
	}
	wg.Wait()
	for i, err := range errs {
		if i%3 == 1 && !errors.Is(err, store.ErrFull) || i%3 != 1 && err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := tasks(t, db); got != 7 {
		t.Errorf("%d rows", got)
	}
	limit(1 << 20)
	size <- 1
	if err := db.Update(t.Context(), put(100, 1<<20)); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
}

func TestWhoHoldsTheFileTooLongMakesTheOthersBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "busy.db")
	db := open(t, path, store.Options{})
	if err := db.Update(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("PRAGMA busy_timeout = 10", nil, new(int64))
	}); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			if err := db.Update(t.Context(), put(i, 1)); !errors.Is(err, store.ErrBusy) || !store.Retryable(err) {
				t.Errorf("while it is held: %v", err)
			}
		})
	}
	wg.Wait()
	if got := tasks(t, db); got != 0 {
		t.Errorf("%d rows", got)
	}
	if _, err := conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), put(1, 1)); err != nil {
		t.Errorf("when it is free: %v", err)
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	garbage := filepath.Join(t.TempDir(), "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), garbage, store.Options{}); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("garbage: %v", err)
	}
	if _, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "no", "folder.db"), store.Options{}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := sqlite.Open(t.Context(), t.TempDir(), store.Options{}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a folder: %v", err)
	}
}

func TestOnlyItsOwnerReadsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.db")
	db := open(t, path, store.Options{})
	if err := db.Update(t.Context(), put(1, 1)); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s%s: %v", filepath.Base(path), suffix, info.Mode())
		}
	}
}
