package signin_test

import (
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/store"
)

func profile(login string) hookswitch.Profile {
	return hookswitch.Profile{Login: login, Email: login, FirstName: "Ana", LastName: "Lima"}
}

func (h *house) setup() hookswitch.Secret {
	h.t.Helper()
	token, err := h.admin.BeginSetup(h.t.Context())
	if err != nil || token == "" {
		h.t.Fatalf("%v", err)
	}
	return token
}

func (h *house) redeem(token hookswitch.Secret, login string) error {
	_, err := h.admin.RedeemSetup(h.t.Context(), token, profile(login), right, hookswitch.Origin{})
	return err
}

func (r rules) TheSetupLinkMakesTheFirstSuperAdministratorWhoCanSignIn(t *testing.T) {
	h := r.house(t)
	token := h.setup()
	if err := h.redeem(token, ana); err != nil {
		t.Fatal(err)
	}
	caller, err := h.signin.AuthenticateSession(t.Context(), h.entered(ana).Cookie)
	if err != nil || caller.Role != hookswitch.SuperAdmin {
		t.Fatalf("%+v %v", caller, err)
	}
	wants(t, h.redeem(token, "bo@example.com"), hookswitch.Unauthenticated)
	if again, err := h.admin.BeginSetup(t.Context()); err != nil || again != "" {
		t.Errorf("an installation with users can be set up again (%v)", err)
	}
	if got := h.events(hookswitch.UserCreated); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func (r rules) TheSetupLinkIsGoodForThirtyMinutes(t *testing.T) {
	h := r.house(t)
	token := h.setup()
	h.clock.advance(30 * time.Minute)
	wants(t, h.redeem(token, ana), hookswitch.Unauthenticated)
}

func (r rules) SeveralSetupLinksAtOnceMakeOneAdministrator(t *testing.T) {
	h := r.house(t)
	tokens := []hookswitch.Secret{h.setup(), h.setup(), h.setup()}
	var all sync.WaitGroup
	made := make(chan int, 9)
	for i := range cap(made) {
		all.Go(func() {
			if h.redeem(tokens[i%len(tokens)], "admin"+string(rune('a'+i))+"@example.com") == nil {
				made <- i
			}
		})
	}
	all.Wait()
	users, err := h.admin.Users(t.Context(), admin.UserSearch{Limit: 10})
	if len(made) != 1 || len(users.Users) != 1 || err != nil {
		t.Fatalf("%d were told so, %d are there (%v)", len(made), len(users.Users), err)
	}
}

func (r rules) WhatIsWrongWithTheFirstAdministratorLeavesTheLinkGood(t *testing.T) {
	h := r.house(t)
	token := h.setup()
	for _, c := range []struct {
		login    string
		password hookswitch.Secret
	}{{"", right}, {ana, ""}, {ana, "short"}, {"ana", right}} {
		_, err := h.admin.RedeemSetup(t.Context(), token, profile(c.login), c.password, hookswitch.Origin{})
		wants(t, err, hookswitch.Invalid)
	}
	for _, stranger := range []hookswitch.Secret{"", "00", token + "x"} {
		wants(t, h.redeem(stranger, ana), hookswitch.Unauthenticated)
	}
	if err := h.redeem(token, ana); err != nil {
		t.Fatal(err)
	}
}

func (r rules) ASetupLinkIsWorthNothingOnceThereIsAUser(t *testing.T) {
	h := r.house(t)
	token := h.setup()
	h.user("bootstrap@example.com")
	wants(t, h.redeem(token, ana), hookswitch.Unauthenticated)
	var kept string
	err := h.db.View(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(`SELECT digest FROM setup_tokens`, nil, &kept) })
	if err != nil || kept == token.Reveal() {
		t.Errorf("%v", err)
	}
}
