package test

import (
	"net/http"
	"strings"
	"testing"
)

// Every operation does what it is for, once, with things that are there: its answers are held against the documents, and
// complete_test.go finds the operation that nobody asked.
func TestEveryOperationAnswers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		d := startDemo(t, database)
		t.Run("org", d.tourOrg)
		t.Run("texts", d.tourTexts)
		t.Run("origins", d.tourOrigins)
		t.Run("tokens", d.tourTokens)
		t.Run("users", d.tourUsers)
		t.Run("roles", d.tourRoles)
		t.Run("factors", d.tourFactors)
		t.Run("sign-in", d.tourSignIn)
		t.Run("providers", d.tourProviders)
		t.Run("hooks", d.tourHooks)
		t.Run("authenticators", d.tourAuthenticators)
	})
}

// did is an answer of success with its status.
func did(a answer, status int, into ...any) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("answered %d %s, want %d", a.status, a.body, status)
	}
	return a.ok(into...)
}

// stale fails the test unless a change is refused to whoever read another version.
func (d *demo) stale(t *testing.T, method, path string, body any) {
	t.Helper()
	if a := d.call(t, method, path, body, func(r *http.Request) { r.Header.Set("If-Match", `"of another time"`) }); a.status != 412 {
		t.Errorf("%s %s: %d %s", method, path, a.status, a.body)
	}
}

func (d *demo) tourOrg(t *testing.T) {
	var org struct {
		Pipeline string
		Links    struct{ Organization struct{ Href string } } `json:"_links"`
	}
	did(d.call(t, "GET", "/.well-known/okta-organization", nil, as("")), 200, &org)
	if org.Pipeline != "idx" || org.Links.Organization.Href != d.exports["HOOKSWITCH_URL"] {
		t.Errorf("%+v", org)
	}
	const general, telephony = "/api/v1/org", "/api/v1/telephony/settings"
	for _, method := range []string{"POST", "PUT"} {
		did(d.call(t, method, general, fields{"companyName": "Acme"}), 200)
		d.stale(t, method, general, fields{"companyName": "Other"})
	}
	for _, path := range []string{general, "/api/v1/deliveries/totals", "/api/v1/telephony/users?phoneNumber=%2B12025550142"} {
		did(d.call(t, "GET", path, nil), 200)
	}
	var settings map[string]any
	did(d.call(t, "GET", telephony, nil), 200, &settings)
	did(d.call(t, "PUT", telephony, settings), 200)
	d.stale(t, "PUT", telephony, settings)
	const regulations, fallback = "/api/v1/telephony/regulations/US", "/api/v1/telephony/hook-fallback"
	did(d.call(t, "PUT", regulations, fields{"brandPrefix": "Acme"}), 200)
	did(d.call(t, "GET", regulations, nil), 200)
	d.stale(t, "PUT", regulations, fields{"brandPrefix": "Other"})
	did(d.call(t, "DELETE", regulations, nil), 204)
	did(d.call(t, "PUT", fallback, fields{"fallbackProviderId": nil, "acceptDuplicates": false}), 200)
	d.stale(t, "PUT", fallback, fields{"fallbackProviderId": nil, "acceptDuplicates": true})
}

func (d *demo) tourTexts(t *testing.T) {
	for _, kind := range []string{"messages", "calls"} {
		path := "/api/v1/templates/" + kind
		var all []struct{ Purpose string }
		did(d.call(t, "GET", path, nil), 200, &all)
		own := path + "/" + all[0].Purpose
		did(d.call(t, "PUT", own, fields{"template": "${code} is the code"}), 200)
		d.stale(t, "PUT", own, fields{"template": "${code}"})
		did(d.call(t, "GET", own, nil), 200)
		did(d.call(t, "DELETE", own, nil), 204)
	}
	for _, kind := range []string{"sms", "calls"} {
		did(d.call(t, "POST", "/api/v1/templates/"+kind+"/preview", fields{"template": "${code} is the code"}), 200)
	}
	var settings map[string]any
	did(d.call(t, "GET", "/api/v1/templates/settings", nil), 200, &settings)
	did(d.call(t, "PUT", "/api/v1/templates/settings", settings), 200)
	d.stale(t, "PUT", "/api/v1/templates/settings", settings)

	const sms = "/api/v1/templates/sms"
	body := fields{"name": "Custom", "type": "SMS_VERIFY_CODE", "template": "${code}"}
	var made user
	did(d.call(t, "POST", sms, body), 200, &made)
	d.stale(t, "PUT", sms+"/"+made.ID, body)
	d.stale(t, "POST", sms+"/"+made.ID, body)
	did(d.call(t, "DELETE", sms+"/"+made.ID, nil), 204)
}

