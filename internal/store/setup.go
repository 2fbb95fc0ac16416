package store

import (
	"errors"

	"hookswitch"
)

// InsertSetupToken makes the setup token with the digest good until it expires.
func (tx *Tx) InsertSetupToken(t hookswitch.SetupToken) error {
	return tx.Exec(1, `INSERT INTO setup_tokens (digest, expires) VALUES ($1, $2) ON CONFLICT DO NOTHING`, t.Digest, t.Expires)
}

// SetupToken reads a setup token.
func (tx *Tx) SetupToken(digest string) (hookswitch.SetupToken, error) {
	t := hookswitch.SetupToken{Digest: digest}
	err := tx.QueryRow(`SELECT expires FROM setup_tokens WHERE digest = $1`, Args{digest}, &t.Expires)
	return t, unknownToken(err)
}

// UseSetupTokens uses one setup token up, and all others with it; ErrConflict when somebody else did.
func (tx *Tx) UseSetupTokens(digest string) error {
	return errors.Join(
		tx.Exec(1, `DELETE FROM setup_tokens WHERE digest = $1`, digest),
		tx.Exec(AnyRows, `DELETE FROM setup_tokens`))
}
