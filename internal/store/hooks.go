package store

import (
	"hookswitch"
)

const hookColumns = `id, name, type, active, uri, headers, auth_key, auth_value, created, last_updated, version`

// InlineHooks lists the inline hooks, the oldest first.
func (tx *Tx) InlineHooks() ([]hookswitch.InlineHook, error) {
	var all []hookswitch.InlineHook
	err := tx.Query(`SELECT `+hookColumns+` FROM inline_hooks ORDER BY created, id`, nil, func(r Row) error {
		var h hookswitch.InlineHook
		var headers, value string
		err := r.Scan(&h.ID, &h.Name, &h.Type, &h.Active, &h.URI, &headers, &h.AuthKey, &value, &h.Created, &h.LastUpdated, &h.Version)
		if err != nil {
			return err
		}
		if h.AuthValue, err = tx.open(value, "inline_hooks/"+h.ID); err != nil {
			return err
		}
		plain, err := tx.open(headers, "inline_hooks/"+h.ID+"/headers")
		if err != nil {
			return err
		}
		all = append(all, h)
		return fromJSON([]byte(plain.Reveal()), &all[len(all)-1].Headers)
	})
	return all, err
}

// InsertInlineHook adds a hook; ErrConflict when it is active and another of its type is.
func (tx *Tx) InsertInlineHook(h hookswitch.InlineHook) error {
	headers, value, err := tx.hookTexts(h)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO inline_hooks (`+hookColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		h.ID, h.Name, h.Type, h.Active, h.URI, headers, h.AuthKey, value, h.Created, h.LastUpdated, h.Version)
}

// UpdateInlineHook replaces the hook whose version was read.
func (tx *Tx) UpdateInlineHook(h hookswitch.InlineHook) error {
	headers, value, err := tx.hookTexts(h)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE inline_hooks SET name = $3, active = $4, uri = $5, headers = $6, auth_key = $7, auth_value = $8,
		last_updated = $9, version = version + 1 WHERE id = $1 AND version = $2`,
		h.ID, h.Version, h.Name, h.Active, h.URI, headers, h.AuthKey, value, h.LastUpdated)
}

// DeleteInlineHook takes away the hook whose version was read.
func (tx *Tx) DeleteInlineHook(h hookswitch.InlineHook) error {
	return tx.Exec(1, `DELETE FROM inline_hooks WHERE id = $1 AND version = $2`, h.ID, h.Version)
}

func (tx *Tx) hookTexts(h hookswitch.InlineHook) (headers, value string, err error) {
	if value, err = tx.seal(h.AuthValue, "inline_hooks/"+h.ID); err != nil {
		return "", "", err
	}
	plain, err := toJSON(h.Headers)
	if err != nil {
		return "", "", err
	}
	headers, err = tx.seal(hookswitch.Secret(plain), "inline_hooks/"+h.ID+"/headers")
	return headers, value, err
}
