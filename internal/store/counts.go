package store

import (
	"errors"
	"time"

	"hookswitch"
)

// countsOf counts a selection of deliveries, each beside the challenge that it carried. Both are found by their indexes.
func countsOf(selection string) string {
	return `SELECT d.created - d.created % 3600000000, d.provider, d.country, d.state, COUNT(*),
		CAST(SUM(CASE WHEN c.state = $1 THEN 1 ELSE 0 END) AS BIGINT)
		FROM (SELECT id, challenge_id, created, provider, country, state FROM deliveries WHERE ` + selection + `) d
		LEFT JOIN challenges c ON c.id = d.challenge_id AND c.delivery_id = d.id
		GROUP BY d.created - d.created % 3600000000, d.provider, d.country, d.state`
}

// SettledCounts counts what was settled after one time and until another, of at most about so many deliveries: through is
// where it stopped, before until when there is more. Deliveries that were settled at one time are never torn apart.
func (tx *Tx) SettledCounts(after, until time.Time, atMost int) (counts []hookswitch.DeliveryCount, through time.Time, err error) {
	through = until
	err = tx.QueryRow(`SELECT settled FROM deliveries WHERE settled > $1 AND settled <= $2 ORDER BY settled LIMIT 1 OFFSET $3`,
		Args{after, until, atMost - 1}, &through)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, through, err
	}
	counts, err = tx.counts(countsOf(`settled > $2 AND settled <= $3`), hookswitch.ChallengeVerified, after, through)
	return counts, through, err
}

// OpenCounts counts what is not settled yet, of at most so many deliveries.
func (tx *Tx) OpenCounts(atMost int) ([]hookswitch.DeliveryCount, error) {
	return tx.counts(countsOf(`due IS NOT NULL AND settled IS NULL ORDER BY due LIMIT $2`), hookswitch.ChallengeVerified, atMost)
}

// KeptUntil is up to when settled deliveries are in the kept counts.
func (tx *Tx) KeptUntil() (time.Time, error) {
	var until time.Time
	return until, tx.QueryRow(`SELECT settled FROM delivery_counts_until`, nil, &until)
}

// KeepCounts adds counts of deliveries that were settled after one time and until another; ErrConflict unless the kept
// counts reach just to the first.
func (tx *Tx) KeepCounts(after, until time.Time, counts []hookswitch.DeliveryCount) error {
	if err := tx.Exec(1, `UPDATE delivery_counts_until SET settled = $2 WHERE settled = $1`, after, until); err != nil {
		return err
	}
	for _, c := range counts {
		err := tx.Exec(1, `INSERT INTO delivery_counts (hour, provider, country, state, messages, verified) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (hour, provider, country, state) DO UPDATE
			SET messages = delivery_counts.messages + excluded.messages, verified = delivery_counts.verified + excluded.verified`,
			c.Hour, c.Provider, c.Country, c.State, c.Messages, c.Verified)
		if err != nil {
			return err
		}
	}
	return nil
}

// KeptByHour reads the kept counts of the hours in [since, until), all countries together.
func (tx *Tx) KeptByHour(since, until time.Time) ([]hookswitch.DeliveryCount, error) {
	return tx.counts(`SELECT hour, provider, '', state, CAST(SUM(messages) AS BIGINT), CAST(SUM(verified) AS BIGINT)
		FROM delivery_counts WHERE hour >= $1 AND hour < $2 GROUP BY hour, provider, state`, since, until)
}

// KeptByCountry reads the kept counts of the hours in [since, until), all hours and providers together: the Hour is the first.
func (tx *Tx) KeptByCountry(since, until time.Time) ([]hookswitch.DeliveryCount, error) {
	return tx.counts(`SELECT MIN(hour), '', country, state, CAST(SUM(messages) AS BIGINT), CAST(SUM(verified) AS BIGINT)
		FROM delivery_counts WHERE hour >= $1 AND hour < $2 GROUP BY country, state`, since, until)
}

func (tx *Tx) counts(query string, args ...any) ([]hookswitch.DeliveryCount, error) {
	var all []hookswitch.DeliveryCount
	err := tx.Query(query, args, func(r Row) error {
		var c hookswitch.DeliveryCount
		err := r.Scan(&c.Hour, &c.Provider, &c.Country, &c.State, &c.Messages, &c.Verified)
		all = append(all, c)
		return err
	})
	return all, err
}
