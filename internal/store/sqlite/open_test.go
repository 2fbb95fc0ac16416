package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

func TestWhatUpdateAnsweredIsThereAfterReopening(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a?b%c #1.db")
	for round := range 3 {
		db, err := sqlite.Open(ctx, path, store.Options{Migrations: schema()})
		if err != nil {
			t.Fatal(err)
		}
		var got int
		if err := db.View(ctx, func(tx *store.Tx) error {
			return tx.QueryRow("SELECT count(*) FROM pace", nil, &got)
		}); err != nil || got != round {
			t.Fatalf("round %d: %d rows, %v", round, got, err)
		}
		if err := db.Update(ctx, func(tx *store.Tx) error {
			return tx.Exec(1, "INSERT INTO pace (k, tat) VALUES ($1, $2)", string(rune('a'+round)), tx.Now())
		}); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
