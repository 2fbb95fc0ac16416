package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"hookswitch/internal/store"
)

// ErrNotEmpty is answered for a database that holds something: a restore would mix two installations.
var ErrNotEmpty = errors.New("the database is not empty")

// Load fills a database whose tables are those of the backup's schema and empty: all of the backup, or nothing.
func Load(ctx context.Context, db *sql.DB, dialect *store.Dialect, from *Reader, progress Progress) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	l := &loader{conn: conn, dialect: dialect, months: map[time.Time]bool{}}
	err = l.load(ctx, from, progress)
	finish := "COMMIT"
	if err != nil {
		finish = "ROLLBACK"
	}
	_, finished := conn.ExecContext(context.WithoutCancel(ctx), finish)
	return errors.Join(err, finished)
}

// Empty answers ErrNotEmpty, or an error of the database, unless no table holds a row. A database without tables is empty.
func Empty(ctx context.Context, db *sql.DB, dialect *store.Dialect) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	_, err = emptyTables(ctx, conn, dialect)
	return err
}

func emptyTables(ctx context.Context, conn *sql.Conn, dialect *store.Dialect) ([]string, error) {
	names, err := tables(ctx, conn, dialect)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var some bool
		if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+name+")").Scan(&some); err != nil {
			return nil, fmt.Errorf("restore: table %s: %w", name, err)
		}
		if some && name != seeded {
			return nil, fmt.Errorf("%w: its table %s has rows", ErrNotEmpty, name)
		}
	}
	return names, nil
}

// seeded is the table to which the migrations give a row: it is in every database, and makes room for what is restored.
const seeded = "delivery_counts_until"

// loader gathers rows of one table and inserts them together.
type loader struct {
	conn    *sql.Conn
	dialect *store.Dialect

	table   string
	columns []string
	rows    [][]any
	full    *sql.Stmt // inserts as many rows as are gathered
	months  map[time.Time]bool
}

// gathered is how many values one statement takes: well below SQLite's 32,766 and PostgreSQL's 65,535.
const gathered = 8000

func (l *loader) load(ctx context.Context, from *Reader, progress Progress) error {
	known, err := emptyTables(ctx, l.conn, l.dialect)
	if err != nil {
		return err
	}
	for done := int64(0); ; done++ {
		name, columns, row, err := from.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if name != l.table {
			if err := l.begin(ctx, known, name, columns); err != nil {
				return err
			}
		}
		if l.rows = append(l.rows, row); len(l.rows) == l.size() {
			if err := l.flush(ctx); err != nil {
				return err
			}
		}
		progress(done+1, from.About.Rows)
	}
	if err := l.flush(ctx); err != nil {
		return err
	}
	if l.dialect.Catalog.Count == "" {
		return nil
	}
	_, err = l.conn.ExecContext(ctx, l.dialect.Catalog.Count)
	return err
}

func (l *loader) size() int { return max(1, gathered/len(l.columns)) }

// begin turns to a table. Its name and its columns become part of statements, so they must be those of the schema.
func (l *loader) begin(ctx context.Context, known []string, name string, columns []string) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	if !slices.Contains(known, name) {
		return fmt.Errorf("%w: there is no table %q", ErrCut, name)
	}
	have, err := l.columnsOf(ctx, name)
	if err != nil {
		return fmt.Errorf("restore: table %s: %w", name, err)
	}
	if sorted := slices.Sorted(slices.Values(columns)); !slices.Equal(sorted, have) {
		return fmt.Errorf("%w: the columns of %s are others", ErrCut, name)
	}
	if l.full != nil {
		if err := l.full.Close(); err != nil {
			return err
		}
	}
	if name == seeded {
		if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+seeded); err != nil {
			return fmt.Errorf("restore: table %s: %w", name, err)
		}
	}
	l.table, l.columns = name, columns
	l.full, err = l.conn.PrepareContext(ctx, l.insert(l.size()))
	return err
}

// columnsOf lists the columns of a table in order.
func (l *loader) columnsOf(ctx context.Context, name string) (have []string, err error) {
	rows, err := l.conn.QueryContext(ctx, "SELECT * FROM "+name+" LIMIT 0") //nolint:gosec // a name of the catalog
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	have, err = rows.Columns()
	slices.Sort(have)
	return have, errors.Join(err, rows.Err())
}

func (l *loader) flush(ctx context.Context) error {
	if len(l.rows) == 0 {
		return nil
	}
	if err := l.adapt(ctx); err != nil {
		return err
	}
	args := slices.Concat(l.rows...)
	var err error
	if len(l.rows) == l.size() {
		_, err = l.full.ExecContext(ctx, args...)
	} else {
		_, err = l.conn.ExecContext(ctx, l.insert(len(l.rows)), args...)
	}
	if err != nil {
		return fmt.Errorf("restore: table %s: %w", l.table, err)
	}
	l.rows = l.rows[:0]
	return nil
}

// adapt makes the System Log's rows at home: their months have a part of the table, and the number of the transaction
// that wrote them, which means nothing in another database, becomes one that all readers have passed.
func (l *loader) adapt(ctx context.Context) error {
	if l.table != store.LogTable {
		return nil
	}
	tx, published := slices.Index(l.columns, "tx"), slices.Index(l.columns, "published")
	if tx < 0 || published < 0 {
		return fmt.Errorf("%w: the System Log has no times", ErrCut)
	}
	for _, row := range l.rows {
		row[tx] = int64(0)
		micros, ok := row[published].(int64)
		if !ok {
			return fmt.Errorf("%w: an event has no time", ErrCut)
		}
		at := time.UnixMicro(micros).UTC()
		month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		if l.months[month] {
			continue
		}
		l.months[month] = true
		for _, statement := range l.dialect.Partition(store.LogTable, month, month.AddDate(0, 1, 0)) {
			if _, err := l.conn.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("restore: make room in the System Log: %w", err)
			}
		}
	}
	return nil
}

// insert is the statement that inserts n rows.
func (l *loader) insert(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) %s VALUES ", l.table, strings.Join(l.columns, ", "), l.dialect.Catalog.Override)
	arg := 0
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(")
		for j := range l.columns {
			if arg++; j > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "$%d", arg)
		}
		b.WriteString(")")
	}
	return b.String()
}
