package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
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
		if err := mayBear(tx, userID, role); err != nil {
			return err
		}
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

// mayBear refuses a token for a user who has not its role.
func mayBear(tx Tx, userID string, role hookswitch.Role) error {
	if !slices.Contains(hookswitch.Roles(), role) {
		return hookswitch.RefuseField(hookswitch.Invalid, "role", "There is no such role.")
	}
	if userID == "" {
		return nil
	}
	has, err := tx.RolesOf(userID)
	if err == nil && roleThroughToken(role, has) != role {
		err = hookswitch.RefuseField(hookswitch.Invalid, "role", "The user has not this role.")
	}
	return err
}

// KeepToken makes a token that the operator chose good from now on: the bootstrap token. It acts for the user, or for the
// installation when userID is empty; which of them is settled the first time.
func (s *Service) KeepToken(ctx context.Context, token hookswitch.Secret, name, userID string) error {
	return s.update(ctx, func(tx Tx) error {
		_, err := tx.TokenByDigest(digest(token))
		if !hookswitch.IsProblem(err, hookswitch.Unauthenticated) {
			return err
		}
		now := tx.Now()
		t := hookswitch.APIToken{
			ID: hookswitch.NewID(hookswitch.TokenID, now, s.random), Name: name, UserID: userID, Role: hookswitch.SuperAdmin, Created: now, LastUpdated: now,
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
		if hookswitch.IsProblem(err, hookswitch.NotFound) || err == nil && !keepsTokens(u.Status) {
			return hookswitch.Refuse(hookswitch.Unauthenticated)
		}
		if err != nil {
			return err
		}
		roles, err := tx.RolesOf(u.ID)
		caller.Actor, caller.Role = hookswitch.UserEntity(u), roleThroughToken(t.Role, roles)
		return err
	})
	return caller, err
}

// keepsTokens tells whether the tokens of an account work. What happens to its password does not matter to them: a stranger
// who locks an administrator out with wrong passwords must not stop what runs in the administrator's name.
func keepsTokens(s hookswitch.UserStatus) bool {
	return s == hookswitch.UserActive || s == hookswitch.UserLockedOut || s == hookswitch.UserPasswordExpired
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
