package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	jsonv1 "github.com/go-json-experiment/json/v1"

	"hookswitch"
)

const userColumns = `id, status, profile, password_hash, created, activated, status_changed, last_updated, last_login, version`

// LoginKey is the spelling of a login that is unique and looked up.
func LoginKey(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// User reads a user by id.
func (tx *Tx) User(id string) (hookswitch.User, error) {
	return tx.oneUser(`SELECT `+userColumns+` FROM users WHERE id = $1`, id)
}

// UserByLogin reads a user by login, without regard to case.
func (tx *Tx) UserByLogin(login string) (hookswitch.User, error) {
	return tx.oneUser(`SELECT `+userColumns+` FROM users WHERE login_key = $1`, LoginKey(login))
}

func (tx *Tx) oneUser(query string, key string) (hookswitch.User, error) {
	var u hookswitch.User
	found := false
	err := tx.Query(query, Args{key}, func(r Row) error {
		found = true
		var err error
		u, err = scanUser(r)
		return err
	})
	if err == nil && !found {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no such user.")
	}
	return u, err
}

func scanUser(r Row) (hookswitch.User, error) {
	var u userRow
	if err := r.Scan(u.fields()...); err != nil {
		return hookswitch.User{}, err
	}
	return u.user()
}

// userRow is a user as the columns have it.
type userRow struct {
	u       hookswitch.User
	profile []byte
}

// fields are where the columns go.
func (r *userRow) fields() []any {
	u := &r.u
	return []any{
		&u.ID, &u.Status, &r.profile, &u.PasswordHash, &u.Created, &u.Activated, &u.StatusChanged, &u.LastUpdated, &u.LastLogin, &u.Version,
	}
}

func (r *userRow) user() (hookswitch.User, error) {
	err := fromJSON(r.profile, &r.u.Profile)
	return r.u, err
}

// InsertUser adds a user; ErrConflict when the login is taken.
func (tx *Tx) InsertUser(u hookswitch.User) error {
	profile, err := toJSON(u.Profile)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO users (id, login_key, status, first_name, last_name, email, profile, password_hash,
		created, activated, status_changed, last_updated, last_login, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		u.ID, LoginKey(u.Profile.Login), u.Status, folded(u.Profile.FirstName), folded(u.Profile.LastName), folded(u.Profile.Email), profile,
		u.PasswordHash, u.Created, u.Activated, u.StatusChanged, u.LastUpdated, u.LastLogin, u.Version)
}

// UpdateUser replaces the user whose version was read.
func (tx *Tx) UpdateUser(u hookswitch.User) error {
	profile, err := toJSON(u.Profile)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE users SET login_key = $3, status = $4, first_name = $5, last_name = $6, email = $7, profile = $8,
		password_hash = $9, activated = $10, status_changed = $11, last_updated = $12, last_login = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		u.ID, u.Version, LoginKey(u.Profile.Login), u.Status, folded(u.Profile.FirstName), folded(u.Profile.LastName), folded(u.Profile.Email), profile,
		u.PasswordHash, u.Activated, u.StatusChanged, u.LastUpdated, u.LastLogin)
}

// folded is the spelling that names and addresses are searched by.
func folded(text string) string { return strings.ToLower(text) }

// DeleteUser takes away the user whose version was read, with all that is the user's; the System Log keeps what it has.
func (tx *Tx) DeleteUser(u hookswitch.User) error {
	if err := tx.Exec(AnyRows, `DELETE FROM api_tokens WHERE user_id = $1`, u.ID); err != nil {
		return err
	}
	return tx.Exec(1, `DELETE FROM users WHERE id = $1 AND version = $2`, u.ID, u.Version)
}

// AnyUser tells whether there is a user at all.
func (tx *Tx) AnyUser() (bool, error) {
	var n int
	err := tx.QueryRow(`SELECT 1 FROM users LIMIT 1`, nil, &n)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func toJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: encode: %w", err)
	}
	return string(b), nil
}

// fromJSON reads what toJSON wrote. Of two packages that mean the same by it, one writes faster and the other reads
// faster.
func fromJSON(data []byte, v any) error {
	if len(data) == 0 {
		return nil
	}
	if err := jsonv1.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%w: decode: %w", ErrCorrupt, err)
	}
	return nil
}
