package sqlite

import (
	"context"

	"hookswitch/internal/store"
)

// reader is a connection that only reads. Its queries are interrupted when the caller of the View has gone.
type reader struct {
	*conn
	ctx  context.Context
	stop func() (notYet bool) // the interrupting
	idle chan struct{}        // closed by an interruption that has begun, when it is done
}

func (r *reader) Begin(ctx context.Context) error {
	r.ctx, r.stop = ctx, nil
	if ctx.Done() != nil {
		idle := make(chan struct{})
		r.idle = idle
		r.stop = context.AfterFunc(ctx, func() {
			defer close(idle)
			r.interrupt()
		})
	}
	return r.run("BEGIN")
}

// End waits for an interruption that is under way: it must not hit the next View.
func (r *reader) End() error {
	if r.stop != nil && !r.stop() {
		<-r.idle
	}
	return r.Rollback()
}

func (r *reader) Query(query string, args store.Args, scan func(store.Row) error) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	return r.query(r.ctx, query, args, scan)
}
