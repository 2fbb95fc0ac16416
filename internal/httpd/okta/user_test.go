package okta

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

func TestAUserAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	const ana = `{
		"id": "00u00000000000000001", "status": "ACTIVE", "created": "2026-01-31T12:00:00.123Z", "activated": "2026-01-31T12:00:00.123Z",
		"statusChanged": "2026-01-31T12:00:00.123Z", "lastLogin": null, "lastUpdated": "2026-01-31T12:00:00.123Z",
		"profile": {"firstName": "Ana", "lastName": "Lima", "email": "ana@example.com", "login": "ana@example.com", "mobilePhone": "+1 202 555 0142", "locale": "pt_BR"},
		"credentials": {"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}},
		"_links": {"self": {"href": "https://sms.example.com/api/v1/users/00u00000000000000001"}}
	}`
	d.do("POST", "/api/v1/users?activate=true&provider=false", `{
		"profile": {"firstName": "Ana", "lastName": "Lima", "email": "ana@example.com", "login": "ana@example.com", "mobilePhone": "+1 202 555 0142", "locale": "pt_BR"},
		"credentials": {"password": {"value": "correct horse battery"}}
	}`).is(200, ana)
	if d.world.password != "correct horse battery" {
		t.Error("the password did not arrive")
	}
	d.do("GET", "/api/v1/users/00u00000000000000001", "").is(200, ana)
	d.do("GET", "/api/v1/users/ANA@example.com", "").is(200, ana)
	d.do("GET", "/api/v1/users/nobody", "").refused(404, "E0000007", "There is no such user.")
	d.do("POST", "/api/v1/users", `{"profile":{"login":"Ana@example.com"}}`).refused(400, "E0000001", "login: An object with this field already exists")
	if u := decode[User](d.do("POST", "/api/v1/users?activate=false", `{"profile":{"login":"staged@example.com"}}`)); u.Status != "STAGED" || u.Activated != nil {
		t.Errorf("%+v", u)
	}
}

func TestBadUsersAreRefused(t *testing.T) {
	for body, cause := range map[string]string{
		`{"profile":{}}`:            "profile.login: it is required",
		`{}`:                        "profile.login: it is required",
		`{"profile":{"login":"a"}}`: "profile.login: it must have at least 5 characters",
		`{"profile":{"login":"ana@example.com","vip":1}}`:                                      "profile: it has a property that is not known here",
		`{"profile":{"Login":"ana@example.com"}}`:                                              "login is spelled in another case",
		`{"profile":{"login":["ana@example.com"]}}`:                                            "profile.login: it must be a string",
		`{"profile":{"login":"ana@example.com"},"type":1}`:                                     "body: it has a property that is not known here",
		`{"profile":{"login":"ana@example.com"},"credentials":{"provider":{"type":"SOCIAL"}}}`: "credentials.provider.type: it must be one of OKTA",
	} {
		newDesk(t).do("POST", "/api/v1/users", body).refused(400, "E0000001", cause)
	}
	newDesk(t).do("POST", "/api/v1/users?nextLogin=changePassword", `{"profile":{"login":"ana@example.com"}}`).refused(400, "E0000001", "nextLogin")
}

func TestMeIsTheUserOfTheToken(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	d.world.tokens["00Tana"] = hookswitch.APIToken{ID: "00Tana", UserID: ana.ID, Role: hookswitch.SuperAdmin}
	d.token = "00Tana"
	if u := decode[User](d.do("GET", "/api/v1/users/me", "")); u.ID != ana.ID {
		t.Errorf("me is %s", u.ID)
	}
	if f := decode[[]UserFactor](d.do("GET", "/api/v1/users/me/factors", "")); len(f) != 0 {
		t.Errorf("%+v", f)
	}
	d.token = string(hookswitch.SuperAdmin)
	d.do("GET", "/api/v1/users/me", "").refused(404, "E0000007", "no such user")
}

