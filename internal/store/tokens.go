package store

import (
	"errors"

	"hookswitch"
)

const tokenColumns = `id, name, user_id, role, created, last_updated, expires`

// TokenByDigest reads the API token whose digest it is.
func (tx *Tx) TokenByDigest(digest string) (hookswitch.APIToken, error) {
	tokens, err := tx.tokens(`SELECT `+tokenColumns+` FROM api_tokens WHERE digest = $1`, digest)
	if err != nil || len(tokens) == 0 {
		return hookswitch.APIToken{}, errors.Join(err, hookswitch.Refuse(hookswitch.Unauthenticated))
	}
	return tokens[0], nil
}

// Tokens lists the API tokens, the oldest first.
func (tx *Tx) Tokens() ([]hookswitch.APIToken, error) {
	return tx.tokens(`SELECT ` + tokenColumns + ` FROM api_tokens ORDER BY id`)
}

func (tx *Tx) tokens(query string, args ...any) ([]hookswitch.APIToken, error) {
	var tokens []hookswitch.APIToken
	err := tx.Query(query, args, func(r Row) error {
		var t hookswitch.APIToken
		err := r.Scan(&t.ID, &t.Name, &t.UserID, &t.Role, &t.Created, &t.LastUpdated, &t.ExpiresAt)
		tokens = append(tokens, t)
		return err
	})
	return tokens, err
}

// InsertToken adds an API token with the digest that it is found by.
func (tx *Tx) InsertToken(t hookswitch.APIToken, digest string) error {
	return tx.Exec(1, `INSERT INTO api_tokens (digest, `+tokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		digest, t.ID, t.Name, t.UserID, t.Role, t.Created, t.LastUpdated, t.ExpiresAt)
}

// DeleteToken revokes an API token; it is no error when there is none.
func (tx *Tx) DeleteToken(id string) error {
	return tx.Exec(AnyRows, `DELETE FROM api_tokens WHERE id = $1`, id)
}
