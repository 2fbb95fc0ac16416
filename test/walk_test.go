package test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// walker goes through every operation of our document, so that none can be forgotten.
type walker struct {
	*demo

	t      *testing.T
	person user     // without a role and without a phone
	in     *visitor // that person, signed in
	roles  map[string]string
}

// stop is one operation on the way.
type stop struct {
	name, method, path string
	*openapi3.Operation
}

// stops are all operations, by name.
func stops() (all []stop) {
	for path, item := range held.ours.doc.Paths.Map() {
		for method, op := range item.Operations() {
			all = append(all, stop{method + " " + path, method, path, op})
		}
	}
	slices.SortFunc(all, func(a, b stop) int { return strings.Compare(a.name, b.name) })
	return all
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// at is the path with an id wherever it takes one, and with what can stand where it takes one of a few words.
func (s stop) at(id string) string {
	return placeholder.ReplaceAllStringFunc(s.path, func(name string) string {
		p := s.Parameters.GetByInAndName("path", strings.Trim(name, "{}"))
		switch {
		case p == nil:
			return id
		case name == "{country}":
			return "US"
		case len(p.Schema.Value.Enum) > 0:
			return p.Schema.Value.Enum[0].(string)
		default:
			return id
		}
	})
}

// with is the query of what must be given.
func (s stop) with() string {
	for _, p := range s.Parameters {
		if p.Value.In == "query" && p.Value.Required {
			return "?" + p.Value.Name + "=false"
		}
	}
	return ""
}

// body is the schema of what it takes, nil for nothing.
func (s stop) body() *openapi3.Schema {
	if s.RequestBody == nil {
		return nil
	}
	return s.RequestBody.Value.Content.Get("application/json").Schema.Value
}

func (s stop) public() bool { return s.Security != nil && len(*s.Security) == 0 }

func (s stop) allows(t *testing.T) (roles []string) {
	t.Helper()
	if text, ok := s.Extensions["x-roles"]; ok {
		b, err := json.Marshal(text)
		if err != nil || json.Unmarshal(b, &roles) != nil {
			t.Fatal(err)
		}
	}
	return roles
}

// whole are bodies that nothing is wrong with, where an id that is not there has to be found out.
var whole = map[string]string{
	"PUT /api/v1/authenticators/{authenticatorId}":                      `{"key":"phone_number","name":"Phone"}`,
	"PUT /api/v1/authenticators/{authenticatorId}/methods/{methodType}": `{"type":"sms","status":"ACTIVE"}`,
	"POST /api/v1/inlineHooks/{inlineHookId}":                           `{"name":"My service"}`,
	"PUT /api/v1/inlineHooks/{inlineHookId}":                            "", // see newWalker
	"POST /api/v1/inlineHooks/{inlineHookId}/execute":                   `{}`,
	"PATCH /api/v1/telephony-providers/{customTelephonyProviderId}":     `{"providerSettings":{"call":{"twilioPhoneNumber":"+15005550006"}}}`,
	"POST /api/v1/telephony-providers/{customTelephonyProviderId}/test": `{"factor":"SMS","phoneNumber":"+12025550199"}`,
	"PUT /api/v1/telephony/regulations/{country}":                       `{"brandPrefix":"Acme"}`,
	"PUT /api/v1/templates/calls/{purpose}":                             `{"template":"${code}"}`,
	"PUT /api/v1/templates/messages/{purpose}":                          `{"template":"${code}"}`,
	"POST /api/v1/templates/sms/{templateId}":                           `{"name":"Custom"}`,
	"PUT /api/v1/templates/sms/{templateId}":                            `{"name":"Custom","type":"SMS_VERIFY_CODE","template":"${code}"}`,
	"PUT /api/v1/trustedOrigins/{trustedOriginId}":                      `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"CORS"}]}`,
	"POST /api/v1/users/{id}":                                           `{"profile":{"department":"Sales"}}`,
	"PUT /api/v1/users/{id}":                                            `{"profile":{"login":"x@example.com","email":"x@example.com"}}`,
	"POST /api/v1/users/{id}/roles":                                     `{"type":"HELP_DESK_ADMIN"}`,
	"POST /api/v1/users/{userId}/authenticator-enrollments/phone":       "", // see newWalker
	"POST /api/v1/users/{userId}/factors":                               `{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550199"}}`,
	"POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate": `{"passCode":"123456"}`,
	"POST /api/v1/users/{userId}/factors/{factorId}/resend":             `{"factorType":"sms","provider":"OKTA"}`,
	"POST /api/v1/users/{userId}/factors/{factorId}/verify":             `{"passCode":"123456"}`,
}

func newWalker(t *testing.T, database string) *walker {
	t.Helper()
	w := &walker{demo: startDemo(t, database), t: t, roles: map[string]string{}}
	w.visitors(t)
	w.in = newVisitor(t, w.exports["HOOKSWITCH_URL"])
	var found []user
	w.call(t, "GET", "/api/v1/users?q=ana", nil).ok(&found)
	w.person = found[0]
	var phones []factor
	w.call(t, "GET", "/api/v1/users/"+w.person.ID+"/factors", nil).ok(&phones)
	w.call(t, "DELETE", "/api/v1/users/"+w.person.ID+"/factors/"+phones[0].ID, nil).ok()
	var st transaction
	w.in.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
	w.in.do("POST", "/api/v1/sessions", fields{"sessionToken": st.SessionToken}).ok()
	for _, role := range []string{"READ_ONLY_ADMIN", "HELP_DESK_ADMIN"} {
		var made struct{ Token string }
		w.call(t, "POST", "/api/v1/api-tokens", fields{"name": role, "role": role}).ok(&made)
		w.roles[role] = made.Token
	}
	return w
}

func (w *walker) ask(s stop, path string, body any, change ...func(*http.Request)) answer {
	w.t.Helper()
	return w.call(w.t, s.method, path, body, change...)
}

// is tells whether an answer refuses as it has to.
func (w *walker) is(s stop, how string, a answer, status int, codes ...string) {
	w.t.Helper()
	var told struct {
		ErrorCode, ErrorSummary, ErrorLink string
		ErrorCauses                        []struct{ ErrorSummary string }
	}
	if err := json.Unmarshal(a.body, &told); err != nil || a.status != status || !slices.Contains(codes, told.ErrorCode) {
		w.t.Errorf("%s with %s: %d %s, want %d %v", s.name, how, a.status, a.body, status, codes)
	}
}

// as gives a request another token, none when it is empty.
func as(token string) func(*http.Request) {
	return func(r *http.Request) {
		if r.Header.Del("Authorization"); token != "" {
			r.Header.Set("Authorization", "SSWS "+token)
		}
	}
}

// A stranger, a wrong role, an id of nothing and of something else, a body that cannot be read or says a thing twice, a page
// that is too large, a cursor of nowhere: every operation refuses each of them, with Okta's code, and nothing is changed.
func TestEveryOperationRefusesWhatItShould(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		w := newWalker(t, database)
		before := w.snapshot()
		for _, s := range stops() {
			w.refusesStrangers(s)
			w.refusesIDs(s)
			w.refusesBodies(s)
			w.refusesParameters(s)
		}
		after := w.snapshot()
		for path, text := range before {
			if after[path] != text {
				t.Errorf("a refusal changed %s from\n%s\nto\n%s", path, text, after[path])
			}
		}
	})
}

