package okta

import (
	"strings"
	"testing"

	"hookswitch"
)

const hooksPath = "/api/v1/inlineHooks"

// hookBody is a hook as Okta's SDKs send it.
func hookBody(name, scheme string) string {
	return `{"name":"` + name + `","type":"com.okta.telephony.provider","version":"1.0.0","channel":{"type":"HTTP","version":"1.0.0",
		"config":{"uri":"https://hooks.example.com/otp","method":"POST","headers":[{"key":"X-Org","value":"acme"}],"authScheme":{"type":"HEADER",` + scheme + `}}}}`
}

const hookSecret = `"key":"Authorization","value":"canary-secret"`

func TestTheLifeOfAnInlineHookAsOktaShowsIt(t *testing.T) {
	d := newCarriersDesk(t)
	made := d.do("POST", hooksPath, hookBody("Relay", hookSecret))
	id := decode[InlineHook](made).ID
	self := "https://sms.example.com" + hooksPath + "/" + id
	shown := func(name, status string) string {
		links := `"deactivate":{"href":"` + self + `/lifecycle/deactivate","hints":{"allow":["POST"]}}`
		if status == "INACTIVE" {
			links = `"activate":{"href":"` + self + `/lifecycle/activate","hints":{"allow":["POST"]}},"delete":{"href":"` + self + `","hints":{"allow":["DELETE"]}}`
		}
		return `{"id":"` + id + `","name":"` + name + `","version":"1.0.0","status":"` + status + `","type":"com.okta.telephony.provider",
			"created":"2026-01-31T12:00:00.123Z","lastUpdated":"2026-01-31T12:00:00.123Z","channel":{"type":"HTTP","version":"1.0.0","config":{
			"uri":"https://hooks.example.com/otp","method":"POST","headers":[{"key":"X-Org","value":"acme"}],"authScheme":{"type":"HEADER","key":"Authorization"}}},
			"_links":{"self":{"href":"` + self + `","hints":{"allow":["GET","PUT","POST"]}},"execute":{"href":"` + self + `/execute","hints":{"allow":["POST"]}},` + links + `}}`
	}
	made.is(200, shown("Relay", "ACTIVE"))
	path := hooksPath + "/" + id
	d.do("GET", path, "").is(200, shown("Relay", "ACTIVE"))
	d.do("GET", hooksPath+"?type=com.okta.telephony.provider", "").is(200, `[`+shown("Relay", "ACTIVE")+`]`)
	d.do("GET", hooksPath+"?type=com.okta.saml.tokens.transform", "").is(200, `[]`)
	d.do("POST", path, `{"name":"Relay 2"}`).is(200, shown("Relay 2", "ACTIVE"))
	d.do("PUT", path, made.Body.String()).is(200, shown("Relay", "ACTIVE")) // what was read, sent back: the secret stays
	d.do("PUT", path, `{"name":"Relay"}`).refused(400, "E0000001", "channel.config.uri")
	d.do("DELETE", path, "").refused(400, "E0000001", "Deactivate it first.")
	d.do("POST", path+"/execute", `{"data":"x"}`).is(200, `{"data":"x"}`)
	d.do("POST", path+"/execute", `["x"]`).refused(400, "E0000001", "body: It must be an object.")
	d.do("POST", path+"/lifecycle/deactivate", "").is(200, shown("Relay", "INACTIVE"))
	d.do("POST", path+"/lifecycle/activate", "").is(200, shown("Relay", "ACTIVE"))
	d.do("POST", path+"/lifecycle/deactivate", "").is(200, shown("Relay", "INACTIVE"))
	d.do("DELETE", path, "").is(204, "")
	d.do("GET", path, "").refused(404, "E0000007", "There is no such inline hook.")
}

