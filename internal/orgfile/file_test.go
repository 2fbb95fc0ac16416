package orgfile

import (
	"bytes"
	"strings"
	"testing"
)

func TestWhatIsWrongWithAFileIsToldWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"version: 1\nsetting: {}\n":                         "[2:1]",
		"version: 1\nsettings:\n  lang: en\n":               "[3:3]",
		"version: 1\nsettings:\n  language: [en]\n":         "[3:",
		"version: 1\nsettings: {}\nsettings: {}\n":          "[3:1]",
		"version: 1\nmessageSettings: {segments: \"one\"}":  "[2:",
		"version: 1\nsettings:\n  language: en\n bad: x: y": "[",
		"version: 1\n---\nversion: 1\n":                     "more than one document",
		"version: 2\n":                                      "version: it must be 1",
		"":                                                  "empty",
		"version: 1\ninlineHooks: [{uri: x}]":               "inlineHooks[0]: it needs a name",
		"version: 1\nsmsTemplates: [{name: a}, {name: a}]":  "smsTemplates[1]: a is there twice",
		"version: 1\ntelephonyProviders: [{providerName: TWILIO, providerAuthToken: canary-plain}]":          "the secret must be ${env:NAME}",
		"version: 1\ninlineHooks: [{name: a, authScheme: {key: Authorization, value: \"${env:}canary-2\"}}]": "the secret must be ${env:NAME}",
		`{"version": 1, "telephonyProviders": [{"providerName": "TWILIO", "enabled": true}]}`:                "unknown field",
		"version: 1\nmessages: {sign-in: {template: \"${code}\", translation: {de: x}}}":                     "unknown field",
		"version: 1\nregulations:\n  IN:\n    senders: [a]\n    senders: [b]\n":                              "[5:5]",
	} {
		_, err := Read(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q\n\tis answered with %v, want %s", text, err, want)
		}
	}
}

func TestAFileIsReadAsItIsWritten(t *testing.T) {
	yes := true
	file := File{
		Version: 1, Org: &Org{Name: "Acme: \"phones\""}, Authenticator: &Authenticator{Name: "Phone", Active: &yes},
		Settings:     &Settings{Language: "no", Prefixes: []string{"+88216"}, Passcode: &Passcode{Digits: 6}}, // no: a word that YAML once took for false
		SMSTemplates: []SMSTemplate{{Name: "1", Template: "a\nb: ${code}", Translations: map[string]string{"no": "# ${code}"}}},
	}
	var text bytes.Buffer
	if err := file.Write(&text); err != nil {
		t.Fatal(err)
	}
	read, err := Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	want, err := thingOf(file)
	if err != nil {
		t.Fatal(err)
	}
	if fields := differ(want, read.sections, ""); len(fields) > 0 {
		t.Errorf("%v", fields)
	}
}

func TestASecretIsReadFromWhereItIs(t *testing.T) {
	from := Environment{
		Variable: func(name string) (string, bool) { return "value of " + name, name != "NONE" },
		File:     func(path string) ([]byte, error) { return []byte("in " + path + "\r\n"), nil },
	}
	for said, want := range map[reference]string{"${env:A}": "value of A", "${file:/run/a}": "in /run/a"} {
		if got, err := from.resolve(said); got != want || err != nil {
			t.Errorf("%s is %q, %v", said, got, err)
		}
	}
	for _, said := range []reference{"", "plain", "${env:NONE}", "${env:}", "${vault:a}", "$env:A"} {
		if got, err := from.resolve(said); err == nil {
			t.Errorf("%s is %q", said, got)
		}
	}
	if got := referenceFor("HOOK", "My hook é"); got != "${env:HOOKSWITCH_SECRET_HOOK_MY_HOOK__}" {
		t.Error(got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("version: 1\nsettings: {language: en}\n")
	f.Add(`{"version":1,"inlineHooks":[{"name":"a","authScheme":{"value":"${env:A}"}}]}`)
	f.Add("version: 1\nmessages: &a {x: *a}")
	f.Fuzz(func(t *testing.T, text string) {
		wanted, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		_, _ = Make(&State{File: File{Version: format}, ids: map[string]string{}}, wanted, Options{Prune: true, From: Environment{
			Variable: func(string) (string, bool) { return "x", true }, File: func(string) ([]byte, error) { return nil, nil },
		}})
	})
}
