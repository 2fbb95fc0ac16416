package signin_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/signin"
	"hookswitch/internal/store"
)

const ana = "ana@example.com"

func (h *house) try(login string, password hookswitch.Secret) (signin.State, error) {
	return h.signin.SignIn(h.t.Context(), signin.Credentials{Login: login, Password: password, Origin: hookswitch.Origin{IP: "192.0.2.7"}})
}

func (h *house) in(login string) signin.State {
	h.t.Helper()
	st, err := h.try(login, right)
	if err != nil {
		h.t.Fatal(err)
	}
	return st
}

var wayIn = []hookswitch.EventType{hookswitch.SessionStarted, hookswitch.SignOnEvaluated, hookswitch.AccountLocked, hookswitch.AuthByFactor}

func (r rules) APasswordSufficesForSomebodyWithoutAFactor(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	st := h.in(" ANA@example.com")
	if st.Status != hookswitch.AuthnSuccess || st.SessionToken == "" || st.StateToken != "" || st.User.ID != u.ID {
		t.Fatalf("%+v", st)
	}
	if !st.Expires.Equal(h.clock.Now().Add(5 * time.Minute)) {
		t.Errorf("the session token expires at %v", st.Expires)
	}
	if got, want := h.events(wayIn...), []string{"policy.evaluate_sign_on ALLOW"}; !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
}

func (r rules) APasswordAloneIsNotEnoughForSomebodyWithAFactor(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS, hookswitch.Call)
	st := h.in(ana)
	if st.Status != hookswitch.MFARequired || st.StateToken == "" || st.SessionToken != "" || len(st.Factors) != 2 {
		t.Fatalf("%+v", st)
	}
	if got, want := h.events(wayIn...), []string{"policy.evaluate_sign_on CHALLENGE"}; !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
	if h.phones.count() != 0 {
		t.Error("a passcode was sent before anybody asked")
	}
}

func (r rules) AFactorThatIsNotActivatedAsksForNothing(t *testing.T) {
	h := r.house(t)
	u := h.user(ana, hookswitch.SMS)
	h.setFactors(u, hookswitch.FactorPendingActivation)
	if st := h.in(ana); st.Status != hookswitch.AuthnSuccess {
		t.Fatalf("%+v", st)
	}
}

func (r rules) ADisabledFactorIsNoWayAroundItself(t *testing.T) {
	h := r.house(t)
	u := h.user(ana, hookswitch.SMS)
	h.setFactors(u, hookswitch.FactorInactive)
	st := h.in(ana)
	if st.Status != hookswitch.MFARequired {
		t.Fatalf("%+v", st)
	}
	_, err := h.signin.Verify(t.Context(), signin.Use{StateToken: st.StateToken, FactorID: st.Factors[0].ID})
	wants(t, err, hookswitch.FactorDisabled)
}

func (h *house) setFactors(u hookswitch.User, status hookswitch.FactorStatus) {
	h.t.Helper()
	h.write(func(tx *store.Tx) error {
		factors, err := tx.FactorsOf(u.ID)
		for _, f := range factors {
			f.Status = status
			err = errors.Join(err, tx.UpdateFactor(f))
		}
		return err
	})
}

// Whatever the reason, the answer is the same to the byte, and so is the number of transactions it takes.
func (r rules) NobodyLearnsWhyThePasswordWasRefused(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	for login, status := range map[string]hookswitch.UserStatus{
		"locked@example.com": hookswitch.UserLockedOut, "suspended@example.com": hookswitch.UserSuspended,
		"staged@example.com": hookswitch.UserStaged, "gone@example.com": hookswitch.UserDeprovisioned,
	} {
		h.become(h.user(login), status)
	}
	h.write(func(tx *store.Tx) error {
		u := hookswitch.User{ID: "00uNoPassword", Status: hookswitch.UserActive, Profile: hookswitch.Profile{Login: "bare@example.com"},
			Created: tx.Now(), LastUpdated: tx.Now(), Version: 1}
		return tx.InsertUser(u)
	})
	type try struct {
		login    string
		password hookswitch.Secret
	}
	var commits []int64
	for _, c := range []try{
		{ana, wrong}, {ana, ""}, {"nobody@example.com", right}, {"", right}, {"locked@example.com", right}, {"suspended@example.com", right},
		{"staged@example.com", right}, {"gone@example.com", right}, {"bare@example.com", ""}, {"locked@example.com", wrong},
		{ana, hookswitch.Secret(strings.Repeat("x", 10_000))}, {"' OR 1=1 --", right}, {ana + "\x00", right},
	} {
		before := h.db.Stats().Transactions
		st, err := h.try(c.login, c.password)
		commits = append(commits, int64(h.db.Stats().Transactions-before))
		var p *hookswitch.Problem
		if !errors.As(err, &p) || p.Error() != "sign-in-failed" || p.RetryAfter != 0 || !reflectZero(st) {
			t.Errorf("%q: %+v %v", c.login, st, err)
		}
	}
	if len(slices.Compact(commits)) != 1 {
		t.Errorf("the number of transactions tells: %d", commits)
	}
}

