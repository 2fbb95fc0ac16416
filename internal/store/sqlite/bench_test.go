package sqlite_test

import (
	"hookswitch/internal/store"
	"testing"

	"hookswitch/internal/store/storetest"
)

func BenchmarkSQLite(b *testing.B) {
	storetest.Bench(b, func(t testing.TB, o store.Options) *store.DB { return fresh(b)(t, o) })
}
