package store

import "time"

// Dialect is everything in which the SQL texts of the two databases differ. A statement that needs none of it is
// written once.
type Dialect struct {
	// Name is "sqlite" or "postgres"; it is also the folder of the dialect's own migrations.
	Name string

	// Claim ends a SELECT by which one of several workers takes rows that no other worker holds:
	//
	//	UPDATE t SET owner = $1 WHERE id IN (SELECT id FROM t WHERE … LIMIT 10 <Claim>) RETURNING id
	Claim string

	// Settled is the condition on a log's rows under which no row with a smaller (tx, id) can still appear, so that a
	// reader who orders by (tx, id) and remembers the last pair never skips a transaction that commits late. The
	// table has the columns "tx BIGINT" (filled by [Dialect.LogTx]) and "id".
	Settled string

	// LogTx is the expression a log's INSERT writes into its column tx.
	LogTx string

	// Contains answers the condition that text holds the words of pattern, whatever the case. Both are SQL expressions.
	// It is a search without an index: bound it by other conditions.
	Contains func(text, pattern string) string

	// Partition answers the statements that make room in a table partitioned by a BIGINT time column for the rows in
	// [from, to), if that was not done yet. None on SQLite, where a table has no parts.
	Partition func(table string, from, to time.Time) []string

	// Catalog is how a backup reads and fills tables that it does not know by heart.
	Catalog Catalog
}

// Catalog are statements about the schema itself.
type Catalog struct {
	Tables     string // names the tables that hold data, goose's own not among them
	References string // pairs of tables: one, and another that its rows refer to
	Snapshot   string // begins a transaction that reads one moment and writes nothing
	Override   string // stands before VALUES where rows bring ids that the table else counts itself
	Count      string // lets such tables go on counting behind the ids that they hold
}

// LogTable is the table of the System Log, the one that [Dialect.Partition] is about.
const LogTable = "events"
