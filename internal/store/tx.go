package store

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// AnyRows as Exec's want means: however many rows.
const AnyRows = -1

// Args are the values of $1, $2 …
type Args = []any

// Row is one row of an answer.
type Row interface {
	// Scan copies the columns, in order, into pointers: to string, []byte, bool, the integer and float types, types
	// derived from these, time.Time (from microseconds; NULL is the zero time), a pointer to one of these (NULL is nil),
	// or a sql.Scanner.
	Scan(dest ...any) error
}

// Tx is one logical transaction, or one snapshot in a View. It is used only inside the function it was given to.
type Tx struct {
	from     Querier
	to       Conn // the same connection; nil in a View
	dialect  *Dialect
	sealer   Sealer
	now      time.Time
	wrote    bool  // something may have been written
	scanning bool  // inside the scan function of a Query
	err      error // the first statement that failed; it ends the transaction
}

var (
	errOver     = errors.New("store: the transaction is over")
	errScanning = errors.New("store: a statement inside the scan function of another")
	errReadOnly = errors.New("store: a write in a View")
)

// Now is the one time of this transaction, in UTC and whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Dialect is what to put into the few statements that differ between the databases.
func (tx *Tx) Dialect() *Dialect { return tx.dialect }

// Exec runs a statement that must touch exactly want rows, or AnyRows. A different number, a key that already exists and a row that
// is referred to but missing are ErrConflict. The statement may be sent later, together with others: its error then
// shows at the next query or at the end of the transaction. Any error ends the transaction, even if the function
// goes on.
func (tx *Tx) Exec(want int64, query string, args ...any) error {
	switch {
	case tx.err != nil:
		return tx.err
	case tx.scanning:
		return tx.fail(errScanning)
	case tx.to == nil:
		return tx.fail(errReadOnly)
	}
	wrote, err := tx.to.Exec(want, query, args)
	tx.wrote = tx.wrote || wrote
	return tx.fail(err)
}

// Query runs a statement and calls scan for each row of its answer. An error of scan stops it and is returned as it is.
// A statement that writes and answers (INSERT … RETURNING) is run by Query too.
func (tx *Tx) Query(query string, args Args, scan func(Row) error) error {
	switch {
	case tx.err != nil:
		return tx.err
	case tx.scanning:
		return tx.fail(errScanning)
	case !OnlyReads(query):
		if tx.to == nil {
			return tx.fail(errReadOnly)
		}
		tx.wrote = true
	}
	var stop error
	tx.scanning = true
	err := tx.from.Query(query, args, func(r Row) error {
		stop = scan(r)
		return stop
	})
	tx.scanning = false
	if stop != nil {
		return stop
	}
	return tx.fail(err)
}

// QueryRow scans the first row of the answer into dest, or answers ErrNotFound.
func (tx *Tx) QueryRow(query string, args Args, dest ...any) error {
	found := false
	err := tx.Query(query, args, func(r Row) error {
		if found {
			return nil
		}
		found = true
		return r.Scan(dest...)
	})
	if err == nil && !found {
		return ErrNotFound
	}
	return err
}

func (tx *Tx) fail(err error) error {
	if err != nil && tx.err == nil {
		tx.err = err
	}
	return err
}

// end makes a Tx that its function let escape answer errors, and says how the function's run ended.
func (tx *Tx) end(err error) error {
	if err == nil {
		err = tx.err
	}
	tx.from, tx.to, tx.err = nil, nil, errOver
	return err
}

// OnlyReads is sure that a statement writes nothing and locks nothing; WITH may introduce a write.
func OnlyReads(query string) bool {
	query = strings.TrimLeft(query, " \t\r\n")
	return len(query) >= 6 && strings.EqualFold(query[:6], "SELECT") && !strings.Contains(query, "FOR UPDATE")
}

// RowsError is the ErrConflict of a statement that touched another number of rows than was expected.
type RowsError struct{ Want, Got int64 }

func (e *RowsError) Error() string {
	return fmt.Sprintf("%v: %d rows instead of %d", ErrConflict, e.Got, e.Want)
}

// Unwrap answers ErrConflict.
func (e *RowsError) Unwrap() error { return ErrConflict }

// CheckRows compares what a statement touched with what was expected of it.
func CheckRows(want, got int64) error {
	if want >= 0 && want != got {
		return &RowsError{Want: want, Got: got}
	}
	return nil
}
