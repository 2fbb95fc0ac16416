package enroll_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/enroll"
	"hookswitch/internal/verify"
)

func (r rules) APhoneIsEnrolledActivatedAndVerified(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if f.Status != hookswitch.FactorActive || f.Phone != anasPhone {
		t.Fatalf("%+v", f)
	}
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	if err := h.verifyWith(f, h.carriers[0].last(t).Code); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"system.sms.send_phone_verification_message SUCCESS", "user.mfa.factor.activate SUCCESS",
		"system.sms.send_factor_verify_message SUCCESS", "user.authentication.auth_via_mfa SUCCESS",
	}
	if got := h.events(hookswitch.SMSVerification, hookswitch.FactorActivated, hookswitch.SMSFactorVerify, hookswitch.AuthByFactor); !slices.Equal(got, want) {
		t.Errorf("the log says\n%q, want\n%q", got, want)
	}
}

func (r rules) APasscodeIsGoodOnce(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	code := h.carriers[0].last(t).Code
	if err := h.verifyWith(f, code); err != nil {
		t.Fatal(err)
	}
	wants(t, h.verifyWith(f, code), hookswitch.PasscodeUsed)
}

func (r rules) APasscodeIsGoodOnceForAHundredClicksAtTheSameTime(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	code := h.carriers[0].last(t).Code
	var accepted sync.WaitGroup
	answers := make(chan error, 100)
	for range 100 {
		accepted.Go(func() { answers <- h.verifyWith(f, code) })
	}
	accepted.Wait()
	close(answers)
	good := 0
	for err := range answers {
		if err == nil {
			good++
		}
	}
	if good != 1 {
		t.Fatalf("accepted %d times", good)
	}
}

func (r rules) AnExpiredPasscodeIsWrong(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	h.clock.advance(5 * time.Minute)
	wants(t, h.verifyWith(f, h.carriers[0].last(t).Code), hookswitch.WrongPasscode)
}

func (r rules) ANewPasscodeEndsTheOldOne(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	old := h.carriers[0].last(t).Code
	h.clock.advance(30 * time.Second)
	if _, err := h.enroll.Resend(t.Context(), h.use(f, "")); err != nil {
		t.Fatal(err)
	}
	fresh := h.carriers[1].last(t).Code
	if old != fresh {
		wants(t, h.verifyWith(f, old), hookswitch.WrongPasscode)
	}
	if err := h.verifyWith(f, fresh); err != nil {
		t.Fatal(err)
	}
}

func (r rules) FiveWrongPasscodesLockAndTheRightOneWaits(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	code := h.carriers[0].last(t).Code
	for range 5 {
		wants(t, h.verifyWith(f, "x"), hookswitch.WrongPasscode)
	}
	wants(t, h.verifyWith(f, code), hookswitch.FactorLocked)
	h.clock.advance(5 * time.Minute)
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	if err := h.verifyWith(f, h.carriers[0].last(t).Code); err != nil {
		t.Fatal(err)
	}
}

func (r rules) ThePaceOfAPhoneRefusesWithoutASendAndIsToldOnce(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	code := h.carriers[0].last(t).Code
	sent := h.carriers[0].count()
	for range 10 {
		wants(t, h.challenge(f), hookswitch.TooSoonSMS)
	}
	if h.carriers[0].count() != sent || h.carriers[1].count() != 0 {
		t.Error("a refused request was sent")
	}
	if told := h.events(hookswitch.RateLimitViolation); len(told) != 1 {
		t.Errorf("the log was told %d times", len(told))
	}
	if err := h.verifyWith(f, code); err != nil {
		t.Errorf("the earlier passcode is not good any more: %v", err)
	}
}

func (r rules) SeveralUsersMayShareANumberAndItsPace(t *testing.T) {
	h := r.house(t)
	h.enrolled()
	h.clock.advance(time.Minute)
	bo := newUser(h, "bo@example.com")
	if _, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: bo.ID, Channel: hookswitch.SMS, Phone: "+1 (202) 555-0123"}); err != nil {
		t.Fatal(err)
	}
	cy := newUser(h, "cy@example.com")
	_, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: cy.ID, Channel: hookswitch.SMS, Phone: anasPhone})
	wants(t, err, hookswitch.TooSoonSMS)
	if factors, err := h.enroll.Factors(t.Context(), cy.ID); err != nil || len(factors) != 0 {
		t.Errorf("a refused enrolment left %d factors (%v)", len(factors), err)
	}
}

