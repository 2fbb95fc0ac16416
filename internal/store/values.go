package store

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// Bind turns an argument into what both drivers take: nil, int64, float64, bool, string or []byte.
func Bind(arg any) (any, error) {
	switch v := arg.(type) {
	case nil, int64, float64, bool, string, []byte:
		return v, nil
	case int:
		return int64(v), nil
	case time.Time:
		if v.IsZero() {
			return nil, nil
		}
		return v.UnixMicro(), nil
	case json.RawMessage:
		return string(v), nil
	case driver.Valuer:
		value, err := v.Value()
		if err != nil {
			return nil, err
		}
		if _, again := value.(driver.Valuer); again {
			return nil, fmt.Errorf("store: cannot bind %T", arg)
		}
		return Bind(value)
	}
	v := reflect.ValueOf(arg)
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return Bind(v.Elem().Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		return v.Float(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.String:
		return v.String(), nil
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Bytes(), nil
		}
	}
	return nil, fmt.Errorf("store: cannot bind %T", arg)
}

// Assign copies a value of a row (nil, int64, float64, bool, string or []byte) into dest, a pointer as Row.Scan takes it. It keeps
// no reference to src.
func Assign(dest, src any) error {
	switch d := dest.(type) {
	case *string:
		if s, ok := src.(string); ok {
			*d = s
			return nil
		}
	case *int64:
		if n, ok := src.(int64); ok {
			*d = n
			return nil
		}
	case *int:
		if n, ok := src.(int64); ok {
			*d = int(n)
			return nil
		}
	case *bool:
		switch b := src.(type) {
		case bool:
			*d = b
			return nil
		case int64:
			*d = b != 0
			return nil
		}
	case *time.Time:
		switch t := src.(type) {
		case nil:
			*d = time.Time{}
			return nil
		case int64:
			*d = time.UnixMicro(t).UTC()
			return nil
		}
	case *[]byte:
		*d = bytesOf(src)
		if *d != nil || src == nil {
			return nil
		}
	case *json.RawMessage:
		*d = bytesOf(src)
		if *d != nil || src == nil {
			return nil
		}
	case *any:
		*d = src
		return nil
	case sql.Scanner:
		return d.Scan(src)
	}
	return assignKind(dest, src)
}

// AssignText is Assign of a text that is not a string yet, whose memory may be used again, into the destinations that
// texts usually have; false for any other. It saves what a value of type any costs.
func AssignText(dest any, text []byte) bool {
	switch d := dest.(type) {
	case *string:
		*d = string(text)
	case *[]byte:
		*d = append([]byte{}, text...)
	case *json.RawMessage:
		*d = append(json.RawMessage{}, text...)
	case *any, sql.Scanner:
		return false
	default:
		p := reflect.ValueOf(dest)
		if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.String {
			return false
		}
		p.Elem().SetString(string(text))
	}
	return true
}

// AssignInt is Assign of a number, as AssignText is of a text.
func AssignInt(dest any, n int64) bool {
	switch d := dest.(type) {
	case *int64:
		*d = n
	case *int:
		*d = int(n)
	case *bool:
		*d = n != 0
	case *time.Time:
		*d = time.UnixMicro(n).UTC()
	default:
		return false
	}
	return true
}

func bytesOf(src any) []byte {
	switch b := src.(type) {
	case []byte:
		return append([]byte{}, b...)
	case string:
		return []byte(b)
	}
	return nil
}

// assignKind is Assign for types derived from the simple ones, and for pointers to them.
func assignKind(dest, src any) error {
	p := reflect.ValueOf(dest)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return fmt.Errorf("store: cannot scan into %T", dest)
	}
	d := p.Elem()
	if d.Kind() == reflect.Pointer {
		if src == nil {
			d.SetZero()
			return nil
		}
		v := reflect.New(d.Type().Elem())
		if err := Assign(v.Interface(), src); err != nil {
			return err
		}
		d.Set(v)
		return nil
	}
	switch s := src.(type) {
	case int64:
		switch {
		case d.CanInt() && !d.OverflowInt(s):
			d.SetInt(s)
			return nil
		case d.CanUint() && s >= 0 && !d.OverflowUint(uint64(s)):
			d.SetUint(uint64(s))
			return nil
		case d.Kind() == reflect.Bool:
			d.SetBool(s != 0)
			return nil
		case d.CanFloat():
			d.SetFloat(float64(s))
			return nil
		}
	case float64:
		if d.CanFloat() {
			d.SetFloat(s)
			return nil
		}
	case bool:
		if d.Kind() == reflect.Bool {
			d.SetBool(s)
			return nil
		}
	case string:
		switch {
		case d.Kind() == reflect.String:
			d.SetString(s)
			return nil
		case d.Kind() == reflect.Slice && d.Type().Elem().Kind() == reflect.Uint8:
			d.SetBytes([]byte(s))
			return nil
		}
	case []byte:
		switch {
		case d.Kind() == reflect.String:
			d.SetString(string(s))
			return nil
		case d.Kind() == reflect.Slice && d.Type().Elem().Kind() == reflect.Uint8:
			d.SetBytes(append([]byte{}, s...))
			return nil
		}
	}
	if src == nil {
		return fmt.Errorf("store: cannot scan NULL into %T", dest)
	}
	return fmt.Errorf("store: cannot scan %T into %T", src, dest)
}