func TestAHookIsRefusedByItsField(t *testing.T) {
	d := newCarriersDesk(t)
	good := hookBody("Relay", hookSecret)
	for field, body := range map[string]string{
		"type: It is required":                    strings.Replace(good, `"type":"com.okta.telephony.provider",`, "", 1),
		"type: it must be one of":                 strings.Replace(good, "com.okta.telephony.provider", "com.okta.saml.tokens.transform", 1),
		"name: It must have 1 to 255 characters":  strings.Replace(good, "Relay", "", 1),
		"channel.config.uri: It cannot be called": strings.Replace(good, "https://hooks", "http://hooks", 1),
		"channel.config.method":                   strings.Replace(good, "POST", "GET", 1),
		"channel.config.authScheme.value":         hookBody("Relay", `"key":"Authorization"`),
		"channel.config.authScheme.key":           hookBody("Relay", `"key":"Host","value":"canary-secret"`),
		"channel.config.headers[0].key":           strings.Replace(good, "X-Org", "Authorization", 1),
		"channel.config":                          strings.Replace(good, `"method"`, `"verb"`, 1),
	} {
		a := d.do("POST", hooksPath, body)
		a.refused(400, "E0000001", field)
		if strings.Contains(a.Body.String(), "canary") {
			t.Errorf("the refusal repeats the secret: %s", a.Body)
		}
	}
	d.do("GET", hooksPath, "").is(200, `[]`)
}

func TestAHookAndAProviderAreNeverActiveTogether(t *testing.T) {
	d := newCarriersDesk(t)
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"k1"}`))
	hook := decode[InlineHook](d.do("POST", hooksPath, hookBody("Relay", hookSecret)))
	second := decode[InlineHook](d.do("POST", hooksPath, hookBody("Spare", hookSecret)))
	if hook.Status != "ACTIVE" || second.Status != "INACTIVE" {
		t.Fatalf("%s %s", hook.Status, second.Status)
	}
	d.do("POST", providersPath+"/"+p.ID+"/lifecycle/activate", "").refused(400, "E0000001", "inline hook Relay is active")
	d.do("POST", hooksPath+"/"+second.ID+"/lifecycle/activate", "").refused(400, "E0000001", "Relay is active")
	d.do("POST", hooksPath+"/"+hook.ID+"/lifecycle/deactivate", "")
	d.do("POST", providersPath+"/"+p.ID+"/lifecycle/activate", "")
	d.do("POST", hooksPath+"/"+hook.ID+"/lifecycle/activate", "").refused(400, "E0000001", "TWILIO is active")
}

func TestTheFallbackOfAHookIsAProviderThatIsThere(t *testing.T) {
	d := newCarriersDesk(t)
	const path = "/api/v1/telephony/hook-fallback"
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"k1"}`))
	none := `{"fallbackProviderId":null,"acceptDuplicates":false}`
	chosen := `{"fallbackProviderId":"` + p.ID + `","acceptDuplicates":true}`
	seen := d.do("GET", path, "").is(200, none).Header().Get("ETag")
	d.do("PUT", path, chosen, "If-Match", seen).is(200, chosen)
	d.do("PUT", path, none, "If-Match", seen).refused(412, "E0000195", "Somebody changed this")
	d.do("DELETE", providersPath+"/"+p.ID, "").refused(400, "E0000001", "fallback of the telephony inline hook")
	d.do("PUT", path, `{"fallbackProviderId":"oct1"}`).refused(400, "E0000001", "fallbackProviderId: There is no such telephony provider.")
	d.do("PUT", path, none).is(200, none)
	d.do("DELETE", providersPath+"/"+p.ID, "").is(204, "")
}

func TestOnlyASuperAdministratorChangesHooks(t *testing.T) {
	d := newCarriersDesk(t)
	id := decode[InlineHook](d.do("POST", hooksPath, hookBody("Relay", hookSecret))).ID
	d.token = string(hookswitch.ReadOnlyAdmin)
	decode[InlineHook](d.do("GET", hooksPath+"/"+id, ""))
	d.do("POST", hooksPath+"/"+id, `{"name":"x"}`).refused(403, "E0000006", "")
	d.token = string(hookswitch.HelpDeskAdmin)
	d.do("GET", hooksPath, "").refused(403, "E0000006", "")
}