// snapshot is everything that can be read without an id and is no protocol of what happened.
func (w *walker) snapshot() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	for _, s := range stops() {
		if s.method != "GET" || strings.Contains(s.path, "{") || s.path == "/api/v1/logs" || strings.HasPrefix(s.path, "/api/v1/deliveries") || s.public() {
			continue
		}
		if a := w.ask(s, s.path, nil); a.status == http.StatusOK { // a token has no session
			all[s.path] = string(a.body)
		}
	}
	if len(all) < 10 {
		w.t.Errorf("only %d things can be read", len(all))
	}
	return all
}

func (w *walker) refusesStrangers(s stop) {
	w.t.Helper()
	body := any(nil)
	if s.body() != nil {
		body = `{}`
	}
	path := s.at("x1")
	if s.method != "GET" {
		elsewhere := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
		w.is(s, "the page of another site", send(w.t, &w.in.client, s.method, w.in.url+path, body, elsewhere), 403, "E0000006")
	}
	if s.public() {
		return
	}
	w.is(s, "no token", w.ask(s, path, body, as("")), 401, "E0000011")
	w.is(s, "a token that is none", w.ask(s, path, body, as("00nobody")), 401, "E0000011")
	roles := s.allows(w.t)
	if len(roles) == 0 { // whoever is signed in; a token is not
		w.is(s, "a token", w.ask(s, path, body), 404, "E0000007")
		return
	}
	w.is(s, "a person's session", w.in.do(s.method, path, body), 403, "E0000006")
	for role, token := range w.roles {
		if !slices.Contains(roles, role) {
			w.is(s, role, w.ask(s, path, body, as(token)), 403, "E0000006")
		}
	}
}

