package test

import (
	"net/http"
	"testing"
)

// What an administrator sets counts at once, and who sets it is in the System Log.
func TestSettingsCountAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		d := startDemo(t, databaseURL)
		const path = "/api/v1/telephony/settings"
		var is map[string]any
		seen := d.call(t, "GET", path, nil).ok(&is).header.Get("ETag")
		is["passcode"] = map[string]any{"digits": 7, "lifetimeSeconds": 120, "departs": false}
		is["blockedCountries"] = []string{"DE"}
		is["lineTypes"].(map[string]any)["voip"] = "call-only"
		is["limits"].(map[string]any)["phone-pace"] = map[string]int{"burst": 2, "periodMs": 30000}
		is["requests"] = map[string]any{"perMinute": 5000, "listsPerMinute": nil}
		is["pipeline"] = "v1"
		ifMatch := func(r *http.Request) { r.Header.Set("If-Match", seen) }
		if h := d.call(t, "PUT", path, is, ifMatch).ok().header; h.Get("ETag") == "" || h.Get("ETag") == seen {
			t.Errorf("the ETag is %q after %q", h.Get("ETag"), seen)
		}
		d.call(t, "PUT", path, is, ifMatch).refused(412, "E0000195")
		if h := d.call(t, "GET", path, nil).ok().header; h.Get("X-Rate-Limit-Limit") != "5000" {
			t.Errorf("the limit of requests is %s", h.Get("X-Rate-Limit-Limit"))
		}
		var known struct{ Pipeline string }
		d.call(t, "GET", "/.well-known/okta-organization", nil).ok(&known)
		if known.Pipeline != "v1" {
			t.Errorf("the pipeline is %s", known.Pipeline)
		}

		ana := d.person(t, "ana@example.com")
		f := d.active(t, ana, "sms", "+12025550171")
		d.challenge(t, ana, f).ok()
		if code := d.latest(t, "+12025550171").Code; len(code) != 7 {
			t.Errorf("a passcode of %d digits", len(code))
		}
		d.challenge(t, ana, f).ok()
		d.challenge(t, ana, f).refused(429, "E0000109")
		d.call(t, "POST", "/api/v1/users/"+ana.ID+"/factors", `{"factorType":"call","provider":"OKTA","profile":{"phoneNumber":"+815012345678"}}`).ok() // VoIP
		german := d.active(t, d.person(t, "bo@example.com"), "sms", "+4915112345678")
		if german.Status != "ACTIVE" {
			t.Errorf("%+v", german)
		}

		// The simulator's Telesign sends by Verify after this, which has at most seven digits.
		var providers []struct{ ID, ProviderName string }
		d.call(t, "GET", "/api/v1/telephony-providers", nil).ok(&providers)
		for _, p := range providers {
			if p.ProviderName == "TELESIGN" {
				d.call(t, "PATCH", "/api/v1/telephony-providers/"+p.ID, `{"providerSettings":{"sms":{"telesignService":"telesignVerifyService"}}}`).ok()
			}
		}
		d.call(t, "PUT", path, `{"passcode":{"digits":8}}`).refused(400, "E0000001")
		d.call(t, "PUT", path, `{"passcode":{"digits":5}}`).refused(400, "E0000001")
		d.call(t, "PUT", path, `{"limits":{"phone-pace":{"burst":0,"periodMs":1}}}`).refused(400, "E0000001")
		d.call(t, "PUT", path, `{"pipelines":"v1"}`).refused(400, "E0000001")
		d.call(t, "PUT", path, `{}`).ok(&is)
		if is["pipeline"] != "idx" || is["passcode"].(map[string]any)["digits"] != 6.0 {
			t.Errorf("what is left out is not the default: %v", is)
		}

		var org struct{ CompanyName, Website string }
		d.call(t, "POST", "/api/v1/org", `{"companyName":"Acme","website":"https://acme.example"}`).ok()
		d.call(t, "POST", "/api/v1/org", `{"companyName":"Acme Ltd"}`).ok(&org)
		if org.CompanyName != "Acme Ltd" || org.Website == "" {
			t.Errorf("after an update: %+v", org)
		}
		d.call(t, "PUT", "/api/v1/org", `{"companyName":"Acme"}`).ok(&org)
		d.call(t, "PUT", "/api/v1/org", `{"website":"https://acme.example"}`).refused(400, "E0000001")
		var told []logEvent
		d.call(t, "GET", "/api/v1/logs?filter=eventType+eq+%22system.org.settings.update%22", nil).ok(&told)
		if len(told) != 5 || told[0].Debug.Data["changed"] != "passcode.digits, passcode.lifetimeSeconds, lineTypes, blockedCountries, limits, requests, pipeline" {
			t.Errorf("the log tells %+v", told)
		}
	})
}
