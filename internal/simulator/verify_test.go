package simulator_test

import (
	"net/url"
	"testing"
	"time"
)

const (
	verifyService = "VA00000000000000000000000000000001"
	verifyPath    = "/v2/Services/" + verifyService
)

func (b *bench) verification(edit ...func(url.Values)) reply {
	b.t.Helper()
	form := url.Values{"To": {ana}, "Channel": {"sms"}, "CustomCode": {"482913"}}
	for _, f := range edit {
		f(form)
	}
	return b.twilio("POST", verifyPath+"/Verifications", form)
}

// attempts lists the attempts of a verification, newest first.
func (b *bench) attempts(query string) []any {
	b.t.Helper()
	return b.must(200, b.twilio("GET", "/v2/Attempts?"+query, nil)).JSON["attempts"].([]any)
}

func TestVerifySendsTheCustomersCode(t *testing.T) {
	b := start(t)
	a := b.must(201, b.verification(set("Locale", "de"), set("CustomFriendlyName", "Acme")))
	if a.JSON["status"] != "pending" || a.JSON["valid"] != false || a.JSON["channel"] != "sms" {
		t.Errorf("resource: %s", a.Text)
	}
	m := b.latest(ana, "")
	if str(m.Code) != "482913" || str(m.Language) != "de" || m.Text != "Ihr Acme-Bestätigungscode lautet: 482913" || m.ProviderReference != a.JSON["sid"] {
		t.Errorf("message: %+v", m)
	}
}

func TestVerifyCallsReadTheCodeAndDialTheExtension(t *testing.T) {
	b := start(t)
	b.must(201, b.verification(set("Channel", "call"), set("SendDigits", "wW77")))
	m := b.latest(ana, "wait=10s")
	if m.Channel != "call" || str(m.Code) != "482913" || str(m.Extension) != "77" || len(m.Script) != 3 {
		t.Errorf("message: %+v", m)
	}
}

func TestVerifyMakesItsOwnCodeWithoutOne(t *testing.T) {
	b := start(t)
	b.must(201, b.verification(set("CustomCode")))
	m := b.latest(ana, "")
	if len(str(m.Code)) != 6 {
		t.Fatalf("message: %+v", m)
	}
	check := func(code string) reply {
		return b.twilio("POST", verifyPath+"/VerificationCheck", url.Values{"To": {ana}, "Code": {code}})
	}
	if a := b.must(201, check("x")); a.JSON["status"] != "pending" || a.JSON["valid"] != false {
		t.Errorf("wrong: %s", a.Text)
	}
	if a := b.must(201, check(str(m.Code))); a.JSON["status"] != "approved" || a.JSON["valid"] != true {
		t.Errorf("right: %s", a.Text)
	}
	if a := check(str(m.Code)); a.Status != 404 || a.JSON["code"] != 20404.0 {
		t.Errorf("again: %d %s", a.Status, a.Text)
	}
}

func TestFiveSendsInTenMinutesAreTheLimit(t *testing.T) {
	b := start(t)
	sid := b.must(201, b.verification()).JSON["sid"]
	for range 4 {
		if a := b.must(201, b.verification()); a.JSON["sid"] != sid {
			t.Errorf("another verification: %s", a.Text)
		}
	}
	if a := b.verification(); a.Status != 429 || a.JSON["code"] != 60203.0 {
		t.Errorf("the sixth: %d %s", a.Status, a.Text)
	}
	b.must(200, b.twilio("POST", verifyPath+"/Verifications/"+sid.(string), url.Values{"Status": {"canceled"}}))
	if a := b.must(201, b.verification()); a.JSON["sid"] == sid {
		t.Error("a canceled verification was used again")
	}
}

func TestFiveChecksAreTheLimit(t *testing.T) {
	b := start(t)
	b.must(201, b.verification())
	for range 5 {
		b.must(201, b.twilio("POST", verifyPath+"/VerificationCheck", url.Values{"To": {ana}, "Code": {"000000"}}))
	}
	if a := b.twilio("POST", verifyPath+"/VerificationCheck", url.Values{"To": {ana}, "Code": {"482913"}}); a.Status != 429 || a.JSON["code"] != 60202.0 {
		t.Errorf("the sixth: %d %s", a.Status, a.Text)
	}
}

