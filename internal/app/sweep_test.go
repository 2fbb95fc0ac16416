package app

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// A busy minute leaves more limits behind than one transaction forgets.
func TestASweepGoesOnUntilNothingIsLeft(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sweep.db"), store.Options{Now: func() time.Time { return now }, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const full, refilling = 2*sweepAtOnce + 1, 7
	err = db.Update(t.Context(), func(tx *store.Tx) error {
		for i := range full + refilling {
			arrival := now.Add(-time.Second)
			if i >= full {
				arrival = now.Add(time.Second)
			}
			if err := tx.Exec(1, `INSERT INTO limits (key, arrival, told) VALUES ($1, $2, 0)`, fmt.Sprint("key ", i), arrival.UnixMicro()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	rounds := 1
	for ; ; rounds++ {
		more, err := sweepIn(t.Context(), db, (*store.Tx).SweepLimits)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	left := 0
	if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(`SELECT count(*) FROM limits`, nil, &left) }); err != nil {
		t.Fatal(err)
	}
	if rounds != 3 || left != refilling {
		t.Errorf("%d limits are left after %d rounds", left, rounds)
	}
}