func reflectZero(st signin.State) bool {
	return st.Status == "" && st.StateToken == "" && st.SessionToken == "" && st.User.ID == "" && st.Factors == nil
}

func (r rules) TheLogTellsWhoWasRefusedAndNeverWhatWasTyped(t *testing.T) {
	h := r.house(t)
	h.become(h.user("locked@example.com"), hookswitch.UserLockedOut)
	h.user(ana)
	for _, login := range []string{ana, "locked@example.com", "nobody@example.com", "hunter2-typed-in-the-wrong-field"} {
		_, err := h.try(login, "secret-8812")
		wants(t, err, hookswitch.SignInFailed)
	}
	want := []string{
		"user.session.start FAILURE INVALID_CREDENTIALS", "user.session.start FAILURE LOCKED_OUT",
		"user.session.start FAILURE INVALID_CREDENTIALS", "user.session.start FAILURE INVALID_CREDENTIALS",
	}
	if got := h.events(wayIn...); !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
	var actors []string
	err := h.db.View(t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(hookswitch.LogQuery{Limit: 100, ByArrival: true, Types: wayIn})
		for _, e := range events {
			actors = append(actors, e.Origin.Actor.AlternateID)
		}
		return err
	})
	if want := []string{ana, "locked@example.com", "nobody@example.com", "unknown"}; err != nil || !slices.Equal(actors, want) {
		t.Errorf("%q %v", actors, err)
	}
}

func (r rules) TenWrongPasswordsLockTheAccountAndTheRightOneIsRefused(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	for range 9 {
		_, err := h.try(ana, wrong)
		wants(t, err, hookswitch.SignInFailed)
	}
	if h.status(u) != hookswitch.UserActive {
		t.Fatal("locked too soon")
	}
	_, err := h.try(ana, wrong)
	wants(t, err, hookswitch.SignInFailed)
	if h.status(u) != hookswitch.UserLockedOut {
		t.Fatal("not locked")
	}
	_, err = h.try(ana, right)
	wants(t, err, hookswitch.SignInFailed)
	if got := h.events(hookswitch.AccountLocked); len(got) != 1 {
		t.Errorf("the log tells of %d locks", len(got))
	}
	h.become(u, hookswitch.UserActive)
	h.clock.advance(time.Minute)
	for range 9 { // an unlocked account has all its tries
		_, err := h.try(ana, wrong)
		wants(t, err, hookswitch.SignInFailed)
	}
	h.in(ana)
}

func (r rules) TheRightPasswordStartsTheCountAnew(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	for range 2 {
		for range 9 {
			_, err := h.try(ana, wrong)
			wants(t, err, hookswitch.SignInFailed)
		}
		h.in(ana)
		h.clock.advance(time.Minute)
	}
	if h.status(u) != hookswitch.UserActive {
		t.Error("locked")
	}
}

func (r rules) AGuessAmongManyAtOnceIsWorthNoMoreThanOneAfterAnother(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	var tries sync.WaitGroup
	for range 20 {
		tries.Go(func() { _, _ = h.try(ana, wrong) })
	}
	tries.Wait()
	if h.status(u) != hookswitch.UserLockedOut {
		t.Error("twenty wrong passwords did not lock the account")
	}
	if got := h.events(hookswitch.AccountLocked); len(got) != 1 {
		t.Errorf("the log tells of %d locks", len(got))
	}
}

func (r rules) TriesAreLimitedByLoginWhetherItExistsOrNot(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	for _, login := range []string{ana, "nobody@example.com"} {
		for i := range 20 {
			if _, err := h.try(login, wrong); !hookswitch.IsProblem(err, hookswitch.SignInFailed) {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		_, err := h.try(strings.ToUpper(login), wrong)
		wants(t, err, hookswitch.TooManyRequests)
		var p *hookswitch.Problem
		if errors.As(err, &p); p.RetryAfter != 3*time.Second {
			t.Errorf("%s waits %v", login, p.RetryAfter)
		}
		_, err = h.try(login, right)
		wants(t, err, hookswitch.TooManyRequests)
	}
	if told := h.events(hookswitch.RateLimitViolation); len(told) != 2 {
		t.Errorf("the log was told %d times", len(told))
	}
}

func (r rules) TriesAreLimitedByTheClientsAddress(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	h.write(func(tx *store.Tx) error { // its burst is used up
		return tx.UpdateLimit("client-requests:192.0.2.7", hookswitch.Bucket{}, hookswitch.Bucket{Arrival: tx.Now().Add(50 * time.Second).UnixMicro()})
	})
	_, err := h.try(ana, right)
	wants(t, err, hookswitch.TooManyRequests)
	h.clock.advance(time.Second)
	h.in(ana)
}
