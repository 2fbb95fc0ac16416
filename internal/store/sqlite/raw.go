package sqlite

import (
	"database/sql"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the driver for database/sql

	"hookswitch/internal/store"
)

// Raw opens a file that exists for what knows no table by heart, a backup: one connection, beside a server that may use
// the same file.
func Raw(path string) (*sql.DB, *store.Dialect, error) {
	return raw(path, "&_pragma=query_only(1)")
}

// RawToFill is Raw for a file that nobody else uses yet: what is written is on the disk once SyncFile has said so.
func RawToFill(path string) (*sql.DB, *store.Dialect, error) {
	return raw(path, "&_pragma=journal_mode(DELETE)&_pragma=synchronous(OFF)&_pragma=foreign_keys(1)")
}

func raw(path, pragmas string) (*sql.DB, *store.Dialect, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=rw&_pragma="+fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds())+pragmas)
	if err != nil {
		return nil, nil, fmt.Errorf("sqlite: %w", err)
	}
	db.SetMaxOpenConns(1)
	return db, dialect(), nil
}
