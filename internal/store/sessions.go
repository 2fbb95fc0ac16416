package store

import (
	"errors"

	"hookswitch"
)

const sessionColumns = `id, digest, user_id, password_at, factor_at, channel, created, expires`

// SessionToken reads the session token that a digest names.
func (tx *Tx) SessionToken(digest string) (hookswitch.SessionToken, error) {
	t := hookswitch.SessionToken{Digest: digest}
	err := tx.QueryRow(`SELECT user_id, password_at, factor_at, channel, expires FROM session_tokens WHERE digest = $1`, Args{digest},
		&t.UserID, &t.Proofs.Password, &t.Proofs.Factor, &t.Proofs.Channel, &t.Expires)
	return t, unknownToken(err)
}

// InsertSessionToken adds a session token.
func (tx *Tx) InsertSessionToken(t hookswitch.SessionToken) error {
	return tx.Exec(1, `INSERT INTO session_tokens (digest, user_id, password_at, factor_at, channel, expires)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		t.Digest, t.UserID, t.Proofs.Password, t.Proofs.Factor, t.Proofs.Channel, t.Expires)
}

// DeleteSessionToken uses a session token up; ErrConflict when somebody else did.
func (tx *Tx) DeleteSessionToken(digest string) error {
	return tx.Exec(1, `DELETE FROM session_tokens WHERE digest = $1`, digest)
}

// Session reads the session whose cookie has the digest.
func (tx *Tx) Session(digest string) (hookswitch.Session, error) {
	s, err := tx.session(`SELECT `+sessionColumns+` FROM sessions WHERE digest = $1`, digest)
	return s, unknownToken(err)
}

// SessionByID reads a session by the id that names it in the API.
func (tx *Tx) SessionByID(id string) (hookswitch.Session, error) {
	s, err := tx.session(`SELECT `+sessionColumns+` FROM sessions WHERE id = $1`, id)
	if errors.Is(err, ErrNotFound) {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no such session.")
	}
	return s, err
}

func (tx *Tx) session(query, key string) (hookswitch.Session, error) {
	var s hookswitch.Session
	err := tx.QueryRow(query, Args{key},
		&s.ID, &s.Digest, &s.UserID, &s.Proofs.Password, &s.Proofs.Factor, &s.Proofs.Channel, &s.Created, &s.Expires)
	return s, err
}

// InsertSession adds a session.
func (tx *Tx) InsertSession(s hookswitch.Session) error {
	return tx.Exec(1, `INSERT INTO sessions (`+sessionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		s.ID, s.Digest, s.UserID, s.Proofs.Password, s.Proofs.Factor, s.Proofs.Channel, s.Created, s.Expires)
}

// ProlongSession keeps a session open until s.Expires, unless it is gone or stays open for longer already.
func (tx *Tx) ProlongSession(s hookswitch.Session) error {
	return tx.Exec(AnyRows, `UPDATE sessions SET expires = $2 WHERE digest = $1 AND expires < $2`, s.Digest, s.Expires)
}

// DeleteSession ends a session; ErrConflict when somebody else did.
func (tx *Tx) DeleteSession(s hookswitch.Session) error {
	return tx.Exec(1, `DELETE FROM sessions WHERE digest = $1`, s.Digest)
}

// DeleteSignInsOf ends all the sessions of a user, and what could still become one.
func (tx *Tx) DeleteSignInsOf(userID string) error {
	for _, table := range []string{"authn_transactions", "session_tokens", "sessions"} {
		if err := tx.Exec(AnyRows, `DELETE FROM `+table+` WHERE user_id = $1`, userID); err != nil {
			return err
		}
	}
	return nil
}
