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
		Catalog: store.Catalog{
			Tables: `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
				AND relnamespace = current_schema()::regnamespace AND relname NOT LIKE 'goose%' ORDER BY relname`,
			References: `SELECT DISTINCT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
				WHERE c.contype = 'f' AND a.relnamespace = current_schema()::regnamespace`,
			Snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
			Override: "OVERRIDING SYSTEM VALUE",
			Count: `DO $$ DECLARE c record; BEGIN
				FOR c IN SELECT table_name AS t, column_name AS n FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
					EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT coalesce(max(%I), 0) + 1 FROM %I), false)', c.t, c.n, c.n, c.t);
				END LOOP;
			END $$`,
		},
	}
}

// partition makes the part beside the table and then attaches it, which keeps nobody from reading or writing the
// table; CREATE TABLE … PARTITION OF would. It does nothing if the part is there, or if rows of its time have already
// gone to a default partition, which then keeps them.
func partition(table string, from, to time.Time) []string {
	part := fmt.Sprintf("%s_%s", table, from.UTC().Format("20060102"))
	return []string{fmt.Sprintf(`DO $$ BEGIN
	IF to_regclass('%[2]s') IS NULL THEN
		CREATE TABLE %[2]s (LIKE %[1]s INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
		ALTER TABLE %[1]s ATTACH PARTITION %[2]s FOR VALUES FROM (%[3]d) TO (%[4]d);
	END IF;
EXCEPTION WHEN check_violation OR duplicate_table OR duplicate_object OR unique_violation THEN NULL;
END $$`, table, part, from.UnixMicro(), to.UnixMicro())}
}
