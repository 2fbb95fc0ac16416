package httpd

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookswitch"
)

// rules are the bounds that the tags of a field give. They are JSON Schema's words, so the same tags make the document.
type rules struct {
	required             bool
	minLength, maxLength int // characters; -1: no bound
	minimum, maximum     *int
	enum                 []string
}

func rulesOf(tag reflect.StructTag) rules {
	r := rules{required: tag.Get("required") == "true", minLength: -1, maxLength: -1}
	number := func(name string) *int {
		text, ok := tag.Lookup(name)
		if !ok {
			return nil
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			panic("httpd: the tag " + name + " is no number")
		}
		return &n
	}
	if n := number("minLength"); n != nil {
		r.minLength = *n
	}
	if n := number("maxLength"); n != nil {
		r.maxLength = *n
	}
	r.minimum, r.maximum = number("minimum"), number("maximum")
	if text, ok := tag.Lookup("enum"); ok {
		r.enum = strings.Split(text, ",")
	}
	return r
}

// wrong says what is wrong with a value, or "". An empty text is an absent one.
func (r rules) wrong(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return r.wrongText(v.String())
	case reflect.Int:
		n := int(v.Int())
		switch {
		case r.minimum != nil && n < *r.minimum, r.maximum != nil && n > *r.maximum:
			return "it must be " + r.numbers()
		}
	case reflect.Map, reflect.Slice:
		if r.required && v.Len() == 0 {
			return "it is required"
		}
	}
	return ""
}

func (r rules) wrongText(text string) string {
	length := utf8.RuneCountInString(text)
	switch {
	case length == 0 && r.required:
		return "it is required"
	case length == 0:
		return ""
	case r.enum != nil && !slices.Contains(r.enum, text):
		return "it must be one of " + strings.Join(r.enum, ", ")
	case r.maxLength >= 0 && length > r.maxLength:
		return fmt.Sprintf("it may have at most %d characters", r.maxLength)
	case length < r.minLength:
		return fmt.Sprintf("it must have at least %d characters", r.minLength)
	}
	return ""
}

func (r rules) numbers() string {
	switch {
	case r.minimum == nil:
		return fmt.Sprintf("at most %d", *r.maximum)
	case r.maximum == nil:
		return fmt.Sprintf("at least %d", *r.minimum)
	default:
		return fmt.Sprintf("between %d and %d", *r.minimum, *r.maximum)
	}
}

// checker finds what is wrong with a decoded value of one type; path is the field's, "" for the body itself.
type checker func(v reflect.Value, path string) []hookswitch.Cause

// checkerOf compiles the tags of a type's fields, as deep as they go.
func checkerOf(t reflect.Type) checker {
	if o, ok := reflect.TypeAssert[optional](reflect.Zero(t)); ok {
		inner := checkerOf(o.inner())
		return func(v reflect.Value, path string) []hookswitch.Cause {
			if !v.FieldByName("Given").Bool() || v.FieldByName("Null").Bool() {
				return nil
			}
			return inner(v.FieldByName("Value"), path)
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		inner := checkerOf(t.Elem())
		return func(v reflect.Value, path string) []hookswitch.Cause {
			if v.IsNil() {
				return nil
			}
			return inner(v.Elem(), path)
		}
	case reflect.Struct:
		return structChecker(t)
	default:
		return func(reflect.Value, string) []hookswitch.Cause { return nil }
	}
}

func structChecker(t reflect.Type) checker {
	type member struct {
		index int
		name  string
		rules rules
		deep  checker
	}
	var members []member
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || name == "" {
			continue
		}
		members = append(members, member{i, name, rulesOf(field.Tag), checkerOf(field.Type)})
	}
	return func(v reflect.Value, path string) []hookswitch.Cause {
		var causes []hookswitch.Cause
		for _, m := range members {
			value, name := v.Field(m.index), join(path, m.name)
			if wrong := m.rules.wrongIn(value); wrong != "" {
				causes = append(causes, hookswitch.Cause{Field: name, Text: wrong})
				continue
			}
			causes = append(causes, m.deep(value, name)...)
		}
		return causes
	}
}

// wrongIn sees through an Optional: absent breaks no rule but required, null breaks none.
func (r rules) wrongIn(v reflect.Value) string {
	if _, ok := reflect.TypeAssert[optional](v); ok {
		switch given := v.FieldByName("Given").Bool(); {
		case !given && r.required:
			return "it is required"
		case !given || v.FieldByName("Null").Bool():
			return ""
		}
		return r.wrongIn(v.FieldByName("Value"))
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			if r.required {
				return "it is required"
			}
			return ""
		}
		return r.wrongIn(v.Elem())
	}
	return r.wrong(v)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
