package orgfile

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// thing is anything in the words of the API.
type thing = map[string]any

// thingOf is a value as a thing.
func thingOf(value any) (thing, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var is thing
	return is, json.Unmarshal(text, &is)
}

// into reads a thing as a value.
func into(is thing, value any) error {
	text, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

// whole tells the objects that are replaced as one: leaving a translation or a method out takes it away.
func whole(name string) bool {
	return slices.Contains([]string{"translations", "dltTemplateIds", "providerSettings"}, name)
}

// over lays what a file says over what there is; what it does not say stays.
func over(is, said thing) thing {
	merged := maps.Clone(is)
	if merged == nil {
		merged = thing{}
	}
	for name, value := range said {
		inner, object := value.(thing)
		before, _ := merged[name].(thing)
		if object && !whole(name) {
			value = over(before, inner)
		}
		merged[name] = value
	}
	return merged
}

// Field is a value that differs, by its path.
type Field struct {
	Path string `json:"field"`
	From any    `json:"from"`
	To   any    `json:"to"`
}

// differ lists the fields that differ. Nothing, "", null and an empty list are the same.
func differ(is, wanted thing, path string) []Field {
	names := maps.Clone(is)
	if names == nil {
		names = thing{}
	}
	maps.Copy(names, wanted)
	var fields []Field
	for _, name := range slices.Sorted(maps.Keys(names)) {
		from, to := is[name], wanted[name]
		a, objectA := from.(thing)
		b, objectB := to.(thing)
		switch {
		case objectA || objectB:
			fields = append(fields, differ(a, b, path+name+".")...)
		case empty(from) && empty(to), reflect.DeepEqual(from, to):
		default:
			fields = append(fields, Field{path + name, from, to})
		}
	}
	return fields
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case []any:
		return len(v) == 0
	}
	return false
}

// String is the field for a person.
func (f Field) String() string { return f.Path + ": " + shown(f.From) + " -> " + shown(f.To) }

// shown is a value on one line of bounded length.
func shown(v any) string {
	if empty(v) && v != false {
		return "-"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	const most = 60
	if short := []rune(string(text)); len(short) > most {
		return fmt.Sprintf("%s…", string(short[:most]))
	}
	return string(text)
}

// text is a string in a thing, "" when there is none.
func text(is thing, name string) string {
	s, _ := is[name].(string)
	return s
}

func yes(is thing, name string) bool {
	b, _ := is[name].(bool)
	return b
}

// list is an array of things.
func list(is thing, name string) []thing {
	all, _ := is[name].([]any)
	var things []thing
	for _, one := range all {
		if t, ok := one.(thing); ok {
			things = append(things, t)
		}
	}
	return things
}
