package okta

import (
	"testing"

	"hookswitch"
)

func TestTokensAreShownAndRevoked(t *testing.T) {
	d := newDesk(t)
	d.world.tokens["00Ta"] = hookswitch.APIToken{ID: "00Ta", Name: "ci", UserID: "00u1", Role: hookswitch.SuperAdmin, Created: noon(), LastUpdated: noon()}
	d.world.tokens["00Tb"] = hookswitch.APIToken{ID: "00Tb", Name: "desk", Role: hookswitch.HelpDeskAdmin, Created: noon(), LastUpdated: noon(), ExpiresAt: noon()}
	const ci = `{"id": "00Ta", "name": "ci", "userId": "00u1", "created": "2026-01-31T12:00:00.123Z", "lastUpdated": "2026-01-31T12:00:00.123Z",
		"_link": {"self": {"href": "https://sms.example.com/api/v1/api-tokens/00Ta", "hints": {"allow": ["GET", "DELETE"]}}}}`
	d.do("GET", "/api/v1/api-tokens/00Ta", "").is(200, ci)
	if all := decode[[]APIToken](d.do("GET", "/api/v1/api-tokens", "")); len(all) != 2 || all[1].ExpiresAt.IsZero() {
		t.Errorf("%+v", all)
	}
	d.do("GET", "/api/v1/api-tokens/00Tc", "").refused(404, "E0000007", "")
	d.do("DELETE", "/api/v1/api-tokens/00Tc", "").refused(404, "E0000007", "")
	d.token = "00Tb"
	d.do("DELETE", "/api/v1/api-tokens/current", "").is(204, "")
	d.do("DELETE", "/api/v1/api-tokens/current", "").refused(401, "E0000011", "")
	d.token = "00Ta"
	d.do("DELETE", "/api/v1/api-tokens/00Ta", "").is(204, "")
	if len(d.world.tokens) != 0 {
		t.Errorf("%+v", d.world.tokens)
	}
}

func TestATokenIsShownOnce(t *testing.T) {
	d := newDesk(t)
	made := decode[NewAPIToken](d.do("POST", "/api/v1/api-tokens", `{"name":"ci","role":"READ_ONLY_ADMIN"}`))
	if made.Token == "" || made.Is.Name != "ci" || d.world.tokens[made.Is.ID].Role != hookswitch.ReadOnlyAdmin {
		t.Errorf("%+v", made)
	}
	d.do("POST", "/api/v1/api-tokens", `{"name":"all"}`)
	d.do("POST", "/api/v1/api-tokens", `{}`).refused(400, "E0000001", "name: it is required")
	d.do("POST", "/api/v1/api-tokens", `{"name":"x","role":"APP_ADMIN"}`).refused(400, "E0000001", "role")
	d.token = made.Token
	d.do("GET", "/api/v1/api-tokens", "")
	d.do("POST", "/api/v1/api-tokens", `{"name":"more"}`).refused(403, "E0000006", "")
}
