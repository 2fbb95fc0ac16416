package httpd

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hookswitch"
)

// The table of the tests: a shelf of things.

type thing struct {
	Name    string           `json:"name" required:"true" maxLength:"10" description:"What it is called"`
	Count   Optional[int]    `json:"count,omitzero" minimum:"1" maximum:"9"`
	Colour  string           `json:"colour,omitempty" enum:"red,green"`
	Place   Optional[place3] `json:"place,omitzero"`
	Labels  []string         `json:"labels,omitempty"`
	Created Time             `json:"created,omitzero"`
}

type place3 struct {
	Shelf string           `json:"shelf" required:"true"`
	Row   Optional[string] `json:"row,omitzero" maxLength:"3"`
}

type putIn struct {
	ID     string         `path:"id" maxLength:"20" description:"Of the thing"`
	Dry    bool           `query:"dry" default:"false"`
	Weight Optional[int]  `query:"weight" minimum:"0" maximum:"5"`
	Since  Optional[Time] `query:"since"`
	Body   thing          `body:"required"`
}

type listIn struct {
	After  Cursor `query:"after"`
	Limit  int    `query:"limit" default:"2" minimum:"1" maximum:"5"`
	Filter string `query:"filter"`
	Since  string `query:"since" start:""`
}

type optionalIn struct {
	Body Optional[thing] `body:"optional"`
}

// shelf is the use case behind the table: what it answers is what it was given.
type shelf struct {
	fails   error
	panics  any
	gave    putIn
	origin  hookswitch.Origin
	listed  listIn
	touched int
}

func (s *shelf) put(_ context.Context, call Call, in putIn) (thing, error) {
	s.touched++
	s.gave, s.origin = in, call.Origin
	if s.panics != nil {
		panic(s.panics)
	}
	return in.Body, s.fails
}

func (s *shelf) list(_ context.Context, _ Call, in listIn) (Page[string], error) {
	s.listed = in
	letters := []string{"a", "b", "c", "d", "e"}
	from := strings.Index("abcde", string(in.After)) + len(in.After)
	page := Page[string]{Items: letters[from:min(from+in.Limit, len(letters))]}
	if from+in.Limit < len(letters) {
		page.Next = Cursor(page.Items[len(page.Items)-1])
	}
	return page, nil
}

func (s *shelf) clear(context.Context, Call, optionalIn) (Nothing, error) {
	s.touched++
	return Nothing{}, s.fails
}

func (s *shelf) table() []Operation {
	super := []hookswitch.Role{hookswitch.SuperAdmin}
	all := []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.ReadOnlyAdmin}
	return []Operation{
		Op("POST", "/api/v1/things/{id}", About{ID: "putThing", Tag: "Thing", Summary: "Put a thing", Roles: super, Status: 201, CanSend: true}, s.put),
		Op("GET", "/api/v1/things", About{ID: "listThings", Tag: "Thing", Summary: "List things", Roles: all}, s.list),
		Op("DELETE", "/api/v1/things", About{ID: "clearThings", Tag: "Thing", Summary: "Clear the shelf", Roles: super}, s.clear),
		Op("GET", "/api/v1/open", About{ID: "open", Tag: "Thing", Summary: "Anybody", Public: true}, s.list),
	}
}

// keyring knows two tokens.
type keyring struct{}

func (keyring) Authenticate(_ context.Context, token hookswitch.Secret) (hookswitch.Caller, error) {
	switch token {
	case "super-token":
		return hookswitch.Caller{Actor: hookswitch.Entity{ID: "00uSuper"}, UserID: "00uSuper", Role: hookswitch.SuperAdmin, TokenID: "00Tsuper"}, nil
	case "reader-token":
		return hookswitch.Caller{Actor: hookswitch.Entity{ID: "00uReader"}, Role: hookswitch.ReadOnlyAdmin, TokenID: "00Treader"}, nil
	default:
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i)
	}
	return len(p), nil
}

func noon() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }

// desk serves a shelf and keeps its log.
type desk struct {
	t       *testing.T
	shelf   *shelf
	handler http.Handler
	log     *strings.Builder
}

func newDesk(t *testing.T, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{t: t, shelf: &shelf{}, log: &strings.Builder{}}
	o := Options{
		PublicURL: "https://sms.example.com", Authenticator: keyring{}, Now: noon, Random: endless{},
		Log: slog.New(slog.NewJSONHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Version: "test",
	}
	for _, c := range change {
		c(&o)
	}
	handler, err := New(o, d.shelf.table())
	if err != nil {
		t.Fatal(err)
	}
	d.handler = handler
	return d
}

type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (d *desk) do(method, target, body string, change ...func(*http.Request)) answer {
	d.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequestWithContext(d.t.Context(), method, target, reader)
	r.Header.Set("Authorization", "SSWS super-token")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return answer{w, d.t}
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
}

// wants checks an error: status, code, and all five fields.
func (a answer) wants(status int, code, inCauses string) {
	a.t.Helper()
	var body struct {
		Code, Summary, Link, ID string
		Causes                  []struct{ ErrorSummary string }
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(a.Body.Bytes(), &fields); err != nil {
		a.t.Fatalf("no JSON: %s", a.Body)
	}
	for name, into := range map[string]any{"errorCode": &body.Code, "errorSummary": &body.Summary, "errorLink": &body.Link, "errorId": &body.ID, "errorCauses": &body.Causes} {
		if err := json.Unmarshal(fields[name], into); err != nil {
			a.t.Errorf("the error has no %s: %s", name, a.Body)
		}
	}
	if a.Code != status || body.Code != code || body.Link != code || len(fields) != 5 {
		a.t.Errorf("answered %d %s, want %d %s", a.Code, a.Body, status, code)
	}
	if body.ID == "" || body.ID != a.Header().Get("X-Okta-Request-Id") {
		a.t.Errorf("errorId %q is not the request's id %q", body.ID, a.Header().Get("X-Okta-Request-Id"))
	}
	if !strings.Contains(a.Body.String(), inCauses) {
		a.t.Errorf("causes %s do not tell %q", a.Body, inCauses)
	}
}
