package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hookswitch/internal/store"
)

// conn is one connection with its prepared statements and the state of its transaction.
type conn struct {
	*database
	stmts map[string]*statement
	lost  bool // not to be trusted any more
}

// maxStatements bounds the statements kept prepared: SQL made from a filter has no end.
const maxStatements = 256

// connect opens a file that exists. The pragmas are set in their order.
func connect(path string, pragmas ...string) (*conn, error) {
	d, err := openDatabase(path)
	if err != nil {
		return nil, classify(err)
	}
	c := &conn{database: d, stmts: map[string]*statement{}}
	for _, pragma := range pragmas {
		if _, err := c.Exec(store.AnyRows, "PRAGMA "+pragma, nil); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// Begin takes the write lock at once: a transaction that began by reading could not become a writer later if another
// process wrote in between.
func (c *conn) Begin() error { return c.run("BEGIN IMMEDIATE") }

func (c *conn) Commit() error { return c.run("COMMIT") }

func (c *conn) Rollback() error {
	if c.inTransaction() {
		if err := c.run("ROLLBACK"); err != nil {
			return err
		}
	}
	if c.lost {
		return errLost
	}
	return nil
}

var errLost = errors.New("sqlite: the connection has failed")

// Alive is false, too, when an error made SQLite roll back by itself.
func (c *conn) Alive() bool { return !c.lost && c.inTransaction() }

func (c *conn) Close() error {
	for _, s := range c.stmts {
		s.finalize()
	}
	c.close()
	return nil
}

func (c *conn) Exec(want int64, query string, args store.Args) (wrote bool, err error) {
	s, err := c.ready(query, args)
	if err != nil {
		return false, err
	}
	defer s.reset()
	before := c.allChanges()
	for more := true; more; {
		if more, err = s.step(); err != nil {
			return false, c.failed(err)
		}
	}
	n := int64(0)
	if c.allChanges() != before { // else changes answers for an earlier statement
		n = c.changes()
	}
	return n > 0 || !touchesRows(query), store.CheckRows(want, n)
}

// touchesRows reports whether a statement changes rows or nothing; another may change the schema.
func touchesRows(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	return verb == "UPDATE" || verb == "INSERT" || verb == "DELETE"
}

func (c *conn) Query(query string, args store.Args, scan func(store.Row) error) error {
	return c.query(context.Background(), query, args, scan)
}

func (c *conn) query(ctx context.Context, query string, args store.Args, scan func(store.Row) error) error {
	s, err := c.ready(query, args)
	if err != nil {
		return err
	}
	defer s.reset() // even when scan panics: the statement will be used again
	for {
		more, err := s.step()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return c.failed(err)
		case !more:
			return nil
		}
		if err := scan(row{s}); err != nil {
			return err
		}
	}
}

// run executes a statement that has no arguments and no answer.
func (c *conn) run(query string) error {
	_, err := c.Exec(store.AnyRows, query, nil)
	return err
}

// ready answers the prepared statement with its arguments bound.
func (c *conn) ready(query string, args store.Args) (*statement, error) {
	s, ok := c.stmts[query]
	if !ok {
		if len(c.stmts) >= maxStatements {
			for text, old := range c.stmts {
				delete(c.stmts, text)
				old.finalize()
				break
			}
		}
		var err error
		if s, err = c.prepare(query); err != nil {
			return nil, c.failed(err)
		}
		c.stmts[query] = s
	}
	if err := s.bind(args); err != nil {
		return nil, c.failed(err)
	}
	return s, nil
}

func (c *conn) failed(err error) error {
	c.lost = c.lost || loses(err)
	return classify(err)
}

// row is the row under the statement.
type row struct{ *statement }

func (r row) Scan(dest ...any) error {
	if len(dest) != r.columns {
		return fmt.Errorf("store: %d columns scanned into %d variables", r.columns, len(dest))
	}
	for i, d := range dest {
		if r.assign(i, d) {
			continue
		}
		if err := store.Assign(d, r.column(i)); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}
