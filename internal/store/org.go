package store

import (
	"hookswitch"
)

// Org reads the org and its settings; NotFound before the first start.
func (tx *Tx) Org() (hookswitch.Org, error) {
	var org hookswitch.Org
	var settings []byte
	found := false
	err := tx.Query(`SELECT id, settings, version FROM orgs`, nil, func(r Row) error {
		found = true
		if err := r.Scan(&org.ID, &settings, &org.Version); err != nil {
			return err
		}
		id, version := org.ID, org.Version
		err := fromJSON(settings, &org)
		org.ID, org.Version = id, version
		return err
	})
	if err == nil && !found {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no org yet.")
	}
	return org, err
}

// InsertOrg adds the org at the first start.
func (tx *Tx) InsertOrg(org hookswitch.Org) error {
	settings, err := toJSON(org)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO orgs (id, settings, version) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, org.ID, settings, org.Version)
}

// UpdateOrg replaces the settings whose version was read.
func (tx *Tx) UpdateOrg(org hookswitch.Org) error {
	settings, err := toJSON(org)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE orgs SET settings = $3, version = version + 1 WHERE id = $1 AND version = $2`, org.ID, org.Version, settings)
}
