package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

func schema() fstest.MapFS {
	return fstest.MapFS{"0001_bench.sql": &fstest.MapFile{Data: []byte(`-- +goose Up
CREATE TABLE challenge (id TEXT PRIMARY KEY, state TEXT NOT NULL, digest TEXT NOT NULL, attempts BIGINT NOT NULL, expires BIGINT NOT NULL, body TEXT NOT NULL);
CREATE TABLE pace (k TEXT PRIMARY KEY, tat BIGINT NOT NULL);
CREATE TABLE delivery (id TEXT PRIMARY KEY, challenge TEXT NOT NULL REFERENCES challenge (id), state TEXT NOT NULL, deadline BIGINT NOT NULL);
CREATE INDEX delivery_deadline ON delivery (deadline) WHERE state = 'SENDING';
CREATE TABLE event (id TEXT PRIMARY KEY, published BIGINT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL);
`)}}
}

func BenchmarkUpdate(b *testing.B) {
	for _, writers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "bench.db"), store.Options{Migrations: schema()})
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			var seq atomic.Int64
			var wg sync.WaitGroup
			body := string(make([]byte, 0, 600)) + fmt.Sprintf("%0600d", 7)
			b.ReportAllocs()
			b.ResetTimer()
			for range writers {
				wg.Go(func() {
					for {
						n := seq.Add(1)
						if n > int64(b.N) {
							return
						}
						if err := db.Update(context.Background(), func(tx *store.Tx) error {
							id := fmt.Sprintf("%013x", n)
							phone := fmt.Sprintf("+120255%08d", n*7919%100000000)
							var tat int64
							err := tx.QueryRow("SELECT tat FROM pace WHERE k = $1", store.Args{phone}, &tat)
							if err != nil && err != store.ErrNotFound {
								return err
							}
							if err := tx.Exec(1, "INSERT INTO pace (k, tat) VALUES ($1, $2) ON CONFLICT (k) DO UPDATE SET tat = excluded.tat", phone, tx.Now()); err != nil {
								return err
							}
							if err := tx.Exec(1, "INSERT INTO challenge (id, state, digest, attempts, expires, body) VALUES ($1, $2, $3, $4, $5, $6)", id, "PENDING", "0123456789abcdef0123456789abcdef", 0, tx.Now(), body[:200]); err != nil {
								return err
							}
							if err := tx.Exec(1, "INSERT INTO delivery (id, challenge, state, deadline) VALUES ($1, $2, $3, $4)", id, id, "SENDING", tx.Now()); err != nil {
								return err
							}
							return tx.Exec(1, "INSERT INTO event (id, published, type, body) VALUES ($1, $2, $3, $4)", id, tx.Now(), "system.sms.send_phone_verification_message", body)
						}); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			s := db.Stats()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
			b.ReportMetric(float64(s.Transactions)/float64(s.Commits), "tx/commit")
		})
	}
}
