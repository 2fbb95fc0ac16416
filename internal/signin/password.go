package signin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/ratelimit"
	"hookswitch/internal/verify"
)

// wrongPasswords lock an account, as in Okta's default password policy.
const wrongPasswords = 10

// Credentials are what somebody types to get in.
type Credentials struct {
	Login    string
	Password hookswitch.Secret
	Origin   hookswitch.Origin
}

// SignIn begins the way in. It answers SignInFailed for a wrong password, for nobody's login and for a user who may not
// sign in, all alike, and TooManyRequests behind the limits of the login and of the client's address.
func (s *Service) SignIn(ctx context.Context, c Credentials) (State, error) {
	u, err := s.look(ctx, c)
	if err != nil {
		return State{}, err
	}
	right, err := s.passwords.Matches(ctx, c.Password, u.PasswordHash)
	if err != nil {
		return State{}, err
	}
	var state State
	err = s.change(ctx, func(tx Tx) error {
		var err error
		state, err = s.judge(tx, c, u, right)
		return err
	})
	if err != nil {
		return State{}, err
	}
	return state, nil
}

// look consumes the limits and reads the user; the zero User is nobody.
func (s *Service) look(ctx context.Context, c Credentials) (hookswitch.User, error) {
	org, err := s.org(ctx)
	if err != nil {
		return hookswitch.User{}, err
	}
	client, _ := netip.ParseAddr(c.Origin.IP) // one that cannot be read counts as one client
	uses := []verify.LimitUse{
		{Limit: ratelimit.Of(org, ratelimit.LoginTries), Key: digestedLogin(c.Login), Problem: hookswitch.TooManyRequests},
		{Limit: ratelimit.Of(org, ratelimit.ClientRequests), Key: ratelimit.ClientKey(client), Problem: hookswitch.TooManyRequests},
	}
	var u hookswitch.User
	err = s.change(ctx, func(tx Tx) error {
		u = hookswitch.User{}
		refused, err := verify.Spend(tx, uses, func(use verify.LimitUse) hookswitch.Event {
			return verify.LimitEvent(use, byStranger("", c.Origin), tx.Now(), s.random)
		})
		if err != nil || refused != nil {
			return errorOr(err, refused)
		}
		if u, err = tx.UserByLogin(possible(c.Login)); hookswitch.IsProblem(err, hookswitch.NotFound) {
			return nil
		}
		return err
	})
	return u, err
}

// possible is the login, or nobody's for bytes that no login has and no database takes.
func possible(login string) string {
	if !utf8.ValidString(login) || strings.ContainsRune(login, 0) {
		return ""
	}
	return login
}

func errorOr(err, refused error) error {
	if err != nil {
		return err
	}
	return refused
}

// digestedLogin is a login as a limit is counted by it: it may be anything a stranger typed.
func digestedLogin(login string) string {
	sum := sha256.Sum256([]byte(ratelimit.LoginKey(login, "")))
	return hex.EncodeToString(sum[:])
}

// judge writes down what came of a password and answers where its owner stands now. The user is read again: the account
// may have been locked, or have got another password, while the hash was computed.
func (s *Service) judge(tx Tx, c Credentials, seen hookswitch.User, right bool) (State, error) {
	failed := hookswitch.Refuse(hookswitch.SignInFailed)
	u, err := tx.User(seen.ID)
	if hookswitch.IsProblem(err, hookswitch.NotFound) {
		return State{}, errorOr(tx.AppendEvents(s.strangerFailed(tx, c)), failed)
	}
	if err != nil {
		return State{}, err
	}
	origin := by(u, c.Origin)
	switch {
	case u.Status != hookswitch.UserActive:
		refused := s.event(tx, hookswitch.SessionStarted, hookswitch.ResultFailure, string(u.Status), u, origin)
		return State{}, errorOr(tx.AppendEvents(refused), failed)
	case !right || u.PasswordHash != seen.PasswordHash:
		return State{}, errorOr(s.miss(tx, u, origin), failed)
	default:
		return s.admit(tx, u, origin)
	}
}