func TestUsersAreListedByTheirLinks(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		d.user(fmt.Sprintf("user%d@example.com", i))
	}
	var logins []string
	pages := 0
	for target := "/api/v1/users?limit=2"; target != ""; pages++ {
		a := d.do("GET", target, "")
		for _, u := range decode[[]User](a) {
			logins = append(logins, u.Profile.Login[:5])
		}
		target = next(a)
	}
	if fmt.Sprint(logins) != "[user0 user1 user2 user3 user4]" || pages != 3 {
		t.Errorf("%v in %d pages", logins, pages)
	}
	d.do("GET", "/api/v1/users?limit=1000000", "").refused(400, "E0000001", "limit: it must be between 1 and 200")
	d.do("GET", "/api/v1/users", "").Body.Reset()
	if a := newDesk(t).do("GET", "/api/v1/users", ""); a.Body.String() != "[]" {
		t.Errorf("no users: %s", a.Body)
	}
}

func TestUsersAreSearched(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	for query, want := range map[string]admin.UserSearch{
		"":               {Limit: 200},
		"?q=an":          {Query: "an", Limit: 10},
		"?q=an&limit=20": {Query: "an", Limit: 20},
		"?limit=2":       {Limit: 2},
	} {
		if d.do("GET", "/api/v1/users"+query, ""); !reflect.DeepEqual(d.world.sought, want) {
			t.Errorf("%s: sought %+v", query, d.world.sought)
		}
	}
	for query, want := range map[string]string{
		`filter=status+eq+"ACTIVE"`: `status eq "ACTIVE"`,
		`filter=lastUpdated+gt+"2026-01-01T00:00:00.000Z"+and+profile.login+eq+"A@B.c"`: `lastUpdated gt "2026-01-01T00:00:00Z" and profile.login eq "a@b.c"`,
		`search=profile.department+sw+"Sal"+and+(status+eq+"STAGED"+or+activated+pr)`:   `profile.department sw "sal" and (status eq "staged" or activated pr)`,
		`search=profile.lastName+co+"im"`:                                               `profile.lastName co "im"`,
	} {
		if d.do("GET", "/api/v1/users?"+strings.ReplaceAll(query, `"`, "%22"), ""); d.world.sought.Filter.String() != want {
			t.Errorf("%s: sought %s", query, d.world.sought.Filter)
		}
	}
	for query, want := range map[string][2]string{
		"filter=profile.department+eq+%22x%22": {"E0000053", "field is not valid: profile.department"},
		"filter=status+sw+%22A%22":             {"E0000031", "filter"},
		"filter=status+ne+%22A%22":             {"E0000031", "filter"},
		"search=profile.department+co+%22x%22": {"E0000031", "filter"},
		"search=profile.shoeSize+eq+%2242%22":  {"E0000053", "field is not valid: profile.shoeSize"},
		"search=status+eq":                     {"E0000053", "Expected a value"},
		"search=" + strings.Repeat("(", 9000):  {"E0000053", "longer"},
		"q=a&filter=status+eq+%22A%22":         {"E0000031", "Only one of q, search and filter"},
		"search=status+pr&sortBy=id":           {"E0000031", "sortBy"},
		"limit=201":                            {"E0000001", "limit"},
		"after=zzz":                            {"E0000029", "after"},
		"q=" + strings.Repeat("a", 101):        {"E0000001", "q: "},
	} {
		d.do("GET", "/api/v1/users?"+query, "").refused(400, want[0], want[1])
	}
	link := next(d.do("GET", "/api/v1/users?limit=1", ""))
	if link != "" {
		t.Errorf("one user makes %s", link)
	}
	d.user("bo@example.com")
	link = next(d.do("GET", "/api/v1/users?limit=1", ""))
	d.do("GET", link+"&search=status+pr", "").refused(400, "E0000029", "after")
	d.do("GET", strings.Replace(link, "/api/v1/users", "/api/v1/logs", 1), "").refused(400, "E0000029", "after")
	if found := decode[[]User](d.do("GET", link, "")); len(found) != 1 || found[0].ID == ana.ID {
		t.Errorf("the second page: %+v", found)
	}
}

