package okta

import (
	"testing"

	"hookswitch"
)

const settingsPath = "/api/v1/telephony/settings"

func TestWhatSettingsLeaveOutHasItsDefault(t *testing.T) {
	d := newDesk(t)
	before := d.do("GET", settingsPath, "")
	whole := before.Body.String()
	d.do("PUT", settingsPath, `{"passcode":{"digits":8},"lineTypes":{"voip":"call-only"},"limits":{"phone-pace":{"burst":2,"periodMs":60000}},"requests":{"perMinute":90}}`)
	is := decode[TelephonySettings](d.do("GET", settingsPath, ""))
	if is.Passcode.Digits != 8 || is.Passcode.Lifetime != 300 || is.Lines["voip"] != "call-only" || is.Lines["mobile"] != "allow" ||
		is.Limits["phone-pace"] != (LimitSetting{2, 60000}) || is.Limits["user-sends"] != (LimitSetting{15, 60000}) ||
		is.Requests.PerMinute.Value != 90 || !is.Requests.Lists.Null {
		t.Errorf("%+v", is)
	}
	d.do("PUT", settingsPath, whole, "If-Match", before.Header().Get("ETag")).refused(412, "E0000195", "Somebody changed this")
	d.do("PUT", settingsPath, `{}`).is(200, whole)
	d.do("PUT", settingsPath, whole).is(200, whole)
	d.do("PUT", settingsPath, `{"pipeline":"v2"}`).refused(400, "E0000001", "pipeline: it must be one of")
	d.do("PUT", settingsPath, `{"passcode":{"length":6}}`).refused(400, "E0000001", "passcode: it has a property that is not known")
	d.token = string(hookswitch.HelpDeskAdmin)
	d.do("GET", settingsPath, "").refused(403, "E0000006", "")
}

// A number that no time can hold must not come back as another one.
func TestANumberBeyondAllBoundsIsNotASmallOne(t *testing.T) {
	for _, n := range []int{-1, 1 << 40, 1 << 62, -1 << 62} {
		var is hookswitch.Org
		TelephonySettings{Passcode: PasscodeSettings{Lifetime: n}, Limits: map[string]LimitSetting{"x": {1, int64(n)}}}.over(&is)
		const day = 24 * 60 * 60 * 1e9
		if is.CodeLifetime <= day || is.Limits["x"].Period <= day {
			t.Errorf("%d becomes %s and %s", n, is.CodeLifetime, is.Limits["x"].Period)
		}
	}
	var is hookswitch.Org
	TelephonySettings{Requests: RequestSettings{PerMinute: paceOnWire(0), Lists: paceOnWire(70)}}.over(&is)
	if is.Pace != (hookswitch.Pace{Lists: 70}) {
		t.Errorf("%+v", is.Pace)
	}
}

func TestTheOrgAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	d.do("POST", "/api/v1/org", `{"companyName":"Acme","city":"Lisbon"}`)
	shown := d.do("POST", "/api/v1/org", `{"website":"https://acme.example"}`)
	shown.is(200, `{"id":"","status":"ACTIVE","created":"0001-01-01T00:00:00.000Z","companyName":"Acme","city":"Lisbon","website":"https://acme.example",
		"_links":{"self":{"href":"https://sms.example.com/api/v1/org"},"settings":{"href":"https://sms.example.com/api/v1/telephony/settings"}}}`)
	d.do("PUT", "/api/v1/org", shown.Body.String()) // what was read, sent back
	d.do("PUT", "/api/v1/org", `{"companyName":"Acme"}`)
	if is := decode[OrgSetting](d.do("GET", "/api/v1/org", "")); is.City != "" || is.Name != "Acme" {
		t.Errorf("%+v", is)
	}
	d.do("POST", "/api/v1/org", `{"companyname":"x"}`).refused(400, "E0000001", "companyName is spelled in another case")
}
