package postgres

import (
	"fmt"
	"time"

	"hookswitch/internal/store"
)

func dialect() *store.Dialect {
	return &store.Dialect{
		Name:  "postgres",
		Claim: "FOR UPDATE SKIP LOCKED",
		// Rows of transactions that are older than every transaction still running: nothing can come before them.
		Settled:   "tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
		LogTx:     "pg_current_xact_id()::text::bigint",
		Contains:  func(text, pattern string) string { return "strpos(lower(" + text + "), lower(" + pattern + ")) > 0" },
		Partition: partition,
	}
}

// partition makes the part beside the table and then attaches it, which keeps nobody from reading or writing the
// table; CREATE TABLE … PARTITION OF would.
func partition(table string, from, to time.Time) []string {
	part := fmt.Sprintf("%s_%s", table, from.UTC().Format("20060102"))
	return []string{
		fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)", part, table),
		fmt.Sprintf("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)", table, part, from.UnixMicro(), to.UnixMicro()),
	}
}
