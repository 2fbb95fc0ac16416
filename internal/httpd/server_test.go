package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"hookswitch"
)

func TestParametersBecomeFields(t *testing.T) {
	d := newDesk(t)
	a := d.do("POST", "/api/v1/things/a%20b%2Fc?dry=true&weight=3&since=2026-01-01T00:00:00.5Z&unknown=ignored", `{"name":"n"}`)
	if a.Code != 201 {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	in := d.shelf.gave
	if in.ID != "a b/c" || !in.Dry || in.Weight.Or(0) != 3 || time.Time(in.Since.Value).Nanosecond() != 5e8 {
		t.Errorf("read %+v", in)
	}
}

func TestBadParametersAreRefusedByName(t *testing.T) {
	for _, c := range []struct{ target, code, cause string }{
		{"/api/v1/things/1?dry=canary-91827", "E0000001", "dry: it must be true or false"},
		{"/api/v1/things/1?weight=canary-91827", "E0000001", "weight: it must be a whole number"},
		{"/api/v1/things/1?weight=6", "E0000001", "weight: it must be between 0 and 5"},
		{"/api/v1/things/1?weight=1&weight=2", "E0000001", "weight: it is given more than once"},
		{"/api/v1/things/1?since=canary-91827", "E0000001", "since: is no ISO 8601 time"},
		{"/api/v1/things/1?dry=%zz", "E0000001", "query: it cannot be read"},
		{"/api/v1/things/1?dry=%ff", "E0000001", "dry: it is not valid UTF-8"},
		{"/api/v1/things/%ff", "E0000007", "Not found: Resource not found"},
		{"/api/v1/things/%00", "E0000007", "Not found"},
		{"/api/v1/things/012345678901234567890", "E0000007", "Not found"},
	} {
		a := newDesk(t).do("POST", c.target, `{"name":"a"}`)
		status := 400
		if c.code == "E0000007" {
			status = 404
		}
		a.wants(status, c.code, c.cause)
		if strings.Contains(a.Body.String(), "91827") {
			t.Errorf("%s: a value comes back: %s", c.target, a.Body)
		}
	}
}

func TestARequiredParameterIsRequired(t *testing.T) {
	type in struct {
		Q string `query:"q" required:"true"`
	}
	op := Op("GET", "/x", About{ID: "x", Tag: "X", Summary: "X", Public: true}, func(context.Context, Call, in) (Nothing, error) { return Nothing{}, nil })
	handler, err := New(Options{Now: noon, Random: endless{}, Log: slog.New(slog.DiscardHandler)}, []Operation{op})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, handler: handler}
	d.do("GET", "/x", "").wants(400, "E0000001", "q: it is required")
	d.do("GET", "/x?q=", "").wants(400, "E0000001", "q: it is required")
	if a := d.do("GET", "/x?q=1", ""); a.Code != 204 {
		t.Errorf("%d", a.Code)
	}
}

func TestPathsAndMethodsThatAreNotThere(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/api/v1/nothing", "/", "/api/v1/things/", "/api/v1//things", "/api/v1/../v1/things", "/api/v1/things/1/2"} {
		d.do("GET", path, "").wants(404, "E0000008", "path was not found")
	}
	a := d.do("PUT", "/api/v1/things", "")
	a.wants(405, "E0000022", "HTTP method")
	if got := a.Header().Get("Allow"); got != "DELETE, GET, HEAD, OPTIONS" {
		t.Errorf("Allow: %s", got)
	}
	if a := d.do("OPTIONS", "/api/v1/things", ""); a.Code != 204 || a.Header().Get("Allow") == "" {
		t.Errorf("OPTIONS: %d", a.Code)
	}
	if a := d.do("HEAD", "/api/v1/things", ""); a.Code != 200 || a.Header().Get("Link") == "" {
		t.Errorf("HEAD: %d %v", a.Code, a.Header())
	}
}

func TestOnlyAGoodTokenWithTheRoleIsLetIn(t *testing.T) {
	for _, c := range []struct {
		authorization string
		method        string
		status        int
		code          string
	}{
		{"", "GET", 401, "E0000011"},
		{"SSWS", "GET", 401, "E0000011"},
		{"SSWS ", "GET", 401, "E0000011"},
		{"Bearer super-token", "GET", 401, "E0000011"},
		{"SSWS super-token2", "GET", 401, "E0000011"},
		{"SSWS " + strings.Repeat("x", 600), "GET", 401, "E0000011"},
		{"ssws reader-token", "GET", 200, ""},
		{"SSWS reader-token", "DELETE", 403, "E0000006"},
		{"SSWS super-token", "DELETE", 204, ""},
	} {
		d := newDesk(t)
		a := d.do(c.method, "/api/v1/things", "", header("Authorization", c.authorization))
		if c.code == "" {
			if a.Code != c.status {
				t.Errorf("%+v: %d %s", c, a.Code, a.Body)
			}
			continue
		}
		a.wants(c.status, c.code, "")
		if d.shelf.touched > 0 {
			t.Errorf("%+v: the use case was asked", c)
		}
	}
	if a := newDesk(t).do("GET", "/api/v1/open", "", header("Authorization", "")); a.Code != 200 {
		t.Errorf("a public operation wants a token: %d", a.Code)
	}
}

