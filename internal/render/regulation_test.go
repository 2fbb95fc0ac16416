package render

import (
	"reflect"
	"strings"
	"testing"

	"hookswitch"
)

func TestACountryHasItsOwnRegulationOrThatOfAllOthers(t *testing.T) {
	rs := Regulations{{Country: "IN", BrandPrefix: "in"}, {BrandPrefix: "others"}, {Country: "US", BrandPrefix: "us"}}
	for country, want := range map[string]string{"IN": "in", "US": "us", "DE": "others", "": "others"} {
		if got := rs.For(country).BrandPrefix; got != want {
			t.Errorf("%q: %q, want %q", country, got, want)
		}
	}
	if got := (Regulations{{Country: "IN", BrandPrefix: "in"}}).For("DE"); got.BrandPrefix != "" {
		t.Errorf("%+v", got)
	}
}

func TestAResendComesFromTheNextSender(t *testing.T) {
	r := Regulation{Senders: []string{"+15005550006", "ACME", "12345"}}
	for resend, want := range []string{"+15005550006", "ACME", "12345", "+15005550006", "ACME"} {
		if got := r.Sender(resend); got != want {
			t.Errorf("resend %d comes from %q, want %q", resend, got, want)
		}
	}
	if got := (Regulation{}).Sender(0); got != "" {
		t.Errorf("from %q", got)
	}
	if got := r.Sender(-1); got != "+15005550006" {
		t.Errorf("from %q", got)
	}
}

func TestATextHasTheDLTIdOfTheTextItUses(t *testing.T) {
	r := Regulation{DLTTemplateIDs: map[hookswitch.Purpose]string{hookswitch.Enrollment: "1", hookswitch.Test: "2"}}
	for purpose, want := range map[hookswitch.Purpose]string{
		hookswitch.Enrollment: "1", hookswitch.Test: "2", hookswitch.Relayed: "1", hookswitch.SignIn: "",
	} {
		if got := r.DLTTemplateID(purpose); got != want {
			t.Errorf("%s: %q, want %q", purpose, got, want)
		}
	}
}

func TestRegulationsAreChecked(t *testing.T) {
	good := Regulations{
		{Senders: []string{"+15005550006"}},
		{
			Country: "IN", Senders: []string{"ACME", "A1", "12345", "MG00000000000000000000000000000001", "My Brand 1"},
			BrandPrefix: "ACME: ", OptOutSuffix: "\nSTOP: 12345", DLTEntityID: "1101234567890123456",
			DLTTemplateIDs: map[hookswitch.Purpose]string{hookswitch.SignIn: "1107161234567890123"},
		},
	}
	if got := good.Check(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	bad := Regulations{
		{Country: "IN"},
		{Country: "IN", Senders: []string{"ACME", "TWELVE CHARS", "0123", "+0123456789", "<b>", "", "é"}},
		{Country: "XX"},
		{Country: "in", BrandPrefix: strings.Repeat("a", 61), OptOutSuffix: "\x00"},
		{Country: "419", BrandPrefix: "${org.name}: ", OptOutSuffix: "\xff"},
		{Country: "UK", DLTEntityID: "abc", DLTTemplateIDs: map[hookswitch.Purpose]string{hookswitch.SignIn: "x", "y": "1107161234567890123"}},
		{Senders: make([]string, 21)},
	}
	var fields []string
	for _, cause := range bad.Check() {
		if cause.Text == "" {
			t.Errorf("%s has no reason", cause.Field)
		}
		if !strings.HasPrefix(cause.Field, "6.senders.") {
			fields = append(fields, cause.Field)
		}
	}
	want := []string{
		"1.country", "1.senders.1", "1.senders.2", "1.senders.3", "1.senders.4", "1.senders.5", "1.senders.6",
		"2.country", "3.country", "3.brandPrefix", "3.optOutSuffix", "4.country", "4.brandPrefix", "4.optOutSuffix",
		"5.country", "5.dltEntityId", "5.dltTemplateIds.sign-in", "5.dltTemplateIds", "6.senders",
	}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("%q\nwant\n%q", fields, want)
	}
}
