package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"time"

	"modernc.org/sqlite"

	"hookswitch/internal/store"
)

// migrate changes the schema in one transaction, all or nothing, which is also the lock that keeps other processes out.
// goose wants database/sql, so this is the one place where the driver is used. What goose takes for transactions are
// savepoints in ours.
func migrate(ctx context.Context, path string, opts store.Options) (err error) {
	sync := "2" // FULL
	if opts.NoSync {
		sync = "0"
	}
	raw, err := new(sqlite.Driver).Open("file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_busy_timeout=60000&_foreign_keys=1&_synchronous=" + sync)
	if err != nil {
		return classify(err)
	}
	m := migrating{Conn: raw}
	db := sql.OpenDB(m)
	db.SetMaxOpenConns(1)
	defer func() { err = classify(errors.Join(err, db.Close(), raw.Close())) }()
	return store.Migrate(ctx, dialect(), db, opts.Migrations, func(context.Context) (func(bool) error, error) {
		if err := m.exec("BEGIN IMMEDIATE"); err != nil {
			return nil, err
		}
		return func(well bool) error {
			if well {
				return m.exec("COMMIT")
			}
			return m.exec("ROLLBACK")
		}, nil
	})
}

// migrating is the driver's connection as database/sql sees it: the only one, not closed, whose transactions are savepoints.
type migrating struct{ driver.Conn }

func (m migrating) Connect(context.Context) (driver.Conn, error) { return m, nil }
func (m migrating) Driver() driver.Driver                        { return nil }
func (m migrating) Close() error                                 { return nil }
func (m migrating) Begin() (driver.Tx, error)                    { return m, m.exec("SAVEPOINT migration") }
func (m migrating) Commit() error                                { return m.exec("RELEASE migration") }
func (m migrating) Rollback() error                              { return m.exec("ROLLBACK TO migration; RELEASE migration") }

func (m migrating) exec(query string) error {
	execer, ok := m.Conn.(driver.ExecerContext)
	if !ok {
		return fmt.Errorf("sqlite: the driver's connection is a %T", m.Conn)
	}
	_, err := execer.ExecContext(context.Background(), query, nil)
	return err
}

// keepWAL changes the file to WAL mode, in which it stays. While another process does the same, SQLite does not wait
// as busy_timeout would have it.
func keepWAL(path string) error {
	c, err := connect(path, waiting, pageSize)
	if err != nil {
		return err
	}
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) { //nolint:forbidigo // another process holds the file, and does not tell when it lets go
		var mode string
		err := c.Query("PRAGMA journal_mode = WAL", nil, func(r store.Row) error { return r.Scan(&mode) })
		switch {
		case errors.Is(err, store.ErrBusy) && time.Since(begun) < busyTimeout:
			continue
		case err == nil && mode != "wal":
			err = fmt.Errorf("%w: SQLite cannot share memory on this disk: journal mode %s", store.ErrUnavailable, mode)
		}
		return errors.Join(err, c.Close())
	}
}
