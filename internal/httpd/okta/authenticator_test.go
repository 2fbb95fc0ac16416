package okta

import (
	"strings"
	"testing"
)

const authenticatorsPath = "/api/v1/authenticators"

// withCarrier is a desk with an active provider, and the path of its phone authenticator.
func withCarrier(t *testing.T) (*desk, string) {
	t.Helper()
	d := newCarriersDesk(t)
	p := decode[TelephonyProvider](d.do("POST", providersPath, `{"providerName":"TWILIO","providerSid":"AC1","providerAuthToken":"k1"}`))
	decode[TelephonyProvider](d.do("POST", providersPath+"/"+p.ID+"/lifecycle/activate", ""))
	return d, authenticatorsPath + "/" + decode[[]Authenticator](d.do("GET", authenticatorsPath, ""))[0].ID
}

func TestTheLifeOfThePhoneAuthenticatorAsOktaShowsIt(t *testing.T) {
	d, path := withCarrier(t)
	shown := func(name, use, status, step string) func(answer) {
		return func(a answer) {
			t.Helper()
			is := decode[Authenticator](a)
			href := "https://sms.example.com" + path
			links := map[string]*Link{"activate": is.Links.Activate, "deactivate": is.Links.Deactivate}
			if is.Name != name || is.Settings.AllowedFor != use || is.Status != status || is.Key != "phone_number" || is.Type != "phone" ||
				is.Links.Self.Href != href || is.Links.Methods.Href != href+"/methods" || links[step] == nil || links[step].Href != href+"/lifecycle/"+step {
				t.Errorf("%s: %s", a.what, a.Body)
			}
		}
	}
	first := d.do("GET", path, "")
	shown("Phone", "any", "ACTIVE", "deactivate")(first)
	seen := first.Header().Get("ETag")
	shown("Phone", "any", "ACTIVE", "deactivate")(d.do("PUT", path, first.Body.String(), "If-Match", seen)) // what was read, sent back
	shown("Mobile", "sso", "ACTIVE", "deactivate")(d.do("PUT", path, `{"key":"phone_number","name":"Mobile","settings":{"allowedFor":"sso"}}`))
	d.do("PUT", path, first.Body.String(), "If-Match", seen).refused(412, "E0000195", "Somebody changed this")
	shown("Mobile", "sso", "INACTIVE", "activate")(d.do("POST", path+"/lifecycle/deactivate", ""))
	shown("Mobile", "sso", "ACTIVE", "deactivate")(d.do("POST", path+"/lifecycle/activate", ""))

	d.do("PUT", path, `{"key":"okta_email","name":"x"}`).refused(400, "E0000001", "key: It cannot be changed.")
	d.do("PUT", path, `{"key":"phone_number"}`).refused(400, "E0000001", "name: it is required")
	d.do("PUT", path, `{"key":"phone_number","name":"x","settings":{"allowedFor":"all"}}`).refused(400, "E0000001", "settings.allowedFor")
	d.do("POST", authenticatorsPath, `{"key":"phone_number","name":"x"}`).refused(400, "E0000001", "already exists")
	d.do("POST", authenticatorsPath, `{"key":"okta_email","name":"x"}`).refused(400, "E0000001", "there are no other authenticators")
	for _, target := range []string{"", "/methods", "/methods/sms"} {
		d.do("GET", authenticatorsPath+"/aut1"+target, "").refused(404, "E0000007", "There is no such authenticator.")
	}
}

func TestTheMethodsOfThePhoneAuthenticatorAreThoseOfTheOrgsFactors(t *testing.T) {
	d, path := withCarrier(t)
	status := func(a answer) string {
		t.Helper()
		if strings.Contains(a.what, "/factors/") {
			return decode[OrgFactor](a).Status
		}
		return decode[AuthenticatorMethod](a).Status
	}
	both := func(want string) {
		t.Helper()
		got := status(d.do("GET", path+"/methods/sms", "")) + " " + status(d.do("GET", path+"/methods/voice", "")) + " " +
			status(d.do("GET", "/api/v1/org/factors/okta_sms", "")) + " " + status(d.do("GET", "/api/v1/org/factors/okta_call", ""))
		if got != want {
			t.Errorf("the methods and the factors are %s, want %s", got, want)
		}
	}
	both("ACTIVE ACTIVE ACTIVE ACTIVE")
	d.do("POST", path+"/methods/voice/lifecycle/deactivate", "")
	both("ACTIVE INACTIVE ACTIVE INACTIVE")
	d.do("PUT", path+"/methods/voice", `{"type":"voice","status":"ACTIVE"}`)
	both("ACTIVE ACTIVE ACTIVE ACTIVE")
	d.do("POST", "/api/v1/org/factors/okta_sms/lifecycle/deactivate", "")
	both("INACTIVE ACTIVE INACTIVE ACTIVE")
	d.do("POST", path+"/lifecycle/deactivate", "")
	both("INACTIVE ACTIVE INACTIVE INACTIVE") // a method may be on while nothing is offered
	d.do("POST", "/api/v1/org/factors/okta_sms/lifecycle/activate", "")
	both("ACTIVE INACTIVE ACTIVE INACTIVE")

	if all := decode[[]AuthenticatorMethod](d.do("GET", path+"/methods", "")); len(all) != 2 || all[0].Type != "sms" || all[1].Type != "voice" {
		t.Errorf("the methods are %+v", all)
	}
	d.do("PUT", path+"/methods/voice", `{"type":"sms","status":"ACTIVE"}`).refused(400, "E0000001", "type: It is not the method in the path.")
	d.do("PUT", path+"/methods/voice", `{"status":"ON"}`).refused(400, "E0000001", "status: it must be one of")
	d.do("GET", path+"/methods/push", "").refused(404, "E0000007", "")
	d.do("GET", "/api/v1/org/factors/okta_push", "").refused(404, "E0000007", "")
}

func TestNothingIsOfferedThatNobodyCarries(t *testing.T) {
	d := newCarriersDesk(t)
	path := authenticatorsPath + "/" + decode[[]Authenticator](d.do("GET", authenticatorsPath, ""))[0].ID
	d.do("POST", path+"/methods/sms/lifecycle/deactivate", "")
	d.do("POST", path+"/methods/sms/lifecycle/activate", "").refused(400, "E0000264", "Activate a telephony provider")
	d.do("POST", hooksPath, hookBody("Relay", hookSecret))
	if is := decode[AuthenticatorMethod](d.do("POST", path+"/methods/sms/lifecycle/activate", "")); is.Status != "ACTIVE" {
		t.Errorf("with a hook: %+v", is)
	}
}
