// Package sqlite keeps the store in one file, with the pure Go SQLite of modernc.org.
//
// The file is in WAL mode at synchronous=FULL: a commit is on the disk when it returns. One connection writes, see
// the group commit of package store; the others read snapshots beside it. Other processes may use the same file.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"hookswitch/internal/store"
)

// busyTimeout is how long a statement waits for another process to release the file.
const busyTimeout = 5 * time.Second

// Open opens the database file, makes it if it is missing, readable by its owner only, and brings its schema up to date.
func Open(ctx context.Context, path string, opts store.Options) (*store.DB, error) {
	if err := create(path); err != nil {
		return nil, err
	}
	if err := keepWAL(path); err != nil {
		return nil, err
	}
	if err := migrate(ctx, path, opts); err != nil {
		return nil, err
	}
	pragmas := pragmas(opts)
	var unsound atomic.Bool
	return store.New(store.Engine{
		Dialect:    dialect(),
		Writers:    1,
		OpenWriter: func() (store.Conn, error) { return connectWriter(path, opts, &unsound) },
		OpenReader: func(context.Context) (store.Reader, error) {
			c, err := connect(path, append(pragmas, "query_only = 1")...)
			return &reader{conn: c}, err
		},
	}, opts), nil
}

// pageSize is that of a new file. Most pages that a commit writes are there for one row: of an index whose keys have no
// order, of a limit. So half of SQLite's usual size is half the bytes.
const pageSize = "page_size = 2048"

const waiting = "busy_timeout = 5000" // ms, as busyTimeout

func pragmas(opts store.Options) []string {
	sync := "synchronous = FULL"
	if opts.NoSync {
		sync = "synchronous = OFF"
	}
	return slices.Clip([]string{
		waiting, // first: the next one may have to wait
		sync,
		"foreign_keys = 1",
		"journal_size_limit = 67108864", // a WAL that once grew gives the disk back
	})
}

// create makes the file before SQLite does, to give it its permissions; SQLite gives the same to the files beside it.
// An existing file is not even opened: closing it would drop the locks that this process may hold on it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return f.Close()
}

// PathOf answers the file of a database URL "sqlite:PATH".
func PathOf(databaseURL string) (path string, ok bool) {
	path, ok = strings.CutPrefix(databaseURL, "sqlite:")
	return path, ok && path != ""
}
