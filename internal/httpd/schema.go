package httpd

import (
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/swaggest/jsonschema-go"
)

// drawer makes JSON Schemas from our types and collects those that have a name.
type drawer struct {
	reflector jsonschema.Reflector
	named     map[string]any
	answering bool // what is drawn is written by us: a field that is never left out is always there
}

// documented is a type that writes its own JSON: its schema is that of another type.
type documented interface{ DocumentedAs() any }

func newDrawer() *drawer {
	d := &drawer{named: map[string]any{}}
	d.reflector.DefaultOptions = append(d.reflector.DefaultOptions,
		jsonschema.DefinitionsPrefix("#/components/schemas/"),
		jsonschema.RootRef,
		jsonschema.CollectDefinitions(func(name string, schema jsonschema.Schema) { d.named[name] = schema }),
		jsonschema.InterceptDefName(func(t reflect.Type, _ string) string {
			name := t.Name()
			return strings.ToUpper(name[:1]) + name[1:]
		}),
		jsonschema.InterceptSchema(d.special),
		jsonschema.InterceptProp(d.always),
		jsonschema.InterceptNullability(func(params jsonschema.InterceptNullabilityParams) {
			if kind := params.Type.Kind(); kind == reflect.Slice || kind == reflect.Map {
				params.Schema.RemoveType(jsonschema.Null) // an empty one is written as such
			}
		}),
	)
	return d
}

// schema draws a type.
func (d *drawer) schema(t reflect.Type) (jsonschema.Schema, error) {
	return d.reflector.Reflect(reflect.New(t).Elem().Interface())
}

// always marks the fields of an answer that are never left out.
func (d *drawer) always(params jsonschema.InterceptPropParams) error {
	_, options, _ := strings.Cut(params.Field.Tag.Get("json"), ",")
	left := strings.Contains(options, "omitzero") || strings.Contains(options, "omitempty")
	if d.answering && params.Processed && !left && !slices.Contains(params.ParentSchema.Required, params.Name) {
		params.ParentSchema.Required = append(params.ParentSchema.Required, params.Name)
	}
	return nil
}

// special draws the types whose JSON is not what their Go form says.
func (d *drawer) special(params jsonschema.InterceptSchemaParams) (stop bool, err error) {
	if params.Processed || !params.Value.IsValid() {
		return false, nil
	}
	t := params.Value.Type()
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	zero := reflect.Zero(t).Interface()
	if _, ok := zero.(jsontext.Value); ok { // anything
		*params.Schema = jsonschema.Schema{}
		d.reflector.InlineDefinition(zero)
		return true, nil
	}
	if _, ok := zero.(Time); ok {
		params.Schema.AddType(jsonschema.String)
		params.Schema.WithFormat("date-time")
		d.reflector.InlineDefinition(zero)
		return true, nil
	}
	if o, ok := zero.(optional); ok {
		inner, err := d.schema(o.inner())
		if err != nil {
			return false, err
		}
		*params.Schema = orNull(inner)
		d.reflector.InlineDefinition(zero)
		return true, nil
	}
	if o, ok := zero.(documented); ok {
		*params.Schema, err = d.schema(reflect.TypeOf(o.DocumentedAs()))
		d.reflector.InlineDefinition(zero)
		return true, err
	}
	return false, nil
}

func orNull(s jsonschema.Schema) jsonschema.Schema {
	if s.Ref == nil {
		s.AddType(jsonschema.Null)
		return s
	}
	var null, either jsonschema.Schema
	null.AddType(jsonschema.Null)
	either.AnyOf = []jsonschema.SchemaOrBool{s.ToSchemaOrBool(), null.ToSchemaOrBool()}
	return either
}

// parameterSchema draws what a parameter takes, from the same tags that are checked.
func (p parameter) schema() map[string]any {
	schema := map[string]any{"type": "string"}
	switch {
	case p.typ == reflect.TypeFor[Time]():
		schema["format"] = "date-time"
	case p.typ.Kind() == reflect.Bool:
		schema["type"] = "boolean"
	case p.typ.Kind() == reflect.Int:
		schema["type"] = "integer"
	}
	if p.preset != "" {
		schema["default"] = p.presetValue()
	}
	if p.rules.enum != nil {
		schema["enum"] = p.rules.enum
	}
	for name, bound := range map[string]*int{"minimum": p.rules.minimum, "maximum": p.rules.maximum} {
		if bound != nil {
			schema[name] = *bound
		}
	}
	if p.rules.maxLength >= 0 {
		schema["maxLength"] = p.rules.maxLength
	}
	if p.rules.minLength >= 0 {
		schema["minLength"] = p.rules.minLength
	}
	return schema
}

func (p parameter) presetValue() any {
	into := reflect.New(p.typ).Elem()
	if setText(into, p.preset) != "" {
		return p.preset
	}
	return into.Interface()
}
