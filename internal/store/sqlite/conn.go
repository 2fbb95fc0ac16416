package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"modernc.org/sqlite"

	"hookswitch/internal/store"
)

// conn is one connection of the driver, without database/sql between: with one goroutine per connection, its locks,
// conversions and bookkeeping of statements are only cost.
type conn struct {
	raw   driver.Conn
	stmts map[string]stmt
	inTx  bool
	dead  bool // the transaction cannot go on
	lost  bool // nor can the connection be trusted
}

type stmt interface {
	driver.StmtExecContext
	driver.StmtQueryContext
	io.Closer
}

// maxStatements bounds the cache: SQL made from a filter has no end.
const maxStatements = 256

func connect(dsn string) (*conn, error) {
	raw, err := new(sqlite.Driver).Open(dsn)
	if err != nil {
		return nil, classify(err)
	}
	return &conn{raw: raw, stmts: map[string]stmt{}}, nil
}

// Begin takes the write lock at once: a transaction that began by reading could not become a writer later if another
// process wrote in between.
func (c *conn) Begin() error { return c.begin("BEGIN IMMEDIATE") }

func (c *conn) begin(how string) error {
	c.dead = false
	err := c.run(how)
	c.inTx = err == nil
	return err
}

func (c *conn) Commit() error {
	err := c.run("COMMIT")
	if err == nil {
		c.inTx = false
	}
	return err
}

func (c *conn) Rollback() error {
	if !c.inTx {
		return c.trouble()
	}
	c.inTx = false
	dead := c.dead
	if err := c.run("ROLLBACK"); err != nil && !dead { // a dead transaction may have been rolled back already
		return err
	}
	return c.trouble()
}

func (c *conn) trouble() error {
	if c.lost {
		return errLost
	}
	return nil
}

var errLost = errors.New("sqlite: the connection has failed")

func (c *conn) Alive() bool { return !c.dead }

func (c *conn) Close() error {
	for _, s := range c.stmts {
		_ = s.Close() // the connection is closed next, and says so if that fails
	}
	return classify(c.raw.Close())
}

func (c *conn) Exec(want int64, query string, args store.Args) (wrote bool, err error) {
	values, err := bind(args)
	if err != nil {
		return false, err
	}
	s, err := c.prepare(query)
	if err != nil {
		return false, err
	}
	result, err := s.ExecContext(context.Background(), values)
	if err != nil {
		return false, c.failed(err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return true, err
	}
	return n > 0, store.CheckRows(want, n)
}

func (c *conn) Query(query string, args store.Args, scan func(store.Row) error) error {
	return c.query(context.Background(), query, args, scan)
}

func (c *conn) query(ctx context.Context, query string, args store.Args, scan func(store.Row) error) (err error) {
	values, err := bind(args)
	if err != nil {
		return err
	}
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, values)
	if err != nil {
		return c.failed(err)
	}
	defer func() { // even when scan panics: the statement will be used again
		if closing := rows.Close(); err == nil && closing != nil {
			err = c.failed(closing)
		}
	}()
	return c.each(ctx, rows, scan)
}

func (c *conn) each(ctx context.Context, rows driver.Rows, scan func(store.Row) error) error {
	r := row(make([]driver.Value, len(rows.Columns())))
	for {
		err := rows.Next(r)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return c.failed(err)
		}
		if err := scan(r); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// run executes a statement that answers nothing.
func (c *conn) run(query string) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	if _, err = s.ExecContext(context.Background(), nil); err != nil {
		return c.failed(err)
	}
	return nil
}

func (c *conn) prepare(query string) (stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for old, s := range c.stmts {
			delete(c.stmts, old)
			if err := s.Close(); err != nil {
				return nil, c.failed(err)
			}
			break
		}
	}
	prepared, err := c.raw.Prepare(query)
	if err != nil {
		return nil, c.failed(err)
	}
	s, ok := prepared.(stmt)
	if !ok {
		return nil, fmt.Errorf("sqlite: the driver's statement is a %T", prepared)
	}
	c.stmts[query] = s
	return s, nil
}

func (c *conn) failed(err error) error {
	switch hurt(err) {
	case connection:
		c.lost = true
		c.dead = true
	case transaction:
		c.dead = true
	}
	return classify(err)
}

func bind(args store.Args) ([]driver.NamedValue, error) {
	values := make([]driver.NamedValue, len(args))
	for i, arg := range args {
		v, err := store.Bind(arg)
		if err != nil {
			return nil, fmt.Errorf("$%d: %w", i+1, err)
		}
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return values, nil
}

type row []driver.Value

func (r row) Scan(dest ...any) error {
	if len(dest) != len(r) {
		return fmt.Errorf("store: %d columns scanned into %d variables", len(r), len(dest))
	}
	for i := range dest {
		if err := store.Assign(dest[i], r[i]); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}
