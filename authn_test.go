package hookswitch_test

import (
	"slices"
	"testing"
	"time"

	"hookswitch"
)

func TestTheTableOfAnAuthenticationTransaction(t *testing.T) {
	type step struct {
		from hookswitch.AuthnStatus
		step hookswitch.AuthnStep
	}
	want := map[step]hookswitch.AuthnStatus{ // a pair that is not here cannot happen
		{"", hookswitch.PasswordSufficed}:                      hookswitch.AuthnSuccess,
		{"", hookswitch.FactorNeeded}:                          hookswitch.MFARequired,
		{hookswitch.MFARequired, hookswitch.PasscodeSent}:      hookswitch.MFAChallenge,
		{hookswitch.MFARequired, hookswitch.GaveUp}:            hookswitch.AuthnGone,
		{hookswitch.MFAChallenge, hookswitch.PasscodeSent}:     hookswitch.MFAChallenge,
		{hookswitch.MFAChallenge, hookswitch.PasscodeAccepted}: hookswitch.AuthnSuccess,
		{hookswitch.MFAChallenge, hookswitch.WentBack}:         hookswitch.MFARequired,
		{hookswitch.MFAChallenge, hookswitch.GaveUp}:           hookswitch.AuthnGone,
	}
	for _, from := range append(hookswitch.AuthnStatuses(), "", "UNHEARD_OF") {
		for _, s := range append(hookswitch.AuthnSteps(), "unheard-of") {
			next, ok := from.On(s)
			if expected, can := want[step{from, s}]; ok != can || ok && next != expected || !ok && next != from {
				t.Errorf("%q %q: %q %v", from, s, next, ok)
			}
		}
	}
}

func TestATransactionLastsFifteenIdleMinutesAndNeverMoreThanAnHour(t *testing.T) {
	a := hookswitch.Authn{Created: noon}.Prolonged(noon)
	if !a.Good(noon.Add(15*time.Minute-1)) || a.Good(noon.Add(15*time.Minute)) {
		t.Errorf("it expires at %v", a.Expires)
	}
	if a = a.Prolonged(noon.Add(50 * time.Minute)); !a.Expires.Equal(noon.Add(time.Hour)) {
		t.Errorf("it expires at %v", a.Expires)
	}
}

func TestASessionLastsTwoIdleHoursAndNeverMoreThanTwelve(t *testing.T) {
	s := hookswitch.Session{Created: noon}.Prolonged(noon)
	if !s.Good(noon.Add(2*time.Hour-1)) || s.Good(noon.Add(2*time.Hour)) {
		t.Errorf("it expires at %v", s.Expires)
	}
	if s = s.Prolonged(noon.Add(11 * time.Hour)); !s.Expires.Equal(noon.Add(12 * time.Hour)) {
		t.Errorf("it expires at %v", s.Expires)
	}
}

func TestTheMethodsOfASessionTellWhatWasShown(t *testing.T) {
	for _, c := range []struct {
		proofs hookswitch.Proofs
		want   []string
	}{
		{hookswitch.Proofs{Password: noon}, []string{"pwd"}},
		{hookswitch.Proofs{Password: noon, Factor: noon, Channel: hookswitch.SMS}, []string{"pwd", "sms", "mfa"}},
		{hookswitch.Proofs{Password: noon, Factor: noon, Channel: hookswitch.Call}, []string{"pwd", "tel", "mfa"}},
	} {
		if got := c.proofs.Methods(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q", c.proofs, got)
		}
	}
}