func (r rules) WrongNumbersChangeNothing(t *testing.T) {
	h := r.house(t)
	for _, input := range []string{"", "hello", "+1", "+1800555123", "+18005550199", "+19005550199", "+999123456789", "+4420"} {
		_, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: input})
		wants(t, err, hookswitch.PhoneInvalid)
	}
	if h.carriers[0].count() != 0 || len(h.events(hookswitch.SMSVerification)) != 0 {
		t.Error("something was sent or logged")
	}
}

func (r rules) WhoSendsAtTheSameTimeForgetsNoWrongPasscode(t *testing.T) {
	h := r.house(t)
	read := h.enrolled() // before the passcode was wrong
	wants(t, h.verifyWith(read, "1"), hookswitch.WrongPasscode)
	_, err := h.verify.Issue(t.Context(), verify.Ask{User: h.user, Factor: read, Purpose: hookswitch.SignIn})
	if err != nil {
		t.Fatal(err)
	}
	if now, err := h.enroll.Factor(t.Context(), h.user.ID, read.ID); err != nil || now.WrongInRow != 1 || now.WrongTotal != 1 {
		t.Errorf("%+v %v", now, err)
	}
}

func (r rules) APhoneThatIsNotActivatedVerifiesNobody(t *testing.T) {
	h := r.house(t)
	f, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: anasPhone})
	if err != nil {
		t.Fatal(err)
	}
	code := h.newest().Code
	wants(t, h.verifyWith(f, code), hookswitch.NotNow)
	if _, err := h.enroll.Activate(t.Context(), h.use(f, code)); err != nil {
		t.Errorf("the passcode was used up: %v", err)
	}
}

func (r rules) APhoneThatWasNeverActivatedIsEnrolledAgain(t *testing.T) {
	h := r.house(t)
	mistyped, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: "+12025550199"})
	if err != nil {
		t.Fatal(err)
	}
	old := h.newest().Code
	h.clock.advance(time.Minute)
	f, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: anasPhone})
	if err != nil {
		t.Fatal(err)
	}
	if f.ID != mistyped.ID || f.Phone != anasPhone || !f.LastUpdated.After(mistyped.LastUpdated) {
		t.Errorf("%+v after %+v", f, mistyped)
	}
	_, err = h.enroll.Activate(t.Context(), h.use(f, old))
	wants(t, err, hookswitch.WrongPasscode)
	if _, err := h.enroll.Activate(t.Context(), h.use(f, h.newest().Code)); err != nil {
		t.Error(err)
	}
}

func (r rules) APhoneThatIsSetUpIsReplacedOnlyOnRequestAndOnlyWhenTheNewOneIsActivated(t *testing.T) {
	h := r.house(t)
	old := h.enrolled()
	change := enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: "+12025550199"}
	_, err := h.enroll.Enroll(t.Context(), change)
	wants(t, err, hookswitch.FactorExists)
	change.UpdatePhone = true
	fresh, err := h.enroll.Enroll(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	newCode := h.carriers[0].last(t).Code
	if err := h.challenge(old); err != nil {
		t.Errorf("the old phone is not good while the new one is pending: %v", err)
	}
	if _, err := h.enroll.Activate(t.Context(), h.use(fresh, newCode)); err != nil {
		t.Fatal(err)
	}
	factors, err := h.enroll.Factors(t.Context(), h.user.ID)
	if err != nil || len(factors) != 1 || factors[0].Phone != "+12025550199" {
		t.Fatalf("%+v %v", factors, err)
	}
}

func (r rules) ARemovedFactorsPasscodeIsDead(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	if err := h.enroll.Remove(t.Context(), h.user.ID, f.ID, hookswitch.Origin{}); err != nil {
		t.Fatal(err)
	}
	wants(t, h.verifyWith(f, h.carriers[0].last(t).Code), hookswitch.NotFound)
}

func (r rules) AnotherUsersFactorIsNotFound(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	bo := newUser(h, "bo@example.com")
	_, err := h.enroll.Verify(t.Context(), enroll.Use{UserID: bo.ID, FactorID: f.ID, Passcode: "123456"})
	wants(t, err, hookswitch.NotFound)
}
