package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hookswitch/internal/app"
)

// demo is a whole server with its carriers and phones, spoken to over HTTP only.
type demo struct {
	t *testing.T
	*app.Demo
}

func newDemo(t *testing.T) demo {
	t.Helper()
	d, err := app.NewDemo(t.Context(), app.Options{Listen: "127.0.0.1:0", Data: t.TempDir()}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	})
	return demo{t, d}
}

// do asks and reads the JSON of a success into out.
func (d demo) do(method, target string, body, out any) {
	d.t.Helper()
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			d.t.Fatal(err)
		}
	}
	r, err := http.NewRequestWithContext(d.t.Context(), method, target, &text)
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "SSWS "+d.Token.Reveal())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		d.t.Fatalf("%s %s: %d %s %v", method, target, answer.StatusCode, got, err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(got, out); err != nil {
		d.t.Fatalf("%v in %s", err, got)
	}
}

func (d demo) api(path string) string { return d.App.URL() + "/api/v1" + path }

type object = map[string]any

// heard is what a person heard on a phone of the simulator.
type heard struct{ Text, Code, Language, Extension, Provider string }

// call enrols a landline with an extension for a new user and activates it with what was heard there.
func (d demo) call(login, language, number string) heard {
	d.t.Helper()
	phone := d.Carriers.URL() + "/phones/" + url.PathEscape(number)
	d.do("PUT", phone+"/behavior", object{"outcome": "landline"}, nil)
	var user, factor struct{ ID, Status string }
	d.do("POST", d.api("/users?activate=true"), object{"profile": object{
		"login": login, "email": login, "firstName": "Yuki", "lastName": "Sato", "preferredLanguage": language,
	}}, &user)
	factors := d.api("/users/" + user.ID + "/factors")
	d.do("POST", factors, object{"factorType": "call", "provider": "OKTA", "profile": object{"phoneNumber": number, "phoneExtension": "42"}}, &factor)
	var got heard
	d.do("GET", phone+"/messages/latest?wait=30s&channel=call", nil, &got)
	d.do("POST", factors+"/"+factor.ID+"/lifecycle/activate", object{"passCode": got.Code}, &factor)
	if factor.Status != "ACTIVE" {
		d.t.Errorf("the factor is %s", factor.Status)
	}
	return got
}

// attempts is debugData.attempts of the call to a number.
func (d demo) attempts(number string) string {
	d.t.Helper()
	var events []struct {
		EventType    string
		DebugContext struct{ DebugData map[string]string }
	}
	d.do("GET", d.api("/logs"), nil, &events)
	for _, e := range events {
		if e.EventType == "system.voice.send_phone_verification_call" && e.DebugContext.DebugData["phoneNumber"] == number {
			return e.DebugContext.DebugData["attempts"]
		}
	}
	return ""
}

func TestALandlineHearsTheLanguageOfItsUserOrTheFallbackThatTheLogNames(t *testing.T) {
	d := newDemo(t)
	for _, c := range []struct {
		login, language, number string
		heard, words, note      string
	}{
		{"yuki@example.com", "ja", "+81332249999", "ja-JP", "コード", ""},
		{"mari@example.com", "et", "+81332249998", "en-US", "code", "no voice speaks et, the call is in en"},
	} {
		got := d.call(c.login, c.language, c.number)
		if got.Language != c.heard || !strings.Contains(got.Text, c.words) || got.Extension != "42" || got.Provider != "twilio" {
			t.Errorf("%s is wanted and this is heard: %+v", c.language, got)
		}
		attempts := d.attempts(c.number)
		if want := strings.TrimSuffix("TWILIO: accepted, "+c.note, ", "); !strings.HasSuffix(attempts, want) {
			t.Errorf("%s: the log says %q, want %q", c.language, attempts, want)
		}
	}
}
