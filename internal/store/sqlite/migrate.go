package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"hookswitch/internal/store"
)

// migrate changes the schema in one transaction, all or nothing, which is also the lock that keeps other processes out.
// What goose takes for transactions are savepoints in it.
func migrate(ctx context.Context, path string, opts store.Options) error {
	c, err := connect(dsn(path, opts, "busy_timeout(60000)"))
	if err != nil {
		return err
	}
	if err := c.keepWAL(); err != nil {
		return errors.Join(err, c.Close())
	}
	db := sql.OpenDB(connector{c})
	db.SetMaxOpenConns(1)
	err = store.Migrate(ctx, dialect(), db, opts.Migrations, func(context.Context) (func(bool) error, error) {
		if err := c.Begin(); err != nil {
			return nil, err
		}
		return func(well bool) error {
			if well {
				return c.Commit()
			}
			return c.Rollback()
		}, nil
	})
	return errors.Join(classify(err), db.Close(), c.Close())
}

// keepWAL changes the file to WAL mode, in which it stays. While another process does the same, SQLite does not wait
// as busy_timeout would have it.
func (c *conn) keepWAL() error {
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) { //nolint:forbidigo // another process holds the file, and does not tell when it lets go
		var mode string
		err := c.Query("PRAGMA journal_mode = WAL", nil, func(r store.Row) error { return r.Scan(&mode) })
		switch {
		case errors.Is(err, store.ErrBusy) && time.Since(begun) < busyTimeout:
			continue
		case err == nil && mode != "wal":
			return fmt.Errorf("%w: the disk has no shared memory for SQLite: journal mode %s", store.ErrUnavailable, mode)
		}
		return err
	}
}

// connector gives database/sql, which goose wants, our connection.
type connector struct{ c *conn }

func (f connector) Connect(context.Context) (driver.Conn, error) { return nested(f), nil }
func (f connector) Driver() driver.Driver                        { return nil }

// nested shows the connection to database/sql. Its transactions are savepoints.
type nested struct{ c *conn }

func (n nested) Prepare(query string) (driver.Stmt, error) { return n.c.raw.Prepare(query) }
func (n nested) Begin() (driver.Tx, error)                 { return n, n.c.run("SAVEPOINT migration") }
func (n nested) Commit() error                             { return n.c.run("RELEASE migration") }
func (n nested) Rollback() error {
	return errors.Join(n.c.run("ROLLBACK TO migration"), n.c.run("RELEASE migration"))
}

// Close leaves the connection to migrate.
func (n nested) Close() error { return nil }
