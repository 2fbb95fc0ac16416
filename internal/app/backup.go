package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"hookswitch/internal/admin"
	"hookswitch/internal/store"
	"hookswitch/internal/store/backup"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/sqlite"
)

// BackupAbout is what a backup tells of itself.
type BackupAbout = backup.About

// KeyFit tells how a master key fits the secrets of a database.
type KeyFit string

// How a master key can fit.
const (
	KeyFits    KeyFit = "fits"
	KeyMissing KeyFit = "missing" // there is no key file
	KeyWrong   KeyFit = "wrong"   // it does not open the secrets
)

// Backup writes all that the database holds at this moment to w, while servers use it.
func Backup(ctx context.Context, o Options, w io.Writer, progress backup.Progress) (about backup.About, err error) {
	o, err = o.Effective()
	if err != nil {
		return about, err
	}
	db, dialect, err := rawDatabase(o.DatabaseURL)
	if err != nil {
		return about, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return backup.Write(ctx, db, dialect, o.Version, o.Now(), w, progress)
}

// VerifyBackup reads a backup to its end and changes nothing.
func VerifyBackup(r io.Reader, progress backup.Progress) (backup.About, error) {
	from, err := backup.NewReader(r)
	if err != nil {
		return backup.About{}, err
	}
	for done := int64(1); ; done++ {
		_, _, _, err := from.Next()
		if errors.Is(err, io.EOF) {
			return from.About, nil
		}
		if err != nil {
			return from.About, err
		}
		progress(done, from.About.Rows)
	}
}

// Restore fills the database, which must be empty, from a backup and brings it up to this program's schema. Nothing
// remains of a restore that fails. It also tells whether the master key that is there opens the secrets.
func Restore(ctx context.Context, o Options, r io.Reader, progress backup.Progress) (backup.About, KeyFit, error) {
	o, err := o.Effective()
	if err != nil {
		return backup.About{}, "", err
	}
	from, err := backup.NewReader(r)
	if err != nil {
		return backup.About{}, "", err
	}
	then, err := store.MigrationsUpTo(from.About.Schema)
	if err != nil {
		return from.About, "", fmt.Errorf("%w: %w", backup.ErrFormat, err)
	}
	path, ok := sqlite.PathOf(o.DatabaseURL)
	if !ok {
		err := emptyDatabase(ctx, o.DatabaseURL)
		if err != nil {
			return from.About, "", err
		}
		fit, err := fill(ctx, o, o.DatabaseURL, func() (*sql.DB, *store.Dialect, error) { return postgres.Raw(o.DatabaseURL) }, store.Options{Migrations: then}, from, progress)
		return from.About, fit, err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return from.About, "", fmt.Errorf("%w: %s is there; move it away, or restore to another place with --database-url", backup.ErrNotEmpty, path)
	}
	beside := path + ".restoring" // a file that is only half a database must not bear its name
	if err := removeDatabase(beside); err != nil {
		return from.About, "", err
	}
	fit, err := fill(ctx, o, "sqlite:"+beside, func() (*sql.DB, *store.Dialect, error) { return sqlite.RawToFill(beside) }, store.Options{Migrations: then}, from, progress)
	if err == nil {
		err = settle(beside, path)
	}
	if err != nil {
		err = errors.Join(err, removeDatabase(beside))
	}
	return from.About, fit, err
}

// fill makes the schema of the backup's time, loads the rows, and goes on to the schema of today.
func fill(ctx context.Context, o Options, url string, raw func() (*sql.DB, *store.Dialect, error), then store.Options, from *backup.Reader, progress backup.Progress) (KeyFit, error) {
	made, err := openDatabase(ctx, url, then)
	if err != nil {
		return "", err
	}
	if err := made.Close(); err != nil {
		return "", err
	}
	db, dialect, err := raw()
	if err != nil {
		return "", err
	}
	if err := errors.Join(backup.Load(ctx, db, dialect, from, progress), db.Close()); err != nil {
		return "", err
	}
	return keyFit(ctx, o, url)
}

// keyFit opens the database, which brings its schema up to date, and one of its secrets.
func keyFit(ctx context.Context, o Options, url string) (fit KeyFit, err error) {
	fit = KeyMissing
	var key masterKey
	if _, err := os.Stat(o.MasterKeyFile); err == nil {
		fit = KeyFits
		if key, err = loadMasterKey(o.MasterKeyFile); err != nil {
			fit = KeyWrong
		}
	}
	opts := store.Options{Now: o.Now}
	if fit == KeyFits {
		opts.Sealer = key
	}
	db, err := openDatabase(ctx, url, opts)
	if err != nil {
		return fit, err
	}
	if fit == KeyFits {
		if err := db.View(ctx, func(tx *store.Tx) error { _, err := tx.Secret(admin.PasscodeKey); return err }); err != nil {
			fit = KeyWrong
		}
	}
	return fit, db.Close()
}

func rawDatabase(databaseURL string) (*sql.DB, *store.Dialect, error) {
	path, ok := sqlite.PathOf(databaseURL)
	if !ok {
		return postgres.Raw(databaseURL)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, nil, fmt.Errorf("there is no database to back up: %w", err)
	}
	return sqlite.Raw(path)
}

func emptyDatabase(ctx context.Context, databaseURL string) error {
	db, dialect, err := postgres.Raw(databaseURL)
	if err != nil {
		return err
	}
	err = errors.Join(backup.Empty(ctx, db, dialect), db.Close())
	if errors.Is(err, backup.ErrNotEmpty) {
		return fmt.Errorf("%w; restore into a new one: createdb NAME, and --database-url=postgres://…/NAME", err)
	}
	return err
}

// settle gives a finished file its name, durably.
func settle(from, to string) error {
	for _, step := range []func() error{
		func() error { return syncPath(from) },
		func() error { return os.Rename(from, to) },
		func() error { return syncPath(filepath.Dir(to)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeDatabase(path string) error {
	var all error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}
