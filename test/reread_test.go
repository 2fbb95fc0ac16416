package test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

// A Terraform provider creates, reads back, changes and deletes; after each step it reads again and shows a difference as
// drift. There is none: what was sent stands in what is read, and two reads are the same.
func TestWhatWasSetReadsBackTheSame(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		t.Run("hook", func(t *testing.T) {
			first, second := hookBody("https://hooks.example.com/otp?a=b"), hookBody("https://hooks.example.com/other")
			second["name"] = "Other"
			path := d.reread(t, hooksPath, first, second)
			// As Terraform deletes: it deactivates first, whatever the status.
			d.call(t, "POST", path+"/lifecycle/deactivate", nil).ok()
			d.gone(t, path)
		})
		t.Run("template", func(t *testing.T) {
			path := d.reread(t, "/api/v1/templates/sms", map[string]any{
				"name": "Custom", "type": "SMS_VERIFY_CODE", "template": "${org.name}: your code is ${code}",
				"translations": map[string]string{"es": "${org.name}: su código es ${code}", "fr": "${org.name}: votre code est ${code}"},
			}, map[string]any{
				"name": "Custom", "type": "SMS_VERIFY_CODE", "template": "${org.name}: ${code}", "translations": map[string]string{"de": "${org.name}: ${code}"},
			})
			d.gone(t, path)
		})
		t.Run("provider", func(t *testing.T) {
			for _, p := range d.quiet(t) {
				d.call(t, "DELETE", providerPath+"/"+p.ID, nil).ok()
			}
			body := map[string]any{
				"providerName": "TELESIGN", "providerSid": "00000000-0000-4000-8000-000000000001", "providerAuthToken": "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ==", "providerCapability": "ALL",
				"providerSettings": map[string]any{"sms": map[string]string{"telesignService": "telesignVerifyService"}},
			}
			var made map[string]any
			d.call(t, "POST", providerPath, body).ok(&made)
			path := providerPath + "/" + made["id"].(string)
			contains(t, d.readBack(t, path), body)
			change := map[string]any{"providerSettings": map[string]any{"sms": map[string]string{"telesignService": "telesignMessagingService"}}}
			d.call(t, "PATCH", path, change).ok()
			contains(t, d.readBack(t, path), change)
			d.gone(t, path)
		})
		t.Run("org factors", func(t *testing.T) {
			d.call(t, "POST", hooksPath, hookBody("https://hooks.example.com/")).ok() // something carries the messages
			for _, id := range []string{"okta_sms", "okta_call"} {
				path := "/api/v1/org/factors/" + id
				before := d.readBack(t, path)
				for step, status := range map[string]string{"deactivate": "INACTIVE", "activate": "ACTIVE"} {
					var answered map[string]any
					d.call(t, "POST", path+"/lifecycle/"+step, nil).ok(&answered)
					contains(t, d.readBack(t, path), map[string]any{"id": id, "status": status, "provider": "OKTA"})
					same(t, answered, d.readBack(t, path))
				}
				d.call(t, "POST", path+"/lifecycle/activate", nil).ok()
				same(t, before, d.readBack(t, path))
			}
		})
	})
}

// reread creates a thing, reads it back, replaces it and reads it back. It gives the thing's path.
func (d *demo) reread(t *testing.T, list string, create, replace map[string]any) string {
	t.Helper()
	var made, replaced map[string]any
	d.call(t, "POST", list, create).ok(&made)
	path := list + "/" + made["id"].(string)
	same(t, made, d.readBack(t, path))
	contains(t, made, create)
	d.call(t, "PUT", path, replace).ok(&replaced)
	same(t, replaced, d.readBack(t, path))
	contains(t, replaced, replace)
	// The same once more changes nothing, not even when it was changed.
	d.call(t, "PUT", path, replace).ok()
	same(t, replaced, d.readBack(t, path))
	// What was read can be sent back.
	d.call(t, "PUT", path, d.readBack(t, path)).ok()
	same(t, replaced, d.readBack(t, path))
	return path
}

// gone deletes a thing that is then neither found nor deleted again.
func (d *demo) gone(t *testing.T, path string) {
	t.Helper()
	if a := d.call(t, "DELETE", path, nil); a.status != 204 || len(a.body) != 0 {
		t.Errorf("deleting: %d %s", a.status, a.body)
	}
	d.call(t, "GET", path, nil).refused(404, "E0000007")
	d.call(t, "DELETE", path, nil).refused(404, "E0000007")
}

func (d *demo) readBack(t *testing.T, path string) map[string]any {
	t.Helper()
	var v map[string]any
	d.call(t, "GET", path, nil).ok(&v)
	return v
}

func same(t *testing.T, a, b any) {
	t.Helper()
	if one, other := text(t, a), text(t, b); one != other {
		t.Errorf("it differs on re-read:\n%s\n%s", one, other)
	}
}

// contains fails the test unless everything that was sent stands in what was read, but for what is write-only.
func contains(t *testing.T, read, sent any) {
	t.Helper()
	var want any
	if err := json.Unmarshal([]byte(text(t, sent)), &want); err != nil {
		t.Fatal(err)
	}
	for _, path := range missing(read, want, "") {
		if !strings.HasSuffix(path, "authScheme.value") && !strings.HasSuffix(path, "providerAuthToken") {
			t.Errorf("%s is not what was sent: %s", path, text(t, read))
		}
	}
}

func missing(read, sent any, path string) []string {
	if wanted, ok := sent.(map[string]any); ok {
		has, _ := read.(map[string]any)
		var paths []string
		for key := range maps.Keys(wanted) {
			paths = append(paths, missing(has[key], wanted[key], path+"."+key)...)
		}
		return paths
	}
	one, _ := json.Marshal(read)
	other, _ := json.Marshal(sent)
	if string(one) != string(other) {
		return []string{path}
	}
	return nil
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
