package test

import (
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
		w := d.watch(t)
		u := d.person(t, "node@example.com")
		node := exec.CommandContext(t.Context(), "node", "sdk_node.mjs", w.URL, d.exports["HOOKSWITCH_TOKEN"], service.URL, d.exports["PHONES"], u.ID)
		out, err := node.CombinedOutput()
		if want := "templates, factors, authenticators, telephony providers, hooks"; err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%v\n%s", err, out)
		}
		operations := loadReference(t).hold(t, w.seen)
		t.Logf("%d operations: %q", len(operations), operations)
	})
}
