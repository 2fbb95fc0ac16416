package store

import (
	"strconv"
	"strings"
	"time"

	"hookswitch"
)

// DeliveryTallies counts what was settled since a time, by provider and country. Failures that are no fault of the
// provider are left out.
func (tx *Tx) DeliveryTallies(since time.Time) ([]hookswitch.DeliveryTally, error) {
	args := Args{since, hookswitch.Delivered, hookswitch.UnknownFate, hookswitch.Undelivered}
	var marks []string
	for _, f := range hookswitch.Failures() {
		if f.Traits().Unhealthy {
			args = append(args, f)
			marks = append(marks, "$"+strconv.Itoa(len(args)))
		}
	}
	var tallies []hookswitch.DeliveryTally
	err := tx.Query(`SELECT provider_id, provider, country, COUNT(*),
			SUM(CASE WHEN state = $2 THEN 1 ELSE 0 END), CAST(SUM(CASE WHEN state = $2 THEN settled - created ELSE 0 END) AS BIGINT)
		FROM deliveries WHERE settled >= $1 AND provider_id <> '' AND country <> ''
			AND (state IN ($2, $3) OR state = $4 AND failure IN (`+strings.Join(marks, ", ")+`))
		GROUP BY provider_id, provider, country ORDER BY provider_id, country`, args, func(r Row) error {
		var t hookswitch.DeliveryTally
		var micros int64
		err := r.Scan(&t.ProviderID, &t.Provider, &t.Country, &t.Settled, &t.Delivered, &micros)
		t.Took = time.Duration(micros) * time.Microsecond
		tallies = append(tallies, t)
		return err
	})
	return tallies, err
}

// ProviderHealth reads every verdict.
func (tx *Tx) ProviderHealth() ([]hookswitch.ProviderHealth, error) {
	var all []hookswitch.ProviderHealth
	err := tx.Query(`SELECT provider_id, country, ill, reason, since, until, strikes, version FROM provider_health ORDER BY provider_id, country`, nil, func(r Row) error {
		var h hookswitch.ProviderHealth
		err := r.Scan(&h.ProviderID, &h.Country, &h.Ill, &h.Reason, &h.Since, &h.Until, &h.Strikes, &h.Version)
		all = append(all, h)
		return err
	})
	return all, err
}

// SaveProviderHealth writes a verdict whose version was read; version 0 is a new one.
func (tx *Tx) SaveProviderHealth(h hookswitch.ProviderHealth) error {
	if h.Version == 0 {
		return tx.Exec(1, `INSERT INTO provider_health (provider_id, country, ill, reason, since, until, strikes, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT DO NOTHING`,
			h.ProviderID, h.Country, h.Ill, h.Reason, h.Since, h.Until, h.Strikes)
	}
	return tx.Exec(1, `UPDATE provider_health SET ill = $4, reason = $5, since = $6, until = $7, strikes = $8, version = version + 1
		WHERE provider_id = $1 AND country = $2 AND version = $3`,
		h.ProviderID, h.Country, h.Version, h.Ill, h.Reason, h.Since, h.Until, h.Strikes)
}
