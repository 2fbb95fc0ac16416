package postgres

import "context"

// reader is a connection that only reads, one snapshot at a time.
type reader struct{ *conn }

func (r *reader) Begin(ctx context.Context) error {
	r.ctx = ctx
	return r.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
}

// End does not wait for ctx: it may be over, and the connection is still good.
func (r *reader) End() error {
	r.ctx = context.Background()
	return r.Rollback()
}
