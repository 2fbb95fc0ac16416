package signin_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/signin"
	"hookswitch/internal/store"
)

// use is a wish about the first factor of the person who stands there.
func use(st signin.State, passcode hookswitch.Secret) signin.Use {
	return signin.Use{StateToken: st.StateToken, FactorID: st.Factors[0].ID, Passcode: passcode}
}

// challenged stands at MFA_CHALLENGE, with a passcode on the phone.
func (h *house) challenged() signin.State {
	h.t.Helper()
	st, err := h.signin.Verify(h.t.Context(), use(h.in(ana), ""))
	if err != nil {
		h.t.Fatal(err)
	}
	return st
}

func (r rules) APasswordAndThenAPasscodeAreEnough(t *testing.T) {
	for _, channel := range hookswitch.Channels() {
		h := r.house(t)
		u := h.user(ana, channel)
		st := h.challenged()
		m := h.phones.last(t)
		if st.Status != hookswitch.MFAChallenge || st.Factor.ID != st.Factors[0].ID || m.Purpose != hookswitch.SignIn || m.Channel != channel {
			t.Fatalf("%+v %v", st, m)
		}
		done, err := h.signin.Verify(t.Context(), use(st, m.Code))
		if err != nil {
			t.Fatal(err)
		}
		if done.Status != hookswitch.AuthnSuccess || done.SessionToken == "" || done.StateToken != "" || done.User.ID != u.ID {
			t.Fatalf("%+v", done)
		}
		want := []string{"policy.evaluate_sign_on CHALLENGE", "user.authentication.auth_via_mfa SUCCESS"}
		if got := h.events(wayIn...); !slices.Equal(got, want) {
			t.Errorf("the log says %q, want %q", got, want)
		}
		_, err = h.signin.Current(t.Context(), st.StateToken)
		wants(t, err, hookswitch.Unauthenticated)
	}
}

func (r rules) AWrongPasscodeChangesNothingAndIsCountedByItsFactor(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.challenged()
	for range 5 {
		_, err := h.signin.Verify(t.Context(), use(st, "x"))
		wants(t, err, hookswitch.WrongPasscode)
	}
	_, err := h.signin.Verify(t.Context(), use(st, h.phones.last(t).Code))
	wants(t, err, hookswitch.FactorLocked)
	if now, err := h.signin.Current(t.Context(), st.StateToken); err != nil || now.Status != hookswitch.MFAChallenge {
		t.Errorf("%+v %v", now, err)
	}
}

func (r rules) APasscodeBelongsToTheTransactionItWasSentFor(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	mine := h.challenged()
	h.clock.advance(30 * time.Second)
	theirs := h.challenged()
	code := h.phones.last(t).Code
	_, err := h.signin.Verify(t.Context(), use(mine, code))
	wants(t, err, hookswitch.WrongPasscode)
	if _, err := h.signin.Verify(t.Context(), use(theirs, code)); err != nil {
		t.Fatal(err)
	}
}

func (r rules) APasscodeThatANewerOneReplacedSignsNobodyIn(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	mine := h.challenged()
	code := h.phones.last(t).Code
	h.clock.advance(30 * time.Second)
	h.challenged() // in another tab
	_, err := h.signin.Verify(t.Context(), use(mine, code))
	wants(t, err, hookswitch.WrongPasscode)
}

func (r rules) ResendingEndsTheOldPasscode(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.challenged()
	old := h.phones.last(t).Code
	_, err := h.signin.Resend(t.Context(), use(st, ""))
	wants(t, err, hookswitch.TooSoonSMS)
	h.clock.advance(30 * time.Second)
	if st, err = h.signin.Resend(t.Context(), use(st, "")); err != nil || st.Status != hookswitch.MFAChallenge {
		t.Fatal(st, err)
	}
	fresh := h.phones.last(t).Code
	if old != fresh {
		_, err = h.signin.Verify(t.Context(), use(st, old))
		wants(t, err, hookswitch.WrongPasscode)
	}
	if _, err := h.signin.Verify(t.Context(), use(st, fresh)); err != nil {
		t.Fatal(err)
	}
}

