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

// entered is in, with a session.
func (h *house) entered(login string) signin.Entry {
	h.t.Helper()
	e, err := h.signin.StartSession(h.t.Context(), h.in(login).SessionToken, "", hookswitch.Origin{})
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

var sessionEvents = []hookswitch.EventType{hookswitch.SessionStarted, hookswitch.SessionEnded, hookswitch.SessionsCleared}

func (r rules) ASessionTokenBecomesASession(t *testing.T) {
	h := r.house(t)
	u := h.user(ana, hookswitch.SMS)
	st := h.challenged()
	h.clock.advance(time.Minute)
	done, err := h.signin.Verify(t.Context(), use(st, h.phones.last(t).Code))
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.signin.StartSession(t.Context(), done.SessionToken, "", hookswitch.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	now := h.clock.Now()
	if p := e.Session.Proofs; !p.Password.Equal(now.Add(-time.Minute)) || !p.Factor.Equal(now) || p.Channel != hookswitch.SMS {
		t.Errorf("%+v", p)
	}
	if !e.User.LastLogin.Equal(now) || e.Session.UserID != u.ID || e.Session.ID == "" || e.Cookie == "" {
		t.Errorf("%+v", e)
	}
	read, err := h.signin.Session(t.Context(), e.Session.ID)
	if err != nil || read.Session != e.Session {
		t.Errorf("%+v %v, want %+v", read.Session, err, e.Session)
	}
	caller, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
	if want := (hookswitch.Caller{Actor: hookswitch.UserEntity(u), UserID: u.ID, SessionID: e.Session.ID}); err != nil || caller != want {
		t.Errorf("%+v %v", caller, err)
	}
	if got, want := h.events(sessionEvents...), []string{"user.session.start SUCCESS"}; !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
}

func (r rules) ASessionTokenIsGoodOnceForManyAtTheSameTime(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	token := h.in(ana).SessionToken
	var tabs sync.WaitGroup
	entries := make(chan signin.Entry, 20)
	for range cap(entries) {
		tabs.Go(func() {
			if e, err := h.signin.StartSession(t.Context(), token, "", hookswitch.Origin{}); err == nil {
				entries <- e
			}
		})
	}
	tabs.Wait()
	if len(entries) != 1 || len(h.events(hookswitch.SessionStarted)) != 1 {
		t.Fatalf("%d sessions", len(entries))
	}
}

func (r rules) ASessionTokenIsGoodForFiveMinutes(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	token := h.in(ana).SessionToken
	h.clock.advance(5 * time.Minute)
	_, err := h.signin.StartSession(t.Context(), token, "", hookswitch.Origin{})
	wants(t, err, hookswitch.Unauthenticated)
}

func (r rules) ATokenOfOneKindIsNoneOfAnother(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	h.user("bo@example.com")
	state := h.in(ana).StateToken
	session := h.in("bo@example.com").SessionToken
	cookie := h.entered("bo@example.com").Cookie
	for _, token := range []hookswitch.Secret{session, cookie, "", "00"} {
		wants(t, second(h.signin.Current(t.Context(), token)), hookswitch.Unauthenticated)
	}
	for _, token := range []hookswitch.Secret{state, cookie, "", "00"} {
		_, err := h.signin.StartSession(t.Context(), token, "", hookswitch.Origin{})
		wants(t, err, hookswitch.Unauthenticated)
	}
	for _, token := range []hookswitch.Secret{state, session, "", "00"} {
		_, err := h.signin.AuthenticateSession(t.Context(), token)
		wants(t, err, hookswitch.Unauthenticated)
	}
}

func (r rules) AnUnusedSessionEndsAfterTwoHours(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	e := h.entered(ana)
	h.clock.advance(2 * time.Hour)
	_, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
	wants(t, err, hookswitch.Unauthenticated)
	_, err = h.signin.Session(t.Context(), e.Session.ID)
	wants(t, err, hookswitch.NotFound)
}

func (r rules) AUsedSessionEndsAfterTwelveHours(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	e := h.entered(ana)
	for range 11 {
		h.clock.advance(time.Hour)
		if _, err := h.signin.AuthenticateSession(t.Context(), e.Cookie); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.advance(time.Hour)
	_, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
	wants(t, err, hookswitch.Unauthenticated)
}

func (r rules) UsingASessionIsWrittenDownOnceAMinute(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	e := h.entered(ana)
	before := h.db.Stats().Commits
	for range 119 {
		h.clock.advance(time.Second)
		if _, err := h.signin.AuthenticateSession(t.Context(), e.Cookie); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.db.Stats().Commits - before; n != 1 {
		t.Errorf("%d writes in two minutes", n)
	}
}

func (r rules) RefreshingKeepsASessionOpen(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	e := h.entered(ana)
	h.clock.advance(time.Hour)
	fresh, err := h.signin.RefreshSession(t.Context(), e.Session.ID)
	if err != nil || !fresh.Session.Expires.Equal(e.Session.Expires.Add(time.Hour)) {
		t.Fatalf("%+v %v", fresh, err)
	}
	h.clock.advance(119 * time.Minute)
	if _, err := h.signin.AuthenticateSession(t.Context(), e.Cookie); err != nil {
		t.Fatal(err)
	}
}

func (r rules) AnEndedSessionIsGoneAndItsEndIsToldOnce(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	e := h.entered(ana)
	var ends sync.WaitGroup
	for range 10 {
		ends.Go(func() { _ = h.signin.EndSession(t.Context(), e.Session.ID, hookswitch.Origin{}) })
	}
	ends.Wait()
	_, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
	wants(t, err, hookswitch.Unauthenticated)
	wants(t, h.signin.EndSession(t.Context(), e.Session.ID, hookswitch.Origin{}), hookswitch.NotFound)
	if got, want := h.events(sessionEvents...), []string{"user.session.start SUCCESS", "user.session.end SUCCESS"}; !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
}

func (r rules) ANewSessionEndsTheOneTheBrowserHad(t *testing.T) {
	h := r.house(t)
	h.user(ana)
	before, elsewhere := h.entered(ana), h.entered(ana)
	after, err := h.signin.StartSession(t.Context(), h.in(ana).SessionToken, before.Cookie, hookswitch.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.signin.AuthenticateSession(t.Context(), before.Cookie)
	wants(t, err, hookswitch.Unauthenticated)
	for _, cookie := range []hookswitch.Secret{elsewhere.Cookie, after.Cookie} {
		if _, err := h.signin.AuthenticateSession(t.Context(), cookie); err != nil {
			t.Error(err)
		}
	}
	for _, cookie := range []hookswitch.Secret{before.Cookie, "rubbish", ""} {
		if _, err := h.signin.StartSession(t.Context(), h.in(ana).SessionToken, cookie, hookswitch.Origin{}); err != nil {
			t.Errorf("a cookie that is no session keeps somebody out: %v", err)
		}
	}
}

func (r rules) WhoeverMayNotBeInHasNoSession(t *testing.T) {
	for _, status := range []hookswitch.UserStatus{hookswitch.UserSuspended, hookswitch.UserLockedOut, hookswitch.UserDeprovisioned} {
		h := r.house(t)
		u := h.user(ana)
		e := h.entered(ana)
		token := h.in(ana).SessionToken
		h.become(u, status)
		_, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
		wants(t, err, hookswitch.Unauthenticated)
		_, err = h.signin.StartSession(t.Context(), token, "", hookswitch.Origin{})
		wants(t, err, hookswitch.Unauthenticated)
	}
}

func (r rules) AllSessionsOfAPersonEndAtOnceAndEveryWayInWithThem(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	h.user("bo@example.com")
	e, bo, token := h.entered(ana), h.entered("bo@example.com"), h.in(ana).SessionToken
	if err := h.signin.EndSessions(t.Context(), u.ID, hookswitch.Origin{}); err != nil {
		t.Fatal(err)
	}
	_, err := h.signin.AuthenticateSession(t.Context(), e.Cookie)
	wants(t, err, hookswitch.Unauthenticated)
	_, err = h.signin.StartSession(t.Context(), token, "", hookswitch.Origin{})
	wants(t, err, hookswitch.Unauthenticated)
	if _, err := h.signin.AuthenticateSession(t.Context(), bo.Cookie); err != nil {
		t.Error(err)
	}
	if got := h.events(hookswitch.SessionsCleared); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func (r rules) ASessionHasTheHighestRoleOfItsUserAtThatMoment(t *testing.T) {
	h := r.house(t)
	u := h.user(ana)
	e := h.entered(ana)
	for _, role := range []hookswitch.Role{hookswitch.ReadOnlyAdmin, hookswitch.HelpDeskAdmin, hookswitch.SuperAdmin} {
		h.write(func(tx *store.Tx) error {
			return tx.InsertRole(hookswitch.RoleAssignment{ID: "ra1" + string(role), UserID: u.ID, Role: role, Created: tx.Now(), LastUpdated: tx.Now()})
		})
		if caller, err := h.signin.AuthenticateSession(t.Context(), e.Cookie); err != nil || caller.Role != role {
			t.Errorf("%+v %v, want %s", caller, err, role)
		}
	}
}

func (r rules) WhatHasExpiredIsSweptAndWhatHasNotIsKept(t *testing.T) {
	h := r.house(t)
	h.user(ana, hookswitch.SMS)
	h.user("bo@example.com")
	h.in(ana)
	h.in("bo@example.com")
	h.entered("bo@example.com")
	count := func() (counts []int) {
		for _, table := range []string{"authn_transactions", "session_tokens", "sessions"} {
			var n int
			if err := h.db.View(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(`SELECT count(*) FROM `+table, nil, &n) }); err != nil {
				t.Fatal(err)
			}
			counts = append(counts, n)
		}
		return counts
	}
	for _, c := range []struct {
		wait time.Duration
		want []int
	}{{0, []int{1, 1, 1}}, {5 * time.Minute, []int{1, 0, 1}}, {10 * time.Minute, []int{0, 0, 1}}, {2 * time.Hour, []int{0, 0, 0}}} {
		h.clock.advance(c.wait)
		if more, err := h.signin.Sweep(t.Context()); err != nil || more {
			t.Fatal(more, err)
		}
		if got := count(); !slices.Equal(got, c.want) {
			t.Errorf("after %v: %d, want %d", c.wait, got, c.want)
		}
	}
}
