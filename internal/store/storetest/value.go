package storetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"hookswitch/internal/store"
)

type (
	word   string
	count  int32
	opaque []byte
)

func values(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	at := time.Date(2026, 5, 17, 10, 0, 0, 123456000, time.UTC)
	text, yes := "é\u20ac\U0001F600 'quoted' \\x00 $1", true
	for i, v := range []struct {
		column    string
		in, want  any
		wantsNull bool
	}{
		{column: "t", in: text, want: text},
		{column: "t", in: "", want: ""},
		{column: "t", in: word("w"), want: word("w")},
		{column: "t", in: &text, want: &text},
		{column: "t", in: (*string)(nil), want: (*string)(nil), wantsNull: true},
		{column: "t", in: "raw", want: []byte("raw")},
		{column: "j", in: json.RawMessage(`{"a": 1}`), want: json.RawMessage(`{"a": 1}`)},
		{column: "j", in: nil, want: json.RawMessage(nil), wantsNull: true},
		{column: "n", in: int64(math.MinInt64), want: int64(math.MinInt64)},
		{column: "n", in: math.MaxInt, want: math.MaxInt},
		{column: "n", in: count(-7), want: count(-7)},
		{column: "n", in: uint16(7), want: uint16(7)},
		{column: "n", in: time.Minute, want: time.Minute},
		{column: "r", in: 0.1, want: 0.1},
		{column: "b", in: true, want: true},
		{column: "b", in: &yes, want: &yes},
		{column: "b", in: false, want: false},
		{column: "at", in: at, want: at},
		{column: "at", in: at.In(time.FixedZone("", 7200)), want: at},
		{column: "at", in: time.Time{}, want: time.Time{}, wantsNull: true},
		{column: "at", in: &at, want: &at},
		{column: "raw", in: []byte{0, 1, 0xff}, want: []byte{0, 1, 0xff}},
		{column: "raw", in: opaque("x"), want: opaque("x")},
		{column: "raw", in: nil, want: []byte(nil), wantsNull: true},
	} {
		must(t, db.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(1, "INSERT INTO kind (id, "+v.column+") VALUES ($1, $2)", i, v.in)
		}))
		got := reflect.New(reflect.TypeOf(v.want))
		var null bool
		must(t, db.View(t.Context(), func(tx *store.Tx) error {
			return tx.QueryRow("SELECT "+v.column+", "+v.column+" IS NULL FROM kind WHERE id = $1", store.Args{i}, got.Interface(), &null)
		}))
		if !reflect.DeepEqual(got.Elem().Interface(), v.want) || null != v.wantsNull {
			t.Errorf("%s %#v came back as %#v (null: %t)", v.column, v.in, got.Elem().Interface(), null)
		}
	}
	var raw []byte
	kept := []byte("before")
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		err := tx.Exec(1, "UPDATE kind SET raw = $1 WHERE id = 0", kept)
		copy(kept, "after!")
		return err
	}))
	must(t, db.View(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT raw FROM kind WHERE id = 0", nil, &raw)
	}))
	if !bytes.Equal(raw, []byte("before")) {
		t.Errorf("an argument changed after Exec became %q", raw)
	}
}

func scanErrors(t *testing.T, open Open) {
	db := start(t, open, store.Options{})
	enough := errors.New("enough")
	rows := 0
	look := func(tx *store.Tx) error {
		rows = 0
		err := tx.Query("SELECT id FROM account ORDER BY id", nil, func(r store.Row) error {
			if rows++; rows == 2 {
				return enough
			}
			return nil
		})
		if err != enough || rows != 2 {
			t.Errorf("%d rows, %v", rows, err)
		}
		var s string
		if err := tx.QueryRow("SELECT id FROM account WHERE id = 'nobody'", nil, &s); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a missing row: %v", err)
		}
		if tx.QueryRow("SELECT t FROM kind WHERE id = 1", nil, &s) == nil {
			t.Error("NULL went into a string")
		}
		if tx.QueryRow("SELECT 1, 2", nil, &s) == nil {
			t.Error("two columns went into one variable")
		}
		return tx.QueryRow("SELECT id FROM account WHERE id = $1", store.Args{"ana"}, &s) // the transaction goes on
	}
	must(t, db.Update(t.Context(), func(tx *store.Tx) error { return tx.Exec(1, "INSERT INTO kind (id) VALUES (1)") }))
	must(t, db.View(t.Context(), look))
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		if err := setBalance("ana", 7)(tx); err != nil {
			return err
		}
		return look(tx)
	}))
	if got := number(t, db, "SELECT balance FROM account WHERE id = 'ana'"); got != 7 {
		t.Errorf("balance %d", got)
	}
}

// manyTexts makes more statements than a connection keeps prepared.
func manyTexts(t *testing.T, open Open) {
	db := start(t, open, store.Options{Readers: 1})
	for round := range 2 {
		for i := range 600 {
			text := fmt.Sprintf("SELECT %d + balance FROM account WHERE id = 'ana'", i)
			var viewed, updated int
			must(t, db.View(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(text, nil, &viewed) }))
			if i%10 == 0 {
				must(t, db.Update(t.Context(), func(tx *store.Tx) error {
					for j := i; j < i+40; j++ {
						if err := tx.Exec(1, fmt.Sprintf("UPDATE account SET version = %d WHERE id = 'bo'", j)); err != nil {
							return err
						}
					}
					return tx.QueryRow(text, nil, &updated)
				}))
			}
			if viewed != 100+i || i%10 == 0 && updated != viewed {
				t.Fatalf("round %d, text %d: %d and %d", round, i, viewed, updated)
			}
		}
	}
}
