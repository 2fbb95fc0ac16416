package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/store/storetest"
)

// fresh answers how to open a database that nobody has opened before. Its name must survive the way into a URI.
func fresh(t testing.TB) storetest.Open {
	path := filepath.Join(t.TempDir(), "a?b%c #1.db")
	return func(t testing.TB, opts store.Options) *store.DB {
		t.Helper()
		db, err := sqlite.Open(context.Background(), path, opts)
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
}
