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
	month := func(n int) time.Time { return time.Date(2026, time.Month(n), 1, 0, 0, 0, 0, time.UTC) }
	if len(d.Partition("parted", month(1), month(2))) == 0 {
		return
	}
	insert := func(at time.Time) func(*store.Tx) error {
		return func(tx *store.Tx) error { return tx.Exec(1, "INSERT INTO parted (at) VALUES ($1)", at) }
	}
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		return errors.Join(
			tx.Exec(store.AnyRows, "CREATE TABLE parted (at BIGINT NOT NULL) PARTITION BY RANGE (at)"),
			tx.Exec(store.AnyRows, "CREATE TABLE parted_default PARTITION OF parted DEFAULT"),
			insert(month(2).Add(time.Hour))(tx)) // a part that nobody made in time
	}))
	nodes := []*store.DB{db, start(t, open, store.Options{})}
	var wg sync.WaitGroup
	for _, node := range append(nodes, nodes...) {
		wg.Go(func() {
			for n := range 3 {
				if err := eventually(t.Context(), node, func(tx *store.Tx) error {
					for _, statement := range d.Partition("parted", month(n+1), month(n+2)) {
						if err := tx.Exec(store.AnyRows, statement); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for n := range 4 {
		must(t, db.Update(t.Context(), insert(month(n+1).Add(time.Minute))))
	}
	if got := number(t, db, "SELECT count(*) FROM parted"); got != 5 {
		t.Errorf("%d rows", got)
	}
	if got := number(t, db, "SELECT count(*) FROM parted_default"); got != 3 {
		t.Errorf("%d rows in no part of their own", got)
	}
}
