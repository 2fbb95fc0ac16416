package render

import (
	"slices"
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
	last := ""
	for resend, want := range []string{"+15005550006", "ACME", "12345", "+15005550006", "ACME"} {
		if last = r.Sender(last); last != want {
			t.Errorf("resend %d comes from %q, want %q", resend, last, want)
		}
	}
	if got := (Regulation{}).Sender("ACME"); got != "" {
		t.Errorf("from %q", got)
	}
	if got := r.Sender("gone from the pool"); got != "+15005550006" {
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

func TestARegulationIsChecked(t *testing.T) {
	for _, good := range []Regulation{
		{Senders: []string{"+15005550006"}},
		{
			Country: "IN", Senders: []string{"ACME", "A1", "12345", "MG00000000000000000000000000000001", "My Brand 1"},
			BrandPrefix: "ACME: ", OptOutSuffix: "\nSTOP: 12345", DLTEntityID: "1101234567890123456",
			DLTTemplateIDs: map[hookswitch.Purpose]string{hookswitch.SignIn: "1107161234567890123"},
		},
	} {
		if got := good.Check(); len(got) > 0 {
			t.Errorf("%q: %+v", good.Country, got)
		}
	}
	for _, bad := range []struct {
		regulation Regulation
		want       []string // fields
	}{
		{
			Regulation{Country: "IN", Senders: []string{"ACME", "TWELVE CHARS", "0123", "+0123456789", "<b>", "", "é"}},
			[]string{"senders.1", "senders.2", "senders.3", "senders.4", "senders.5", "senders.6"},
		},
		{Regulation{Country: "XX"}, []string{"country"}},
		{Regulation{Country: "in", BrandPrefix: strings.Repeat("a", 61), OptOutSuffix: "\x00"}, []string{"country", "brandPrefix", "optOutSuffix"}},
		{Regulation{Country: "419", BrandPrefix: "${org.name}: ", OptOutSuffix: "\xff"}, []string{"country", "brandPrefix", "optOutSuffix"}},
		{
			Regulation{Country: "UK", DLTEntityID: "abc", DLTTemplateIDs: map[hookswitch.Purpose]string{hookswitch.SignIn: "x", "y": "1107161234567890123"}},
			[]string{"country", "dltEntityId", "dltTemplateIds.sign-in", "dltTemplateIds"},
		},
		{Regulation{Senders: slices.Repeat([]string{"ACME"}, 21)}, []string{"senders"}},
	} {
		var fields []string
		for _, cause := range bad.regulation.Check() {
			fields = append(fields, cause.Field)
			if cause.Text == "" {
				t.Errorf("%s has no reason", cause.Field)
			}
		}
		if !slices.Equal(fields, bad.want) {
			t.Errorf("%q: %q, want %q", bad.regulation.Country, fields, bad.want)
		}
	}
}
