package okta

import (
	"net/url"
	"strings"
	"testing"
)

func TestTheLifeOfATrustedOriginAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	const path = "/api/v1/trustedOrigins"
	self := "https://sms.example.com" + path + "/tos00000000000000001"
	shown := func(name, status, step, scopes string) string {
		return `{"id":"tos00000000000000001","name":"` + name + `","origin":"https://app.example.com","scopes":[` + scopes + `],"status":"` + status + `",
			"created":"2026-01-31T12:00:00.123Z","createdBy":"00uSUPER","lastUpdated":"2026-01-31T12:00:00.123Z","lastUpdatedBy":"00uSUPER",
			"_links":{"self":{"href":"` + self + `","hints":{"allow":["GET","PUT","DELETE"]}},"` + step + `":{"href":"` + self + `/lifecycle/` + step + `","hints":{"allow":["POST"]}}}}`
	}
	created := d.do("POST", path, `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT","allowedOktaApps":[]}]}`)
	by := decode[TrustedOrigin](created).CreatedBy
	is := func(a answer, name, status, step, scopes string) {
		t.Helper()
		a.is(200, strings.ReplaceAll(shown(name, status, step, scopes), "00uSUPER", by))
	}
	const both, one = `{"type":"CORS"},{"type":"REDIRECT"}`, `{"type":"REDIRECT"}`
	is(created, "App", "ACTIVE", "deactivate", both)
	is(d.do("GET", path+"/tos00000000000000001", ""), "App", "ACTIVE", "deactivate", both)
	seen := d.do("GET", path+"/tos00000000000000001", "").Header().Get("ETag")
	is(d.do("PUT", path+"/tos00000000000000001", created.Body.String(), "If-Match", seen), "App", "ACTIVE", "deactivate", both)
	is(d.do("PUT", path+"/tos00000000000000001", `{"name":"Other","origin":"https://app.example.com","scopes":[{"type":"REDIRECT"}]}`), "Other", "ACTIVE", "deactivate", one)
	d.do("PUT", path+"/tos00000000000000001", created.Body.String(), "If-Match", seen).refused(412, "E0000195", "Somebody changed this")
	is(d.do("POST", path+"/tos00000000000000001/lifecycle/deactivate", ""), "Other", "INACTIVE", "activate", one)
	is(d.do("POST", path+"/tos00000000000000001/lifecycle/activate", ""), "Other", "ACTIVE", "deactivate", one)
	d.do("DELETE", path+"/tos00000000000000001", "").is(204, "")
	d.do("GET", path+"/tos00000000000000001", "").refused(404, "E0000007", "There is no such trusted origin.")
	d.do("POST", path, `{"name":"App","origin":"https://app.example.com"}`).refused(400, "E0000001", "scopes")
	d.do("POST", path, `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"IFRAME_EMBED"}]}`).refused(400, "E0000001", "scopes[0].type: It must be CORS or REDIRECT.")
	d.do("POST", path, `{"name":"App","origin":"https://app.example.com","scopes":[{"kind":"CORS"}]}`).refused(400, "E0000001", "scopes[0]")
}

func TestTrustedOriginsAreFoundByTheirBeginningAndByAFilter(t *testing.T) {
	d := newDesk(t)
	const path = "/api/v1/trustedOrigins"
	for _, name := range []string{"alpha", "beta", "gamma"} {
		scope := map[bool]string{true: "CORS", false: "REDIRECT"}[name == "beta"]
		d.do("POST", path, `{"name":"`+name+`","origin":"https://`+name+`.example.com","scopes":[{"type":"`+scope+`"}]}`)
	}
	for query, want := range map[string]string{
		"":            "alpha beta gamma ",
		"q=al":        "alpha ",
		"q=https://g": "gamma ",
		"filter=" + url.QueryEscape(`type eq "CORS"`):                              "beta ",
		"filter=" + url.QueryEscape(`status eq "ACTIVE" and name ne "beta"`):       "alpha gamma ",
		"filter=" + url.QueryEscape(`origin sw "https://beta" or name eq "gamma"`): "beta gamma ",
	} {
		var got string
		for target := path + "?limit=1&" + query; target != ""; {
			a := d.do("GET", target, "")
			for _, o := range decode[[]TrustedOrigin](a) {
				got += o.Name + " "
			}
			target = next(a)
		}
		if got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
	d.do("GET", path+"?filter="+url.QueryEscape(`created pr`), "").refused(400, "E0000053", "")
}
