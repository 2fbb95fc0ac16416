package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hookswitch"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/sqlite"
)

// openDatabase opens what the URL names and brings its schema up to date.
func openDatabase(ctx context.Context, databaseURL string, opts store.Options) (*store.DB, error) {
	if path, ok := sqlite.PathOf(databaseURL); ok {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("data directory: %w", err)
		}
		return sqlite.Open(ctx, path, opts)
	}
	if strings.HasPrefix(databaseURL, "postgres://") || strings.HasPrefix(databaseURL, "postgresql://") {
		return postgres.Open(ctx, databaseURL, opts)
	}
	return nil, errors.New("the database URL must begin with sqlite: or postgres://")
}

// transact gives a use case its own view of the store's transactions: the few methods that its port names.
func transact[T any](run func(context.Context, func(*store.Tx) error) error, as func(*store.Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return storeProblem(run(ctx, func(tx *store.Tx) error { return fn(as(tx)) }))
	}
}

// storeProblem says what a failing store means for the asker.
func storeProblem(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrConflict):
		return fmt.Errorf("%w: %w", hookswitch.Refuse(hookswitch.Contended, "The same thing was changed at the same time. Try again."), err)
	case errors.Is(err, store.ErrUncertain):
		return fmt.Errorf("%w: %w", hookswitch.Refuse(hookswitch.OutcomeUnknown, "The connection to the database was lost while this was being written: "+
			"it may have happened or not. Look before you ask again; a request with an Idempotency-Key may be repeated with the same key, it never runs twice."), err)
	case errors.Is(err, store.ErrCorrupt):
		return fmt.Errorf("%w: %w", hookswitch.Refuse(hookswitch.Damaged, "The database is damaged. Asking again does not help: an operator has to restore it from a backup."), err)
	case errors.Is(err, store.ErrFull):
		return fmt.Errorf("%w: %w", hookswitch.Refuse(hookswitch.Unavailable, "The database has no room left, and nothing was changed. An operator has to make room on its disk."), err)
	case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrClosed):
		return fmt.Errorf("%w: %w", hookswitch.Refuse(hookswitch.Unavailable, "The database does not answer. Try again in a moment."), err)
	default:
		return err
	}
}
