package sqlite_test

import (
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hookswitch/internal/store"
)

// TestASimulationDecidesTimeAndBatches: a year of lives on the real store, on a clock that does not tick by itself.
func TestASimulationDecidesTimeAndBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seeded := rand.New(rand.NewPCG(1, 2))
		db := open(t, filepath.Join(t.TempDir(), "bubble.db"), store.Options{
			NoSync: true,
			Gather: func(waiting int) int { return 1 + seeded.IntN(waiting) },
		})
		begun := time.Now()
		const lives = 365
		var wg sync.WaitGroup
		for i := range lives {
			day := time.Duration(i) * 24 * time.Hour
			wg.Go(func() {
				time.Sleep(day)
				if err := db.Update(t.Context(), func(tx *store.Tx) error {
					if got := tx.Now().Sub(begun.UTC().Truncate(time.Microsecond)); got != day {
						t.Errorf("day %d is at %v", i, got)
					}
					return put(i, 1)(tx)
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i := range 100 {
			wg.Go(func() {
				if err := db.Update(t.Context(), put(1000+i, 1)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := tasks(t, db); got != lives+100 {
			t.Errorf("%d rows", got)
		}
	})
}
