package store

import (
	"hookswitch"
	"hookswitch/internal/render"
)

const templateColumns = `id, channel, purpose, name, text, language, translations, limits, created, last_updated, version`

// Templates lists what administrators wrote, the oldest first.
func (tx *Tx) Templates() ([]hookswitch.Template, error) {
	var all []hookswitch.Template
	err := tx.Query(`SELECT `+templateColumns+` FROM templates ORDER BY created, id`, nil, func(r Row) error {
		var t hookswitch.Template
		var translations, limits []byte
		err := r.Scan(&t.ID, &t.Channel, &t.Purpose, &t.Name, &t.Text, &t.Language, &translations, &limits,
			&t.Created, &t.LastUpdated, &t.Version)
		if err != nil {
			return err
		}
		if err := fromJSON(translations, &t.Translations); err != nil {
			return err
		}
		if err := fromJSON(limits, &t.Limits); err != nil {
			return err
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// InsertTemplate adds a template; ErrConflict when there is one for the channel and purpose.
func (tx *Tx) InsertTemplate(t hookswitch.Template) error {
	translations, limits, err := templateTexts(t)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO templates (`+templateColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		t.ID, t.Channel, t.Purpose, t.Name, t.Text, t.Language, translations, limits, t.Created, t.LastUpdated, t.Version)
}

// UpdateTemplate replaces the words of the template whose version was read.
func (tx *Tx) UpdateTemplate(t hookswitch.Template) error {
	translations, limits, err := templateTexts(t)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE templates SET name = $3, text = $4, language = $5, translations = $6, limits = $7,
		last_updated = $8, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, t.Name, t.Text, t.Language, translations, limits, t.LastUpdated)
}

// DeleteTemplate takes away the template whose version was read.
func (tx *Tx) DeleteTemplate(t hookswitch.Template) error {
	return tx.Exec(1, `DELETE FROM templates WHERE id = $1 AND version = $2`, t.ID, t.Version)
}

func templateTexts(t hookswitch.Template) (translations, limits string, err error) {
	if translations, err = toJSON(t.Translations); err != nil {
		return "", "", err
	}
	limits, err = toJSON(t.Limits)
	return translations, limits, err
}

// Regulations lists what single countries demand, by country; "" stands for all others.
func (tx *Tx) Regulations() (render.Regulations, error) {
	var all render.Regulations
	err := tx.Query(`SELECT country, senders, brand_prefix, opt_out_suffix, dlt_entity_id, dlt_template_ids, last_updated, version
		FROM regulations ORDER BY country`, nil, func(r Row) error {
		var reg render.Regulation
		var senders, templates []byte
		err := r.Scan(&reg.Country, &senders, &reg.BrandPrefix, &reg.OptOutSuffix, &reg.DLTEntityID, &templates,
			&reg.LastUpdated, &reg.Version)
		if err != nil {
			return err
		}
		if err := fromJSON(senders, &reg.Senders); err != nil {
			return err
		}
		if err := fromJSON(templates, &reg.DLTTemplateIDs); err != nil {
			return err
		}
		all = append(all, reg)
		return nil
	})
	return all, err
}

// SaveRegulation writes the regulation of a country whose version was read; version 0 is a new one.
func (tx *Tx) SaveRegulation(r render.Regulation) error {
	senders, err := toJSON(r.Senders)
	if err != nil {
		return err
	}
	templates, err := toJSON(r.DLTTemplateIDs)
	if err != nil {
		return err
	}
	if r.Version == 0 {
		return tx.Exec(1, `INSERT INTO regulations (country, senders, brand_prefix, opt_out_suffix, dlt_entity_id, dlt_template_ids, last_updated, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT DO NOTHING`,
			r.Country, senders, r.BrandPrefix, r.OptOutSuffix, r.DLTEntityID, templates, r.LastUpdated)
	}
	return tx.Exec(1, `UPDATE regulations SET senders = $3, brand_prefix = $4, opt_out_suffix = $5, dlt_entity_id = $6, dlt_template_ids = $7,
		last_updated = $8, version = version + 1 WHERE country = $1 AND version = $2`,
		r.Country, r.Version, senders, r.BrandPrefix, r.OptOutSuffix, r.DLTEntityID, templates, r.LastUpdated)
}

// DeleteRegulation takes away the regulation whose version was read.
func (tx *Tx) DeleteRegulation(r render.Regulation) error {
	return tx.Exec(1, `DELETE FROM regulations WHERE country = $1 AND version = $2`, r.Country, r.Version)
}
