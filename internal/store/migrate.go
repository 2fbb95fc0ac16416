package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var embedded embed.FS

// Lock keeps other processes from migrating the same database until unlock is called, which is told whether all went
// well.
type Lock func(context.Context) (unlock func(well bool) error, err error)

// Migrate brings the schema up to date and refuses one that is newer than this program. Migrations nil means the
// product's. Shared texts stand in the root of migrations, those of one dialect in the folder of its name. When
// nothing is to be done the lock is not taken.
func Migrate(ctx context.Context, dialect *Dialect, db *sql.DB, migrations fs.FS, lock Lock) error {
	if migrations == nil {
		migrations = own()
	}
	names := map[string]goose.Dialect{"sqlite": goose.DialectSQLite3, "postgres": goose.DialectPostgres}
	provider, err := goose.NewProvider(names[dialect.Name], db, layered{own: dialect.Name, root: migrations},
		goose.WithDisableGlobalRegistry(true))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	var newest int64
	for _, source := range provider.ListSources() {
		newest = max(newest, source.Version)
	}
	current, err := SchemaVersion(ctx, db)
	if err != nil {
		current = 0 // no schema yet, or none that can be read, which will show when it is migrated
	}
	switch {
	case current > newest:
		return fmt.Errorf("%w: its schema is version %d, this program knows %d", ErrNewerSchema, current, newest)
	case current == newest:
		return nil
	}
	unlock, err := lock(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	// If somebody else has migrated while we waited, this does nothing.
	if _, err = provider.Up(ctx); err != nil {
		err = fmt.Errorf("store: migrate: %w", err)
	}
	return errors.Join(err, unlock(err == nil))
}

// SchemaVersion is the number of the newest migration that a database has seen.
func SchemaVersion(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (v int64, err error) {
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+goose.DefaultTablename).Scan(&v); err != nil {
		return 0, fmt.Errorf("store: the schema's version: %w", err)
	}
	return v, nil
}

// NewestSchema is the version of the schema that this program makes.
func NewestSchema(dialect *Dialect) (newest int64) {
	files, err := layered{own: dialect.Name, root: own()}.ReadDir(".")
	if err != nil {
		return 0
	}
	for _, file := range files {
		newest = max(newest, numberOf(file.Name()))
	}
	return newest
}

func own() fs.FS {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return migrations
}

// MigrationsUpTo is the product's schema as it was at a version, for [Options].Migrations. It answers ErrNewerSchema
// for a version that this program does not know.
func MigrationsUpTo(version int64) (fs.FS, error) {
	past := upTo{own(), version}
	known := false
	err := fs.WalkDir(past.FS, ".", func(path string, _ fs.DirEntry, err error) error {
		known = known || numberOf(path) == version
		return err
	})
	if err == nil && !known {
		err = fmt.Errorf("%w: its schema is version %d", ErrNewerSchema, version)
	}
	return past, err
}

// upTo hides the migrations above a version.
type upTo struct {
	fs.FS
	version int64
}

func (u upTo) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(u.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return numberOf(e.Name()) > u.version }), err
}

// numberOf is the number that a migration's name begins with; 0 for other files.
func numberOf(name string) (n int64) {
	digits, _, _ := strings.Cut(path.Base(name), "_")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// layered shows the files of the root and of one of its folders as one folder.
type layered struct {
	own  string
	root fs.FS
}

func (l layered) Open(name string) (fs.File, error) {
	f, err := l.root.Open(path.Join(l.own, name))
	if errors.Is(err, fs.ErrNotExist) {
		return l.root.Open(name)
	}
	return f, err
}

func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	own, err := fs.ReadDir(l.root, path.Join(l.own, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	shared, err := fs.ReadDir(l.root, name)
	if err != nil {
		return nil, err
	}
	return slices.Concat(own, shared), nil
}