func TestAUserIsUpdatedInPartAndReplacedAsAWhole(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	path := "/api/v1/users/" + ana.ID
	is := decode[User](d.do("POST", path, `{"profile":{"title":"Engineer","lastName":null,"city":"São Paulo"},"credentials":{"password":{"value":"another horse battery"}}}`))
	if is.Profile.Title != "Engineer" || is.Profile.LastName != "" || is.Profile.FirstName != "Ana" || d.world.password != "another horse battery" || d.world.by.Role != hookswitch.SuperAdmin {
		t.Errorf("%+v", is)
	}
	// What a client got it may send back, changed or not.
	body := d.do("GET", path, "").Body.String()
	is = decode[User](d.do("PUT", path, strings.Replace(body, `"title":"Engineer"`, `"nickName":"Aninha"`, 1)))
	if is.Profile.Title != "" || is.Profile.NickName != "Aninha" || is.Profile.City != "São Paulo" {
		t.Errorf("%+v", is)
	}
	d.do("POST", path, `{"credentials":{"password":{"value":"yet another battery"}}}`).is(200, d.do("GET", path, "").Body.String())
	for body, cause := range map[string]string{
		`{"profile":{"shoeSize":42}}`:           "profile: it has a property that is not known here",
		`{"profile":{"nickname":"A"}}`:          "nickName is spelled in another case",
		`{"profile":{"title":"A","title":"B"}}`: "given more than once",
		`{"profile":{"title":7}}`:               "profile.title: it must be a string",
		`{"profile":{"countryCode":"BRA"}}`:     "profile.countryCode: it may have at most 2 characters",
		`{"profile":{"login":"a"}}`:             "profile.login",
		`{"profile":[]}`:                        "profile",
	} {
		d.do("POST", path, body).refused(400, "E0000001", cause)
	}
	d.do("PUT", path, `{"profile":{"firstName":"Ana"}}`).refused(400, "E0000001", "profile.login: it is required")
	d.do("POST", path, ``).refused(411, "E0000003", "")
	d.do("POST", "/api/v1/users/nobody", `{}`).refused(404, "E0000007", "")
	d.token = string(hookswitch.HelpDeskAdmin)
	d.do("POST", path, `{"profile":{"title":"Boss"}}`).refused(403, "E0000006", "")
}

func TestEveryAttributeOfAProfileComesBack(t *testing.T) {
	d := newDesk(t)
	profile := map[string]string{}
	for i, a := range (hookswitch.Profile{}).Attributes() {
		profile[a.Name] = fmt.Sprintf("v%d", i)
	}
	if len(profile) != 31 {
		t.Errorf("%d attributes", len(profile))
	}
	profile["login"], profile["email"], profile["secondEmail"], profile["countryCode"] = "ana@example.com", "ana@example.com", "a@example.com", "BR"
	body, err := json.Marshal(map[string]any{"profile": profile})
	if err != nil {
		t.Fatal(err)
	}
	ana := decode[User](d.do("POST", "/api/v1/users", string(body)))
	for _, a := range hookswitch.Profile(ana.Profile).Attributes() {
		if a.Value != profile[a.Name] {
			t.Errorf("%s is %q", a.Name, a.Value)
		}
	}
	for name := range profile {
		if name == "login" {
			continue
		}
		is := decode[User](d.do("POST", "/api/v1/users/"+ana.ID, `{"profile":{"`+name+`":null}}`))
		for _, a := range hookswitch.Profile(is.Profile).Attributes() {
			if a.Name == name && a.Value != "" {
				t.Errorf("%s did not change", name)
			}
		}
	}
}

func TestAUserIsChangedAsTheAdministratorSawThem(t *testing.T) {
	d := newDesk(t)
	path := "/api/v1/users/" + d.user("ana@example.com").ID
	seen := d.do("GET", path, "").Header().Get("ETag")
	first := d.do("POST", path, `{"profile":{"department":"Sales"}}`, "If-Match", seen)
	d.do("POST", path, `{"profile":{"department":"Support"}}`, "If-Match", seen).refused(412, "E0000195", "Somebody changed this after you read it.")
	d.do("POST", path, `{"profile":{"department":"Support"}}`, "If-Match", first.Header().Get("ETag"))
	if u := decode[User](d.do("GET", path, "")); u.Profile.Department != "Support" {
		t.Errorf("%+v", u)
	}
}