func (r rules) WhatCannotBeDoneInAStateChangesNothing(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS, hookswitch.Call)
	st := h.in(ana)
	_, err := h.signin.Verify(t.Context(), use(st, "123456")) // nothing was sent
	wants(t, err, hookswitch.WrongStep)
	_, err = h.signin.Resend(t.Context(), use(st, ""))
	wants(t, err, hookswitch.WrongStep)
	_, err = h.signin.Previous(t.Context(), st.StateToken)
	wants(t, err, hookswitch.WrongStep)

	st, err = h.signin.Verify(t.Context(), use(st, ""))
	if err != nil {
		t.Fatal(err)
	}
	other := signin.Use{StateToken: st.StateToken, FactorID: st.Factors[1].ID, Passcode: h.phones.last(t).Code}
	_, err = h.signin.Verify(t.Context(), other)
	wants(t, err, hookswitch.WrongStep)
	other.Passcode = ""
	_, err = h.signin.Resend(t.Context(), other)
	wants(t, err, hookswitch.WrongStep)
	_, err = h.signin.Verify(t.Context(), signin.Use{StateToken: st.StateToken, FactorID: "sms00000000000000000"})
	wants(t, err, hookswitch.NotFound)
	if now, err := h.signin.Current(t.Context(), st.StateToken); err != nil || now.Status != hookswitch.MFAChallenge || now.Factor.ID != st.Factors[0].ID {
		t.Errorf("%+v %v", now, err)
	}
}

func (r rules) AnotherFactorMayBeChosenAndTheWayLeadsBack(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS, hookswitch.Call)
	st := h.challenged()
	code := h.phones.last(t).Code
	back, err := h.signin.Previous(t.Context(), st.StateToken)
	if err != nil || back.Status != hookswitch.MFARequired || back.Factor.ID != "" || len(back.Factors) != 2 {
		t.Fatalf("%+v %v", back, err)
	}
	_, err = h.signin.Verify(t.Context(), use(st, code))
	wants(t, err, hookswitch.WrongStep)
	called, err := h.signin.Verify(t.Context(), signin.Use{StateToken: st.StateToken, FactorID: st.Factors[1].ID})
	if err != nil || called.Factor.Channel != hookswitch.SMS {
		t.Fatalf("%+v %v", called, err)
	}
	done, err := h.signin.Verify(t.Context(), signin.Use{StateToken: st.StateToken, FactorID: called.Factor.ID, Passcode: h.phones.last(t).Code})
	if err != nil || done.Status != hookswitch.AuthnSuccess {
		t.Fatalf("%+v %v", done, err)
	}
}

func (r rules) WhatCannotBeSentLeavesThePersonWhereTheyStood(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	h.phones.fail(hookswitch.Unreachable)
	st := h.in(ana)
	_, err := h.signin.Verify(t.Context(), use(st, ""))
	wants(t, err, hookswitch.SendFailed)
	if now, err := h.signin.Current(t.Context(), st.StateToken); err != nil || now.Status != hookswitch.MFARequired {
		t.Fatalf("%+v %v", now, err)
	}
}

