package apipage

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// deepest is how far an example goes into what stands in something else.
const deepest = 6

// samples are what to show for a text that the document has no example of, by its name.
func sample(name string) string {
	known := map[string]string{
		"login": "ana@example.com", "email": "ana@example.com", "username": "ana@example.com", "firstName": "Ana", "lastName": "Silva",
		"phoneNumber": "+12025550142", "countryCodeIso2": "US", "country": "US", "uri": "https://hooks.example.com/otp", "method": "POST",
		"key": "Authorization", "template": "${org.name}: your code is ${code}", "passCode": "123456", "name": "My name for it",
		"value": "a secret", "providerSid": "AC00000000000000000000000000000001", "href": "https://…", "status": "ACTIVE",
		"version": "1.0.0", "errorId": "reqVbjx2Xc1oNCiuCous",
	}
	if text, ok := known[name]; ok {
		return text
	}
	return "…"
}

// example is a value that the schema takes, as JSON with indents. Of a request it leaves out what is only read.
func (d *document) example(s *schema, request bool) string {
	text, err := json.Marshal(d.value("", s, request, 0), json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return ""
	}
	return string(text)
}

func (d *document) value(name string, s *schema, request bool, depth int) any {
	s = d.resolve(s)
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Default != nil:
		return s.Default
	case depth > deepest:
		return nil
	}
	switch s.kind() {
	case "object":
		return d.object(s, request, depth)
	case "array":
		if s.Items == nil {
			return []any{}
		}
		return []any{d.value(name, s.Items, request, depth+1)}
	case "boolean":
		return true
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case "string":
		if s.Format == "date-time" {
			return "2026-01-31T12:00:00.000Z"
		}
		return sample(name)
	default:
		return map[string]any{}
	}
}

// object shows, of a request, what has to be there and what says something by itself.
func (d *document) object(s *schema, request bool, depth int) map[string]any {
	value := map[string]any{}
	for name, property := range s.Properties {
		is := d.resolve(property)
		if request && readOnly(is) {
			continue
		}
		told := len(is.Examples) > 0 || len(is.Enum) > 0 || is.Properties != nil || is.kind() != "string" || sample(name) != "…"
		if !request || told || slices.Contains(s.Required, name) || len(s.Properties) < 4 {
			value[name] = d.value(name, property, request, depth+1)
		}
	}
	if s.Others != nil && len(s.Properties) == 0 {
		value["…"] = d.value("", s.Others, request, depth+1)
	}
	return value
}

func readOnly(s *schema) bool { return strings.HasPrefix(s.Description, "Read-only") }

// fields are the properties of a schema with those inside of them: profile.login, senders[].
func (d *document) fields(prefix string, s *schema, request bool, depth int) (all []field) {
	s = d.resolve(s)
	if s.kind() == "array" && s.Items != nil {
		return d.fields(prefix+"[]", s.Items, request, depth)
	}
	if depth > deepest {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		property := s.Properties[name]
		is := d.resolve(property)
		if request && readOnly(is) || name == "_links" {
			continue
		}
		f := field{Name: strings.TrimPrefix(prefix+"."+name, "."), Type: typeOf(d, is), Required: slices.Contains(s.Required, name), Description: is.Description}
		all = append(all, f)
		all = append(all, d.fields(f.Name, is, request, depth+1)...)
	}
	return all
}

// typeOf says in words what a schema takes.
func typeOf(d *document, s *schema) string {
	text := s.kind()
	switch {
	case text == "array" && s.Items != nil:
		text = "list of " + typeOf(d, d.resolve(s.Items))
	case len(s.Enum) > 0:
		text = strings.Join(s.Enum, " | ")
	case s.Format == "date-time":
		text = "time"
	case text == "object" && s.Others != nil:
		text = "object with any names"
	}
	if s.nullable() {
		text += " or null"
	}
	return text
}
