package store

import "hookswitch"

const factorColumns = `id, user_id, channel, phone, extension, status, created, last_updated, challenge_id, wrong_in_row,
	wrong_total, locked_until, version`

// Factor reads a factor by id.
func (tx *Tx) Factor(id string) (hookswitch.Factor, error) {
	factors, err := tx.factors(`SELECT `+factorColumns+` FROM factors WHERE id = $1`, id)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	if len(factors) == 0 {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such factor.")
	}
	return factors[0], nil
}

// FactorsOf lists the factors of a user, the oldest first.
func (tx *Tx) FactorsOf(userID string) ([]hookswitch.Factor, error) {
	return tx.factors(`SELECT `+factorColumns+` FROM factors WHERE user_id = $1 ORDER BY created, id`, userID)
}

// FactorsByPhone lists the factors that have a phone number: several users may share one.
func (tx *Tx) FactorsByPhone(e164 string) ([]hookswitch.Factor, error) {
	return tx.factors(`SELECT `+factorColumns+` FROM factors WHERE phone = $1 ORDER BY id`, e164)
}

func (tx *Tx) factors(query, key string) ([]hookswitch.Factor, error) {
	var factors []hookswitch.Factor
	err := tx.Query(query, Args{key}, func(r Row) error {
		var f hookswitch.Factor
		err := r.Scan(&f.ID, &f.UserID, &f.Channel, &f.Phone, &f.Extension, &f.Status, &f.Created, &f.LastUpdated,
			&f.ChallengeID, &f.WrongInRow, &f.WrongTotal, &f.LockedUntil, &f.Version)
		factors = append(factors, f)
		return err
	})
	return factors, err
}

// InsertFactor adds a factor; ErrConflict when the user has one of the channel in the same state.
func (tx *Tx) InsertFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `INSERT INTO factors (id, user_id, channel, pending, phone, extension, status, created, last_updated,
		challenge_id, wrong_in_row, wrong_total, locked_until, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		f.ID, f.UserID, f.Channel, pending(f), f.Phone, f.Extension, f.Status, f.Created, f.LastUpdated,
		f.ChallengeID, f.WrongInRow, f.WrongTotal, f.LockedUntil, f.Version)
}

// UpdateFactor replaces the factor whose version was read.
func (tx *Tx) UpdateFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `UPDATE factors SET pending = $3, phone = $4, extension = $5, status = $6, last_updated = $7, challenge_id = $8,
		wrong_in_row = $9, wrong_total = $10, locked_until = $11, version = version + 1
		WHERE id = $1 AND version = $2`,
		f.ID, f.Version, pending(f), f.Phone, f.Extension, f.Status, f.LastUpdated, f.ChallengeID,
		f.WrongInRow, f.WrongTotal, f.LockedUntil)
}

// DeleteFactor takes away the factor whose version was read.
func (tx *Tx) DeleteFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `DELETE FROM factors WHERE id = $1 AND version = $2`, f.ID, f.Version)
}

func pending(f hookswitch.Factor) bool { return f.Status == hookswitch.FactorPendingActivation }