func (r rules) AStateTokenEndsWithItsTransaction(t *testing.T) {
	canceled := func(h *house, st signin.State) {
		if err := h.signin.Cancel(h.t.Context(), st.StateToken); err != nil {
			h.t.Fatal(err)
		}
	}
	for name, end := range map[string]func(h *house, st signin.State){
		"canceled": canceled,
		"expired":  func(h *house, _ signin.State) { h.clock.advance(15 * time.Minute) },
		"finished": func(h *house, st signin.State) {
			if _, err := h.signin.Verify(h.t.Context(), use(st, h.phones.last(h.t).Code)); err != nil {
				h.t.Fatal(err)
			}
		},
		"suspended": func(h *house, st signin.State) { h.become(st.User, hookswitch.UserSuspended) },
		"locked":    func(h *house, st signin.State) { h.become(st.User, hookswitch.UserLockedOut) },
	} {
		h := r.house(t)
		h.user(ana, hookswitch.SMS)
		st := h.challenged()
		code := h.phones.last(t).Code
		end(h, st)
		sent := h.phones.count()
		for use, err := range map[string]error{
			"current":  second(h.signin.Current(t.Context(), st.StateToken)),
			"verify":   second(h.signin.Verify(t.Context(), use(st, code))),
			"send":     second(h.signin.Verify(t.Context(), use(st, ""))),
			"resend":   second(h.signin.Resend(t.Context(), use(st, ""))),
			"previous": second(h.signin.Previous(t.Context(), st.StateToken)),
			"cancel":   h.signin.Cancel(t.Context(), st.StateToken),
		} {
			if !hookswitch.IsProblem(err, hookswitch.Unauthenticated) {
				t.Errorf("%s, then %s: %v", name, use, err)
			}
		}
		if h.phones.count() != sent {
			t.Errorf("%s, and yet something was sent", name)
		}
	}
}

func second(_ signin.State, err error) error { return err }

func (r rules) BeingBusyProlongsATransactionUpToAnHour(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.in(ana)
	for range 4 {
		h.clock.advance(14 * time.Minute)
		var err error
		if st, err = h.signin.Verify(t.Context(), use(st, "")); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.advance(4 * time.Minute)
	_, err := h.signin.Current(t.Context(), st.StateToken)
	wants(t, err, hookswitch.Unauthenticated)
}

func (r rules) TwoTabsWithOnePasscodeGetOneSessionToken(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.challenged()
	code := h.phones.last(t).Code
	var tabs sync.WaitGroup
	tokens := make(chan hookswitch.Secret, 20)
	for range cap(tokens) {
		tabs.Go(func() {
			if done, err := h.signin.Verify(t.Context(), use(st, code)); err == nil {
				tokens <- done.SessionToken
			}
		})
	}
	tabs.Wait()
	if len(tokens) != 1 {
		t.Fatalf("%d session tokens", len(tokens))
	}
}

func (r rules) TwoTabsThatAskForAPasscodeSendOne(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.in(ana)
	var tabs sync.WaitGroup
	for range 10 {
		tabs.Go(func() { _, _ = h.signin.Verify(t.Context(), use(st, "")) })
	}
	tabs.Wait()
	if h.phones.count() != 1 {
		t.Fatalf("%d messages", h.phones.count())
	}
	if done, err := h.signin.Verify(t.Context(), use(st, h.phones.last(t).Code)); err != nil || done.SessionToken == "" {
		t.Fatalf("%+v %v", done, err)
	}
}

func (r rules) AnotherPersonsFactorIsNotFound(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	h.user("bo@example.com", hookswitch.Call)
	bo := h.in("bo@example.com")
	_, err := h.signin.Verify(t.Context(), signin.Use{StateToken: h.in(ana).StateToken, FactorID: bo.Factors[0].ID})
	wants(t, err, hookswitch.NotFound)
}

func (r rules) NoTokenIsKeptInClear(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	st := h.in(ana)
	h.user("bo@example.com")
	for table, token := range map[string]hookswitch.Secret{"authn_transactions": st.StateToken, "session_tokens": h.in("bo@example.com").SessionToken} {
		var stored string
		err := h.db.View(t.Context(), func(tx *store.Tx) error {
			return tx.QueryRow(`SELECT digest FROM `+table, nil, &stored)
		})
		if err != nil || len(stored) != 64 || stored == token.Reveal() {
			t.Errorf("%s: %q %v", table, stored, err)
		}
	}
}
