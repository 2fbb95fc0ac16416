package postgres_test

import (
	"context"
	"os"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/storetest"
)

var cluster postgrestest.Cluster

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// fresh answers how to open a database that nobody has opened before.
func fresh(t testing.TB) storetest.Open {
	url := cluster.Database(t)
	return func(t testing.TB, opts store.Options) *store.DB {
		t.Helper()
		db, err := postgres.Open(context.Background(), url, opts)
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

func BenchmarkPostgres(b *testing.B) {
	storetest.Bench(b, func(t testing.TB, o store.Options) *store.DB { return fresh(b)(t, o) })
}
