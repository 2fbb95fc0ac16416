package sqlite

import (
	"time"

	"hookswitch/internal/store"
)

func dialect() *store.Dialect {
	return &store.Dialect{
		Name: "sqlite",
		// One writer: nobody else can claim, and a smaller id cannot appear later.
		Claim:   "",
		Settled: "TRUE",
		LogTx:   "0",
		Contains: func(text, pattern string) string {
			return "instr(lower(" + text + "), lower(" + pattern + ")) > 0"
		},
		Partition: func(string, time.Time, time.Time) []string { return nil },
		Catalog: store.Catalog{
			Tables:     `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' ORDER BY name`,
			References: `SELECT m.name, f."table" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'`,
			Snapshot:   "BEGIN",
		},
	}
}
