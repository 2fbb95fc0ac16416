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
		var err error
		if migrations, err = fs.Sub(embedded, "migrations"); err != nil {
			return fmt.Errorf("store: %w", err)
		}
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
	switch current := version(ctx, db); {
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

// version is that of the schema; 0 if there is none yet, or if it cannot be read, which will show when it is migrated.
func version(ctx context.Context, db *sql.DB) (v int64) {
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+goose.DefaultTablename).Scan(&v); err != nil {
		return 0
	}
	return v
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
