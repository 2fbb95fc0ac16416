package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookswitch/internal/store"
)

// TestTheLogStaysShortUnderConstantWriting writes several times what the log may hold, while others read.
func TestTheLogStaysShortUnderConstantWriting(t *testing.T) {
	const text, rounds, mostBytes = 1 << 20, 200, 80 << 20
	path := filepath.Join(t.TempDir(), "log.db")
	db := open(t, path, store.Options{NoSync: true})
	if err := db.Update(t.Context(), put(1, text)); err != nil {
		t.Fatal(err)
	}
	for i := range rounds {
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(1, "UPDATE task SET owner = $1, ready = $2 WHERE id = 1", strings.Repeat("y", text), i)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := tasks(t, db); got != 1 {
			t.Fatalf("%d rows", got)
		}
	}
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if log.Size() > mostBytes {
		t.Errorf("the log has %d bytes", log.Size())
	}
}

// TestOthersSeeWhatWasAnswered reads each commit by a connection that knows nothing of ours, whatever its size.
func TestOthersSeeWhatWasAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "seen.db")
	db := open(t, path, store.Options{})
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	want := 0
	for i, size := range []int{1, 5000, 130_000, 4 << 20, 1} { // less than a page … more than SQLite keeps in memory
		want += size
		if err := db.Update(t.Context(), put(i, size)); err != nil {
			t.Fatal(err)
		}
		var got int
		if err := other.QueryRowContext(t.Context(), "SELECT sum(length(owner)) FROM task").Scan(&got); err != nil || got != want {
			t.Errorf("%d of %d bytes, %v", got, want, err)
		}
	}
	var sound string
	if err := other.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Errorf("%s, %v", sound, err)
	}
}
