package store

import (
	"strconv"
	"strings"

	"hookswitch"
)

// Limits reads the buckets of the keys; a key that was never used is not in the answer.
func (tx *Tx) Limits(keys []string) (map[string]hookswitch.Bucket, error) {
	buckets := make(map[string]hookswitch.Bucket, len(keys))
	args := make(Args, len(keys))
	for i, k := range keys {
		args[i] = k
	}
	err := tx.Query(`SELECT key, arrival, told FROM limits WHERE key IN (`+placeholders(len(keys))+`)`, args, func(r Row) error {
		var key string
		var b hookswitch.Bucket
		err := r.Scan(&key, &b.Arrival, &b.Told)
		buckets[key] = b
		return err
	})
	return buckets, err
}

// UpdateLimit replaces the bucket that was read.
func (tx *Tx) UpdateLimit(key string, was, is hookswitch.Bucket) error {
	if was == (hookswitch.Bucket{}) {
		return tx.Exec(1, `INSERT INTO limits (key, arrival, told) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, key, is.Arrival, is.Told)
	}
	return tx.Exec(1, `UPDATE limits SET arrival = $2, told = $3 WHERE key = $1 AND arrival = $4 AND told = $5`,
		key, is.Arrival, is.Told, was.Arrival, was.Told)
}

// SweepLimits forgets up to limit buckets that are full again, which say nothing any more, and answers how many it found.
func (tx *Tx) SweepLimits(limit int) (swept int, err error) {
	return tx.sweep(`DELETE FROM limits WHERE key IN (SELECT key FROM limits WHERE arrival < $1 ORDER BY arrival LIMIT $2 `+
		tx.Dialect().Claim+`)`, tx.Now().UnixMicro(), limit)
}

// sweep runs a DELETE and counts its rows.
func (tx *Tx) sweep(query string, args ...any) (swept int, err error) {
	err = tx.Query(query+` RETURNING 1`, args, func(Row) error { swept++; return nil })
	return swept, err
}

// placeholders is "$1, $2, … $n".
func placeholders(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		if i > 1 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i))
	}
	return b.String()
}
