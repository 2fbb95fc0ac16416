package postgres_test

import (
	"os"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/storetest"
)

// cluster finds a deadlock sooner than the second that is usual: a test makes many on purpose.
var cluster = postgrestest.Cluster{Settings: []string{"deadlock_timeout = '20ms'"}}

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

func fresh(t testing.TB) storetest.Open {
	url := cluster.Database(t)
	return func(opts store.Options) (*store.DB, error) { return postgres.Open(t.Context(), url, opts) }
}

func TestPostgres(t *testing.T) { storetest.Run(t, fresh) }

func BenchmarkPostgres(b *testing.B) { storetest.Bench(b, fresh) }
