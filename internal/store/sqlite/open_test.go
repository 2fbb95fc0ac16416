package sqlite_test

import (
	"path/filepath"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/store/storetest"
)

// fresh uses a name that must survive the way into a URI.
func fresh(t testing.TB) storetest.Open {
	path := filepath.Join(t.TempDir(), "a?b%c #1.db")
	return func(opts store.Options) (*store.DB, error) { return sqlite.Open(t.Context(), path, opts) }
}

func TestSQLite(t *testing.T) { storetest.Run(t, fresh) }

func BenchmarkSQLite(b *testing.B) { storetest.Bench(b, fresh) }
