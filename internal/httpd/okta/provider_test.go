package okta

import (
	"fmt"
	"strings"
	"testing"

	"hookswitch"
)

const providersPath = "/api/v1/telephony-providers"

func TestTheLifeOfAProviderAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	shown := func(primary, enabled bool, sms string) string {
		return fmt.Sprintf(`{"id": "oct00000000000000001", "isPrimaryProvider": %t, "enabled": %t, "providerCapability": "ALL", "providerName": "TWILIO",
			"providerSid": "AC1", "providerSettings": {"sms": {%s}, "call": {"twilioCallerId": "+15005550010"}}}`, primary, enabled, sms)
	}
	created := shown(false, false, `"twilioPhoneNumber": "+15005550006"`)
	d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"canary-secret","providerCapability":"ALL",
		"providerSettings":{"sms":{"twilioPhoneNumber":"+15005550006"},"call":{"twilioCallerId":"+15005550010"}}}`).is(201, created)
	id := providersPath + "/oct00000000000000001"
	d.do("GET", id, "").is(200, created)
	d.do("GET", providersPath, "").is(200, `[`+created+`]`)
	d.do("POST", id+"/setAsPrimary", "").refused(400, "E0000001", "Only an active telephony provider can be primary.")
	d.do("POST", id+"/lifecycle/activate", "").is(200, shown(false, true, `"twilioPhoneNumber": "+15005550006"`))
	d.do("POST", id+"/setAsPrimary", "").is(200, shown(true, true, `"twilioPhoneNumber": "+15005550006"`))
	d.do("PATCH", id, `{"id":"oct00000000000000001","providerSettings":{"sms":{"twilioMessageSid":"MG1"}}}`).is(200, shown(true, true, `"twilioMessageSid": "MG1"`))
	d.do("DELETE", id, "").refused(400, "E0000001", "Deactivate it first.")
	d.do("POST", id+"/lifecycle/deactivate", "").is(200, shown(false, false, `"twilioMessageSid": "MG1"`))
	d.do("DELETE", id, "").is(204, "")
	d.do("GET", id, "").refused(404, "E0000007", "There is no such telephony provider.")
	d.do("GET", providersPath, "").is(200, `[]`)
}

func TestAnUpdateTellsAbsentNullAndValueApart(t *testing.T) {
	d := newDesk(t)
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TELESIGN","providerSid":"c1","providerAuthToken":"k1",
		"providerSettings":{"sms":{"telesignService":"telesignVerifyService"},"call":{"telesignService":"telesignVoiceService"}}}`))
	d.do("PATCH", providersPath+"/"+p.ID, `{"providerAuthToken":"k2"}`)
	if now := d.world.providers[p.ID]; now.AuthToken != "k2" || now.SID != "c1" || len(now.Methods) != 2 {
		t.Errorf("%+v", now)
	}
	d.do("PATCH", providersPath+"/"+p.ID, `{"providerSid":"c2","providerSettings":{"call":null}}`)
	if now := d.world.providers[p.ID]; now.SID != "c2" || len(now.Methods) != 1 || now.Methods[hookswitch.SMS].Value != "telesignVerifyService" {
		t.Errorf("%+v", now)
	}
	d.do("PATCH", providersPath+"/"+p.ID, `{"id":"oct00000000000000009"}`).refused(400, "E0000001", "id: It is not the id in the path.")
	d.do("PATCH", providersPath+"/oct00000000000000009", `{"providerSettings":{"call":null}}`).refused(404, "E0000007", "")
}

func TestBadProvidersAreRefused(t *testing.T) {
	for settings, cause := range map[string]string{
		`{"sms":{"twilioPhoneNumber":"a","twilioVerifySid":"canary"}}`: "providerSettings.sms: Choose one method, not several.",
		`{"sms":{}}`:                            "providerSettings.sms: Choose a method",
		`{"sms":{"twilioCallerId":"canary"}}`:   "providerSettings.sms: it has a property that is not known here",
		`{"call":{"telesignService":"canary"}}`: "providerSettings.call.telesignService: it must be one of telesignVoiceService",
		`{"fax":{}}`:                            "providerSettings: it has a property that is not known here",
		`"canary"`:                              "providerSettings: it must be an object",
	} {
		a := newDesk(t).do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"canary","providerSettings":`+settings+`}`)
		a.refused(400, "E0000001", cause)
		if strings.Contains(a.Body.String(), "canary") {
			t.Errorf("echoed: %s", a.Body)
		}
	}
	newDesk(t).do("POST", providersPath, `{"providerName":"VONAGE"}`).refused(400, "E0000001", "providerName: it must be one of TWILIO, TELESIGN")
	newDesk(t).do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1"}`).refused(400, "E0000001", "providerAuthToken: it is required")
}

func TestATestMessage(t *testing.T) {
	d := newDesk(t)
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"t"}`))
	path := providersPath + "/" + p.ID + "/test"
	a := d.do("POST", path, `{"factor":"CALL","phoneNumber":"2025550142","countryCodeIso2":"US","phoneExtension":"7"}`, "Accept-Language", "de").is(204, "")
	if got := a.Header().Get("Link"); got != `<https://sms.example.com/api/v1/deliveries?q=dlv1>; rel="related"` {
		t.Errorf("the test leads to %s", got)
	}
	if got := d.world.sent[0]; got.phone != "call 2025550142 US 7" || fmt.Sprint(got.languages) != "[de]" {
		t.Errorf("%+v", got)
	}
	d.do("POST", path, `{"factor":"SMS","phoneNumber":"+12025550199"}`).refused(400, "E0000001", "The provider says: authenticate")
	d.do("POST", path, `{"factor":"FAX","phoneNumber":"+12025550142"}`).refused(400, "E0000001", "factor: it must be one of SMS, CALL")
	d.do("POST", providersPath+"/oct9/test", `{"factor":"SMS","phoneNumber":"+12025550142"}`).refused(404, "E0000007", "")
}

func TestTheSecondAdministratorIsTold(t *testing.T) {
	d := newDesk(t)
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"k1"}`))
	path := providersPath + "/" + p.ID
	seen := d.do("GET", path, "").Header().Get("ETag")
	d.do("PATCH", path, `{"providerSid":"AC2"}`, "If-Match", seen)
	d.do("PATCH", path, `{"providerSid":"AC3"}`, "If-Match", seen).refused(412, "E0000195", "Somebody changed this after you read it.")
	if now := decode[TelephonyProvider](d.do("GET", path, "")); now.SID != "AC2" {
		t.Errorf("it is %s", now.SID)
	}
}