func TestApprovalConvertsTheAttempt(t *testing.T) {
	b := start(t)
	first := b.must(201, b.verification())
	b.behavior(ana, `{"outcome":"unreachable"}`)
	second := b.must(201, b.verification(set("To", ana)))
	sid := first.JSON["sid"].(string)
	if second.JSON["sid"] != sid {
		t.Fatalf("second: %s", second.Text)
	}
	b.must(200, b.twilio("POST", verifyPath+"/Verifications/"+sid, url.Values{"Status": {"approved"}}))
	if a := b.twilio("GET", verifyPath+"/Verifications/"+sid, nil); a.Status != 404 {
		t.Errorf("an approved verification is still there: %s", a.Text)
	}
	rows := b.attempts("VerificationSid=" + sid)
	if len(rows) != 2 {
		t.Fatalf("attempts: %v", rows)
	}
	newest, oldest := rows[0].(map[string]any), rows[1].(map[string]any)
	if newest["conversion_status"] != "converted" || oldest["conversion_status"] != "unconverted" {
		t.Errorf("attempts: %v", rows)
	}
	if n := len(b.attempts("ChannelData.To=%2B12025550143&Status=converted")); n != 1 {
		t.Errorf("%d converted", n)
	}
	if a := b.must(200, b.twilio("GET", "/v2/Attempts/Summary", nil)); a.JSON["total_attempts"] != 2.0 || a.JSON["total_converted"] != 1.0 {
		t.Errorf("summary: %s", a.Text)
	}
	one := b.must(200, b.twilio("GET", "/v2/Attempts/"+newest["sid"].(string), nil))
	if one.JSON["verification_sid"] != sid {
		t.Errorf("one: %s", one.Text)
	}
}

func TestAttemptsTellWhatBecameOfTheMessage(t *testing.T) {
	for outcome, want := range map[string]struct{ status, code any }{
		"delivered": {"delivered", nil}, "undelivered": {"undelivered", "30008"}, "unreachable": {"undelivered", "30003"}, "opted-out": {"undelivered", "21610"},
	} {
		t.Run(outcome, func(t *testing.T) {
			bubble(t, func(b *bench) {
				b.behavior(ana, `{"outcome":"`+outcome+`"}`)
				b.must(201, b.verification())
				wait(time.Second)
				data := b.attempts("")[0].(map[string]any)["channel_data"].(map[string]any)
				if data["message_status"] != want.status || data["error_code"] != want.code {
					t.Errorf("got %v, want %v", data, want)
				}
			})
		})
	}
}

func TestAVerificationExpiresAfterTenMinutes(t *testing.T) {
	bubble(t, func(b *bench) {
		sid := b.must(201, b.verification()).JSON["sid"].(string)
		wait(10*time.Minute - time.Second)
		b.must(200, b.twilio("GET", verifyPath+"/Verifications/"+sid, nil))
		wait(time.Second)
		b.must(404, b.twilio("GET", verifyPath+"/Verifications/"+sid, nil))
		for range 5 {
			if a := b.must(201, b.verification()); a.JSON["sid"] == sid {
				t.Error("an expired verification was used again")
			}
		}
		b.must(429, b.verification())
	})
}

func TestVerifyParametersAreJudgedAsTwilioDoes(t *testing.T) {
	b := start(t)
	b.behavior("+12025550150", `{"outcome":"landline"}`)
	for name, c := range map[string]struct {
		edit   func(url.Values)
		status int
		code   float64
	}{
		"no To":              {set("To"), 400, 60200},
		"bad To":             {set("To", "ana"), 400, 60200},
		"no Channel":         {set("Channel"), 400, 60200},
		"unknown Channel":    {set("Channel", "pigeon"), 400, 60200},
		"disabled Channel":   {set("Channel", "whatsapp"), 403, 60223},
		"short CustomCode":   {set("CustomCode", "123"), 400, 60200},
		"long CustomCode":    {set("CustomCode", "12345678901"), 400, 60200},
		"unknown Locale":     {set("Locale", "xx"), 400, 60200},
		"bad SendDigits":     {set("SendDigits", "x"), 400, 60200},
		"landline":           {set("To", "+12025550150"), 403, 60205},
		"geo permission off": {set("To", "+15005550003"), 403, 60605},
	} {
		if a := b.verification(c.edit); a.Status != c.status || a.JSON["code"] != c.code {
			t.Errorf("%s: %d %s, want %d %v", name, a.Status, a.Text, c.status, c.code)
		}
	}
	if a := b.twilio("POST", "/v2/Services/VA00000000000000000000000000000002/Verifications", nil); a.Status != 404 || a.JSON["code"] != 20404.0 {
		t.Errorf("unknown service: %d %s", a.Status, a.Text)
	}
	b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"fraud-blocked"}`))
	if a := b.verification(); a.Status != 403 || a.JSON["code"] != 60410.0 {
		t.Errorf("fraud: %d %s", a.Status, a.Text)
	}
}
