package test

import (
	"strings"
	"testing"
)

const authenticatorsPath = "/api/v1/authenticators"

type authenticator struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// What an administrator switches off can be neither enrolled nor challenged, by each of the three switches.
func TestAChannelThatIsOffIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		var all []authenticator
		d.call(t, "GET", authenticatorsPath, nil).ok(&all)
		path := authenticatorsPath + "/" + all[0].ID
		ana, bo := d.person(t, "ana@example.com"), d.person(t, "bo@example.com")
		sms, call := d.active(t, ana, "sms", "+12025550190"), d.active(t, ana, "call", "+12025550190")
		enroll := func(channel, query string) answer {
			return d.call(t, "POST", "/api/v1/users/"+bo.ID+"/factors"+query, map[string]any{
				"factorType": channel, "provider": "OKTA", "profile": map[string]string{"phoneNumber": "+12025550191"},
			})
		}
		offered := func(want string) {
			t.Helper()
			var catalog []struct {
				Type string `json:"factorType"`
			}
			d.call(t, "GET", "/api/v1/users/"+bo.ID+"/factors/catalog", nil).ok(&catalog)
			var types []string
			for _, f := range catalog {
				types = append(types, f.Type)
			}
			if got := strings.Join(types, " "); got != want {
				t.Errorf("the catalog has %q, want %q", got, want)
			}
		}
		offered("sms call")
		for _, off := range []struct {
			off, on, offered string
			smsOff, callOff  bool
		}{
			{path + "/methods/sms/lifecycle/deactivate", path + "/methods/sms/lifecycle/activate", "call", true, false},
			{"/api/v1/org/factors/okta_call/lifecycle/deactivate", "/api/v1/org/factors/okta_call/lifecycle/activate", "sms", false, true},
			{path + "/lifecycle/deactivate", path + "/lifecycle/activate", "", true, true},
		} {
			d.call(t, "POST", off.off, nil).ok()
			offered(off.offered)
			if off.smsOff {
				d.challenge(t, ana, sms).refused(403, "E0000247")
				enroll("sms", "").refused(403, "E0000247")
				enroll("sms", "?activate=true").refused(403, "E0000247")
			}
			if off.callOff {
				d.challenge(t, ana, call).refused(403, "E0000247")
				enroll("call", "").refused(403, "E0000247")
			}
			d.call(t, "POST", off.on, nil).ok()
		}
		d.call(t, "PUT", path, map[string]any{"key": "phone_number", "name": "Phone", "settings": map[string]string{"allowedFor": "recovery"}}).ok()
		d.challenge(t, ana, sms).refused(403, "E0000247")
		d.call(t, "PUT", path, map[string]any{"key": "phone_number", "name": "Phone", "settings": map[string]string{"allowedFor": "sso"}}).ok()
		d.challenge(t, ana, sms).ok()

		d.quiet(t)
		d.call(t, "POST", path+"/lifecycle/deactivate", nil).ok()
		d.call(t, "POST", path+"/lifecycle/activate", nil).refused(400, "E0000264")
	})
}

// A phone that an administrator vouches for is active at once, and shown masked.
func TestAnEnrolmentByAnAdministratorIsMasked(t *testing.T) {
	d := startDemo(t, "sqlite:"+t.TempDir()+"/hookswitch.db")
	var all []authenticator
	d.call(t, "GET", authenticatorsPath, nil).ok(&all)
	u := d.person(t, "ana@example.com")
	path := "/api/v1/users/" + u.ID + "/authenticator-enrollments"
	a := d.call(t, "POST", path+"/phone", map[string]any{"authenticatorId": all[0].ID, "profile": map[string]string{"phoneNumber": "+1 202-555-0192"}})
	var made authenticator
	a.ok(&made)
	if made.Status != "ACTIVE" || !strings.Contains(string(a.body), `"phoneNumber":"+1 XXX-XXX-0192"`) || strings.Contains(string(a.body), "2025550192") {
		t.Errorf("%s", a.body)
	}
	d.challenge(t, u, factor{ID: made.ID}).ok()
	if again := d.call(t, "GET", path+"/"+made.ID, nil).ok(); string(again.body) != string(a.body) {
		t.Errorf("%s, then %s", a.body, again.body)
	}
	d.call(t, "POST", path+"/phone", map[string]any{"authenticatorId": "aut1", "profile": map[string]string{"phoneNumber": "+12025550192"}}).refused(400, "E0000001")
	d.call(t, "DELETE", path+"/"+made.ID, nil).ok()
	d.call(t, "GET", path+"/"+made.ID, nil).refused(404, "E0000007")
}
