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
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var embedded embed.FS

// Migrate brings the schema up to date, under the lock, and refuses one that is newer than this program. Migrations nil means
// the product's. Shared texts stand in the root of migrations, those of one dialect in the folder of its name. When
// nothing is to be done the lock is not taken.
func Migrate(ctx context.Context, dialect *Dialect, db *sql.DB, migrations fs.FS, lock lock.SessionLocker) error {
	if migrations == nil {
		var err error
		if migrations, err = fs.Sub(embedded, "migrations"); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	names := map[string]goose.Dialect{"sqlite": goose.DialectSQLite3, "postgres": goose.DialectPostgres}
	provider, err := goose.NewProvider(names[dialect.Name], db, layered{own: dialect.Name, root: migrations},
		goose.WithSessionLocker(lock), goose.WithDisableGlobalRegistry(true))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	pending, err := behind(ctx, provider)
	if err != nil || !pending {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		// Somebody else may have had the lock, and done it.
		if pending, _ := behind(ctx, provider); pending {
			return fmt.Errorf("store: migrate: %w", err)
		}
	}
	return nil
}

// behind reports whether migrations are missing.
func behind(ctx context.Context, provider *goose.Provider) (bool, error) {
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return true, fmt.Errorf("store: schema version: %w", err)
	}
	if current > target {
		return true, fmt.Errorf("%w: its schema is version %d, this program knows %d", ErrNewerSchema, current, target)
	}
	return current < target, nil
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
