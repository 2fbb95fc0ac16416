package backup

import (
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hookswitch/internal/store"
)

// About is the first line of a backup.
type About struct {
	Kind     string    `json:"hookswitch"` // "backup"
	Format   int       `json:"format"`
	Version  string    `json:"version"` // of the program that wrote it
	Schema   int64     `json:"schema"`
	Database string    `json:"database"` // "sqlite" or "postgres"
	Created  time.Time `json:"created"`
	Rows     int64     `json:"rows"`
}

const (
	kind   = "backup"
	format = 1
)

// table is the line before the rows of a table.
type table struct {
	Name    string   `json:"table"`
	Columns []string `json:"columns"`
}

// end is the last line.
type end struct {
	End  bool  `json:"end"`
	Rows int64 `json:"rows"`
}

// Progress is told how many rows are done, of how many.
type Progress func(done, total int64)

// Write writes what db holds at this moment. Nobody waits for it: it reads one snapshot.
func Write(ctx context.Context, db *sql.DB, dialect *store.Dialect, version string, now time.Time, w io.Writer, progress Progress) (about About, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return About{}, fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, dialect.Catalog.Snapshot); err != nil {
		return About{}, fmt.Errorf("backup: %w", err)
	}
	defer func() {
		_, undone := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // it only read
		err = errors.Join(err, undone)
	}()
	about = About{Kind: kind, Format: format, Version: version, Database: dialect.Name, Created: now.UTC().Truncate(time.Second)}
	if about.Schema, err = store.SchemaVersion(ctx, conn); err != nil {
		return About{}, err
	}
	names, err := tables(ctx, conn, dialect)
	if err != nil {
		return About{}, err
	}
	for _, name := range names {
		n, err := count(ctx, conn, name)
		if err != nil {
			return About{}, err
		}
		about.Rows += n
	}
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return About{}, err
	}
	out := &writer{to: json.NewEncoder(zip), total: about.Rows, progress: progress}
	out.to.SetEscapeHTML(false)
	if err := out.to.Encode(about); err != nil {
		return About{}, err
	}
	for _, name := range names {
		if err := out.table(ctx, conn, name); err != nil {
			return About{}, fmt.Errorf("backup: table %s: %w", name, err)
		}
	}
	return about, errors.Join(out.to.Encode(end{End: true, Rows: out.rows}), zip.Close())
}

type writer struct {
	to          *json.Encoder
	rows, total int64
	progress    Progress
}

func (w *writer) table(ctx context.Context, conn *sql.Conn, name string) (err error) {
	rows, err := conn.QueryContext(ctx, "SELECT * FROM "+name) //nolint:gosec // a name of the catalog
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	if err := w.to.Encode(table{name, columns}); err != nil {
		return err
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, value := range row {
			if row[i], err = portable(value, types[i].DatabaseTypeName()); err != nil {
				return fmt.Errorf("column %s: %w", columns[i], err)
			}
		}
		if err := w.to.Encode(row); err != nil {
			return err
		}
		w.rows++
		w.progress(w.rows, w.total)
	}
	return rows.Err()
}

// raw are bytes that JSON has no text for.
type raw struct {
	Base64 []byte `json:"base64"`
}

// portable is a value as both databases know it; SQLite keeps what is true or false as a number.
func portable(value any, typed string) (any, error) {
	switch v := value.(type) {
	case nil, bool:
		return v, nil
	case int64:
		if typed == "BOOLEAN" {
			return v != 0, nil
		}
		return v, nil
	case string:
		if utf8.ValidString(v) {
			return v, nil
		}
		return raw{[]byte(v)}, nil
	case []byte:
		return raw{v}, nil
	default:
		return nil, fmt.Errorf("a backup has no form for a %T", value)
	}
}

// tables lists the tables that hold data, each after those it refers to.
func tables(ctx context.Context, conn *sql.Conn, dialect *store.Dialect) ([]string, error) {
	names, err := pairs(ctx, conn, dialect.Catalog.Tables, 1)
	if err != nil {
		return nil, err
	}
	references, err := pairs(ctx, conn, dialect.Catalog.References, 2)
	if err != nil {
		return nil, err
	}
	var ordered []string
	for len(ordered) < len(names) {
		before := len(ordered)
		for _, name := range names {
			waits := slices.ContainsFunc(references, func(r [2]string) bool {
				return r[0] == name[0] && r[1] != name[0] && !slices.Contains(ordered, r[1])
			})
			if !waits && !slices.Contains(ordered, name[0]) {
				ordered = append(ordered, name[0])
			}
		}
		if len(ordered) == before {
			return nil, errors.New("backup: tables refer to each other in a circle")
		}
	}
	return ordered, nil
}

// pairs reads rows of one or two names.
func pairs(ctx context.Context, conn *sql.Conn, query string, n int) (found [][2]string, err error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("backup: catalog: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var pair [2]string
		if err := rows.Scan([]any{&pair[0], &pair[1]}[:n]...); err != nil {
			return nil, fmt.Errorf("backup: catalog: %w", err)
		}
		if strings.ContainsAny(pair[0]+pair[1], `"; `) {
			return nil, fmt.Errorf("backup: %q is no table of ours", pair)
		}
		found = append(found, pair)
	}
	return found, rows.Err()
}

func count(ctx context.Context, conn *sql.Conn, name string) (n int64, err error) {
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM "+name).Scan(&n); err != nil {
		return 0, fmt.Errorf("backup: table %s: %w", name, err)
	}
	return n, nil
}
