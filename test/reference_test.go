package test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// reference is an OpenAPI document that answers are held against.
type reference struct {
	doc        *openapi3.T
	deviations []deviation // that are known, each with its reason

	mu   sync.Mutex
	used map[int]bool // deviations that were seen
}

// deviation is one difference between an answer and the document. Star in its place stands for every element of a list.
type deviation struct {
	Operation string `json:"operation"`
	At        string `json:"at"` // JSON pointer into the answer
	Reason    string `json:"reason"`
}

func loadReference(document, deviations string) (*reference, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(document)
	if err != nil {
		return nil, err
	}
	r := &reference{doc: doc, used: map[int]bool{}}
	known, err := os.ReadFile(deviations)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(known, &r.deviations); err != nil {
		return nil, fmt.Errorf("%s: %w", deviations, err)
	}
	return r, nil
}

// judge finds the operation of an answer, "" when the document does not have it, and the differences that are not known.
func (r *reference) judge(e exchange) (operation string, wrong []string) {
	path, op := r.operation(e)
	if op == nil {
		return "", nil
	}
	operation = e.method + " " + path
	for _, place := range r.differences(op, e) {
		if !r.knows(operation, place) {
			wrong = append(wrong, place)
		}
	}
	return operation, wrong
}

func (r *reference) knows(operation, place string) bool {
	i := slices.IndexFunc(r.deviations, func(d deviation) bool {
		return d.At == place && d.Reason != "" && (d.Operation == operation || d.Operation == "*")
	})
	if i < 0 {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.used[i] = true
	return true
}

// unused are the deviations that no answer had.
func (r *reference) unused() (all []deviation) {
	for i, d := range r.deviations {
		if !r.used[i] {
			all = append(all, d)
		}
	}
	return all
}

// operation finds the operation of an answer, the path with the most words first.
func (r *reference) operation(e exchange) (string, *openapi3.Operation) {
	segments := strings.Split(e.path, "/")
	best, words := "", -1
	for template := range r.doc.Paths.Map() {
		parts := strings.Split(template, "/")
		if len(parts) != len(segments) || r.doc.Paths.Value(template).GetOperation(e.method) == nil {
			continue
		}
		matched := 0
		for i, part := range parts {
			if part == segments[i] {
				matched++
			} else if !strings.HasPrefix(part, "{") {
				matched = -1 << 10
			}
		}
		if matched > words {
			best, words = template, matched
		}
	}
	if words < 0 {
		return e.path, nil
	}
	return best, r.doc.Paths.Value(best).GetOperation(e.method)
}

// differences are the places where an answer is not as the document says; "status" when the document has no such answer.
func (r *reference) differences(op *openapi3.Operation, e exchange) []string {
	response := op.Responses.Value(strconv.Itoa(e.status))
	if response == nil {
		return []string{"status " + strconv.Itoa(e.status)}
	}
	media := response.Value.Content.Get("application/json")
	if media == nil || media.Schema == nil {
		if len(e.body) > 0 {
			return []string{"body"}
		}
		return nil
	}
	var value any
	if err := json.Unmarshal(e.body, &value); err != nil {
		return []string{"no JSON"}
	}
	places := invalid(media.Schema.Value, value, "")
	places = append(places, r.unknown(media.Schema, value, "")...)
	slices.Sort(places)
	return slices.Compact(places)
}

// invalid are the places that the schema refuses, each with the rule that it breaks.
func invalid(schema *openapi3.Schema, value any, at string) []string {
	err := schema.VisitJSON(value, openapi3.VisitAsResponse(), openapi3.MultiErrors(), openapi3.EnableFormatValidation())
	var places []string
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) {
		case nil:
		case openapi3.MultiError:
			for _, each := range e {
				walk(each)
			}
		case *openapi3.SchemaError:
			if e.SchemaField == "allOf" && e.Origin != nil {
				walk(e.Origin)
				return
			}
			places = append(places, at+pointer(e.JSONPointer())+" breaks "+e.SchemaField)
		default:
			if inner := errors.Unwrap(err); inner != nil {
				walk(inner)
				return
			}
			places = append(places, at+" cannot be judged")
		}
	}
	walk(err)
	return places
}

