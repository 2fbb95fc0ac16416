package httpd

import (
	"encoding"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookswitch"
)

// maxParameter bounds a path parameter, a query parameter or a header, in bytes. A filter has bounds of its own.
const maxParameter = 16 << 10

// place is where a parameter stands, in the words of OpenAPI.
type place string

const (
	inPath   place = "path"
	inQuery  place = "query"
	inHeader place = "header"
)

// binding fills the input of one operation from a request.
type binding struct {
	parameters []parameter
	cursor     int  // index of the field of type Cursor, or -1
	body       int  // index of the field Body, or -1
	required   bool // the body must be there
	bodyType   reflect.Type
	check      checker // of the body
}

// parameter is one field of the input that is no body.
type parameter struct {
	field  int
	place  place
	name   string
	typ    reflect.Type // without Optional
	tag    reflect.StructTag
	rules  rules
	preset string // the value when it is absent
	start  bool   // says where a list begins: the links to further pages leave it out
}

// bindingOf reads the tags of an input type. It panics when they make no sense.
func bindingOf(t reflect.Type) *binding {
	if t.Kind() != reflect.Struct {
		panic("httpd: the input " + t.String() + " is no struct")
	}
	b := &binding{cursor: -1, body: -1}
	for i := range t.NumField() {
		field := t.Field(i)
		if how, ok := field.Tag.Lookup("body"); ok {
			b.body, b.required, b.bodyType = i, how == "required", field.Type
			b.check = checkerOf(field.Type)
			continue
		}
		p := parameterOf(field)
		p.field = i
		if p.typ == reflect.TypeFor[Cursor]() {
			b.cursor = i
		}
		b.parameters = append(b.parameters, p)
	}
	return b
}

func parameterOf(field reflect.StructField) parameter {
	p := parameter{typ: field.Type, tag: field.Tag, preset: field.Tag.Get("default"), rules: rulesOf(field.Tag)}
	if o, ok := reflect.TypeAssert[optional](reflect.Zero(field.Type)); ok {
		p.typ = o.inner()
	}
	for _, where := range []place{inPath, inQuery, inHeader} {
		if name, ok := field.Tag.Lookup(string(where)); ok {
			p.place, p.name = where, name
		}
	}
	_, p.start = field.Tag.Lookup("start")
	if p.name == "" || !bindable(p.typ) {
		panic(fmt.Sprintf("httpd: the field %s of an input comes from nowhere, or has a type that no parameter has", field.Name))
	}
	return p
}

func bindable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int:
		return true
	default:
		return reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	}
}

// read fills into, the input's struct.
func (b *binding) read(into reflect.Value, r *http.Request, bodyLimit int64) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return invalid(hookswitch.Cause{Field: "query", Text: "it cannot be read; are special characters percent-encoded?"})
	}
	var causes []hookswitch.Cause
	for _, p := range b.parameters {
		if text := p.read(into.Field(p.field), r, query); text != "" {
			if p.place == inPath { // no such thing can exist
				return &fault{code: codeNotFound, causes: []hookswitch.Cause{{Text: "Resource not found"}}}
			}
			causes = append(causes, hookswitch.Cause{Field: p.name, Text: text})
		}
	}
	if len(causes) > 0 {
		return invalid(causes...)
	}
	if b.cursor >= 0 {
		if err := b.openCursor(into.Field(b.cursor), r.URL.Path, query); err != nil {
			return err
		}
	}
	if b.body < 0 {
		return nil
	}
	return b.readBody(into.Field(b.body), r, bodyLimit)
}

// read fills one field; it gives what is wrong, or "".
func (p parameter) read(into reflect.Value, r *http.Request, query url.Values) string {
	var given []string
	switch p.place {
	case inPath:
		given = []string{r.PathValue(p.name)}
	case inQuery:
		given = query[p.name]
	case inHeader:
		given = r.Header.Values(p.name)
	}
	switch {
	case len(given) > 1 && p.place == inQuery:
		return "it is given more than once"
	case len(given) == 0 || given[0] == "":
		switch {
		case p.preset != "":
			given = []string{p.preset}
		case p.rules.required:
			return "it is required"
		default:
			return ""
		}
	}
	text := given[0]
	if len(text) > maxParameter {
		return fmt.Sprintf("it is longer than %d bytes", maxParameter)
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "it is not valid UTF-8 text"
	}
	if o, ok := reflect.TypeAssert[optional](into); ok && o != nil {
		into.FieldByName("Given").SetBool(true)
		into = into.FieldByName("Value")
	}
	if wrong := setText(into, text); wrong != "" {
		return wrong
	}
	return p.rules.wrong(into)
}

// setText gives a field the value that a text stands for; it gives what is wrong, or "".
func setText(into reflect.Value, text string) string {
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](into.Addr()); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			return err.Error()
		}
		return ""
	}
	switch into.Kind() {
	case reflect.Bool:
		switch text {
		case "true":
			into.SetBool(true)
		case "false":
			into.SetBool(false)
		default:
			return "it must be true or false"
		}
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return "it must be a whole number"
		}
		into.SetInt(int64(n))
	default:
		into.SetString(text)
	}
	return ""
}
