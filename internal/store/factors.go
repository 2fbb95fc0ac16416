package store

import (
	"errors"
	"strings"

	"hookswitch"
)

const factorColumns = `id, user_id, channel, phone, extension, status, created, last_updated, challenge_id, challenge_expires,
	wrong_in_row, wrong_total, locked_until, version`

// factorFields are where the columns go.
func factorFields(f *hookswitch.Factor) []any {
	return []any{
		&f.ID, &f.UserID, &f.Channel, &f.Phone, &f.Extension, &f.Status, &f.Created, &f.LastUpdated, &f.ChallengeID, &f.ChallengeExpires,
		&f.WrongInRow, &f.WrongTotal, &f.LockedUntil, &f.Version,
	}
}

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
		err := r.Scan(factorFields(&f)...)
		factors = append(factors, f)
		return err
	})
	return factors, err
}

// InsertFactor adds a factor; ErrConflict when the user has one of the channel in the same state.
func (tx *Tx) InsertFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `INSERT INTO factors (pending, `+factorColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`,
		pending(f), f.ID, f.UserID, f.Channel, f.Phone, f.Extension, f.Status, f.Created, f.LastUpdated, f.ChallengeID, f.ChallengeExpires,
		f.WrongInRow, f.WrongTotal, f.LockedUntil, f.Version)
}

// UpdateFactor replaces the factor whose version was read.
func (tx *Tx) UpdateFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `UPDATE factors SET pending = $3, phone = $4, extension = $5, status = $6, last_updated = $7, challenge_id = $8,
		challenge_expires = $9, wrong_in_row = $10, wrong_total = $11, locked_until = $12, version = version + 1
		WHERE id = $1 AND version = $2`,
		f.ID, f.Version, pending(f), f.Phone, f.Extension, f.Status, f.LastUpdated, f.ChallengeID, f.ChallengeExpires,
		f.WrongInRow, f.WrongTotal, f.LockedUntil)
}

// MarkFactor writes what passcodes change of the factor whose version was read: the newest one, the counters and what
// follows of them. Whose it is, whether it is pending and where it leads stay as they are, and so do the indexes of these.
func (tx *Tx) MarkFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `UPDATE factors SET status = $3, last_updated = $4, challenge_id = $5, challenge_expires = $6,
		wrong_in_row = $7, wrong_total = $8, locked_until = $9, version = version + 1
		WHERE id = $1 AND version = $2`,
		f.ID, f.Version, f.Status, f.LastUpdated, f.ChallengeID, f.ChallengeExpires, f.WrongInRow, f.WrongTotal, f.LockedUntil)
}

// DeleteFactor takes away the factor whose version was read.
func (tx *Tx) DeleteFactor(f hookswitch.Factor) error {
	return tx.Exec(1, `DELETE FROM factors WHERE id = $1 AND version = $2`, f.ID, f.Version)
}

func pending(f hookswitch.Factor) bool { return f.Status == hookswitch.FactorPendingActivation }

// The texts of the reads that every passcode causes, put together once.
var (
	ownedFactor = `SELECT ` + qualified("u", userColumns) + `, ` + qualified("f", factorColumns) + `
		FROM factors f JOIN users u ON u.id = f.user_id WHERE f.id = $1 AND f.user_id = $2`

	factorInUse = `SELECT ` + qualified("u", userColumns) + `, ` + qualified("f", factorColumns) + `,
			COALESCE(c.id, ''), COALESCE(c.user_id, ''), COALESCE(c.factor_id, ''), COALESCE(c.purpose, ''), COALESCE(c.channel, ''),
			COALESCE(c.phone, ''), COALESCE(c.delivery_id, ''), COALESCE(c.state, ''), COALESCE(c.digest, ''), c.issued, c.expires,
			COALESCE(c.version, 0), COALESCE(d.feedback, '')
		FROM factors f JOIN users u ON u.id = f.user_id
			LEFT JOIN challenges c ON c.id = f.challenge_id LEFT JOIN deliveries d ON d.id = c.delivery_id
		WHERE f.id = $1 AND f.user_id = $2`
)

// OwnedFactor reads a factor of a user, and the user.
func (tx *Tx) OwnedFactor(userID, id string) (hookswitch.User, hookswitch.Factor, error) {
	var u userRow
	var f hookswitch.Factor
	err := tx.QueryRow(ownedFactor, Args{id, userID}, append(u.fields(), factorFields(&f)...)...)
	if errors.Is(err, ErrNotFound) {
		err = hookswitch.Refuse(hookswitch.NotFound, "The user has no such factor.")
	}
	if err != nil {
		return hookswitch.User{}, f, err
	}
	user, err := u.user()
	return user, f, err
}

// FactorInUse reads a factor of a user with all that a passcode is checked by.
func (tx *Tx) FactorInUse(userID, id string) (hookswitch.FactorInUse, error) {
	var in hookswitch.FactorInUse
	var u userRow
	var c challengeRow
	err := tx.QueryRow(factorInUse,
		Args{id, userID}, append(append(append(u.fields(), factorFields(&in.Factor)...), c.fields()...), &in.Feedback)...)
	if errors.Is(err, ErrNotFound) {
		err = hookswitch.Refuse(hookswitch.NotFound, "The user has no such factor.")
	}
	if err != nil {
		return in, err
	}
	if in.User, err = u.user(); err != nil {
		return in, err
	}
	in.Challenge, err = c.challenge()
	return in, err
}

// qualified puts the name of a table in front of each of a list of columns.
func qualified(table, columns string) string {
	all := strings.Split(columns, ",")
	for i, column := range all {
		all[i] = table + "." + strings.TrimSpace(column)
	}
	return strings.Join(all, ", ")
}