func TestTheLifeOfAnAccount(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	path := "/api/v1/users/" + ana.ID
	d.do("POST", path+"/lifecycle/suspend", "").is(200, "")
	d.do("POST", path+"/lifecycle/suspend", "").refused(403, "E0000038", "The user's status is SUSPENDED.")
	d.do("POST", path+"/lifecycle/unsuspend", "").is(200, "")
	d.do("POST", path+"/lifecycle/activate?sendEmail=false", "").refused(403, "E0000016", "")
	d.do("POST", path+"/lifecycle/unlock", "").refused(403, "E0000038", "")
	if u := decode[User](d.do("POST", path+"/lifecycle/expire_password", "")); u.Status != "PASSWORD_EXPIRED" {
		t.Errorf("%+v", u)
	}
	d.do("POST", path+"/lifecycle/reset_password", "").refused(400, "E0000001", "sendEmail: it is required")
	d.do("POST", path+"/lifecycle/reset_password?sendEmail=true", "").refused(400, "E0000001", "sendEmail: No email")
	d.do("POST", path+"/lifecycle/reset_password?sendEmail=false", "").is(200, `{"resetPasswordUrl":"https://sms.example.com/signin/forgot-password"}`)
	d.do("POST", path+"/lifecycle/reactivate?sendEmail=true", "").refused(400, "E0000001", "sendEmail: No email")
	d.do("POST", path+"/lifecycle/reactivate?sendEmail=false", "").is(200, `{"activationUrl":"https://sms.example.com/signin/forgot-password"}`)
	if u := decode[User](d.do("GET", path, "")); u.Status != "RECOVERY" {
		t.Errorf("after the reactivation: %+v", u)
	}
	d.do("POST", path+"/lifecycle/reset_factors", "").is(200, "")
	d.do("POST", path+"/lifecycle/deactivate", "").is(200, "")
	d.do("POST", path+"/lifecycle/activate", "").is(200, "{}")
	d.do("POST", path+"/lifecycle/reactivate", "").refused(403, "E0000038", "The user's status is ACTIVE.")
	d.do("DELETE", path, "").is(204, "")
	if u := decode[User](d.do("GET", path, "")); u.Status != "DEPROVISIONED" {
		t.Errorf("after the first deletion: %+v", u)
	}
	d.do("DELETE", path, "").is(204, "")
	d.do("GET", path, "").refused(404, "E0000007", "")
	d.do("DELETE", path, "").refused(404, "E0000007", "")
	d.do("GET", "/api/v1/users/"+ana.ID+"/lifecycle/activate", "").refused(405, "E0000022", "")
	d.token = string(hookswitch.ReadOnlyAdmin)
	d.do("POST", path+"/lifecycle/unlock", "").refused(403, "E0000006", "")
}

func FuzzUserPlace(f *testing.F) {
	f.Add(string(userCursor(hookswitch.UserPosition{ID: "00u1", Text: "a.b", Time: noon()})))
	f.Add("..")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := userPlace(httpd.Cursor(text))
		if err != nil {
			return
		}
		again, err := userPlace(userCursor(*p))
		if err != nil || again.ID != p.ID || again.Text != p.Text {
			t.Errorf("%q: %+v, then %+v, %v", text, p, again, err)
		}
	})
}

func TestAUserIsFoundByPhone(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	d.user("ben@example.com")
	d.do("POST", "/api/v1/users/"+ana.ID+"/factors?activate=true", `{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550142"}}`)
	found := decode[[]User](d.do("GET", "/api/v1/telephony/users?phoneNumber=%2B12025550142", ""))
	if len(found) != 1 || found[0].ID != ana.ID {
		t.Errorf("found %+v", found)
	}
	d.do("GET", "/api/v1/telephony/users", "").refused(400, "E0000001", "phoneNumber")
}