func (w *walker) refusesIDs(s stop) {
	w.t.Helper()
	if !strings.Contains(s.path, "{") || s.public() {
		return
	}
	body := any(nil)
	if s.body() != nil {
		text, ok := whole[s.name]
		switch {
		case !ok:
			w.t.Errorf("%s needs a body in whole", s.name)
		case s.name == "PUT /api/v1/inlineHooks/{inlineHookId}":
			body = hookBody("https://hooks.example.com/")
		case strings.HasSuffix(s.name, "authenticator-enrollments/phone"):
			var all []authenticator
			w.call(w.t, "GET", authenticatorsPath, nil).ok(&all)
			body = fields{"authenticatorId": all[0].ID, "profile": fields{"phoneNumber": "+12025550199"}}
		default:
			body = text
		}
	}
	var providers []telephonyProvider
	w.call(w.t, "GET", providerPath, nil).ok(&providers)
	for how, id := range map[string]string{
		"an id of nothing": "00u0000000000000000", "an id of another type": providers[0].ID, "an id that is too long": strings.Repeat("a", 300),
		"an id with odd letters": url.PathEscape("a b'\"%;--é"), "a NUL": "a%00b",
	} {
		if how == "an id with odd letters" && strings.HasSuffix(s.path, "/{country}") {
			continue // that is no id, and says itself what it may be
		}
		if how == "an id of another type" && strings.HasPrefix(s.path, providerPath) {
			id = w.person.ID
		}
		w.is(s, how, w.ask(s, placeholder.ReplaceAllString(s.path, id)+s.with(), body), 404, "E0000007")
	}
	if strings.Count(s.path, "{") == 2 && strings.HasPrefix(s.path, "/api/v1/users/") { // the person is there, the other thing is not
		first := placeholder.FindString(s.path)
		path := placeholder.ReplaceAllString(strings.Replace(s.path, first, w.person.ID, 1), providers[0].ID)
		w.is(s, "a thing of nobody", w.ask(s, path, body), 404, "E0000007")
	}
}

