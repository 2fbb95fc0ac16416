package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"hookswitch/internal/app"
)

type backupCommand struct {
	settings
	File  string `arg:"" help:"File to write; - for the standard output."`
	Force bool   `help:"Replace the file if it is there."`
	JSON  bool   `help:"Print JSON."`
}

// Run writes the file; servers may be running.
func (c backupCommand) Run(ctx context.Context, s streams) error {
	bar := newProgress(s.err, 100)
	if c.File == "-" {
		_, err := app.Backup(ctx, c.options(s.err), s.out, bar.part)
		bar.end()
		return err
	}
	if _, err := os.Lstat(c.File); !c.Force && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already; name another file, or say --force", c.File)
	}
	// Written beside and moved into place: a file of this name is whole.
	f, err := os.CreateTemp(filepath.Dir(c.File), filepath.Base(c.File)+".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	about, err := app.Backup(ctx, c.options(s.err), f, bar.part)
	bar.end()
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), c.File); err != nil {
		return err
	}
	size, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"file": c.File, "bytes": size.Size(), "rows": about.Rows, "schema": about.Schema, "database": about.Database, "created": about.Created})
	}
	fmt.Fprintf(s.out, "%s holds %d rows in %d bytes. Keep the master key apart from it: %s\n", c.File, about.Rows, size.Size(), c.keyFile())
	return nil
}

func (s settings) keyFile() string {
	if s.MasterKeyFile != "" {
		return s.MasterKeyFile
	}
	return filepath.Join(s.Data, "master.key")
}

type restoreCommand struct {
	settings
	File   string `arg:"" help:"Backup to read; - for the standard input."`
	DryRun bool   `help:"Read the whole backup, say whether it is good, and change nothing."`
	JSON   bool   `help:"Print JSON."`
}

// Run fills an empty database; no server may use it yet.
func (c restoreCommand) Run(ctx context.Context, s streams) error {
	from := io.Reader(os.Stdin)
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // it was only read
		from = f
	}
	bar := newProgress(s.err, 100)
	var about app.BackupAbout
	var fit app.KeyFit
	var err error
	if c.DryRun {
		about, err = app.VerifyBackup(from, bar.part)
	} else {
		about, fit, err = app.Restore(ctx, c.options(s.err), from, bar.part)
	}
	bar.end()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"rows": about.Rows, "schema": about.Schema, "database": about.Database, "version": about.Version,
			"created": about.Created, "restored": !c.DryRun, "masterKey": fit})
	}
	if c.DryRun {
		fmt.Fprintf(s.out, "The backup is whole: %d rows, written %s by version %s from %s.\n", about.Rows, about.Created.Format("2006-01-02 15:04 UTC"), about.Version, about.Database)
		return nil
	}
	fmt.Fprintf(s.out, "Restored %d rows of %s.\n", about.Rows, about.Created.Format("2006-01-02 15:04 UTC"))
	switch fit {
	case app.KeyMissing:
		fmt.Fprintf(s.out, "Put the master key of that installation at %s before you start the server.\n", c.keyFile())
	case app.KeyWrong:
		fmt.Fprintf(s.out, "The master key at %s is another installation's: replace it before you start the server.\n", c.keyFile())
	case app.KeyFits:
	}
	return nil
}
