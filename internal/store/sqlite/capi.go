package sqlite

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"hookswitch/internal/store"
)

// database is one connection by SQLite's C interface, the dozen functions of it that we need. The driver for database/sql,
// which stands on the same, looks up every parameter by name and every column's type at each use, and locks; without
// that a small transaction costs a quarter less. One goroutine uses a database at a time.
//
// Source: https://www.sqlite.org/c3ref/intro.html
type database struct {
	tls *libc.TLS
	db  uintptr
}

func openDatabase(path string) (*database, error) {
	d := &database{tls: libc.NewTLS()}
	name, err := libc.CString(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	defer libc.Xfree(d.tls, name)
	out := d.tls.Alloc(int(pointerSize))
	defer d.tls.Free(int(pointerSize))
	rc := sqlite3.Xsqlite3_open_v2(d.tls, name, out,
		sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_NOMUTEX|sqlite3.SQLITE_OPEN_EXRESCODE, 0)
	d.db = *(*uintptr)(at(out))
	if rc != sqlite3.SQLITE_OK {
		err := d.problem(rc)
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *database) close() {
	sqlite3.Xsqlite3_close_v2(d.tls, d.db) // what is not finalized keeps it from nothing
	d.tls.Close()
}

// inTransaction is false, too, when SQLite has rolled back by itself.
func (d *database) inTransaction() bool { return sqlite3.Xsqlite3_get_autocommit(d.tls, d.db) == 0 }

// changes is how many rows the last INSERT, UPDATE or DELETE has touched.
func (d *database) changes() int64 { return sqlite3.Xsqlite3_changes64(d.tls, d.db) }

// allChanges are those since the connection was opened, of triggers and foreign keys too.
func (d *database) allChanges() int64 { return sqlite3.Xsqlite3_total_changes64(d.tls, d.db) }

// interrupt may be called from another goroutine while the database is open. A statement that has not begun is not hit.
func (d *database) interrupt() { sqlite3.Xsqlite3_interrupt(nil, d.db) }

// problem is the error of a result code, with the words that SQLite has for it.
func (d *database) problem(rc int32) error {
	return &Error{code: int(rc), text: libc.GoString(sqlite3.Xsqlite3_errmsg(d.tls, d.db))}
}

// statement is one that is prepared.
type statement struct {
	*database
	handle  uintptr
	columns int
	order   []int   // the argument of each parameter: SQLite numbers $n as they come in the text, not by n
	bound   []value // the arguments, while they are bound
	memory  uintptr // holds the texts that are bound
	room    int
}

func (d *database) prepare(query string) (*statement, error) {
	text, err := libc.CString(query)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(d.tls, text)
	out := d.tls.Alloc(int(2 * pointerSize))
	defer d.tls.Free(int(2 * pointerSize))
	tail := out + pointerSize
	rc := sqlite3.Xsqlite3_prepare_v3(d.tls, d.db, text, -1, sqlite3.SQLITE_PREPARE_PERSISTENT, out, tail)
	if rc != sqlite3.SQLITE_OK {
		return nil, d.problem(rc)
	}
	s := &statement{database: d, handle: *(*uintptr)(at(out))}
	if s.handle == 0 || *(*byte)(at(*(*uintptr)(at(tail)))) != 0 {
		s.finalize()
		return nil, fmt.Errorf("sqlite: not one statement: %q", query)
	}
	s.columns = int(sqlite3.Xsqlite3_column_count(d.tls, s.handle))
	s.order = make([]int, sqlite3.Xsqlite3_bind_parameter_count(d.tls, s.handle))
	for i := range s.order {
		name := libc.GoString(sqlite3.Xsqlite3_bind_parameter_name(d.tls, s.handle, int32(i+1)))
		n, err := strconv.Atoi(name[min(1, len(name)):])
		if err != nil || n < 1 {
			s.finalize()
			return nil, fmt.Errorf("sqlite: parameter %q is none of $1, $2 …", name)
		}
		s.order[i] = n - 1
	}
	return s, nil
}

func (s *statement) finalize() {
	sqlite3.Xsqlite3_finalize(s.tls, s.handle) // its error is that of the last step, which was told
	libc.Xfree(s.tls, s.memory)
}

// reset ends a run. What was bound stays where it is until the next.
func (s *statement) reset() { sqlite3.Xsqlite3_reset(s.tls, s.handle) }

// step answers whether there is a row.
func (s *statement) step() (bool, error) {
	switch rc := sqlite3.Xsqlite3_step(s.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.problem(rc)
	}
}

// value is an argument as SQLite takes it.
type value struct {
	kind   int32 // one of the column types
	number int64
	real   float64
	text   string
	blob   []byte
}

// valueOf is store.Bind without a value of type any for what arguments usually are.
func valueOf(arg any) (value, error) {
	switch v := arg.(type) {
	case string:
		return value{kind: sqlite3.SQLITE_TEXT, text: v}, nil
	case int:
		return value{kind: sqlite3.SQLITE_INTEGER, number: int64(v)}, nil
	case int64:
		return value{kind: sqlite3.SQLITE_INTEGER, number: v}, nil
	case bool:
		if v {
			return value{kind: sqlite3.SQLITE_INTEGER, number: 1}, nil
		}
		return value{kind: sqlite3.SQLITE_INTEGER}, nil
	case float64:
		return value{kind: sqlite3.SQLITE_FLOAT, real: v}, nil
	case []byte:
		return value{kind: sqlite3.SQLITE_BLOB, blob: v}, nil
	case nil:
		return value{kind: sqlite3.SQLITE_NULL}, nil
	case time.Time:
		if v.IsZero() {
			return value{kind: sqlite3.SQLITE_NULL}, nil
		}
		return value{kind: sqlite3.SQLITE_INTEGER, number: v.UnixMicro()}, nil
	case driver.Valuer:
	default:
		if r := reflect.ValueOf(arg); r.Kind() == reflect.String {
			return value{kind: sqlite3.SQLITE_TEXT, text: r.String()}, nil
		}
	}
	bound, err := store.Bind(arg)
	if err != nil {
		return value{}, err
	}
	return valueOf(bound)
}

// bind gives the statement its arguments; texts and bytes are copied.
func (s *statement) bind(args []any) error {
	size := 0
	defer clear(s.bound) // they may be large
	s.bound = s.bound[:0]
	for i, arg := range args {
		v, err := valueOf(arg)
		if err != nil {
			return fmt.Errorf("$%d: %w", i+1, err)
		}
		s.bound = append(s.bound, v)
		size += len(v.text) + len(v.blob)
	}
	if s.memory == 0 || size > s.room {
		libc.Xfree(s.tls, s.memory)
		s.room = size + 64
		if s.memory = libc.Xmalloc(s.tls, libc.Tsize_t(s.room)); s.memory == 0 {
			return &Error{code: sqlite3.SQLITE_NOMEM, text: "out of memory"}
		}
	}
	used := 0
	for i, n := range s.order {
		if n >= len(s.bound) {
			return fmt.Errorf("sqlite: there is no $%d", n+1)
		}
		if rc := s.bindOne(int32(i+1), &s.bound[n], &used); rc != sqlite3.SQLITE_OK {
			return s.problem(rc)
		}
	}
	return nil
}

func (s *statement) bindOne(i int32, v *value, used *int) int32 {
	const static = 0 // SQLite reads the memory where it is, and does not free it
	switch v.kind {
	case sqlite3.SQLITE_INTEGER:
		return sqlite3.Xsqlite3_bind_int64(s.tls, s.handle, i, v.number)
	case sqlite3.SQLITE_TEXT:
		return sqlite3.Xsqlite3_bind_text(s.tls, s.handle, i, keep(s, v.text, used), int32(len(v.text)), static)
	case sqlite3.SQLITE_BLOB:
		return sqlite3.Xsqlite3_bind_blob(s.tls, s.handle, i, keep(s, v.blob, used), int32(len(v.blob)), static)
	case sqlite3.SQLITE_FLOAT:
		return sqlite3.Xsqlite3_bind_double(s.tls, s.handle, i, v.real)
	default:
		return sqlite3.Xsqlite3_bind_null(s.tls, s.handle, i)
	}
}

// keep copies v into the statement's memory and answers where it is.
func keep[T string | []byte](s *statement, v T, used *int) uintptr {
	p := s.memory + uintptr(*used)
	*used += copy(unsafe.Slice((*byte)(at(p)), len(v)), v) //nolint:gosec // bind has made room for all of them
	return p
}

// column answers nil, int64, float64, string or []byte.
func (s *statement) column(n int) any {
	i := int32(n)
	switch sqlite3.Xsqlite3_column_type(s.tls, s.handle, i) {
	case sqlite3.SQLITE_INTEGER:
		return sqlite3.Xsqlite3_column_int64(s.tls, s.handle, i)
	case sqlite3.SQLITE_FLOAT:
		return sqlite3.Xsqlite3_column_double(s.tls, s.handle, i)
	case sqlite3.SQLITE_TEXT:
		return string(s.bytes(sqlite3.Xsqlite3_column_text(s.tls, s.handle, i), i))
	case sqlite3.SQLITE_BLOB:
		return append([]byte{}, s.bytes(sqlite3.Xsqlite3_column_blob(s.tls, s.handle, i), i)...)
	default:
		return nil
	}
}

// assign copies a column where it goes, if it is one of the usual pairs of types.
func (s *statement) assign(n int, dest any) bool {
	i := int32(n)
	switch sqlite3.Xsqlite3_column_type(s.tls, s.handle, i) {
	case sqlite3.SQLITE_INTEGER:
		return store.AssignInt(dest, sqlite3.Xsqlite3_column_int64(s.tls, s.handle, i))
	case sqlite3.SQLITE_TEXT:
		return store.AssignText(dest, s.bytes(sqlite3.Xsqlite3_column_text(s.tls, s.handle, i), i))
	default:
		return false
	}
}

// bytes shows the memory of a column, which is SQLite's and lives until the next step.
func (s *statement) bytes(p uintptr, i int32) []byte {
	if p == 0 {
		return nil // no bytes
	}
	return unsafe.Slice((*byte)(at(p)), sqlite3.Xsqlite3_column_bytes(s.tls, s.handle, i)) //nolint:gosec // SQLite says how many
}

const pointerSize = unsafe.Sizeof(uintptr(0))

// at makes a pointer of an address that SQLite or its memory has given, which Go's collector neither moves nor frees.
func at(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address)) //nolint:gosec // as above
}
