package okta

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hookswitch"
)

const (
	authnPath = "/api/v1/authn"
	anaEnters = `{"username":"ana@example.com","password":"right","options":{"warnBeforePasswordExpired":true,"multiOptionalFactorEnroll":true}}`
	anaOnWire = `"user":{"id":"00uana","profile":{"login":"ana@example.com","firstName":"Ana","lastName":"Lima","locale":"en_US","timeZone":"America/Recife"}}`
	noDevices = `"policy":{"allowRememberDevice":false,"rememberDeviceLifetimeInMinutes":0,"rememberDeviceByDefault":false,"factorsPolicyInfo":{}}`
)

// browser is a desk without a token: what a page of ours sends.
func browser(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.token = ""
	return d
}

func (d *desk) entered() answer {
	d.t.Helper()
	d.do("POST", authnPath, anaEnters)
	d.do("POST", authnPath+"/factors/sms1/verify", `{"stateToken":"state-1"}`)
	d.do("POST", authnPath+"/factors/sms1/verify", `{"stateToken":"state-1","passCode":"123456"}`)
	return d.do("POST", "/api/v1/sessions", `{"sessionToken":"session-2"}`, "Cookie", "sid=old")
}

func TestTheWayInOnTheWireOfTheSignInWidget(t *testing.T) {
	d := browser(t)
	d.do("POST", authnPath, anaEnters).is(200, `{
		"stateToken":"state-1","expiresAt":"2026-01-31T12:15:00.123Z","status":"MFA_REQUIRED",
		"_embedded":{`+anaOnWire+`,
			"factors":[{"id":"sms1","factorType":"sms","provider":"OKTA","vendorName":"OKTA","profile":{"phoneNumber":"+1 XXX-XXX-0142"},
				"_links":{"verify":{"href":"https://sms.example.com/api/v1/authn/factors/sms1/verify","hints":{"allow":["POST"]}}}}],
			`+noDevices+`},
		"_links":{"cancel":{"href":"https://sms.example.com/api/v1/authn/cancel","hints":{"allow":["POST"]}}}}`)

	challenge := `{
		"stateToken":"state-1","expiresAt":"2026-01-31T12:15:00.123Z","status":"MFA_CHALLENGE",
		"_embedded":{` + anaOnWire + `,
			"factor":{"id":"sms1","factorType":"sms","provider":"OKTA","vendorName":"OKTA","profile":{"phoneNumber":"+1 XXX-XXX-0142"}},
			` + noDevices + `},
		"_links":{
			"next":{"name":"verify","href":"https://sms.example.com/api/v1/authn/factors/sms1/verify","hints":{"allow":["POST"]}},
			"prev":{"href":"https://sms.example.com/api/v1/authn/previous","hints":{"allow":["POST"]}},
			"cancel":{"href":"https://sms.example.com/api/v1/authn/cancel","hints":{"allow":["POST"]}},
			"resend":[{"name":"sms","href":"https://sms.example.com/api/v1/authn/factors/sms1/verify/resend","hints":{"allow":["POST"]}}]}}`
	d.do("POST", authnPath+"/factors/sms1/verify?rememberDevice=false", `{"passCode":"","stateToken":"state-1"}`, "Accept-Language", "pt-BR").is(200, challenge)
	if len(d.door.seen.Languages) != 1 || d.door.seen.Languages[0] != "pt-BR" {
		t.Errorf("%+v", d.door.seen)
	}
	d.do("POST", authnPath, `{"stateToken":"state-1"}`).is(200, challenge)
	d.do("POST", authnPath+"/factors/sms1/verify/resend", `{"stateToken":"state-1"}`).is(200, challenge)
	d.do("POST", authnPath+"/factors/sms1/verify?rememberDevice=false", `{"passCode":"000000","stateToken":"state-1"}`).
		refused(403, "E0000068", "Your token doesn't match our records. Please try again.")
	d.do("POST", authnPath+"/factors/sms1/verify?rememberDevice=false", `{"passCode":"123456","stateToken":"state-1"}`).is(200, `{
		"expiresAt":"2026-01-31T12:05:00.123Z","status":"SUCCESS","sessionToken":"session-2","_embedded":{`+anaOnWire+`}}`)
}

