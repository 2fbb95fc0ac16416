package postgres

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store"
)

// row is the row of an answer under the reader, in the text format.
type row struct{ *pgconn.ResultReader }

func (r row) Scan(dest ...any) error {
	fields, values := r.FieldDescriptions(), r.Values()
	if len(dest) != len(values) {
		return fmt.Errorf("store: %d columns scanned into %d variables", len(values), len(dest))
	}
	for i := range dest {
		if assign(dest[i], fields[i].DataTypeOID, values[i]) {
			continue
		}
		v, err := decode(fields[i].DataTypeOID, values[i])
		if err == nil {
			err = store.Assign(dest[i], v)
		}
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

// assign copies a value where it goes, if it is one of the usual pairs of types.
func assign(dest any, oid uint32, value []byte) bool {
	if value == nil {
		return false
	}
	switch oid {
	case oidText:
		return store.AssignText(dest, value)
	case oidInt8:
		n, ok := parseInt(value)
		return ok && store.AssignInt(dest, n)
	default:
		return false
	}
}

// parseInt reads up to 18 digits, which cannot overflow.
func parseInt(text []byte) (n int64, ok bool) {
	digits := bytes.TrimPrefix(text, []byte("-"))
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if len(digits) < len(text) {
		n = -n
	}
	return n, true
}

// OIDs of the types that are not read as text. Source: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const (
	oidBool    = 16
	oidBytea   = 17
	oidInt8    = 20
	oidInt2    = 21
	oidInt4    = 23
	oidText    = 25
	oidOID     = 26
	oidFloat4  = 700
	oidFloat8  = 701
	oidNumeric = 1700
	oidXID8    = 5069
)

var errBytea = errors.New("postgres: a BYTEA that is not in hexadecimal")

// decode answers what SQLite would have answered: nil, int64, float64, string or []byte; a bool stays one.
func decode(oid uint32, text []byte) (any, error) {
	if text == nil {
		return nil, nil
	}
	switch oid {
	case oidBool:
		return len(text) == 1 && text[0] == 't', nil
	case oidInt8, oidInt4, oidInt2, oidOID, oidXID8:
		return strconv.ParseInt(string(text), 10, 64)
	case oidNumeric: // what sum answers for BIGINT
		if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return n, nil
		}
		return strconv.ParseFloat(string(text), 64)
	case oidFloat8, oidFloat4:
		return strconv.ParseFloat(string(text), 64)
	case oidBytea:
		if len(text) < 2 || text[0] != '\\' || text[1] != 'x' {
			return nil, errBytea
		}
		raw := make([]byte, hex.DecodedLen(len(text)-2))
		_, err := hex.Decode(raw, text[2:])
		return raw, err
	}
	return string(text), nil
}
