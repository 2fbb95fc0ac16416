package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hookswitch/internal/store"
)

// Bench measures logical transactions like that of a send: one read and four writes in four tables, and a View of one row.
func Bench(b *testing.B, fresh Fresh) {
	for _, n := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("update/clients=%d", n), func(b *testing.B) {
			db := opened(b, fresh(b), store.Options{})
			side := strings.Repeat("0123456789", 20)
			clients(b, n, func(i int64) error { return send(db, i, side) })
			s := db.Stats()
			b.ReportMetric(float64(s.Transactions)/float64(max(s.Commits, 1)), "tx/commit")
			b.ReportMetric(float64(s.Replays), "replays")
		})
	}
	b.Run("view/clients=16", func(b *testing.B) {
		db := opened(b, fresh(b), store.Options{})
		for i := range int64(50) {
			if err := send(db, i, "x"); err != nil {
				b.Fatal(err)
			}
		}
		clients(b, 16, func(i int64) error {
			return db.View(context.Background(), func(tx *store.Tx) error {
				var state, body string
				return tx.QueryRow("SELECT state, body FROM challenge WHERE id = $1", store.Args{id(i % 50)}, &state, &body)
			})
		})
	})
}

// clients calls do b.N times from n goroutines.
func clients(b *testing.B, n int, do func(i int64) error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range n {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
}

func id(i int64) string { return fmt.Sprintf("%013x", i) }

func send(db *store.DB, i int64, body string) error {
	id, phone := id(i), fmt.Sprintf("+1202%08d", i*7919%100_000_000)
	return db.Update(context.Background(), func(tx *store.Tx) error {
		var tat int64
		err := tx.QueryRow("SELECT tat FROM pace WHERE k = $1", store.Args{phone}, &tat)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := tx.Exec(1, "INSERT INTO pace (k, tat) VALUES ($1, $2) ON CONFLICT (k) DO UPDATE SET tat = excluded.tat",
			phone, tx.Now()); err != nil {
			return err
		}
		if err := tx.Exec(1, "INSERT INTO challenge (id, state, attempts, expires, body) VALUES ($1, $2, $3, $4, $5)",
			id, "PENDING", 0, tx.Now(), body); err != nil {
			return err
		}
		if err := tx.Exec(1, "INSERT INTO delivery (id, challenge, state, deadline) VALUES ($1, $2, $3, $4)",
			id, id, "SENDING", tx.Now()); err != nil {
			return err
		}
		return tx.Exec(1, "INSERT INTO event (id, published, body) VALUES ($1, $2, $3)", id, tx.Now(), body)
	})
}
