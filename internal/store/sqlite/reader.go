package sqlite

import (
	"context"

	"hookswitch/internal/store"
)

// reader is a connection that only reads. Its queries are interrupted when the caller of the View has gone.
type reader struct {
	*conn
	ctx context.Context
}

func (r *reader) Begin(ctx context.Context) error {
	r.ctx = ctx
	return r.begin("BEGIN")
}

func (r *reader) End() error { return r.Rollback() }

func (r *reader) Query(query string, args store.Args, scan func(store.Row) error) error {
	return r.query(r.ctx, query, args, scan)
}
