package httpd

import (
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Optional is a field that tells absent, null and a value apart. As an output, tag it omitzero: then absent is left out.
type Optional[T any] struct {
	Given bool // it was there, as null or as a value
	Null  bool
	Value T // the zero value unless a value was given
}

// Some is a given value.
func Some[T any](value T) Optional[T] { return Optional[T]{Given: true, Value: value} }

// Null is a given null.
func Null[T any]() Optional[T] { return Optional[T]{Given: true, Null: true} }

// Pointer is the value for what takes a pointer: nil when absent; null counts as the zero value.
func (o Optional[T]) Pointer() *T {
	if !o.Given {
		return nil
	}
	return &o.Value
}

// Or is the value, or the fallback when absent or null.
func (o Optional[T]) Or(fallback T) T {
	if !o.Given || o.Null {
		return fallback
	}
	return o.Value
}

// IsZero tells whether the field is absent.
func (o Optional[T]) IsZero() bool { return !o.Given }

// UnmarshalJSONFrom is called only when the field is there.
func (o *Optional[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*o = Optional[T]{Given: true}
	if d.PeekKind() == 'n' {
		o.Null = true
		return d.SkipValue()
	}
	return json.UnmarshalDecode(d, &o.Value)
}

// MarshalJSONTo writes null or the value.
func (o Optional[T]) MarshalJSONTo(e *jsontext.Encoder) error {
	if !o.Given || o.Null {
		return e.WriteToken(jsontext.Null)
	}
	return json.MarshalEncode(e, o.Value)
}

// optional lets the binding see into an Optional of any type.
type optional interface {
	inner() reflect.Type
}

func (o Optional[T]) inner() reflect.Type { return reflect.TypeFor[T]() }
