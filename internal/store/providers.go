package store

import (
	"hookswitch"
)

const providerColumns = `id, name, sid, auth_token, enabled, is_primary, methods, created, last_updated, version`

// Providers lists the configured providers: the primary first, then by age.
func (tx *Tx) Providers() ([]hookswitch.TelephonyProvider, error) {
	var all []hookswitch.TelephonyProvider
	err := tx.Query(`SELECT `+providerColumns+` FROM telephony_providers ORDER BY is_primary DESC, created, id`, nil, func(r Row) error {
		var p hookswitch.TelephonyProvider
		var token string
		var methods []byte
		err := r.Scan(&p.ID, &p.Name, &p.SID, &token, &p.Enabled, &p.Primary, &methods, &p.Created, &p.LastUpdated, &p.Version)
		if err != nil {
			return err
		}
		if p.AuthToken, err = tx.open(token, "telephony_providers/"+p.ID); err != nil {
			return err
		}
		if err := fromJSON(methods, &p.Methods); err != nil {
			return err
		}
		all = append(all, p)
		return nil
	})
	return all, err
}

// InsertProvider adds a provider; ErrConflict when there is one of the name.
func (tx *Tx) InsertProvider(p hookswitch.TelephonyProvider) error {
	token, methods, err := tx.providerTexts(p)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO telephony_providers (`+providerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		p.ID, p.Name, p.SID, token, p.Enabled, p.Primary, methods, p.Created, p.LastUpdated, p.Version)
}

// UpdateProvider replaces the provider whose version was read. To move the primary, take it from one before giving it
// to the other.
func (tx *Tx) UpdateProvider(p hookswitch.TelephonyProvider) error {
	token, methods, err := tx.providerTexts(p)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE telephony_providers SET sid = $3, auth_token = $4, enabled = $5, is_primary = $6, methods = $7,
		last_updated = $8, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.SID, token, p.Enabled, p.Primary, methods, p.LastUpdated)
}

// DeleteProvider takes away the provider whose version was read.
func (tx *Tx) DeleteProvider(p hookswitch.TelephonyProvider) error {
	return tx.Exec(1, `DELETE FROM telephony_providers WHERE id = $1 AND version = $2`, p.ID, p.Version)
}

func (tx *Tx) providerTexts(p hookswitch.TelephonyProvider) (token, methods string, err error) {
	if token, err = tx.seal(p.AuthToken, "telephony_providers/"+p.ID); err != nil {
		return "", "", err
	}
	methods, err = toJSON(p.Methods)
	return token, methods, err
}
