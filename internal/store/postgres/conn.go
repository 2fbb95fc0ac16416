package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store"
)

// conn is one connection. Writes wait until a query or the commit needs them and then go to the server together, BEGIN
// in front, in one round trip.
type conn struct {
	pg      *pgconn.PgConn
	ctx     context.Context // of a View; a writer's never ends
	cache   cache
	waiting []statement
	lost    bool // not to be used any more
}

// timeout bounds one exchange with the server, its waiting for locks included.
const timeout = 30 * time.Second

var errLost = fmt.Errorf("%w: the connection was lost", store.ErrUnavailable)

func connect(ctx context.Context, config *pgconn.Config) (*conn, error) {
	pg, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return &conn{pg: pg, ctx: context.Background()}, nil
}

// Begin only queues: BEGIN travels with the first statements.
func (c *conn) Begin() error { return c.begin("BEGIN") }

func (c *conn) begin(how string) error {
	if c.lost || c.pg.IsClosed() {
		return errLost
	}
	c.waiting = append(c.waiting[:0], command(how))
	return nil
}

func (c *conn) Exec(want int64, query string, args store.Args) (bool, error) {
	s, err := newStatement(want, query, args)
	if err != nil {
		return false, err
	}
	c.waiting = append(c.waiting, s)
	return true, nil
}

func (c *conn) Query(query string, args store.Args, scan func(store.Row) error) error {
	s, err := newStatement(store.AnyRows, query, args)
	if err != nil {
		return err
	}
	s.scan = scan
	c.waiting = append(c.waiting, s)
	return c.flush()
}

// Commit sends what waits, sees that it did what was expected, and only then commits.
func (c *conn) Commit() error {
	if len(c.waiting) == 1 && c.pg.TxStatus() == 'I' {
		c.waiting = c.waiting[:0] // nothing was done, so not even BEGIN was sent
		return nil
	}
	if err := c.flush(); err != nil {
		return err
	}
	c.waiting = append(c.waiting, command("COMMIT"))
	err := c.flush()
	if c.lost {
		return fmt.Errorf("%w: %v", store.ErrUncertain, err) // not %w: its cause must not look retryable
	}
	return err
}

func (c *conn) Rollback() error {
	c.waiting = c.waiting[:0]
	if c.lost || c.pg.IsClosed() {
		return errLost
	}
	if c.pg.TxStatus() == 'I' {
		return nil
	}
	c.waiting = append(c.waiting, command("ROLLBACK"))
	return c.flush()
}

func (c *conn) Alive() bool { return !c.lost && c.pg.TxStatus() != 'E' }

func (c *conn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return c.pg.Close(ctx)
}

// flush sends the statements that wait in one pipeline and reads their answers.
//
// Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
func (c *conn) flush() error {
	waiting := c.waiting
	if len(waiting) == 0 {
		return nil
	}
	c.waiting = c.waiting[:0]
	defer clear(waiting)
	if err := c.pg.Conn().SetDeadline(time.Now().Add(timeout)); err != nil {
		return c.failed(err)
	}
	c.lost = true // unless we come to the end: a scan function may panic among the answers
	p := c.pg.StartPipeline(c.ctx)
	for i := range waiting {
		c.cache.send(p, &waiting[i])
	}
	err := p.Sync()
	if err == nil {
		err = c.receive(p, waiting)
	}
	if closing := p.Close(); err == nil {
		err = closing
	}
	c.lost = c.pg.IsClosed()
	return c.failed(err)
}

// receive reads the answers, up to the one that says that the server has given up the transaction. A failure is put
// down to the part that sent the statement, if there is one.
func (c *conn) receive(p *pgconn.Pipeline, sent []statement) (first error) {
	defer func() {
		if first != nil {
			c.cache.forget(sent)
		}
	}()
	for i := range sent {
		err := c.cache.receive(p, &sent[i])
		if err == nil {
			continue
		}
		goesOn := errors.As(err, new(*scanError)) || errors.As(err, new(*store.RowsError))
		if part := sent[i].part; part != nil && part.blame(err) {
			err = errSpoiled
		}
		if first == nil {
			first = err
		}
		if !goesOn {
			break
		}
	}
	return first
}

// failed says what an error means, and notices when the connection went with it.
func (c *conn) failed(err error) error {
	var stopped *scanError
	switch {
	case errors.As(err, &stopped):
		return stopped.err
	case err == nil, errors.Is(err, errSpoiled), errors.As(err, new(*store.RowsError)):
		return err
	}
	err = classify(err)
	c.lost = c.lost || errors.Is(err, store.ErrUnavailable)
	if ended := c.ctx.Err(); ended != nil {
		return ended
	}
	return err
}