func TestAStrangersBodyIsNotRead(t *testing.T) {
	d := newDesk(t)
	d.do("POST", "/api/v1/things/1", "not json", header("Authorization", "")).wants(401, "E0000011", "")
	d.do("POST", "/api/v1/things/1", "not json", header("Authorization", "SSWS reader-token")).wants(403, "E0000006", "")
}

func TestATableThatForgetsWhoMayCallDoesNotServe(t *testing.T) {
	row := Op("GET", "/x", About{ID: "x", Tag: "X", Summary: "X"}, func(context.Context, Call, Nothing) (Nothing, error) { return Nothing{}, nil })
	if _, err := New(Options{}, []Operation{row}); err == nil || !strings.Contains(err.Error(), "who may call") {
		t.Errorf("served: %v", err)
	}
	row.Public = true
	if _, err := New(Options{}, []Operation{row, row}); err == nil {
		t.Error("the same row twice was served")
	}
	if _, err := New(Options{}, []Operation{row}); err != nil {
		t.Errorf("a sound table: %v", err)
	}
}

func TestAnUnknownErrorTellsNothingButItsID(t *testing.T) {
	d := newDesk(t)
	d.shelf.fails = fmt.Errorf("put: %w", errors.New("database canary-91827 is down"))
	a := d.do("POST", "/api/v1/things/1", `{"name":"a"}`)
	a.wants(500, "E0000009", "Internal Server Error")
	if strings.Contains(a.Body.String(), "canary") {
		t.Errorf("leaked: %s", a.Body)
	}
	if id := a.Header().Get("X-Okta-Request-Id"); !strings.Contains(d.log.String(), "canary") || !strings.Contains(d.log.String(), id) {
		t.Errorf("the log does not have the error and its id %s: %s", id, d.log)
	}
}

func TestAPanicIsA500WithoutItsValue(t *testing.T) {
	d := newDesk(t)
	d.shelf.panics = "canary-91827"
	d.do("POST", "/api/v1/things/1", `{"name":"a"}`).wants(500, "E0000009", "")
	if strings.Contains(d.log.String(), "canary") || !strings.Contains(d.log.String(), "harness_test.go") {
		t.Errorf("the log should have the stack and not the value: %s", d.log)
	}
	var nothing runtime.Error
	func() {
		defer func() { nothing, _ = recover().(runtime.Error) }()
		_ = []int{}[len(d.shelf.gave.Body.Labels)]
	}()
	d.shelf.panics = nothing
	d.do("POST", "/api/v1/things/1", `{"name":"a"}`).wants(500, "E0000009", "")
	if !strings.Contains(d.log.String(), "index out of range") {
		t.Errorf("the log should say what the runtime says: %s", d.log)
	}
}