func (d *demo) tourOrigins(t *testing.T) {
	const list = "/api/v1/trustedOrigins"
	body := fields{"name": "App", "origin": "https://app.example.com", "scopes": []fields{{"type": "CORS"}}}
	var made user
	did(d.call(t, "POST", list, body), 200, &made)
	path := list + "/" + made.ID
	did(d.call(t, "GET", path, nil), 200)
	did(d.call(t, "GET", list, nil), 200)
	did(d.call(t, "PUT", path, body), 200)
	d.stale(t, "PUT", path, body)
	did(d.call(t, "POST", path+"/lifecycle/deactivate", nil), 200)
	did(d.call(t, "POST", path+"/lifecycle/activate", nil), 200)
	did(d.call(t, "DELETE", path, nil), 204)
}

func (d *demo) tourTokens(t *testing.T) {
	const path = "/api/v1/api-tokens"
	create := func() (token, id string) {
		var made struct {
			Token    string
			APIToken user
		}
		did(d.call(t, "POST", path, fields{"name": "tour"}), 201, &made)
		return made.Token, made.APIToken.ID
	}
	token, id := create()
	did(d.call(t, "GET", path+"/"+id, nil, as(token)), 200)
	did(d.call(t, "DELETE", path+"/"+id, nil), 204)
	d.call(t, "GET", path, nil, as(token)).refused(401, "E0000011")
	token, _ = create()
	did(d.call(t, "DELETE", path+"/current", nil, as(token)), 204)
	d.call(t, "GET", path, nil, as(token)).refused(401, "E0000011")
}

func (d *demo) tourUsers(t *testing.T) {
	var made user
	profile := fields{"login": "tour@example.com", "email": "tour@example.com"}
	did(d.call(t, "POST", "/api/v1/users?activate=false", fields{"profile": profile, "credentials": fields{"password": fields{"value": "correct horse"}}}), 200, &made)
	path := "/api/v1/users/" + made.ID
	step := func(name string) answer { return d.call(t, "POST", path+"/lifecycle/"+name, nil) }
	did(step("activate"), 200)
	step("activate").refused(403, "E0000016")
	did(d.call(t, "PUT", path, fields{"profile": profile}), 200)
	did(step("expire_password"), 200)
	did(step("reset_password?sendEmail=false"), 200)
	did(step("reactivate?sendEmail=false"), 200)
	d.stale(t, "PUT", path, fields{"profile": profile})
	d.stale(t, "POST", path, fields{"profile": fields{"department": "Sales"}})
	step("unlock").refused(403, "E0000038")
	var root user
	did(d.call(t, "GET", "/api/v1/users/me", nil), 200, &root)
	for _, name := range []string{"suspend", "deactivate"} { // the last administrator
		d.call(t, "POST", "/api/v1/users/"+root.ID+"/lifecycle/"+name, nil).refused(400, "E0000001")
	}
	d.call(t, "DELETE", "/api/v1/users/"+root.ID, nil).refused(400, "E0000001")
}

func (d *demo) tourRoles(t *testing.T) {
	path := "/api/v1/users/" + d.person(t, "desk@example.com").ID + "/roles"
	var made user
	did(d.call(t, "POST", path, fields{"type": "HELP_DESK_ADMIN"}), 201, &made)
	did(d.call(t, "GET", path, nil), 200)
	did(d.call(t, "GET", path+"/"+made.ID, nil), 200)
	did(d.call(t, "DELETE", path+"/"+made.ID, nil), 204)
}

func (d *demo) tourFactors(t *testing.T) {
	path := "/api/v1/users/" + d.person(t, "phones@example.com").ID + "/factors"
	body := fields{"factorType": "call", "provider": "OKTA", "profile": fields{"phoneNumber": "+12025550185", "phoneExtension": "42"}}
	var made factor
	did(d.call(t, "POST", path, body), 200, &made)
	d.call(t, "POST", path+"/"+made.ID+"/resend", body).refused(429, "E0000133")
	did(d.call(t, "POST", path+"/"+made.ID+"/lifecycle/activate", fields{"passCode": d.latest(t, "+12025550185").Code}), 200)
	did(d.call(t, "DELETE", path+"/"+made.ID, nil), 204)
	body["profile"] = fields{"phoneNumber": "+12025550184", "phoneExtension": "42"}
	did(d.call(t, "POST", path+"?activate=true", body), 200, &made)
	did(d.call(t, "POST", path+"/"+made.ID+"/verify", nil), 200)
}