func TestTheWayBackAndOut(t *testing.T) {
	d := browser(t)
	d.do("POST", authnPath, anaEnters)
	d.do("POST", authnPath+"/previous", `{"stateToken":"state-1"}`).refused(403, "E0000079", "")
	d.do("POST", authnPath+"/factors/sms1/verify", `{"stateToken":"state-1"}`)
	if a := d.do("POST", authnPath+"/previous", `{"stateToken":"state-1"}`); a.Code != 200 || !strings.Contains(a.Body.String(), `"status":"MFA_REQUIRED"`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	d.do("POST", authnPath+"/cancel", `{"stateToken":"state-1"}`).is(200, `{}`)
	for path, body := range map[string]string{
		"": `{"stateToken":"state-1"}`, "/cancel": `{"stateToken":"state-1"}`, "/previous": `{"stateToken":"state-1"}`,
		"/factors/sms1/verify": `{"stateToken":"state-1","passCode":"123456"}`, "/factors/sms1/verify/resend": `{"stateToken":"state-1"}`,
	} {
		d.do("POST", authnPath+path, body).refused(401, "E0000011", "")
	}
}

func TestWhyThePasswordWasRefusedIsNotTold(t *testing.T) {
	d := browser(t)
	for _, body := range []string{
		`{"username":"ana@example.com","password":"wrong"}`, `{"username":"nobody@example.com","password":"right"}`, `{"username":"ana@example.com"}`,
	} {
		a := d.do("POST", authnPath, body)
		a.refused(401, "E0000004", `"errorSummary":"Authentication failed"`)
		if !strings.Contains(a.Body.String(), `"errorCauses":[]`) {
			t.Errorf("%s", a.Body)
		}
	}
	d.do("POST", authnPath, `{}`).refused(400, "E0000001", "username")
	d.do("POST", authnPath, `{"username":"busy@example.com","password":"x"}`).refused(429, "E0000047", "")
	if d.door.origin.Actor != (hookswitch.Entity{}) {
		t.Errorf("an actor is named before anybody is known: %+v", d.door.origin)
	}
}

func TestASessionTokenBecomesACookieAndASession(t *testing.T) {
	d := browser(t)
	session := `{
		"id":"102one","login":"ana@example.com","userId":"00uana","status":"ACTIVE",
		"createdAt":"2026-01-31T12:00:00.123Z","expiresAt":"2026-01-31T14:00:00.123Z",
		"lastPasswordVerification":"2026-01-31T12:00:00.123Z","lastFactorVerification":"2026-01-31T12:00:00.123Z",
		"amr":["pwd","sms","mfa"],"mfaActive":true,"idp":{"type":"OKTA"},
		"_links":{"self":{"href":"https://sms.example.com/api/v1/sessions/me","hints":{"allow":["GET","DELETE"]}},
			"refresh":{"href":"https://sms.example.com/api/v1/sessions/me/lifecycle/refresh","hints":{"allow":["POST"]}},
			"user":{"href":"https://sms.example.com/api/v1/users/00uana","hints":{"allow":["GET"]}}}}`
	a := d.entered().is(200, session)
	if got := a.Header().Get("Set-Cookie"); got != "sid=cookie-3; Path=/; HttpOnly; Secure; SameSite=Lax" || d.door.before != "old" {
		t.Errorf("%s, after %s", got, d.door.before.Reveal())
	}
	d.do("POST", "/api/v1/sessions", `{"sessionToken":"session-2"}`).refused(401, "E0000011", "")
	d.do("GET", "/api/v1/sessions/me", "", "Cookie", "sid=cookie-3").is(200, session)
	d.do("POST", "/api/v1/sessions/me/lifecycle/refresh", "", "Cookie", "sid=cookie-3").is(200, session)
	d.do("DELETE", "/api/v1/sessions/me", "", "Cookie", "sid=cookie-3").is(204, "")
	d.do("GET", "/api/v1/sessions/me", "", "Cookie", "sid=cookie-3").refused(401, "E0000011", "")
}

func TestTheHelpDeskEndsSessions(t *testing.T) {
	d := browser(t)
	d.entered()
	d.do("DELETE", "/api/v1/sessions/102one", "").refused(401, "E0000011", "")
	d.token = string(hookswitch.HelpDeskAdmin)
	if a := d.do("GET", "/api/v1/sessions/102one", ""); a.Code != 200 {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	d.do("POST", "/api/v1/sessions/102one/lifecycle/refresh", "").refused(403, "E0000006", "")
	d.do("DELETE", "/api/v1/sessions/102one", "").is(204, "")
	d.do("DELETE", "/api/v1/sessions/102one", "").refused(404, "E0000007", "")
	d.do("GET", "/api/v1/sessions/me", "").refused(404, "E0000007", "")
	if d.do("DELETE", "/api/v1/users/00uana/sessions", "").is(204, ""); d.door.forgotten != "00uana" {
		t.Errorf("%q", d.door.forgotten)
	}
}

func TestTheBrowserIsLedOnWithACookieAndNowhereElse(t *testing.T) {
	const path = "/login/sessionCookieRedirect?checkAccountSetupComplete=true&token="
	d := browser(t)
	d.do("POST", authnPath, anaEnters)
	d.do("POST", authnPath+"/factors/sms1/verify", `{"stateToken":"state-1"}`)
	d.do("POST", authnPath+"/factors/sms1/verify", `{"stateToken":"state-1","passCode":"123456"}`)
	target := "&redirectUrl=" + url.QueryEscape("https://sms.example.com/console?page=2#log")
	d.do("GET", path+"session-2&redirectUrl=https://evil.example/", "").refused(400, "E0000001", "redirectUrl")
	d.do("GET", path+"session-2"+target, "", "Sec-Fetch-Site", "cross-site").refused(403, "E0000006", "")
	d.do("HEAD", path+"session-2"+target, "").refused(403, "E0000006", "")
	a := d.do("GET", path+"session-2"+target, "", "Cookie", "sid=old")
	if a.Code != http.StatusFound || a.Header().Get("Location") != "https://sms.example.com/console?page=2#log" ||
		a.Header().Get("Set-Cookie") != "sid=cookie-3; Path=/; HttpOnly; Secure; SameSite=Lax" || d.door.before != "old" {
		t.Errorf("%d %v", a.Code, a.Header())
	}
	if a.Header().Get("Referrer-Policy") != "no-referrer" || !strings.Contains(a.Header().Get("Cache-Control"), "no-store") {
		t.Errorf("the token may be seen again: %v", a.Header())
	}
	again := d.do("GET", path+"session-2"+target, "")
	again.refused(401, "E0000011", "")
	if again.Header().Get("Set-Cookie") != "" {
		t.Error("a refused token sets a cookie")
	}
}

func FuzzWhereTheBrowserIsLed(f *testing.F) {
	for _, seed := range []string{
		"", "/", "/console", "console", "https://sms.example.com", "https://sms.example.com/a?b#c", "//evil.example", "/\\evil.example",
		"https://sms.example.com@evil.example/", "https://sms.example.com.evil.example/", "javascript:alert(1)", "http://sms.example.com/",
		"\thttps://evil.example", "https:evil.example", "https:///evil.example", "/%2f/evil.example", "?x", "#y", "https://SMS.example.com/",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		target, elsewhere, err := resolve("https://sms.example.com", address)
		if err != nil {
			return
		}
		base := "https://sms.example.com"
		if elsewhere != "" {
			if base = elsewhere; base == "https://sms.example.com" || len(target) < len(base) || !strings.EqualFold(target[:len(base)], base) {
				t.Fatalf("%q leads to %q, elsewhere %q", address, target, elsewhere)
			}
			target = base + target[len(base):]
		}
		rest, ok := strings.CutPrefix(target, base)
		if !ok || rest != "" && !strings.ContainsAny(rest[:1], "/?#") || strings.ContainsAny(target, "\\\r\n\t ") {
			t.Fatalf("%q leads to %q", address, target)
		}
	})
}

func TestTheFirstAdministratorIsMadeWithTheSetupToken(t *testing.T) {
	d := browser(t)
	body := func(token string) string {
		return `{"token":"` + token + `","profile":{"login":"ana@example.com","email":"ana@example.com"},"credentials":{"password":{"value":"correct horse"}}}`
	}
	d.do("POST", "/api/v1/setup", body("x")).refused(401, "E0000011", "")
	a := d.do("POST", "/api/v1/setup", body("setup"))
	if a.Code != 201 || !strings.Contains(a.Body.String(), `"id":"00ufirst"`) || strings.Contains(a.Body.String(), "horse") || d.door.setup.Login != "ana@example.com" {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}
