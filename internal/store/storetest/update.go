package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hookswitch/internal/store"
)

func survivesReopening(t *testing.T, open Open) {
	for round := range int64(3) {
		db := start(t, open, store.Options{})
		if got := number(t, db, "SELECT count(*) FROM task"); got != round {
			t.Fatalf("round %d: %d rows", round, got)
		}
		must(t, db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(1, "INSERT INTO task (id) VALUES ($1)", round)
		}))
		must(t, db.Close())
	}
}

func errorUndoes(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	no := errors.New("no")
	err := db.Update(t.Context(), func(tx *store.Tx) error {
		if err := setBalance("ana", 1)(tx); err != nil {
			return err
		}
		var seen int64
		if err := tx.QueryRow("SELECT balance FROM account WHERE id = $1", store.Args{"ana"}, &seen); err != nil {
			return err
		}
		return no
	})
	if err != no {
		t.Errorf("answered %v", err)
	}
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 100 {
		t.Errorf("balance %d", got)
	}
}

func statementErrorEnds(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	for name, bad := range map[string]func(*store.Tx) error{
		"check":  setBalance("bo", -1),
		"syntax": func(tx *store.Tx) error { return tx.Exec(1, "UPDATE nothing SET SET") },
		"value":  func(tx *store.Tx) error { return tx.Exec(1, "UPDATE account SET balance = $1", make(chan int)) },
		"query":  func(tx *store.Tx) error { return tx.QueryRow("SELECT nothing FROM account", nil) },
	} {
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			if err := setBalance("ana", 1)(tx); err != nil {
				return err
			}
			_ = bad(tx)
			_ = setBalance("cy", 1)(tx)
			return nil
		})
		if err == nil || store.Retryable(err) {
			t.Errorf("%s: answered %v", name, err)
		}
		if got := number(t, db, "SELECT sum(balance) FROM account"); got != 300 {
			t.Errorf("%s: sum %d", name, got)
		}
	}
}

func unexpectedCount(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	for name, bad := range map[string]func(*store.Tx) error{
		"none":     setBalance("nobody", 1),
		"too many": func(tx *store.Tx) error { return tx.Exec(1, "UPDATE account SET balance = 1") },
		"too few":  func(tx *store.Tx) error { return tx.Exec(4, "UPDATE account SET balance = 1") },
		"key":      func(tx *store.Tx) error { return tx.Exec(1, "INSERT INTO account (id, balance) VALUES ('ana', 1)") },
		"reference": func(tx *store.Tx) error {
			return tx.Exec(1, "INSERT INTO delivery (id, challenge, state, deadline) VALUES ('a', 'nobody', '', 0)")
		},
	} {
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			if err := setBalance("bo", 1)(tx); err != nil {
				return err
			}
			return bad(tx)
		})
		if !errors.Is(err, store.ErrConflict) || !store.Retryable(err) {
			t.Errorf("%s: answered %v", name, err)
		}
		if got := number(t, db, "SELECT sum(balance) FROM account"); got != 300 {
			t.Errorf("%s: sum %d", name, got)
		}
	}
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		return tx.Exec(store.AnyRows, "UPDATE account SET balance = 1 WHERE id = 'nobody'")
	}))
}

func conflictPlayedAgain(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	runs := 0
	if err := db.Update(t.Context(), func(tx *store.Tx) error {
		runs++
		return store.ErrConflict
	}); !errors.Is(err, store.ErrConflict) || runs != 8 {
		t.Errorf("%d runs, answered %v", runs, err)
	}
	runs = 0
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		runs++
		if err := setBalance("ana", int64(runs))(tx); err != nil || runs == 3 {
			return err
		}
		return setBalance("nobody", 0)(tx)
	}))
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 3 || runs != 3 {
		t.Errorf("%d runs, balance %d", runs, got)
	}
	if s := db.Stats(); s.Conflicts != 7+2 || s.Replays != 7+2 || s.Failures != 1 || s.Transactions != 2 {
		t.Errorf("%+v", s)
	}
}

func readsOwnWrites(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	var before, after, returned int64
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		const sum = "SELECT sum(balance) FROM account"
		if err := tx.QueryRow(sum, nil, &before); err != nil {
			return err
		}
		if err := setBalance("ana", 0)(tx); err != nil {
			return err
		}
		if err := setBalance("bo", 50)(tx); err != nil {
			return err
		}
		if err := tx.QueryRow(sum, nil, &after); err != nil {
			return err
		}
		return tx.QueryRow("UPDATE account SET balance = balance + 1 WHERE id = $1 RETURNING balance", store.Args{"bo"}, &returned)
	}))
	if before != 300 || after != 150 || returned != 51 {
		t.Errorf("before %d, after %d, returned %d", before, after, returned)
	}
	if got := number(t, db, "SELECT sum(balance) FROM account"); got != 151 {
		t.Errorf("sum %d", got)
	}
}

func oneTime(t *testing.T, open Open) {
	base := time.Date(2026, 5, 17, 10, 0, 0, 123456789, time.FixedZone("", 3600))
	calls := make(chan int, 1)
	calls <- 0
	b := &batch{size: make(chan int, 1)}
	b.size <- 1
	b.DB = start(t, open, store.Options{
		Writers: 1,
		Gather:  func(int) int { return <-b.size },
		Now: func() time.Time {
			n := <-calls
			calls <- n + 1
			return base.Add(time.Duration(n) * time.Hour)
		},
	})
	var first, second [10]time.Time
	var fns []func(*store.Tx) error
	for i := range first {
		fns = append(fns, func(tx *store.Tx) error {
			first[i] = tx.Now()
			var found int64
			if err := tx.QueryRow("SELECT count(*) FROM account", nil, &found); err != nil {
				return err
			}
			second[i] = tx.Now()
			return tx.Exec(1, "INSERT INTO kind (id, at) VALUES ($1, $2)", i, tx.Now())
		})
	}
	for _, err := range b.together(t.Context(), fns...) {
		must(t, err)
	}
	for i := range first {
		if first[i] != second[i] || first[i].Location() != time.UTC || first[i].Nanosecond() != 123456000 {
			t.Errorf("%d: %v and %v", i, first[i], second[i])
		}
		if got := number(t, b.DB, "SELECT at FROM kind WHERE id = $1", i); got != first[i].UnixMicro() {
			t.Errorf("%d: stored %d", i, got)
		}
	}
	slices.SortFunc(first[:], time.Time.Compare)
	if n := len(slices.Compact(first[:])); n != len(second) {
		t.Errorf("%d transactions have %d times", len(second), n)
	}
}

func over(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	var escaped *store.Tx
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		escaped = tx
		return nil
	}))
	if setBalance("ana", 1)(escaped) == nil || escaped.QueryRow("SELECT 1", nil) == nil {
		t.Error("a statement ran after the transaction")
	}
	err := db.Update(t.Context(), func(tx *store.Tx) error {
		return tx.Query("SELECT id FROM account", nil, func(store.Row) error { return setBalance("ana", 1)(tx) })
	})
	if err == nil {
		t.Error("a statement ran inside another")
	}
	if got := number(t, db, "SELECT sum(balance) FROM account"); got != 300 {
		t.Errorf("sum %d", got)
	}
}
