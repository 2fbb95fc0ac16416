package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"hookswitch"
)

// CreateToken makes an API token for a user with a role. The token itself is answered once and never stored.
func (s *Service) CreateToken(ctx context.Context, name, userID string, role hookswitch.Role, origin hookswitch.Origin) (hookswitch.Secret, hookswitch.APIToken, error) {
	if name = strings.TrimSpace(name); name == "" || len(name) > 255 {
		return "", hookswitch.APIToken{}, hookswitch.RefuseField(hookswitch.Invalid, "name", "The token needs a name of at most 255 characters.")
	}
	var token hookswitch.Secret
	var t hookswitch.APIToken
	err := s.update(ctx, func(tx Tx) error {
		now := tx.Now()
		token = s.newToken(now)
		t = hookswitch.APIToken{
			ID: hookswitch.NewID(hookswitch.TokenID, now, s.random), Name: name, UserID: userID, Role: role, Created: now, LastUpdated: now,
		}
		if err := tx.InsertToken(t, digest(token)); err != nil {
			return err
		}
		target := hookswitch.Entity{ID: t.ID, Type: "Token", AlternateID: t.UserID, DisplayName: t.Name}
		return tx.AppendEvents(s.event(tx, hookswitch.TokenCreated, origin, target))
	})
	return token, t, err
}

// KeepToken makes a token that the operator chose good from now on: the bootstrap token.
func (s *Service) KeepToken(ctx context.Context, token hookswitch.Secret, name string) error {
	return s.update(ctx, func(tx Tx) error {
		_, err := tx.TokenByDigest(digest(token))
		if !hookswitch.IsProblem(err, hookswitch.Unauthenticated) {
			return err
		}
		now := tx.Now()
		t := hookswitch.APIToken{
			ID: hookswitch.NewID(hookswitch.TokenID, now, s.random), Name: name, Role: hookswitch.SuperAdmin, Created: now, LastUpdated: now,
		}
		if err := tx.InsertToken(t, digest(token)); err != nil {
			return err
		}
		target := hookswitch.Entity{ID: t.ID, Type: "Token", DisplayName: t.Name}
		return tx.AppendEvents(s.event(tx, hookswitch.TokenCreated, hookswitch.Origin{Actor: hookswitch.SystemActor()}, target))
	})
}

// Authenticate finds out who bears a token, or answers Unauthenticated.
func (s *Service) Authenticate(ctx context.Context, token hookswitch.Secret) (hookswitch.Caller, error) {
	var caller hookswitch.Caller
	err := s.view(ctx, func(tx Tx) error {
		t, err := tx.TokenByDigest(digest(token))
		if err != nil {
			return err
		}
		if !t.ExpiresAt.IsZero() && !tx.Now().Before(t.ExpiresAt) {
			return hookswitch.Refuse(hookswitch.Unauthenticated)
		}
		caller = hookswitch.Caller{
			Actor:  hookswitch.Entity{ID: t.ID, Type: "PublicClientApp", AlternateID: t.Name, DisplayName: t.Name},
			UserID: t.UserID, Role: t.Role, TokenID: t.ID,
		}
		if t.UserID == "" {
			return nil
		}
		u, err := tx.User(t.UserID)
		if hookswitch.IsProblem(err, hookswitch.NotFound) || err == nil && u.Status != hookswitch.UserActive {
			return hookswitch.Refuse(hookswitch.Unauthenticated)
		}
		caller.Actor = hookswitch.UserEntity(u)
		return err
	})
	return caller, err
}

// Tokens lists the API tokens without their secrets.
func (s *Service) Tokens(ctx context.Context) ([]hookswitch.APIToken, error) {
	var tokens []hookswitch.APIToken
	err := s.view(ctx, func(tx Tx) error {
		var err error
		tokens, err = tx.Tokens()
		return err
	})
	return tokens, err
}

// RevokeToken ends a token at once.
func (s *Service) RevokeToken(ctx context.Context, id string, origin hookswitch.Origin) error {
	return s.update(ctx, func(tx Tx) error {
		tokens, err := tx.Tokens()
		if err != nil {
			return err
		}
		for _, t := range tokens {
			if t.ID != id {
				continue
			}
			if err := tx.DeleteToken(id); err != nil {
				return err
			}
			target := hookswitch.Entity{ID: t.ID, Type: "Token", AlternateID: t.UserID, DisplayName: t.Name}
			return tx.AppendEvents(s.event(tx, hookswitch.TokenRevoked, origin, target))
		}
		return hookswitch.Refuse(hookswitch.NotFound, "There is no such API token.")
	})
}

// newToken draws a token: two identifiers, which less their times are 154 bits of randomness.
func (s *Service) newToken(now time.Time) hookswitch.Secret {
	return hookswitch.Secret("00" + hookswitch.NewID("", now, s.random) + hookswitch.NewID("", now, s.random))
}

// digest is what a token is stored and found by. The token has enough randomness that no salt and no slow hash is needed.
func digest(token hookswitch.Secret) string {
	sum := sha256.Sum256([]byte(token.Reveal()))
	return hex.EncodeToString(sum[:])
}
