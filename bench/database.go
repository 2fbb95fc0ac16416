package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"hookswitch"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/sqlite"
)

// database is where a server keeps what it must not lose.
type database struct {
	url        string
	durability string // in words
	postmaster int    // the process whose children do the work; 0 when the server does it itself
	open       func(ctx context.Context) (*store.DB, error)
	stop       func()
}

func openSQLite(folder string) *database {
	path := filepath.Join(folder, "hookswitch.db")
	return &database{
		url: "sqlite:" + path, durability: "WAL, synchronous=FULL",
		open: func(ctx context.Context) (*store.DB, error) { return sqlite.Open(ctx, path, store.Options{}) },
		stop: func() {},
	}
}

// startPostgres runs a throw-away PostgreSQL with its own defaults: every commit is on the disk.
func startPostgres(ctx context.Context) (*database, error) {
	cluster := &postgrestest.Cluster{}
	url, err := cluster.Make("bench")
	if err != nil {
		cluster.Stop()
		return nil, err
	}
	d := &database{
		url:  url,
		open: func(ctx context.Context) (*store.DB, error) { return postgres.Open(ctx, url, store.Options{}) },
		stop: cluster.Stop,
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		d.stop()
		return nil, err
	}
	var backend int
	var version, fsync, commit string
	err = conn.QueryRow(ctx, `SELECT pg_backend_pid(), current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')`).
		Scan(&backend, &version, &fsync, &commit)
	if err == nil {
		d.postmaster, err = parentOf(backend)
	}
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		d.stop()
		return nil, err
	}
	d.durability = fmt.Sprintf("PostgreSQL %s, fsync %s, synchronous_commit %s", version, fsync, commit)
	return d, nil
}

// fill brings the schema up to date and seeds people.
func (d *database) fill(ctx context.Context, numbers int) ([]enrolled, error) {
	db, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	people, err := seed(ctx, db, numbers, time.Now())
	if err = errors.Join(err, db.Close()); err != nil || d.postmaster == 0 {
		return people, err
	}
	// What the autovacuum would do a minute later, in the middle of a measurement.
	conn, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(ctx, "VACUUM ANALYZE")
	return people, errors.Join(err, conn.Close(ctx))
}

// tally is how many events of a cycle the System Log holds.
type tally struct{ sends, statuses, verifications int }

// count reads the System Log.
func (d *database) count(ctx context.Context) (tally, error) {
	db, err := d.open(ctx)
	if err != nil {
		return tally{}, err
	}
	var t tally
	err = db.View(ctx, func(tx *store.Tx) error {
		return tx.Query(`SELECT type, result, COUNT(*) FROM events GROUP BY type, result`, nil, func(r store.Row) error {
			var kind hookswitch.EventType
			var result hookswitch.Result
			var n int
			if err := r.Scan(&kind, &result, &n); err != nil {
				return err
			}
			if result != hookswitch.ResultSuccess {
				return fmt.Errorf("the System Log has %d events %s %s", n, kind, result)
			}
			switch kind {
			case hookswitch.SMSFactorVerify:
				t.sends = n
			case hookswitch.SMSStatus:
				t.statuses = n
			case hookswitch.AuthByFactor:
				t.verifications = n
			}
			return nil
		})
	})
	return t, errors.Join(err, db.Close())
}