// tourSignIn goes the way in twice, back and forth, and has an administrator end it.
func (d *demo) tourSignIn(t *testing.T) {
	d.visitors(t)
	ana := newVisitor(t, d.exports["HOOKSWITCH_URL"])
	var st transaction
	begin := func() (verify string) {
		ana.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
		return strings.TrimPrefix(st.Embedded.Factors[0].Links.Verify.Href, ana.url)
	}
	verify := begin()
	state := func() fields { return fields{"stateToken": st.StateToken} }
	nobody := fields{"stateToken": "00nobody"}
	for _, path := range []string{verify, verify + "/resend", "/api/v1/authn/previous", "/api/v1/authn/cancel"} {
		ana.do("POST", path, nobody).refused(401, "E0000011")
	}
	ana.do("POST", "/api/v1/authn/factors/sms0/verify", state()).refused(404, "E0000007")
	ana.do("POST", verify+"/resend", state()).refused(403, "E0000079")
	did(ana.do("POST", verify, state()), 200)
	ana.do("POST", "/api/v1/authn/factors/sms0/verify/resend", state()).refused(404, "E0000007")
	did(ana.do("POST", "/api/v1/authn/previous", state()), 200)
	did(ana.do("POST", "/api/v1/authn/cancel", state()), 200)

	id := d.signedInWithout(t, ana)
	did(ana.do("POST", "/api/v1/sessions/me/lifecycle/refresh", nil), 200)
	did(d.call(t, "GET", "/api/v1/sessions/"+id, nil), 200)
	did(d.call(t, "POST", "/api/v1/sessions/"+id+"/lifecycle/refresh", nil), 200)
	did(d.call(t, "DELETE", "/api/v1/sessions/"+id, nil), 204)
	ana.do("GET", "/api/v1/sessions/me", nil).refused(401, "E0000011")
	ana.do("POST", "/api/v1/sessions", fields{"sessionToken": "00nobody"}).refused(401, "E0000011")

	d.signedInWithout(t, ana)
	var is user
	did(d.call(t, "GET", "/api/v1/users/ana@example.com", nil), 200, &is)
	did(d.call(t, "DELETE", "/api/v1/users/"+is.ID+"/sessions", nil), 204)
	ana.do("GET", "/api/v1/sessions/me", nil).refused(401, "E0000011")
}

// signedInWithout signs Ana in without her phone, which she has lost. It answers the session's id.
func (d *demo) signedInWithout(t *testing.T, ana *visitor) string {
	t.Helper()
	did(d.call(t, "POST", "/api/v1/users/ana@example.com/lifecycle/reset_factors", nil), 200)
	var st transaction
	ana.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
	var made user
	did(ana.do("POST", "/api/v1/sessions", fields{"sessionToken": st.SessionToken}), 200, &made)
	return made.ID
}

func (d *demo) tourProviders(t *testing.T) {
	var all []telephonyProvider
	did(d.call(t, "GET", providerPath, nil), 200, &all)
	first, second := providerPath+"/"+all[0].ID, providerPath+"/"+all[1].ID
	did(d.call(t, "POST", second+"/setAsPrimary", nil), 200)
	d.call(t, "POST", second+"/lifecycle/deactivate", nil).refused(400, "E0000001")
	d.call(t, "DELETE", first, nil).refused(400, "E0000001")
	did(d.call(t, "POST", first+"/test", fields{"factor": "CALL", "phoneNumber": "+12025550186", "phoneExtension": "7"}), 204)
	d.stale(t, "PATCH", first, fields{"providerSettings": fields{}})
	did(d.call(t, "POST", first+"/lifecycle/deactivate", nil), 200)
	d.call(t, "POST", first+"/setAsPrimary", nil).refused(400, "E0000001")
	did(d.call(t, "POST", first+"/lifecycle/activate", nil), 200)
}

func (d *demo) tourHooks(t *testing.T) {
	body := hookBody("https://hooks.example.com/")
	var made user
	did(d.call(t, "POST", hooksPath, body), 200, &made)
	path := hooksPath + "/" + made.ID
	d.stale(t, "PUT", path, body)
	d.stale(t, "POST", path, body)
	did(d.call(t, "DELETE", path, nil), 204)
}

func (d *demo) tourAuthenticators(t *testing.T) {
	var all []authenticator
	did(d.call(t, "GET", authenticatorsPath, nil), 200, &all)
	d.stale(t, "PUT", authenticatorsPath+"/"+all[0].ID, fields{"key": "phone_number", "name": "Phone"})
	enrollments := "/api/v1/users/" + d.person(t, "vouched@example.com").ID + "/authenticator-enrollments"
	did(d.call(t, "POST", enrollments+"/phone", fields{"authenticatorId": all[0].ID, "profile": fields{"phoneNumber": "+12025550187"}}), 200)
	did(d.call(t, "GET", enrollments, nil), 200)
}
