package okta

import (
	"fmt"
	"testing"

	"hookswitch"
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
	d.do("GET", `/api/v1/users?filter=status+eq+"ACTIVE"`, "").refused(400, "E0000031", "filter")
	d.do("GET", "/api/v1/users", "").Body.Reset()
	if a := newDesk(t).do("GET", "/api/v1/users", ""); a.Body.String() != "[]" {
		t.Errorf("no users: %s", a.Body)
	}
}
