package sqlite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// migrationsBefore are those of the product whose number is smaller.
func migrationsBefore(t *testing.T, number string) fs.FS {
	t.Helper()
	root := os.DirFS("../migrations")
	before := fstest.MapFS{}
	for _, folder := range []string{".", "sqlite"} {
		names, err := fs.Glob(root, filepath.Join(folder, "*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if filepath.Base(name) >= number {
				continue
			}
			text, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			before[name] = &fstest.MapFile{Data: text}
		}
	}
	return before
}

// TestRowsMoveWithTheirTable: 0008 makes three tables anew.
func TestRowsMoveWithTheirTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	old, err := sqlite.Open(t.Context(), path, store.Options{Migrations: migrationsBefore(t, "0008")})
	if err != nil {
		t.Fatal(err)
	}
	err = old.Update(t.Context(), func(tx *store.Tx) error {
		for _, text := range []string{
			`INSERT INTO limits VALUES ('b', 2, 1), ('a', 1, 0)`,
			`INSERT INTO challenges VALUES ('c2', 'u', 'f', 'SIGN_IN', 'SMS', '+1', 'd2', 'PENDING', '', 1, 2, 3), ('c1', 'u', 'f', 'SIGN_IN', 'SMS', '+1', 'd1', 'PENDING', '', 1, 2, 3)`,
			`INSERT INTO status_notes VALUES ('d1', 2, 1, 'callback', 'r', 'f', 'w', 's', 'c', '', TRUE), ('d1', 1, 1, 'poll', 'r', 'f', 'w', 's', 'c', '', FALSE)`,
		} {
			if err := tx.Exec(store.AnyRows, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(t.Context(), func(tx *store.Tx) error {
		limits, err := tx.Limits([]string{"a", "b", "c"})
		if err != nil || len(limits) != 2 || limits["b"].Told != 1 {
			t.Errorf("limits %v, %v", limits, err)
		}
		c, err := tx.Challenge("c2")
		if err != nil || c.DeliveryID != "d2" || c.Version != 3 {
			t.Errorf("challenge %+v, %v", c, err)
		}
		notes, err := tx.StatusNotes("d1")
		if err != nil || len(notes) != 2 || notes[0].Source != "poll" || !notes[1].Applied {
			t.Errorf("notes %+v, %v", notes, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
