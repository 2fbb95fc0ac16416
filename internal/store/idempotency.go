package store

import (
	"time"

	"hookswitch"
)

// KeptReply reads the answer kept for a key; false when there is none that was made after the time.
func (tx *Tx) KeptReply(key string, after time.Time) (hookswitch.KeptReply, bool, error) {
	var k hookswitch.KeptReply
	var headers []byte
	found := false
	err := tx.Query(`SELECT key, digest, status, headers, body, created FROM idempotency_keys WHERE key = $1 AND created > $2`,
		Args{key, after}, func(r Row) error {
			found = true
			if err := r.Scan(&k.Key, &k.Digest, &k.Status, &headers, &k.Body, &k.Created); err != nil {
				return err
			}
			return fromJSON(headers, &k.Headers)
		})
	return k, found, err
}

// ClaimKey makes a key this request's own; ErrConflict when another request has it.
func (tx *Tx) ClaimKey(k hookswitch.KeptReply, after time.Time) error {
	if err := tx.Exec(AnyRows, `DELETE FROM idempotency_keys WHERE key = $1 AND created <= $2`, k.Key, after); err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO idempotency_keys (key, digest, status, headers, body, created) VALUES ($1, $2, 0, '{}', '', $3) ON CONFLICT DO NOTHING`,
		k.Key, k.Digest, k.Created)
}

// KeepReply keeps the answer for a key that this request has.
func (tx *Tx) KeepReply(k hookswitch.KeptReply) error {
	headers, err := toJSON(k.Headers)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE idempotency_keys SET status = $2, headers = $3, body = $4 WHERE key = $1 AND status = 0`,
		k.Key, k.Status, headers, k.Body)
}

// ReleaseKey lets a key be used again: its request did nothing.
func (tx *Tx) ReleaseKey(key string) error {
	return tx.Exec(AnyRows, `DELETE FROM idempotency_keys WHERE key = $1 AND status = 0`, key)
}

// SweepKeys forgets up to limit answers that were made before the time, and answers how many it found.
func (tx *Tx) SweepKeys(before time.Time, limit int) (swept int, err error) {
	return tx.sweep(`DELETE FROM idempotency_keys WHERE key IN (SELECT key FROM idempotency_keys WHERE created <= $1 ORDER BY created LIMIT $2 `+
		tx.Dialect().Claim+`)`, before, limit)
}
