package postgres

import (
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"hookswitch/internal/store"
)

// Raw opens the database at url for what knows no table by heart, a backup, beside servers that may use it.
func Raw(url string) (*sql.DB, *store.Dialect, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, nil, fmt.Errorf("postgres: the database URL: %w", err)
	}
	config.RuntimeParams["application_name"] = "hookswitch backup"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(1)
	return db, dialect(), nil
}
