// Package postgres keeps the store in PostgreSQL 15 or newer, where several nodes share it.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"hookswitch/internal/store"
)

// Open connects to the database at url (postgres://…, or a libpq connection string) and brings its schema up to date,
// under an advisory lock. Prepared statements and session settings must survive between transactions: behind PgBouncer,
// use session pooling.
func Open(ctx context.Context, url string, opts store.Options) (*store.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: the database URL: %w", err)
	}
	for name, value := range map[string]string{
		"application_name":                    "hookswitch",
		"lock_timeout":                        "200ms",
		"idle_in_transaction_session_timeout": "60s",
		"jit":                                 "off", // compiling costs more than any statement of ours
	} {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	if err := migrate(ctx, config.Copy(), opts); err != nil {
		return nil, err
	}
	if opts.Writers <= 0 {
		opts.Writers = defaultWriters
	}
	readers, writing := snapshots(&config.Config), byIndex(&config.Config)
	return store.New(store.Engine{
		Dialect: dialect(),
		Writers: opts.Writers,
		OpenWriter: func() (store.Conn, error) {
			ctx, cancel := context.WithTimeout(context.Background(), timeout)
			defer cancel()
			return connect(ctx, writing)
		},
		OpenReader: func(ctx context.Context) (store.Reader, error) {
			return connectReader(ctx, readers)
		},
	}, opts), nil
}

// byIndex are the session's settings of a writer. Each of its statements has an index; but a plan that was made while a
// table was small reads all of it, and is kept while the table grows.
func byIndex(config *pgconn.Config) *pgconn.Config {
	config = config.Copy()
	config.RuntimeParams["enable_seqscan"] = "off"
	config.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	return config
}

const defaultWriters = 1

func migrate(ctx context.Context, config *pgx.ConnConfig, opts store.Options) (err error) {
	config.RuntimeParams["lock_timeout"] = "0" // another node may be at it
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return store.Migrate(ctx, dialect(), db, opts.Migrations, func(ctx context.Context) (func(bool) error, error) { return lock(ctx, db) })
}

// advisoryLock is a number nobody else should use in our database.
const advisoryLock = 0x686f6f6b // "hook"

// lock lets one of the nodes that start at the same time change the schema while the others wait.
func lock(ctx context.Context, db *sql.DB) (unlock func(bool) error, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", advisoryLock); err != nil {
		return nil, errors.Join(fmt.Errorf("postgres: migrate: %w", err), conn.Close())
	}
	return func(bool) error {
		_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", advisoryLock)
		return errors.Join(err, conn.Close())
	}, nil
}
