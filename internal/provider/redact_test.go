package provider

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatIsHiddenAndWhatLooksLikeANumberGoes(t *testing.T) {
	for in, want := range map[string]string{
		"The 'To' number +12025550123 is not valid":  "The 'To' number [hidden] is not valid",
		"number 1 (202) 555-0123 failed":             "number [hidden] failed",
		"To=%2B12025550123&From=x":                   "To=%2B[hidden]&From=x",
		"Error 21211":                                "Error 21211",
		"AC00000000000000000000000000000001 unknown": "AC00000000000000000000000000000001 unknown",
		"your code s3cret!":                          "your code [hidden]",
		"your code s3cret%21":                        "your code [hidden]",
		"tel:12025550123,":                           "tel:[hidden],",
		"":                                           "",
	} {
		if got := Redact(in, "s3cret!"); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("The 'To' number +12025550123 is not valid", "12025550123")
	f.Add("\xff\xfe%2B1 202 555 0123", "x")
	f.Add("\xb0", "\xef")
	f.Fuzz(func(t *testing.T, text, secret string) {
		got := Redact(text, secret)
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
		if len(secret) >= 4 && strings.Contains(got, secret) && !strings.Contains(hidden, secret) {
			t.Errorf("%q still holds %q", got, secret)
		}
	})
}
