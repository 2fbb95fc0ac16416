package test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A file takes an org to another server: what is exported there is the same again. And it brings the first one back.
func TestAnExportAppliedElsewhereExportsTheSame(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		another := "sqlite:" + filepath.Join(t.TempDir(), "hookswitch.db")
		if strings.HasPrefix(databaseURL, "postgres") {
			another = cluster.Database(t)
		}
		from := startDemo(t, databaseURL)
		dir := t.TempDir()
		before := filepath.Join(dir, "before.yaml")
		from.cli(t, before, 0, "export")
		from.enrich(t)
		after := filepath.Join(dir, "after.yaml")
		text := from.cli(t, after, 0, "export")
		for _, said := range []string{"companyName: Acme", "digits: 7", "name: Relay", "name: Custom", "de:", "sign-in:", "IN:", "${env:HOOKSWITCH_SECRET_HOOK_RELAY}", "allowedFor: sso", "origin: https://app.example.com"} {
			if !strings.Contains(text, said) {
				t.Errorf("the export does not say %s:\n%s", said, text)
			}
		}
		if strings.Contains(text, "canary") || strings.Contains(text, "simulator-twilio-token") {
			t.Error("a secret was exported")
		}

		to := startDemo(t, another)
		t.Setenv("HOOKSWITCH_SECRET_HOOK_RELAY", "")
		if said := to.cli(t, "", 1, "apply", "-f", after, "--prune"); !strings.Contains(said, "HOOKSWITCH_SECRET_HOOK_RELAY is not set; nothing was changed") {
			t.Errorf("without the secret: %s", said)
		}
		t.Setenv("HOOKSWITCH_SECRET_HOOK_RELAY", "canary-of-the-hook")
		to.cli(t, "", 3, "apply", "-f", after, "--prune", "--dry-run")
		to.cli(t, "", 0, "apply", "-f", after, "--prune")
		if said := to.cli(t, "", 0, "apply", "-f", after, "--prune", "--dry-run"); !strings.Contains(said, "Nothing to change.") {
			t.Errorf("a second time: %s", said)
		}
		if again := to.cli(t, "", 0, "export"); again != text {
			t.Errorf("the other server exports\n%s\nwant\n%s", again, text)
		}
		t.Setenv("HOOKSWITCH_SECRET_TWILIO", "simulator-twilio-token")
		t.Setenv("HOOKSWITCH_SECRET_TELESIGN", "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ==")
		from.cli(t, "", 0, "apply", "-f", before, "--prune")
		if again, err := os.ReadFile(before); err != nil || from.cli(t, "", 0, "export") != string(again) {
			t.Errorf("the first server does not come back: %v", err)
		}
	})
}

// enrich sets one of everything that an administrator can set.
func (d *demo) enrich(t *testing.T) {
	t.Helper()
	d.call(t, "POST", "/api/v1/org", `{"companyName":"Acme","supportPhoneNumber":"+1 202-555-0100"}`).ok()
	d.call(t, "PUT", "/api/v1/telephony/settings", `{"language":"de","region":"DE","passcode":{"digits":7},"blockedPrefixes":["+88216"],"lineTypes":{"voip":"call-only"},
		"limits":{"user-sends":{"burst":9,"periodMs":1000}},"requests":{"perMinute":90000}}`).ok()
	var providers []struct{ ID, ProviderName string }
	d.call(t, "GET", "/api/v1/telephony-providers", nil).ok(&providers)
	ids := map[string]string{}
	for _, p := range providers {
		ids[p.ProviderName] = "/api/v1/telephony-providers/" + p.ID
	}
	d.call(t, "PUT", "/api/v1/telephony/hook-fallback", map[string]any{"fallbackProviderId": filepath.Base(ids["TELESIGN"]), "acceptDuplicates": true}).ok()
	d.call(t, "PUT", "/api/v1/templates/settings", `{"segments":2,"autofillDomain":"login.example.com"}`).ok()
	d.call(t, "PUT", "/api/v1/telephony/regulations/IN", `{"senders":["ACME"],"brandPrefix":"Acme: ","dltEntityId":"1234567890123456789"}`).ok()
	d.call(t, "POST", "/api/v1/templates/sms", `{"name":"Custom","template":"Your code: ${code}","translations":{"de":"Ihr Code: ${code}"}}`).ok()
	d.call(t, "PUT", "/api/v1/templates/messages/sign-in", `{"template":"Sign in with ${code}"}`).ok()
	d.call(t, "PUT", "/api/v1/templates/calls/enrollment", `{"template":"Hello from ${org.name}. ${code}","translations":{"fr":"Bonjour. ${code}"}}`).ok()
	var app struct{ ID string }
	d.call(t, "POST", "/api/v1/trustedOrigins", `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"CORS"}]}`).ok(&app)
	d.call(t, "POST", "/api/v1/trustedOrigins/"+app.ID+"/lifecycle/deactivate", nil).ok()
	var phones []struct{ ID string }
	d.call(t, "GET", "/api/v1/authenticators", nil).ok(&phones)
	d.call(t, "PUT", "/api/v1/authenticators/"+phones[0].ID, `{"key":"phone_number","name":"Phone","settings":{"allowedFor":"sso"}}`).ok()
	d.call(t, "POST", "/api/v1/authenticators/"+phones[0].ID+"/methods/voice/lifecycle/deactivate", nil).ok()

	// A hook takes the providers' place, the primary last.
	d.call(t, "POST", ids["TELESIGN"]+"/lifecycle/deactivate", nil).ok()
	d.call(t, "POST", ids["TWILIO"]+"/lifecycle/deactivate", nil).ok()
	d.call(t, "POST", "/api/v1/inlineHooks", `{"name":"Relay","type":"com.okta.telephony.provider","version":"1.0.0","channel":{"type":"HTTP","version":"1.0.0",
		"config":{"uri":"http://127.0.0.1:9/otp","method":"POST","headers":[{"key":"X-Org","value":"acme"}],"authScheme":{"type":"HEADER","key":"Authorization","value":"canary"}}}}`).ok()
}

// cli runs a command against the demo, keeps what it printed in a file, if one is named, and gives it.
func (d *demo) cli(t *testing.T, keep string, exit int, args ...string) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = d.environ()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != exit {
		t.Fatalf("%v: %v, want exit code %d\n%s%s", args, err, exit, &out, &errs)
	}
	if keep != "" {
		if err := os.WriteFile(keep, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out.String() + errs.String()
}