func (w *walker) refusesBodies(s stop) {
	w.t.Helper()
	schema := s.body()
	if schema == nil {
		return
	}
	path := s.at(w.person.ID)
	plain := func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }
	w.is(s, "half a body", w.ask(s, path, `{"`), 400, "E0000003")
	w.is(s, "a large body", w.ask(s, path, `{"a":"`+strings.Repeat("a", 600<<10)+`"}`), 413, "E0000003")
	w.is(s, "text", w.ask(s, path, `{}`, plain), 415, "E0000021")
	w.is(s, "a list", w.ask(s, path, `[]`), 400, "E0000001")
	w.is(s, "deep brackets", w.ask(s, path, strings.Repeat(`{"a":`, 100)+"1"+strings.Repeat("}", 100)), 400, "E0000003")
	if s.RequestBody.Value.Required {
		w.is(s, "no body", w.ask(s, path, nil), 400, "E0000003")
	}
	names := slices.Sorted(maps.Keys(schema.Properties))
	if len(names) == 0 {
		return // any object
	}
	w.is(s, "a property twice", w.ask(s, path, `{"`+names[0]+`":null,"`+names[0]+`":null}`), 400, "E0000001")
	w.is(s, "a property that is not known", w.ask(s, path, `{"zzz":1}`), 400, "E0000001")
	for _, name := range names {
		if name[0] >= 'a' && name[0] <= 'z' {
			w.is(s, "another case", w.ask(s, path, `{"`+strings.ToUpper(name)+`":null}`), 400, "E0000001")
			break
		}
	}
}

// badValues are refused by whatever parameter has the name.
var badValues = map[string][]string{
	"after": {"bm90IGEgY3Vyc29y", "%00", "!"}, "filter": {strings.Repeat(`id eq "a" or `, 800) + `id eq "a"`, "(", "id eq", `password eq "x"`},
	"search": {strings.Repeat(`id eq "a" or `, 800) + `id eq "a"`, ")", `id qq "a"`}, "q": {strings.Repeat("a", 10_000)},
	"since": {"yesterday"}, "until": {"2026"}, "sortOrder": {"UP"},
}

func (w *walker) refusesParameters(s stop) {
	w.t.Helper()
	refused := []string{"E0000001", "E0000029", "E0000031", "E0000053"}
	body := any(nil)
	if s.body() != nil {
		body = `{}`
	}
	for _, p := range s.Parameters {
		if p.Value.In != "query" {
			continue
		}
		values := slices.Clone(badValues[p.Value.Name])
		if schema := p.Value.Schema.Value; schema.Type.Is("integer") {
			values = append(values, "x", "1000000", "-1", "1e3", "99999999999999999999")
		} else if schema.Type.Is("boolean") {
			values = append(values, "yes")
		} else if len(schema.Enum) > 0 {
			values = append(values, "nothing")
		}
		for _, value := range values {
			how := p.Value.Name + "=" + value[:min(len(value), 30)]
			w.is(s, how, w.ask(s, s.at(w.person.ID)+"?"+p.Value.Name+"="+url.QueryEscape(value), body), 400, refused...)
		}
		w.is(s, p.Value.Name+" twice", w.ask(s, s.at(w.person.ID)+"?"+p.Value.Name+"=a&"+p.Value.Name+"=a", body), 400, refused...)
	}
}

// Whoever asks too often hears when to come back, whatever was asked for.
func TestEveryOperationSaysWhenToComeBack(t *testing.T) {
	t.Setenv("HOOKSWITCH_RATE_LIMIT", "1")
	t.Setenv("HOOKSWITCH_LIST_RATE_LIMIT", "1")
	d := startDemo(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db"))
	for _, path := range []string{"/api/v1/logs", "/api/v1/users/me"} {
		d.call(t, "GET", path, nil)
		d.call(t, "GET", path, nil, as(""))
	}
	for _, s := range stops() {
		d.call(t, s.method, s.at("x1"), nil).refused(429, "E0000047")
		d.call(t, s.method, s.at("x1"), nil, as("")).refused(429, "E0000047")
	}
}

// A path that is there answers other methods with those that it has.
func TestEveryPathTellsItsMethods(t *testing.T) {
	d := startDemo(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db"))
	for path, item := range held.ours.doc.Paths.Map() {
		a := d.call(t, "TRACE", placeholder.ReplaceAllString(path, "x1"), nil).refused(405, "E0000022")
		for method := range item.Operations() {
			if !slices.Contains(strings.Split(a.header.Get("Allow"), ", "), method) {
				t.Errorf("%s allows %q", path, a.header.Get("Allow"))
			}
		}
	}
}
