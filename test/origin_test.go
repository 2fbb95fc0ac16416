package test

import (
	"net/http"
	"testing"
)

// A page of another site may use the API from the moment that an administrator trusts its origin until the trust ends.
func TestATrustedOriginMayReadAnswers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		d := startDemo(t, databaseURL)
		allowed := func(origin string) string {
			return d.call(t, "GET", "/.well-known/okta-organization", nil, func(r *http.Request) { r.Header.Set("Origin", origin) }).
				ok().header.Get("Access-Control-Allow-Origin")
		}
		const app = "https://app.example.com"
		if got := allowed(app); got != "" {
			t.Errorf("nobody trusts it: %q", got)
		}
		var made struct{ ID string }
		d.call(t, "POST", "/api/v1/trustedOrigins", `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"CORS"}]}`).ok(&made)
		if got := allowed(app); got != app {
			t.Errorf("it is trusted: %q", got)
		}
		if got := allowed("https://evil.example"); got != "" {
			t.Errorf("another one: %q", got)
		}
		d.call(t, "POST", "/api/v1/trustedOrigins", `{"name":"App 2","origin":"https://app.example.com/","scopes":[{"type":"CORS"}]}`).refused(400, "E0000001")
		d.call(t, "POST", "/api/v1/trustedOrigins/"+made.ID+"/lifecycle/deactivate", nil).ok()
		if got := allowed(app); got != "" {
			t.Errorf("it is no longer trusted: %q", got)
		}
		d.call(t, "DELETE", "/api/v1/trustedOrigins/"+made.ID, nil).ok()
	})
}