// strangerFailed is the event for nobody: it takes the place of somebody's in the store and in the time.
func (s *Service) strangerFailed(tx Tx, c Credentials) hookswitch.Event {
	e := s.event(tx, hookswitch.SessionStarted, hookswitch.ResultFailure, invalidCredentials, hookswitch.User{}, byStranger(c.Login, c.Origin))
	e.Targets = nil
	return e
}

// invalidCredentials is Okta's word for it.
const invalidCredentials = "INVALID_CREDENTIALS"

// miss counts a wrong password. The count starts anew with the lock, so that an unlocked account has all its tries.
func (s *Service) miss(tx Tx, u hookswitch.User, origin hookswitch.Origin) error {
	events := []hookswitch.Event{s.event(tx, hookswitch.SessionStarted, hookswitch.ResultFailure, invalidCredentials, u, origin)}
	if u.PasswordHash == "" { // nothing to guess, so nothing to lock
		return tx.AppendEvents(events...)
	}
	was, err := tx.WrongPasswords(u.ID)
	if err != nil {
		return err
	}
	is := was + 1
	if is >= wrongPasswords {
		is = 0
		u.Status, u.StatusChanged, u.LastUpdated = hookswitch.UserLockedOut, tx.Now(), tx.Now()
		if err := tx.UpdateUser(u); err != nil {
			return err
		}
		events = append(events, s.event(tx, hookswitch.AccountLocked, hookswitch.ResultSuccess, "Too many wrong passwords", u, origin,
			hookswitch.Datum{Key: "threshold", Value: strconv.Itoa(wrongPasswords)}))
	}
	if err := tx.UpdateWrongPasswords(u.ID, was, is); err != nil {
		return err
	}
	return tx.AppendEvents(events...)
}

// admit begins the transaction of somebody whose password was right, or ends it at once for want of a factor.
func (s *Service) admit(tx Tx, u hookswitch.User, origin hookswitch.Origin) (State, error) {
	was, err := tx.WrongPasswords(u.ID)
	if err != nil {
		return State{}, err
	}
	if err := tx.UpdateWrongPasswords(u.ID, was, 0); err != nil {
		return State{}, err
	}
	factors, err := secondFactors(tx, u)
	if err != nil {
		return State{}, err
	}
	step, result := hookswitch.FactorNeeded, hookswitch.ResultChallenge
	if len(factors) == 0 {
		step, result = hookswitch.PasswordSufficed, hookswitch.ResultAllow
	}
	if err := tx.AppendEvents(s.event(tx, hookswitch.SignOnEvaluated, result, "", u, origin)); err != nil {
		return State{}, err
	}
	st := standing{hookswitch.Authn{UserID: u.ID, Created: tx.Now(), Version: 1}, u, factors}
	if st.authn.Status, err = st.after(step); err != nil {
		return State{}, err
	}
	if st.authn.Status == hookswitch.AuthnSuccess {
		return s.succeed(tx, u, hookswitch.Proofs{Password: tx.Now()})
	}
	token, digest := newToken(s.random, stateToken)
	st.authn.Digest = digest
	st.authn = st.authn.Prolonged(tx.Now())
	return st.shown(token), tx.InsertAuthn(st.authn)
}

// succeed gives the token for a session.
func (s *Service) succeed(tx Tx, u hookswitch.User, proofs hookswitch.Proofs) (State, error) {
	token, digest := newToken(s.random, sessionToken)
	expires := tx.Now().Add(hookswitch.SessionTokenLifetime)
	return State{Status: hookswitch.AuthnSuccess, SessionToken: token, Expires: expires, User: u},
		tx.InsertSessionToken(hookswitch.SessionToken{Digest: digest, UserID: u.ID, Proofs: proofs, Expires: expires})
}