func TestEveryProblemHasItsCode(t *testing.T) {
	for _, c := range []struct {
		problem *hookswitch.Problem
		status  int
		code    string
		text    string
	}{
		{hookswitch.RefuseField(hookswitch.Invalid, "login", "It is too short."), 400, "E0000001", `"Api validation failed: login"`},
		{hookswitch.Refuse(hookswitch.NotFound, "There is no such user."), 404, "E0000007", `"Not found: There is no such user."`},
		{hookswitch.Refuse(hookswitch.Forbidden), 403, "E0000006", ""},
		{hookswitch.Refuse(hookswitch.NotNow, "Deactivate it first."), 400, "E0000001", `"Api validation failed: Deactivate it first."`},
		{hookswitch.RefuseField(hookswitch.AlreadyExists, "name", "It is taken."), 400, "E0000001", "name: It is taken."},
		{hookswitch.Refuse(hookswitch.SignInFailed), 401, "E0000004", "Authentication failed"},
		{hookswitch.Refuse(hookswitch.WrongStep), 403, "E0000079", ""},
		{hookswitch.Refuse(hookswitch.Contended), 409, "E0000195", ""},
		{hookswitch.Refuse(hookswitch.Unavailable), 503, "E0000181", ""},
		{hookswitch.Refuse(hookswitch.OutcomeUnknown, "It may have happened or not."), 500, "E0000009", "It may have happened or not."},
		{hookswitch.Refuse(hookswitch.Damaged, "The database is damaged."), 500, "E0000009", "The database is damaged."},
		{hookswitch.Refuse(hookswitch.PhoneInvalid), 400, "E0000098", ""},
		{hookswitch.Refuse(hookswitch.ExtensionInvalid), 400, "E0000121", ""},
		{hookswitch.Refuse(hookswitch.WrongPasscode), 403, "E0000068", "Please try again"},
		{hookswitch.Refuse(hookswitch.PasscodeUsed), 403, "E0000082", ""},
		{hookswitch.RefuseFor(hookswitch.FactorLocked, 299*time.Second), 429, "E0000047", "299 seconds"},
		{hookswitch.Refuse(hookswitch.FactorDisabled), 403, "E0000069", "administrator"},
		{hookswitch.Refuse(hookswitch.FactorExists), 400, "E0000001", "already set up"},
		{hookswitch.RefuseFor(hookswitch.TooSoonSMS, 12100*time.Millisecond), 429, "E0000109", "wait 13 seconds"},
		{hookswitch.RefuseFor(hookswitch.TooSoonCall, 0), 429, "E0000133", "wait 30 seconds"},
		{hookswitch.RefuseFor(hookswitch.TooManyRequests, time.Minute), 429, "E0000047", "60 seconds"},
		{hookswitch.Refuse(hookswitch.NoProvider), 400, "E0000264", ""},
		{hookswitch.Refuse(hookswitch.SendRefused), 403, "E0000247", ""},
		{hookswitch.Refuse(hookswitch.OptedOutOfSMS), 400, "E0000140", ""},
		{&hookswitch.Problem{Kind: hookswitch.SendFailed, Failure: hookswitch.Unreachable}, 503, "E0000139", ""},
		{&hookswitch.Problem{Kind: hookswitch.CallFailed, Failure: hookswitch.Unreachable}, 500, "E0000138", ""},
		{&hookswitch.Problem{Kind: hookswitch.SendFailed, Failure: hookswitch.InvalidNumber}, 400, "E0000098", ""},
		{&hookswitch.Problem{Kind: hookswitch.SendFailed, Failure: hookswitch.OptedOut}, 400, "E0000140", ""},
		{&hookswitch.Problem{Kind: hookswitch.CallFailed, Failure: hookswitch.CountryDisabled}, 403, "E0000099", ""},
		{&hookswitch.Problem{Kind: hookswitch.CallFailed, Failure: hookswitch.NumberLimit}, 429, "E0000205", ""},
		{&hookswitch.Problem{Kind: hookswitch.SendFailed, Failure: hookswitch.NumberLimit}, 429, "E0000204", ""},
		{hookswitch.RefuseField(hookswitch.BadSearch, "q", "It is too long."), 400, "E0000031", "q: It is too long."},
		{hookswitch.Refuse(hookswitch.BadFilter, "field is not valid: x"), 400, "E0000053", `"errorSummary":"field is not valid: x"`},
		{hookswitch.Refuse(hookswitch.TestFailed, "The provider says: no credit"), 400, "E0000001", "no credit"},
	} {
		d := newDesk(t)
		d.shelf.fails = fmt.Errorf("put: %w", c.problem)
		a := d.do("POST", "/api/v1/things/1", `{"name":"a"}`)
		a.wants(c.status, c.code, c.text)
		if c.status == 429 {
			for _, name := range []string{"Retry-After", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"} {
				if a.Header().Get(name) == "" {
					t.Errorf("%s: no %s", c.problem.Kind, name)
				}
			}
		}
	}
}

func TestA429SaysWhenInEveryWayClientsRead(t *testing.T) {
	d := newDesk(t)
	d.shelf.fails = hookswitch.RefuseFor(hookswitch.TooSoonSMS, 12*time.Second)
	a := d.do("POST", "/api/v1/things/1", `{"name":"a"}`)
	if a.Header().Get("Retry-After") != "12" || a.Header().Get("X-Rate-Limit-Reset") != fmt.Sprint(noon().Unix()+12) {
		t.Errorf("headers %v", a.Header())
	}
}

func TestEveryErrorCodeHasItsMeaning(t *testing.T) {
	for code, m := range meanings {
		if len(code) != 8 || m.status < 400 || m.status > 599 || m.summary == "" {
			t.Errorf("%s: %+v", code, m)
		}
	}
}

