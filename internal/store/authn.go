package store

import (
	"errors"

	"hookswitch"
)

// Authn reads the authentication transaction that a state token's digest names.
func (tx *Tx) Authn(digest string) (hookswitch.Authn, error) {
	a := hookswitch.Authn{Digest: digest}
	err := tx.QueryRow(`SELECT status, user_id, factor_id, challenge_id, created, expires, version
		FROM authn_transactions WHERE digest = $1`, Args{digest},
		&a.Status, &a.UserID, &a.FactorID, &a.ChallengeID, &a.Created, &a.Expires, &a.Version)
	return a, unknownToken(err)
}

// InsertAuthn adds an authentication transaction.
func (tx *Tx) InsertAuthn(a hookswitch.Authn) error {
	return tx.Exec(1, `INSERT INTO authn_transactions (digest, status, user_id, factor_id, challenge_id, created, expires, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		a.Digest, a.Status, a.UserID, a.FactorID, a.ChallengeID, a.Created, a.Expires, a.Version)
}

// UpdateAuthn replaces the transaction whose version was read.
func (tx *Tx) UpdateAuthn(a hookswitch.Authn) error {
	return tx.Exec(1, `UPDATE authn_transactions SET status = $3, factor_id = $4, challenge_id = $5, expires = $6, version = version + 1
		WHERE digest = $1 AND version = $2`, a.Digest, a.Version, a.Status, a.FactorID, a.ChallengeID, a.Expires)
}

// DeleteAuthn ends the transaction whose version was read: its state token is unknown from then on.
func (tx *Tx) DeleteAuthn(a hookswitch.Authn) error {
	return tx.Exec(1, `DELETE FROM authn_transactions WHERE digest = $1 AND version = $2`, a.Digest, a.Version)
}

// WrongPasswords is how many of the last passwords that were tried for a user were wrong.
func (tx *Tx) WrongPasswords(userID string) (int, error) {
	var tries int
	err := tx.QueryRow(`SELECT tries FROM wrong_passwords WHERE user_id = $1`, Args{userID}, &tries)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	return tries, err
}

// UpdateWrongPasswords replaces the count that was read.
func (tx *Tx) UpdateWrongPasswords(userID string, was, is int) error {
	switch {
	case was == is:
		return nil
	case was == 0:
		return tx.Exec(1, `INSERT INTO wrong_passwords (user_id, tries) VALUES ($1, $2) ON CONFLICT DO NOTHING`, userID, is)
	case is == 0:
		return tx.Exec(1, `DELETE FROM wrong_passwords WHERE user_id = $1 AND tries = $2`, userID, was)
	default:
		return tx.Exec(1, `UPDATE wrong_passwords SET tries = $3 WHERE user_id = $1 AND tries = $2`, userID, was, is)
	}
}

// SweepSignIns forgets up to limit of each, transactions, session tokens and sessions that have expired, and answers how
// many of the most frequent it found.
func (tx *Tx) SweepSignIns(limit int) (swept int, err error) {
	for _, table := range []string{"authn_transactions", "session_tokens", "sessions"} {
		n, err := tx.sweep(`DELETE FROM `+table+` WHERE digest IN (SELECT digest FROM `+table+` WHERE expires <= $1
			ORDER BY expires LIMIT $2 `+tx.Dialect().Claim+`)`, tx.Now(), limit)
		if err != nil {
			return swept, err
		}
		swept = max(swept, n)
	}
	return swept, nil
}

// unknownToken is what is answered for a token that names nothing.
func unknownToken(err error) error {
	if errors.Is(err, ErrNotFound) {
		return hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return err
}