func pointer(tokens []string) string {
	var b strings.Builder
	for _, token := range tokens {
		if _, err := strconv.Atoi(token); err == nil {
			token = "*"
		}
		b.WriteString("/" + token)
	}
	return b.String()
}

// unknown are the properties that the document does not have, and what the variant that a discriminator names refuses.
func (r *reference) unknown(ref *openapi3.SchemaRef, value any, at string) []string {
	var places []string
	switch v := value.(type) {
	case []any:
		if ref.Value.Items != nil {
			for _, item := range v {
				places = append(places, r.unknown(ref.Value.Items, item, at+"/*")...)
			}
		}
	case map[string]any:
		properties, open := map[string]*openapi3.SchemaRef{}, true
		variants := r.collect(ref, v, properties, &open, map[*openapi3.Schema]bool{})
		for _, variant := range variants {
			places = append(places, invalid(variant, value, at)...)
		}
		for name, inner := range v {
			switch property := properties[name]; {
			case property != nil:
				places = append(places, r.unknown(property, inner, at+"/"+name)...)
			case !open:
				places = append(places, at+"/"+name+" is unknown")
			}
		}
	}
	return places
}

// collect gathers the properties that an object may have; open tells whether it may have any other. It gives the variants
// that discriminators chose.
func (r *reference) collect(ref *openapi3.SchemaRef, value map[string]any, into map[string]*openapi3.SchemaRef, open *bool, seen map[*openapi3.Schema]bool) []*openapi3.Schema {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return nil
	}
	s := ref.Value
	seen[s] = true
	for name, property := range s.Properties {
		into[name] = property
		*open = false
	}
	parts := s.AllOf
	var variants []*openapi3.Schema
	if chosen := r.chosen(s, value); chosen != nil {
		variants, parts = append(variants, chosen.Value), append(slices.Clone(parts), chosen)
	} else {
		parts = slices.Concat(parts, s.OneOf, s.AnyOf)
	}
	for _, part := range parts {
		variants = append(variants, r.collect(part, value, into, open, seen)...)
	}
	if s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil && *s.AdditionalProperties.Has {
		*open = true
	}
	return variants
}

// chosen is the variant that the schema's discriminator names for a value; nil when there is none.
func (r *reference) chosen(s *openapi3.Schema, value map[string]any) *openapi3.SchemaRef {
	if s.Discriminator == nil {
		return nil
	}
	key, _ := value[s.Discriminator.PropertyName].(string)
	name := s.Discriminator.Mapping[key]
	return r.doc.Components.Schemas[name[strings.LastIndex(name, "/")+1:]]
}

// What the document does not have is seen, wherever it stands.
func TestTheReferenceSeesEveryDeviation(t *testing.T) {
	r := held.okta
	for body, want := range map[string]string{
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142"}}`:                 "",
		`{"id":1,"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142"}}`:                      "/id breaks type",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"2025550142"}}`:                   "/profile/phoneNumber breaks pattern",
		`{"id":"sms1","factorType":"sms","provider":"OTHER","profile":{"phoneNumber":"+12025550142"}}`:                "/provider breaks enum",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142","extension":"1"}}`: "/profile/extension is unknown",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","colour":"red"}`:                                           "/colour is unknown",
	} {
		e := exchange{method: "GET", path: "/api/v1/users/00u1/factors/sms1", status: 200, body: []byte(body)}
		path, op := r.operation(e)
		if op == nil || path != "/api/v1/users/{userId}/factors/{factorId}" {
			t.Fatalf("%s", path)
		}
		if got := strings.Join(r.differences(op, e), ", "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
