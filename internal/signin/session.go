package signin

import (
	"context"
	"slices"
	"time"

	"hookswitch"
)

// Entry is a session and whose it is.
type Entry struct {
	Session hookswitch.Session
	User    hookswitch.User
	Cookie  hookswitch.Secret // at the start, once
}

// StartSession opens a session with a session token, once. The session that the same browser had before, if any, ends.
func (s *Service) StartSession(ctx context.Context, token, before hookswitch.Secret, origin hookswitch.Origin) (Entry, error) {
	digest, err := readToken(sessionToken, token)
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	err = s.change(ctx, func(tx Tx) error {
		t, err := tx.SessionToken(digest)
		if err != nil {
			return err
		}
		if !tx.Now().Before(t.Expires) {
			return hookswitch.Refuse(hookswitch.Unauthenticated)
		}
		u, err := active(tx, t.UserID)
		if err != nil {
			return err
		}
		if err := tx.DeleteSessionToken(digest); err != nil {
			return err
		}
		if err := s.endBefore(tx, before, origin); err != nil {
			return err
		}
		e, err = s.open(tx, u, t.Proofs, origin)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// open writes a new session down.
func (s *Service) open(tx Tx, u hookswitch.User, proofs hookswitch.Proofs, origin hookswitch.Origin) (Entry, error) {
	cookie, digest := newToken(s.random, cookieToken)
	opened := hookswitch.Session{
		ID: hookswitch.NewID(hookswitch.SessionID, tx.Now(), s.random), Digest: digest, UserID: u.ID, Proofs: proofs, Created: tx.Now(),
	}.Prolonged(tx.Now())
	if err := tx.InsertSession(opened); err != nil {
		return Entry{}, err
	}
	u.LastLogin = tx.Now()
	if err := tx.UpdateUser(u); err != nil {
		return Entry{}, err
	}
	origin = by(u, origin)
	origin.SessionID = opened.ID
	return Entry{opened, u, cookie}, tx.AppendEvents(s.event(tx, hookswitch.SessionStarted, hookswitch.ResultSuccess, "", u, origin))
}

// endBefore ends the session that a browser brings to the start of another one.
func (s *Service) endBefore(tx Tx, cookie hookswitch.Secret, origin hookswitch.Origin) error {
	digest, err := readToken(cookieToken, cookie)
	if err != nil {
		return nil // there was none
	}
	before, err := tx.Session(digest)
	if hookswitch.IsProblem(err, hookswitch.Unauthenticated) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(tx, before, origin, "Replaced by another session")
}

func (s *Service) end(tx Tx, ended hookswitch.Session, origin hookswitch.Origin, reason string) error {
	u, err := tx.User(ended.UserID)
	if err != nil {
		return err
	}
	if err := tx.DeleteSession(ended); err != nil {
		return err
	}
	if origin.Actor == (hookswitch.Entity{}) {
		origin = by(u, origin)
	}
	if origin.SessionID == "" {
		origin.SessionID = ended.ID
	}
	return tx.AppendEvents(s.event(tx, hookswitch.SessionEnded, hookswitch.ResultSuccess, reason, u, origin))
}

// prolongAfter is how old the last prolongation must be before a session is written again: reading a page costs no write.
const prolongAfter = time.Minute

// AuthenticateSession finds out who sends a cookie, or answers Unauthenticated. Using a session keeps it open.
func (s *Service) AuthenticateSession(ctx context.Context, cookie hookswitch.Secret) (hookswitch.Caller, error) {
	digest, err := readToken(cookieToken, cookie)
	if err != nil {
		return hookswitch.Caller{}, err
	}
	var e Entry
	var role hookswitch.Role
	var prolonged hookswitch.Session
	err = s.view(ctx, func(tx Tx) error {
		if e.Session, err = tx.Session(digest); err != nil {
			return err
		}
		if e, err = entered(tx, e.Session); err != nil {
			return err
		}
		prolonged = e.Session.Prolonged(tx.Now())
		role, err = highestRole(tx, e.User)
		return err
	})
	if err != nil {
		return hookswitch.Caller{}, err
	}
	if prolonged.Expires.Sub(e.Session.Expires) >= prolongAfter {
		err := s.update(ctx, func(tx Tx) error { return tx.ProlongSession(prolonged) })
		if err != nil { // it is open all the same
			s.log.WarnContext(ctx, "a session could not be prolonged", "sessionId", e.Session.ID, "error", err)
		}
	}
	return hookswitch.Caller{
		Actor: hookswitch.UserEntity(e.User), UserID: e.User.ID, Role: role, SessionID: e.Session.ID,
	}, nil
}

// entered is an open session of a user who may be in.
func entered(tx Tx, open hookswitch.Session) (Entry, error) {
	if !open.Good(tx.Now()) {
		return Entry{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	u, err := active(tx, open.UserID)
	return Entry{Session: open, User: u}, err
}

// highestRole is "" for a user who is no administrator.
func highestRole(tx Tx, u hookswitch.User) (hookswitch.Role, error) {
	assigned, err := tx.RolesOf(u.ID)
	for _, role := range hookswitch.Roles() {
		if slices.ContainsFunc(assigned, func(a hookswitch.RoleAssignment) bool { return a.Role == role }) {
			return role, err
		}
	}
	return "", err
}

// Session reads an open session by its id, or answers NotFound.
func (s *Service) Session(ctx context.Context, id string) (Entry, error) {
	var e Entry
	err := s.view(ctx, func(tx Tx) error {
		var err error
		e, err = byID(tx, id)
		return err
	})
	return e, err
}

// RefreshSession keeps a session open as if it had been used.
func (s *Service) RefreshSession(ctx context.Context, id string) (Entry, error) {
	var e Entry
	err := s.change(ctx, func(tx Tx) error {
		var err error
		if e, err = byID(tx, id); err != nil {
			return err
		}
		e.Session = e.Session.Prolonged(tx.Now())
		return tx.ProlongSession(e.Session)
	})
	return e, err
}

// EndSession ends a session by its id, or answers NotFound.
func (s *Service) EndSession(ctx context.Context, id string, origin hookswitch.Origin) error {
	return s.change(ctx, func(tx Tx) error {
		e, err := byID(tx, id)
		if err != nil {
			return err
		}
		return s.end(tx, e.Session, origin, "")
	})
}

// EndSessions ends all sessions of a user, and every way in that was begun.
func (s *Service) EndSessions(ctx context.Context, userID string, origin hookswitch.Origin) error {
	return s.change(ctx, func(tx Tx) error {
		u, err := tx.User(userID)
		if err != nil {
			return err
		}
		if err := tx.DeleteSignInsOf(u.ID); err != nil {
			return err
		}
		return tx.AppendEvents(s.event(tx, hookswitch.SessionsCleared, hookswitch.ResultSuccess, "", u, origin))
	})
}

func byID(tx Tx, id string) (Entry, error) {
	open, err := tx.SessionByID(id)
	if err != nil {
		return Entry{}, err
	}
	e, err := entered(tx, open)
	if hookswitch.IsProblem(err, hookswitch.Unauthenticated) {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no such session.")
	}
	return e, err
}
