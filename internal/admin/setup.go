package admin

import (
	"context"
	"time"

	"hookswitch"
)

// setupLifetime is how long the link of a first start is good.
const setupLifetime = 30 * time.Minute

// BeginSetup makes a token with which somebody can make the first administrator, once. It answers "" when there are
// users already. Until then every start makes another one, and each is good.
func (s *Service) BeginSetup(ctx context.Context) (hookswitch.Secret, error) {
	var token hookswitch.Secret
	err := s.update(ctx, func(tx Tx) error {
		token = ""
		if taken, err := tx.AnyUser(); err != nil || taken {
			return err
		}
		token = s.newToken(tx.Now())
		return tx.InsertSetupToken(hookswitch.SetupToken{Digest: digest(token), Expires: tx.Now().Add(setupLifetime)})
	})
	return token, err
}

// RedeemSetup makes the first super administrator. What is wrong with the profile or the password leaves the token good;
// Unauthenticated is answered for a token that is unknown, used or expired, and once there is a user.
func (s *Service) RedeemSetup(ctx context.Context, token hookswitch.Secret, profile hookswitch.Profile, password hookswitch.Secret, origin hookswitch.Origin) (hookswitch.User, error) {
	if err := s.view(ctx, func(tx Tx) error { return setupGood(tx, token) }); err != nil {
		return hookswitch.User{}, err // a stranger makes us hash nothing
	}
	first := NewUser{Profile: profile, Password: password, Activate: true, Roles: []hookswitch.Role{hookswitch.SuperAdmin}}
	if password == "" {
		return hookswitch.User{}, hookswitch.RefuseField(hookswitch.Invalid, "credentials.password.value", "The first administrator needs a password.")
	}
	hash, err := s.prepare(ctx, first)
	if err != nil {
		return hookswitch.User{}, err
	}
	var u hookswitch.User
	err = s.update(ctx, func(tx Tx) error {
		if err := setupGood(tx, token); err != nil {
			return err
		}
		if err := tx.UseSetupTokens(digest(token)); err != nil {
			return err
		}
		var err error
		u, err = s.addUser(tx, first, hash, origin)
		return err
	})
	return u, err
}

func setupGood(tx Tx, token hookswitch.Secret) error {
	t, err := tx.SetupToken(digest(token))
	if err != nil {
		return err
	}
	taken, err := tx.AnyUser()
	if err == nil && (taken || !tx.Now().Before(t.Expires)) {
		err = hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return err
}
