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
		node := exec.CommandContext(t.Context(), "node", "sdk_node.mjs", d.proxy(t), d.exports["HOOKSWITCH_TOKEN"], service.URL, d.exports["PHONES"], u.ID)
		out, err := node.CombinedOutput()
		if want := "templates, factors, authenticators, telephony providers, hooks"; err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%v\n%s", err, out)
		}
	})
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
