package store

import (
	"encoding/base64"
	"errors"
	"fmt"

	"hookswitch"
)

// Sealer encrypts under the master key. The context names where a value belongs: it cannot be opened under another, so
// a sealed value that is copied to another row is worth nothing.
type Sealer interface {
	Seal(plain []byte, context string) ([]byte, error)
	Open(sealed []byte, context string) ([]byte, error)
}

var errNoSealer = errors.New("store: opened without a master key")

func (tx *Tx) seal(secret hookswitch.Secret, context string) (string, error) {
	if tx.sealer == nil {
		return "", errNoSealer
	}
	sealed, err := tx.sealer.Seal([]byte(secret.Reveal()), context)
	if err != nil {
		return "", fmt.Errorf("store: seal: %w", err)
	}
	return base64.RawStdEncoding.EncodeToString(sealed), nil
}

func (tx *Tx) open(text, context string) (hookswitch.Secret, error) {
	if tx.sealer == nil {
		return "", errNoSealer
	}
	sealed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", fmt.Errorf("%w: sealed text: %w", ErrCorrupt, err)
	}
	plain, err := tx.sealer.Open(sealed, context)
	if err != nil {
		return "", fmt.Errorf("store: a secret cannot be opened; is this the right master key? %w", err)
	}
	return hookswitch.Secret(plain), nil
}

// Secret reads a secret of the product's own, such as the key of the passcodes' digests; "" when there is none.
func (tx *Tx) Secret(name string) (hookswitch.Secret, error) {
	var text string
	err := tx.QueryRow(`SELECT value FROM secrets WHERE name = $1`, Args{name}, &text)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return tx.open(text, "secrets/"+name)
}

// InsertSecret keeps a secret; ErrConflict when there is one of the name.
func (tx *Tx) InsertSecret(name string, secret hookswitch.Secret) error {
	text, err := tx.seal(secret, "secrets/"+name)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, text)
}
