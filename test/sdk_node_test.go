package test

import (
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

// The official Node SDK, the one with telephony providers, drives every operation that it has for what Hookswitch answers.
func TestTheOfficialNodeSDK(t *testing.T) {
	needNode(t, "@okta/okta-sdk-nodejs")
	eachDatabase(t, func(t *testing.T, url string) {
		d, service := startDemo(t, url), startWebService(t)
		service.answers(sentByHook)
		u := d.person(t, "node@example.com")
		address, token := d.proxy(t), d.exports["HOOKSWITCH_TOKEN"]
		runNode(t, "users, pages, roles, tokens, sessions, org, origins, log", "sdk_node_admin.mjs", address, token, d.halting(t), d.sessionToken(t))
		runNode(t, "templates, factors, authenticators, telephony providers, hooks", "sdk_node.mjs", address, token, service.URL, d.exports["PHONES"], u.ID)
	})
}

// runNode runs a script that tells the steps that went well.
func runNode(t *testing.T, want string, script ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "node", script...).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// sessionToken is what somebody has who signed in without a phone.
func (d *demo) sessionToken(t *testing.T) string {
	t.Helper()
	profile := fields{"login": "session@example.com", "email": "session@example.com"}
	d.call(t, "POST", "/api/v1/users", fields{"profile": profile, "credentials": fields{"password": fields{"value": "correct horse"}}}).ok()
	var st transaction
	newVisitor(t, d.exports["HOOKSWITCH_URL"]).do("POST", "/api/v1/authn", fields{"username": "session@example.com", "password": "correct horse"}).ok(&st)
	return st.SessionToken
}

// proxy is an address for clients that are programs of their own, so that their answers are held too.
func (d *demo) proxy(t *testing.T) string {
	t.Helper()
	target, err := url.Parse(d.exports["HOOKSWITCH_URL"])
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }})
	t.Cleanup(front.Close)
	return front.URL
}
