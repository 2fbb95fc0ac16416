package postgres

import (
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

// OIDs of the types that are not read as text. Source: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const (
	oidBool    = 16
	oidBytea   = 17
	oidInt8    = 20
	oidInt2    = 21
	oidInt4    = 23
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
