package okta

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// desk is the API in front of a world.
type desk struct {
	t       testing.TB
	world   *world
	door    *door
	handler http.Handler
	token   string
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	w, entrance := newWorld(), newDoor()
	ports := Ports{Users: w, Factors: w, Providers: w, Tests: w, Logs: w, Orgs: w, Origins: w, Counts: w, Tokens: w, SignIn: entrance, Sessions: entrance, Setup: entrance}
	handler, err := httpd.New(httpd.Options{
		PublicURL: "https://sms.example.com", Authenticator: w, Sessions: entrance, Now: noon, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	}, Operations(ports), Routes(ports, "https://sms.example.com")...)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, world: w, door: entrance, handler: handler, token: string(hookswitch.SuperAdmin)}
}

type answer struct {
	*httptest.ResponseRecorder

	t    testing.TB
	what string
}

// do sends what an SDK sends: a lifecycle POST has no body, any other has JSON.
func (d *desk) do(method, target, body string, headers ...string) answer {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, target, strings.NewReader(body))
	if d.token != "" {
		r.Header.Set("Authorization", "SSWS "+d.token)
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return answer{w, d.t, method + " " + target}
}

// is checks the status and the whole body; "…" stands for an id, white space is for the reader.
func (a answer) is(status int, want string) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("%s: %d %s, want %d", a.what, a.Code, a.Body, status)
	}
	wanted := jsontext.Value(want)
	if err := wanted.Compact(); want != "" && err != nil {
		a.t.Fatalf("%s: the test's own JSON: %v", a.what, err)
	}
	if got := a.Body.String(); got != string(wanted) {
		a.t.Errorf("%s:\n got %s\nwant %s", a.what, got, wanted)
	}
	return a
}

// refused checks an error: its status, its code and a part of its causes.
func (a answer) refused(status int, code, cause string) {
	a.t.Helper()
	if a.Code != status || !strings.Contains(a.Body.String(), `"errorCode":"`+code+`"`) || !strings.Contains(a.Body.String(), cause) {
		a.t.Errorf("%s: %d %s, want %d %s with %q", a.what, a.Code, a.Body, status, code, cause)
	}
}

func decode[T any](a answer) T {
	a.t.Helper()
	var into T
	if a.Code >= 300 {
		a.t.Fatalf("%s: %d %s", a.what, a.Code, a.Body)
	}
	if err := json.Unmarshal(a.Body.Bytes(), &into, json.RejectUnknownMembers(true)); err != nil {
		a.t.Fatalf("%s: %v in %s", a.what, err, a.Body)
	}
	return into
}

func (d *desk) user(login string) User {
	d.t.Helper()
	return decode[User](d.do("POST", "/api/v1/users", `{"profile":{"login":"`+login+`","firstName":"Ana","lastName":"Lima","email":"`+login+`"}}`))
}

func next(a answer) string {
	for _, l := range a.Header().Values("Link") {
		if href, ok := strings.CutSuffix(l, `>; rel="next"`); ok {
			return strings.TrimPrefix(href, "<https://sms.example.com")
		}
	}
	return ""
}
