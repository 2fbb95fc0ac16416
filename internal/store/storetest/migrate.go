package storetest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"hookswitch/internal/store"
)

func newerSchema(t *testing.T, open Open) {
	must(t, start(t, open, store.Options{}).Close())
	older := fstest.MapFS{}
	for name, file := range Migrations().(fstest.MapFS) {
		if !strings.Contains(name, "0003") {
			older[name] = file
		}
	}
	_, err := open(store.Options{Migrations: older})
	if !errors.Is(err, store.ErrNewerSchema) || !strings.Contains(err.Error(), "version 3, this program knows 2") {
		t.Errorf("the older program got %v", err)
	}
	start(t, open, store.Options{})
}

func startTogether(t *testing.T, open Open) {
	var wg sync.WaitGroup
	nodes := make([]*store.DB, 4)
	for i := range nodes {
		wg.Go(func() { nodes[i] = opened(t, open, store.Options{}) })
	}
	wg.Wait()
	for _, db := range nodes {
		if number(t, db, "SELECT count(*) FROM account") != 0 {
			t.Error("the table is not empty")
		}
	}
}

func dialects(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	d := db.Dialect()
	if d.Name != "sqlite" && d.Name != "postgres" {
		t.Errorf("name %q", d.Name)
	}
	if got := number(t, db, "SELECT count(*) FROM account WHERE "+d.Contains("id", "$1"), "N"); got != 1 {
		t.Errorf("%d accounts contain an n", got)
	}
	if got := number(t, db, "SELECT count(*) FROM account WHERE "+d.Contains("id", "$1"), "%"); got != 0 {
		t.Errorf("%d accounts contain a percent sign", got)
	}
	month := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	parts := d.Partition("parted", month, month.AddDate(0, 1, 0))
	if len(parts) == 0 {
		return
	}
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		for _, statement := range append([]string{"CREATE TABLE parted (at BIGINT NOT NULL) PARTITION BY RANGE (at)"}, parts...) {
			if err := tx.Exec(store.AnyRows, statement); err != nil {
				return err
			}
		}
		return tx.Exec(1, "INSERT INTO parted (at) VALUES ($1)", month.Add(time.Hour))
	}))
}
