package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// reference is what of Okta's OpenAPI document the answers are held against.
type reference struct {
	doc        *openapi3.T
	deviations []deviation // that are known, each with its reason
}

// deviation is one difference between an answer and the document. Star in its place stands for every element of a list.
type deviation struct {
	Operation string `json:"operation"`
	At        string `json:"at"` // JSON pointer into the answer
	Reason    string `json:"reason"`
}

func loadReference(t *testing.T) *reference {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("testdata/okta.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	r := &reference{doc: doc}
	known, err := os.ReadFile("testdata/okta.deviations.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(known, &r.deviations); err != nil {
		t.Fatal(err)
	}
	return r
}

// exchange is one answer on its way through a watch.
type exchange struct {
	method, path string
	status       int
	body         []byte
}

// watch is a proxy in front of the program that remembers its answers.
type watch struct {
	*httptest.Server

	mu   sync.Mutex
	seen []exchange
}

func (d *demo) watch(t *testing.T) *watch {
	t.Helper()
	target, err := url.Parse(d.exports["HOOKSWITCH_URL"])
	if err != nil {
		t.Fatal(err)
	}
	w := &watch{}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			w.mu.Lock()
			defer w.mu.Unlock()
			w.seen = append(w.seen, exchange{r.Request.Method, r.Request.URL.Path, r.StatusCode, body})
			return err
		},
	}
	w.Server = httptest.NewServer(proxy)
	t.Cleanup(w.Close)
	return w
}

// hold fails the test for every difference that is not known. It gives the operations that were seen.
func (r *reference) hold(t *testing.T, seen []exchange) (operations []string) {
	t.Helper()
	told := map[string]bool{}
	for _, e := range seen {
		path, op := r.operation(e)
		name := e.method + " " + path
		if op == nil {
			if !told[name] {
				t.Errorf("%s is not in the document", name)
			}
			told[name] = true
			continue
		}
		operations = append(operations, name)
		for _, place := range r.differences(op, e) {
			known := slices.ContainsFunc(r.deviations, func(d deviation) bool {
				return d.At == place && d.Reason != "" && (d.Operation == name || d.Operation == "*")
			})
			if line := fmt.Sprintf("%s %d: %s", name, e.status, place); !known && !told[line] {
				told[line] = true
				t.Errorf("%s\nin %s", line, e.body)
			}
		}
	}
	slices.Sort(operations)
	return slices.Compact(operations)
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
	r := loadReference(t)
	for body, want := range map[string]string{
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142"}}`:                 "",
		`{"id":1,"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142"}}`:                      "/id breaks type",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"2025550142"}}`:                   "/profile/phoneNumber breaks pattern",
		`{"id":"sms1","factorType":"sms","provider":"OTHER","profile":{"phoneNumber":"+12025550142"}}`:                "/provider breaks enum",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142","extension":"1"}}`: "/profile/extension is unknown",
		`{"id":"sms1","factorType":"sms","provider":"OKTA","colour":"red"}`:                                           "/colour is unknown",
	} {
		e := exchange{"GET", "/api/v1/users/00u1/factors/sms1", 200, []byte(body)}
		path, op := r.operation(e)
		if op == nil || path != "/api/v1/users/{userId}/factors/{factorId}" {
			t.Fatalf("%s", path)
		}
		if got := strings.Join(r.differences(op, e), ", "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
