package httpd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
)

// maxDepth bounds how deep a body may be nested. Nothing in the API goes beyond six.
const maxDepth = 32

// readBody decodes the JSON body. A body that may be absent may also be empty.
func (b *binding) readBody(into reflect.Value, r *http.Request, limit int64) error {
	body, err := ReadBody(r, limit)
	if err != nil {
		return err
	}
	body = bytes.TrimSpace(body)
	if len(body) == 0 || string(body) == "null" {
		switch {
		case !b.required:
			return nil
		case r.ContentLength == 0 && r.Header.Get("Content-Length") == "":
			return &fault{code: codeUnreadable, status: http.StatusLengthRequired, causes: []hookswitch.Cause{{Text: "the request needs a JSON body"}}}
		}
		return &fault{code: codeUnreadable, causes: []hookswitch.Cause{{Text: "the request needs a JSON body"}}}
	}
	if !jsonMediaType(r.Header.Get("Content-Type")) {
		return &fault{code: codeMediaType, causes: []hookswitch.Cause{{Text: "the Content-Type must be application/json"}}}
	}
	if err := decodeBody(body, into.Addr().Interface()); err != nil {
		return err
	}
	if causes := b.check(into, ""); len(causes) > 0 {
		return invalid(causes...)
	}
	return nil
}

// ReadBody reads a whole body. One that says it is larger than limit is refused before anything of it is read.
func ReadBody(r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, &http.MaxBytesError{Limit: limit}
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, limit))
	if err != nil {
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) || r.Context().Err() != nil {
			return nil, err
		}
		return nil, &fault{code: codeUnreadable, causes: []hookswitch.Cause{{Text: "the body ended early"}}}
	}
	return body, nil
}

// jsonMediaType accepts JSON with any parameter, and no type at all: some clients name none.
func jsonMediaType(contentType string) bool {
	if contentType == "" {
		return true
	}
	mediaType, _, err := mime.ParseMediaType(contentType)
	return (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter)) && mediaType == "application/json"
}

// decodeBody fills into, a pointer, strictly. What is wrong is told by field and position; no value comes back.
func decodeBody(body []byte, into any) error {
	if tooDeep(body) {
		return unreadable("it is nested too deeply")
	}
	err := json.Unmarshal(body, into, json.RejectUnknownMembers(true))
	if err == nil {
		return nulFree(body)
	}
	t := reflect.TypeOf(into).Elem()
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		if errors.Is(err, jsontext.ErrDuplicateName) {
			path, _ := known(t, syntax.JSONPointer)
			return invalid(hookswitch.Cause{Field: orBody(path), Text: "a property is given more than once" + at(body, syntax.ByteOffset)})
		}
		return unreadable("it is not valid JSON" + at(body, syntax.ByteOffset))
	}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return unreadable("it cannot be read")
	}
	path, inner := known(t, semantic.JSONPointer)
	if errors.Is(err, json.ErrUnknownName) {
		text := "it has a property that is not known here" + at(body, semantic.ByteOffset)
		if name := otherCase(inner, semantic.JSONPointer.LastToken()); name != "" {
			text = "the property " + name + " is spelled in another case"
		}
		return invalid(hookswitch.Cause{Field: orBody(path), Text: text})
	}
	return invalid(hookswitch.Cause{Field: orBody(path), Text: wanted(inner, semantic)})
}

func unreadable(text string) *fault {
	return &fault{code: codeUnreadable, causes: []hookswitch.Cause{{Text: text}}}
}

func orBody(path string) string {
	if path == "" {
		return "body"
	}
	return path
}

// wanted says what a field takes.
func wanted(t reflect.Type, err *json.SemanticError) string {
	if errors.Is(err, errNoTime) {
		return errNoTime.Error()
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.String:
		return "it must be a string"
	case reflect.Bool:
		return "it must be true or false"
	case reflect.Int, reflect.Int64:
		return "it must be a whole number"
	case reflect.Slice, reflect.Array:
		return "it must be an array"
	case reflect.Struct, reflect.Map:
		return "it must be an object"
	default:
		return "it has the wrong type"
	}
}

// known is how far a JSON pointer can be followed through a type: the path in the words of the API and the type there.
// What a stranger named beyond that is not repeated.
func known(t reflect.Type, pointer jsontext.Pointer) (string, reflect.Type) {
	path := ""
	for token := range pointer.Tokens() {
		t = valueType(t)
		switch t.Kind() {
		case reflect.Struct:
			field, ok := fieldNamed(t, func(name string) bool { return name == token })
			if !ok {
				return path, t
			}
			path, t = join(path, token), field.Type
		case reflect.Slice, reflect.Array:
			if _, err := strconv.Atoi(token); err != nil {
				return path, t
			}
			path, t = path+"["+token+"]", t.Elem()
		default:
			return path, t
		}
	}
	return path, valueType(t)
}

func valueType(t reflect.Type) reflect.Type {
	for {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
			continue
		}
		o, ok := reflect.TypeAssert[optional](reflect.Zero(t))
		if !ok {
			return t
		}
		t = o.inner()
	}
}

func fieldNamed(t reflect.Type, match func(name string) bool) (reflect.StructField, bool) {
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && match(name) {
			return field, true
		}
	}
	return reflect.StructField{}, false
}

// otherCase is the name that a stranger's name would be if letters had no case, or "".
func otherCase(t reflect.Type, name string) string {
	if t.Kind() != reflect.Struct {
		return ""
	}
	field, ok := fieldNamed(t, func(known string) bool { return strings.EqualFold(known, name) })
	if !ok {
		return ""
	}
	known, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return known
}

// at says where in the body something is, as an editor counts: lines and characters from one.
func at(body []byte, offset int64) string {
	before := body[:min(int(max(offset, 0)), len(body))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	return fmt.Sprintf(" (line %d, column %d)", line, column)
}

// tooDeep counts brackets outside of strings.
func tooDeep(body []byte) bool {
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// nulFree refuses the one character that JSON can carry and PostgreSQL cannot store.
func nulFree(body []byte) error {
	if !bytes.Contains(body, []byte(`\u0000`)) {
		return nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.ReadToken()
		if err != nil {
			return nil // the end: the body was decoded before
		}
		if token.Kind() == '"' && strings.ContainsRune(token.String(), 0) {
			return invalid(hookswitch.Cause{Field: "body", Text: "a text has the character NUL"})
		}
	}
}
