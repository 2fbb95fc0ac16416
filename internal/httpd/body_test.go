package httpd

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestBadBodiesAreRefusedByFieldAndNeverEchoed(t *testing.T) {
	for _, c := range []struct {
		rule   string
		body   string
		status int
		code   string
		cause  string
	}{
		{"not JSON", `{"name": canary-91827}`, 400, "E0000003", "line 1, column 10"},
		{"cut off", `{"name": "canary-91827"`, 400, "E0000003", "not valid JSON"},
		{"two values", `{"name":"a"} {"name":"canary-91827"}`, 400, "E0000003", "not valid JSON"},
		{"trailing junk", `{"name":"a"} canary-91827`, 400, "E0000003", "line 1, column 14"},
		{"an unknown property", `{"name":"a","canary-91827":1}`, 400, "E0000001", "body: it has a property that is not known here (line 1, column 13)"},
		{"an unknown property inside", `{"name":"a","place":{"shelf":"s","canary-91827":1}}`, 400, "E0000001", "place: it has a property"},
		{"another case", `{"Name":"canary-91827"}`, 400, "E0000001", "name is spelled in another case"},
		{"a doubled property", `{"name":"a","name":"canary-91827"}`, 400, "E0000001", "name: a property is given more than once"},
		{"a doubled unknown property", `{"name":"a","canary-91827":1,"canary-91827":1}`, 400, "E0000001", "more than once|not known"},
		{"a number for a text", `{"name":91827}`, 400, "E0000001", "name: it must be a string"},
		{"a text for a number", `{"name":"a","count":"canary-91827"}`, 400, "E0000001", "count: it must be a whole number"},
		{"a fraction", `{"name":"a","count":1.5}`, 400, "E0000001", "count: it must be a whole number"},
		{"a number beyond 64 bits", `{"name":"a","count":92233720368547758070}`, 400, "E0000001", "count: it must be a whole number"},
		{"an array for an object", `{"name":"a","place":["canary-91827"]}`, 400, "E0000001", "place: it must be an object"},
		{"an object for an array", `{"name":"a","labels":{"canary-91827":1}}`, 400, "E0000001", "labels: it must be an array"},
		{"a wrong element", `{"name":"a","labels":["x",{"canary-91827":1}]}`, 400, "E0000001", "labels[1]: it must be a string"},
		{"no time", `{"name":"a","created":"canary-91827"}`, 400, "E0000001", "created: is no ISO 8601 time"},
		{"an array for the body", `["canary-91827"]`, 400, "E0000001", "body: it must be an object"},
		{"a missing property", `{"colour":"red"}`, 400, "E0000001", "name: it is required"},
		{"an empty property", `{"name":""}`, 400, "E0000001", "name: it is required"},
		{"a null property that is required", `{"name":null}`, 400, "E0000001", "name: it is required"},
		{"a missing property inside", `{"name":"a","place":{}}`, 400, "E0000001", "place.shelf: it is required"},
		{"a long text", `{"name":"canary-91827"}`, 400, "E0000001", "name: it may have at most 10 characters"},
		{"no member of the list", `{"name":"a","colour":"canary-91827"}`, 400, "E0000001", "colour: it must be one of red, green"},
		{"a number out of bounds", `{"name":"a","count":10}`, 400, "E0000001", "count: it must be between 1 and 9"},
		{"a long text inside", `{"name":"a","place":{"shelf":"s","row":"canary-91827"}}`, 400, "E0000001", "place.row: it may have"},
		{"invalid UTF-8", "{\"name\":\"canary\xff91827\"}", 400, "E0000003", "not valid JSON"},
		{"half a surrogate", `{"name":"\ud800"}`, 400, "E0000003", "not valid JSON"},
		{"the character NUL", `{"name":"a\u0000b"}`, 400, "E0000001", "the character NUL"},
		{"nothing", ``, 411, "E0000003", "needs a JSON body"},
		{"null", `null`, 400, "E0000003", "needs a JSON body"},
		{"white space", "  \n", 400, "E0000003", "needs a JSON body"},
		{"deep nesting", `{"labels":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, 400, "E0000003", "nested too deeply"},
		{"a large body", `{"name":"` + strings.Repeat("x", 65<<10) + `"}`, 413, "E0000003", "larger than 65536 bytes"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := newDesk(t)
			a := d.do("POST", "/api/v1/things/1", c.body)
			causes := strings.Split(c.cause, "|")
			if len(causes) > 1 && strings.Contains(a.Body.String(), causes[1]) {
				causes = causes[1:]
			}
			a.wants(c.status, c.code, causes[0])
			if strings.Contains(a.Body.String(), "91827") {
				t.Errorf("a value that was sent comes back: %s", a.Body)
			}
			if d.shelf.touched > 0 {
				t.Error("the use case was asked")
			}
		})
	}
}

func TestAbsentNullAndValueAreToldApart(t *testing.T) {
	for body, want := range map[string]Optional[int]{
		`{"name":"a"}`:              {},
		`{"name":"a","count":null}`: {Given: true, Null: true},
		`{"name":"a","count":3}`:    {Given: true, Value: 3},
	} {
		d := newDesk(t)
		a := d.do("POST", "/api/v1/things/1", body)
		if a.Code != 201 || d.shelf.gave.Body.Count != want {
			t.Errorf("%s: read %+v, want %+v: %s", body, d.shelf.gave.Body.Count, want, a.Body)
		}
		if a.Body.String() != body {
			t.Errorf("%s: written as %s", body, a.Body)
		}
	}
}

func TestOptionalHelpers(t *testing.T) {
	if Some(2).Or(1) != 2 || Null[int]().Or(1) != 1 || (Optional[int]{}).Or(1) != 1 {
		t.Error("Or does not choose")
	}
	if (Optional[int]{}).Pointer() != nil || *Null[int]().Pointer() != 0 || *Some(3).Pointer() != 3 {
		t.Error("Pointer does not tell absent from given")
	}
}

func TestContentTypes(t *testing.T) {
	for contentType, status := range map[string]int{
		"application/json":                                 201,
		"application/json; charset=utf-8":                  201,
		"Application/JSON;okta-response=omitCredentials,x": 201,
		"":                                  201,
		"application/x-www-form-urlencoded": 415,
		"text/plain":                        415,
		"application/jsonp":                 415,
	} {
		a := newDesk(t).do("POST", "/api/v1/things/1", `{"name":"a"}`, header("Content-Type", contentType))
		if a.Code != status {
			t.Errorf("%q: %d, want %d", contentType, a.Code, status)
		}
		if status == 415 {
			a.wants(415, "E0000021", "application/json")
		}
	}
}

func TestAnEmptyBodyIsAcceptedWhereTheOperationAllows(t *testing.T) {
	for _, body := range []string{"", " ", "null", `{"name":"a"}`} {
		if a := newDesk(t).do("DELETE", "/api/v1/things", body); a.Code != 204 || a.Body.Len() > 0 {
			t.Errorf("%q: %d %s", body, a.Code, a.Body)
		}
	}
	newDesk(t).do("DELETE", "/api/v1/things", `{"name":1}`).wants(400, "E0000001", "name: it must be a string")
}

func TestABodyThatNeverEndsIsRefused(t *testing.T) {
	d := newDesk(t)
	a := d.do("POST", "/api/v1/things/1", "x", func(r *http.Request) {
		r.ContentLength = -1
		r.Body = http.NoBody
		r.Body = readCloser{endless{}}
	})
	a.wants(413, "E0000003", "larger than")
}

type readCloser struct{ endless }

func (readCloser) Close() error { return nil }

func FuzzBody(f *testing.F) {
	f.Add([]byte(`{"name":"a","count":null,"place":{"shelf":"x","row":"r"},"labels":["a"],"created":"2026-01-01T00:00:00Z"}`))
	f.Add([]byte(`{"Name":"a","name":"b"}`))
	f.Add([]byte(`[[[[{"a":{}}]]]]`))
	f.Add([]byte("{\"name\":\"\\u0000\xff\"}"))
	check := checkerOf(reflect.TypeFor[thing]())
	f.Fuzz(func(t *testing.T, body []byte) {
		var into thing
		err := decodeBody(body, &into)
		if err == nil {
			for _, c := range check(reflect.ValueOf(into), "") {
				if c.Field == "" || c.Text == "" {
					t.Errorf("a cause without words: %+v", c)
				}
			}
			return
		}
		refused := refusalOf(err)
		if refused.status != http.StatusBadRequest || len(refused.causes) == 0 {
			t.Errorf("%q: %+v", body, refused)
		}
	})
}