func TestTheAccessLogHasTemplatesAndNothingOfTheRequest(t *testing.T) {
	d := newDesk(t)
	d.do("POST", "/api/v1/things/+12025550142?dry=true&weight=canary-91827", `{"name":"canary"}`)
	line := d.log.String()
	for _, want := range []string{`"path":"/api/v1/things/{id}"`, `"status":400`, `"errorCode":"E0000001"`, `"tokenId":"00Tsuper"`, `"requestId":"req`} {
		if !strings.Contains(line, want) {
			t.Errorf("the log lacks %s: %s", want, line)
		}
	}
	for _, leak := range []string{"2025550142", "canary", "super-token"} {
		if strings.Contains(line, leak) {
			t.Errorf("the log has %s: %s", leak, line)
		}
	}
}

func TestSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/api/v1/things", "/nothing", "/healthz"} {
		h := d.do("GET", path, "").Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache, no-store", "Referrer-Policy": "no-referrer",
			"Strict-Transport-Security": "max-age=31536000",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
		if len(h.Get("X-Okta-Request-Id")) != 20 {
			t.Errorf("%s: request id %q", path, h.Get("X-Okta-Request-Id"))
		}
	}
	plain := newDesk(t, func(o *Options) { o.PublicURL = "http://127.0.0.1:8080" })
	if plain.do("GET", "/healthz", "").Header().Get("Strict-Transport-Security") != "" {
		t.Error("HSTS without https")
	}
}

func TestTheClientsAddressComesFromTrustedProxiesOnly(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		peer, forwarded, want string
		proxies               []netip.Prefix
	}{
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1", nil},
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1", proxies},
		{"10.0.0.1:5", "203.0.113.9", "203.0.113.9", proxies},
		{"10.0.0.1:5", "6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9", proxies},
		{"10.0.0.1:5", "nonsense", "10.0.0.1", proxies},
		{"10.0.0.1:5", "", "10.0.0.1", proxies},
		{"[::ffff:10.0.0.1]:5", "2001:db8::1", "2001:db8::1", proxies},
		{"pipe", "", "", nil},
	} {
		d := newDesk(t, func(o *Options) { o.TrustedProxies = c.proxies })
		d.do("POST", "/api/v1/things/1", `{"name":"a"}`, header("X-Forwarded-For", c.forwarded), func(r *http.Request) { r.RemoteAddr = c.peer })
		if got := d.shelf.origin.IP; got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestTheOriginIsFitForTheSystemLog(t *testing.T) {
	d := newDesk(t)
	d.do("POST", "/api/v1/things/1?weight=2", `{"name":"a"}`, header("User-Agent", strings.Repeat("é", 300)+"\xff"), header("Accept-Language", "de-AT"))
	o := d.shelf.origin
	if len(o.UserAgent) > maxAgent || o.Languages != "de-AT" || o.URI != "/api/v1/things/1" || o.Method != "POST" || o.TokenID != "00Tsuper" || o.Actor.ID != "00uSuper" || o.RequestID == "" {
		t.Errorf("%+v", o)
	}
}

func TestProbes(t *testing.T) {
	d := newDesk(t, func(o *Options) {
		o.Ready = func(context.Context) error { return errors.New("canary-91827") }
		o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "up 1\n") })
	})
	for path, want := range map[string]struct {
		status int
		body   string
	}{"/healthz": {200, "ok\n"}, "/readyz": {503, "not ready\n"}, "/metrics": {200, "up 1\n"}} {
		if a := d.do("GET", path, "", header("Authorization", "")); a.Code != want.status || a.Body.String() != want.body {
			t.Errorf("%s: %d %s", path, a.Code, a.Body)
		}
	}
	if a := newDesk(t).do("GET", "/readyz", ""); a.Code != 200 {
		t.Errorf("ready: %d", a.Code)
	}
	if a := newDesk(t).do("GET", "/metrics", ""); a.Code != 404 {
		t.Errorf("no metrics: %d", a.Code)
	}
}

func TestARequestHasATimeLimit(t *testing.T) {
	d := newDesk(t, func(o *Options) { o.Timeout = time.Nanosecond })
	d.shelf.fails = context.DeadlineExceeded
	d.do("POST", "/api/v1/things/1", `{"name":"a"}`).wants(503, "E0000181", "")
}

func TestRequestsAreObservedByTemplate(t *testing.T) {
	var seen []string
	d := newDesk(t, func(o *Options) {
		o.Observe = func(method, path string, status int, _ time.Duration) {
			seen = append(seen, fmt.Sprintf("%s %s %d", method, path, status))
		}
	})
	d.do("POST", "/api/v1/things/1", `{"name":"a"}`)
	d.do("GET", "/secret/12025550142", "")
	if got := strings.Join(seen, ", "); got != "POST /api/v1/things/{id} 201, GET  404" {
		t.Error(got)
	}
}
