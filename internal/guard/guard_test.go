package guard

import (
	"testing"

	"hookswitch"
)

func TestWhatAnAdministratorBlocksIsDenied(t *testing.T) {
	rules := Rules{BlockedCountries: []string{"KP"}, BlockedPrefixes: []string{"", "+88216"}}
	for phone, c := range map[string]struct {
		country string
		denied  bool
	}{
		"+12025550142":    {"US", false},
		"+8502381111":     {"KP", true},
		"+88216123456789": {"", true},
		"+8821":           {"", false},
	} {
		if got := Decide(Signals{Channel: hookswitch.SMS, Phone: phone, Country: c.country}, rules); got.Denied != c.denied || got.Denied != (got.Reason != "") {
			t.Errorf("%s: %+v", phone, got)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	rules := Rules{BlockedCountries: []string{"KP", "CU", "IR", "SY"}, BlockedPrefixes: []string{"+88216", "+883", "+979"}}
	for b.Loop() {
		if Decide(Signals{Channel: hookswitch.SMS, Purpose: hookswitch.SignIn, Phone: "+12025550142", Country: "US"}, rules).Denied {
			b.Fatal("denied")
		}
	}
}
