package store

import (
	"encoding/base64"
	"errors"
	"fmt"

	"hookswitch"
)

// Challenge reads a challenge by id.
func (tx *Tx) Challenge(id string) (hookswitch.Challenge, error) {
	var c challengeRow
	err := tx.QueryRow(`SELECT `+challengeColumns+` FROM challenges WHERE id = $1`, Args{id}, c.fields()...)
	if errors.Is(err, ErrNotFound) {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no such challenge.")
	}
	if err != nil {
		return hookswitch.Challenge{}, err
	}
	return c.challenge()
}

const challengeColumns = `id, user_id, factor_id, purpose, channel, phone, delivery_id, state, digest, issued, expires, version`

// challengeRow is a challenge as the columns have it.
type challengeRow struct {
	c      hookswitch.Challenge
	digest string
}

// fields are where the columns go.
func (r *challengeRow) fields() []any {
	c := &r.c
	return []any{
		&c.ID, &c.UserID, &c.FactorID, &c.Purpose, &c.Channel, &c.Phone, &c.DeliveryID, &c.State, &r.digest, &c.Issued, &c.Expires, &c.Version,
	}
}

func (r *challengeRow) challenge() (c hookswitch.Challenge, err error) {
	if r.c.Digest, err = base64.RawStdEncoding.DecodeString(r.digest); err != nil {
		return c, fmt.Errorf("%w: digest of a challenge: %w", ErrCorrupt, err)
	}
	return r.c, nil
}

// InsertChallenge adds a challenge.
func (tx *Tx) InsertChallenge(c hookswitch.Challenge) error {
	return tx.Exec(1, `INSERT INTO challenges (`+challengeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, c.UserID, c.FactorID, c.Purpose, c.Channel, c.Phone, c.DeliveryID, c.State,
		base64.RawStdEncoding.EncodeToString(c.Digest), c.Issued, c.Expires, c.Version)
}

// UpdateChallenge moves the challenge whose version was read to another state. Nothing else of it ever changes.
func (tx *Tx) UpdateChallenge(c hookswitch.Challenge) error {
	return tx.Exec(1, `UPDATE challenges SET state = $3, version = version + 1 WHERE id = $1 AND version = $2`, c.ID, c.Version, c.State)
}
