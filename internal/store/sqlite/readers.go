package sqlite

import (
	"context"
	"errors"

	"hookswitch/internal/store"
)

// readers is a pool of connections that only read. They are opened when they are first needed.
type readers struct {
	dsn  string
	free chan *conn // nil: not opened yet
}

func newReaders(dsn string, n int) *readers {
	r := &readers{dsn: dsn, free: make(chan *conn, n)}
	for range n {
		r.free <- nil
	}
	return r
}

func (r *readers) view(ctx context.Context, fn func(store.Querier) error) error {
	var c *conn
	var ok bool
	select {
	case c, ok = <-r.free:
		if !ok {
			return store.ErrClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { r.free <- c }() // even when fn panics
	if c == nil {
		var err error
		if c, err = connect(r.dsn); err != nil {
			c = nil
			return err
		}
	}
	defer func() {
		if c.Rollback() != nil {
			_ = c.Close() // it has failed already
			c = nil
		}
	}()
	if err := c.begin("BEGIN"); err != nil {
		return err
	}
	return fn(snapshot{conn: c, ctx: ctx})
}

// close waits for the Views under way.
func (r *readers) close() error {
	var errs []error
	for range cap(r.free) {
		if c := <-r.free; c != nil {
			errs = append(errs, c.Close())
		}
	}
	close(r.free)
	return errors.Join(errs...)
}

// snapshot interrupts its queries when the caller has gone.
type snapshot struct {
	conn *conn
	ctx  context.Context
}

func (s snapshot) Query(query string, args store.Args, scan func(store.Row) error) error {
	return s.conn.query(s.ctx, query, args, scan)
}
