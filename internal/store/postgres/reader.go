package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store"
)

// reader is a connection that only reads. The queries of a View go to the server without a synchronisation between them, and
// thereby in one transaction, which the session's settings make a snapshot. Its end is sent and not waited for: a View of
// one query costs one round trip, and neither BEGIN nor COMMIT.
//
// Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
type reader struct {
	pg     *pgconn.PgConn
	cache  cache
	view   *pgconn.Pipeline // the View under way, or the last one, whose end the server may not have confirmed
	asked  bool             // the server was sent something
	failed error            // a query of the View has failed, so the server ignores the next ones
	ctx    context.Context
	stop   func() (notYet bool) // keeps the end of ctx from cutting the connection
	lost   bool
}

// snapshots are the session's settings of a reader.
func snapshots(config *pgconn.Config) *pgconn.Config {
	config = config.Copy()
	config.RuntimeParams["default_transaction_isolation"] = "repeatable read"
	config.RuntimeParams["default_transaction_read_only"] = "on"
	return config
}

func connectReader(ctx context.Context, config *pgconn.Config) (*reader, error) {
	c, err := connect(ctx, config)
	if err != nil {
		return nil, err
	}
	return &reader{pg: c.pg}, nil
}

// Begin reads what the server had to say to the end of the last View, which has come long ago.
func (r *reader) Begin(ctx context.Context) error {
	if err := r.settle(); err != nil {
		r.lost = true
		return classify(err)
	}
	r.ctx, r.asked, r.failed, r.stop = ctx, false, nil, nil
	if ctx.Done() != nil {
		r.stop = context.AfterFunc(ctx, func() {
			_ = r.pg.Conn().SetDeadline(time.Unix(1, 0)) // it fails only if the connection is gone already
		})
	}
	r.view = r.pg.StartPipeline(context.Background()) // not ctx: it would be watched until the next View
	return nil
}

// settle waits for the end of the last View, but not forever; the next has no limit but its context.
func (r *reader) settle() error {
	if r.view == nil {
		return nil
	}
	if err := r.pg.Conn().SetDeadline(time.Now().Add(timeout)); err != nil {
		return err
	}
	if err := r.view.Close(); err != nil {
		return err
	}
	return r.pg.Conn().SetDeadline(time.Time{})
}

func (r *reader) Query(query string, args store.Args, scan func(store.Row) error) error {
	if r.failed != nil {
		return r.failed
	}
	s, err := newStatement(store.AnyRows, query, args)
	if err != nil {
		return err
	}
	s.scan = scan
	r.asked = true
	r.cache.send(r.view, &s)
	r.view.SendFlushRequest()
	if err = r.view.Flush(); err == nil {
		err = r.cache.receive(r.view, &s)
	}
	if err == nil {
		return r.ctx.Err()
	}
	return r.problem(&s, err)
}

func (r *reader) problem(s *statement, err error) error {
	if stopped, ok := err.(*scanError); ok { //nolint:errorlint // it is ours, from the line before, and never wrapped
		return stopped.err
	}
	r.cache.forget([]statement{*s})
	r.failed = classify(err)
	r.lost = errors.Is(r.failed, store.ErrUnavailable)
	if ended := r.ctx.Err(); ended != nil {
		r.failed = ended
	}
	return r.failed
}

func (r *reader) End() error {
	if r.stop != nil && !r.stop() {
		r.lost = true // the connection was cut, or is about to be
	}
	switch {
	case r.lost, r.pg.IsClosed():
		return errLost
	case !r.asked:
		return nil
	}
	return r.view.Sync()
}

func (r *reader) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return r.pg.Close(ctx)
}
