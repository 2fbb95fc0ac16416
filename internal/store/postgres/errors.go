package postgres

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store"
)

// classify wraps an error of the server, or of the way to it, with what it means to the store.
// Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
func classify(err error) error {
	if err == nil {
		return nil
	}
	var e *pgconn.PgError
	if errors.As(err, new(*store.RowsError)) {
		return err
	}
	if !errors.As(err, &e) {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	switch e.Code {
	case "23505", "23503", "23P01", // unique, foreign key, exclusion
		"40001", "40P01", "55P03": // serialization, deadlock, lock not available
		return fmt.Errorf("%w: %w", store.ErrConflict, err)
	case "53100": // disk full
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	case "XX001", "XX002": // data, index corrupted
		return fmt.Errorf("%w: %w", store.ErrCorrupt, err)
	case "25006", // read-only: a standby
		"0A000", "26000": // a prepared statement that no longer fits: the connection is replaced
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	switch e.Code[:2] {
	case "08", "53", "57", "58": // connection, resources, operator intervention, system
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return err
}
