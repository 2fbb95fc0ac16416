package hookswitch_test

import (
	"testing"
	"time"

	"hookswitch"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestFiveWrongPasscodesInARowLockForFiveMinutes(t *testing.T) {
	f := hookswitch.Factor{Status: hookswitch.FactorActive}
	limits := hookswitch.DefaultGuessLimits()
	for range 4 {
		f = f.Missed(noon, limits)
	}
	if _, locked := f.Locked(noon); locked {
		t.Fatal("locked after four")
	}
	f = f.Missed(noon, limits)
	if wait, locked := f.Locked(noon); !locked || wait != 5*time.Minute {
		t.Fatalf("after five: locked %v for %v", locked, wait)
	}
	if _, locked := f.Locked(noon.Add(5 * time.Minute)); locked {
		t.Fatal("still locked when the time is over")
	}
	if f.WrongInRow != 0 || f.WrongTotal != 5 {
		t.Fatalf("counters %d and %d: the row starts anew, the total does not", f.WrongInRow, f.WrongTotal)
	}
}

func TestFiftyWrongPasscodesSinceTheLastSuccessDisableTheFactor(t *testing.T) {
	limits := hookswitch.DefaultGuessLimits()
	f := hookswitch.Factor{Status: hookswitch.FactorActive}
	for range 49 {
		f = f.Missed(noon, limits)
	}
	if f.Status != hookswitch.FactorActive {
		t.Fatal("disabled after 49")
	}
	if spared := f.Matched(noon).Missed(noon, limits); spared.Status != hookswitch.FactorActive || spared.WrongTotal != 1 {
		t.Fatalf("a success does not start the count anew: %+v", spared)
	}
	if f = f.Missed(noon, limits); f.Status != hookswitch.FactorInactive {
		t.Fatal("not disabled after 50")
	}
}

func TestAPendingFactorBecomesActiveByItsPasscode(t *testing.T) {
	f := hookswitch.Factor{Status: hookswitch.FactorPendingActivation, WrongInRow: 3}.Matched(noon)
	if f.Status != hookswitch.FactorActive || f.WrongInRow != 0 {
		t.Fatalf("%+v", f)
	}
}

func TestAChallengeLeavesPendingOnce(t *testing.T) {
	final := []hookswitch.ChallengeState{hookswitch.ChallengeVerified, hookswitch.ChallengeReplaced, hookswitch.ChallengeCanceled}
	for _, next := range final {
		if !hookswitch.ChallengePending.To(next) {
			t.Errorf("PENDING cannot become %s", next)
		}
		for _, other := range append(final, hookswitch.ChallengePending) {
			if next.To(other) {
				t.Errorf("%s can become %s", next, other)
			}
		}
	}
	if hookswitch.ChallengePending.To(hookswitch.ChallengePending) {
		t.Error("PENDING can become PENDING")
	}
}

func TestAPasscodeHasExpiredAtTheInstantItExpires(t *testing.T) {
	c := hookswitch.Challenge{State: hookswitch.ChallengePending, Expires: noon}
	if !c.Good(noon.Add(-time.Microsecond)) || c.Good(noon) {
		t.Fatal("the last good instant is the one before Expires")
	}
	c.State = hookswitch.ChallengeReplaced
	if c.Good(noon.Add(-time.Minute)) {
		t.Fatal("a replaced passcode is good")
	}
}
