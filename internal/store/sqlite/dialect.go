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
	}
}
