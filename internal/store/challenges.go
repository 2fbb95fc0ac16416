package store

import (
	"encoding/base64"
	"fmt"

	"hookswitch"
)

// Challenge reads a challenge by id.
func (tx *Tx) Challenge(id string) (hookswitch.Challenge, error) {
	var c hookswitch.Challenge
	var digest string
	found := false
	err := tx.Query(`SELECT id, user_id, factor_id, purpose, channel, phone, delivery_id, state, digest, issued, expires, version
		FROM challenges WHERE id = $1`, Args{id}, func(r Row) error {
		found = true
		return r.Scan(&c.ID, &c.UserID, &c.FactorID, &c.Purpose, &c.Channel, &c.Phone, &c.DeliveryID, &c.State, &digest,
			&c.Issued, &c.Expires, &c.Version)
	})
	if err != nil {
		return c, err
	}
	if !found {
		return c, hookswitch.Refuse(hookswitch.NotFound, "There is no such challenge.")
	}
	if c.Digest, err = base64.RawStdEncoding.DecodeString(digest); err != nil {
		return c, fmt.Errorf("%w: digest of a challenge: %w", ErrCorrupt, err)
	}
	return c, nil
}

// InsertChallenge adds a challenge.
func (tx *Tx) InsertChallenge(c hookswitch.Challenge) error {
	return tx.Exec(1, `INSERT INTO challenges (id, user_id, factor_id, purpose, channel, phone, delivery_id, state, digest,
		issued, expires, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, c.UserID, c.FactorID, c.Purpose, c.Channel, c.Phone, c.DeliveryID, c.State,
		base64.RawStdEncoding.EncodeToString(c.Digest), c.Issued, c.Expires, c.Version)
}

// UpdateChallenge moves the challenge whose version was read to another state. Nothing else of it ever changes.
func (tx *Tx) UpdateChallenge(c hookswitch.Challenge) error {
	return tx.Exec(1, `UPDATE challenges SET state = $3, version = version + 1 WHERE id = $1 AND version = $2`, c.ID, c.Version, c.State)
}
