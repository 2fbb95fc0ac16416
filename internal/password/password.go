// Package password hashes passwords and compares them, few at once: each costs memory and a core for a moment, and
// strangers may ask for it. One Hasher serves the whole process.
package password

import (
	"context"
	"encoding/base64"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"hookswitch"
)

// The bounds of a password's length in characters: the least that NIST allows, and Okta's most.
// https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
const (
	MinLength = 8
	MaxLength = 72
)

// cost is OWASP's for Argon2id where memory is dear. It is the same on every machine: were it to follow the number of
// cores, a moved database would answer slower or faster for people who exist than for nobody.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// atOnce bounds the hashes that are made at the same time.
const atOnce = 2

// Hasher makes and checks hashes. It is safe for concurrent use.
type Hasher struct {
	places chan struct{}
	nobody string // a hash of the same cost that no password has
}

// NewHasher makes a Hasher.
func NewHasher() *Hasher {
	empty := func(n uint32) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }
	return &Hasher{
		places: make(chan struct{}, atOnce),
		nobody: fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
			cost.Memory, cost.Iterations, cost.Parallelism, empty(cost.SaltLength), empty(cost.KeyLength)),
	}
}

// Wrong says what is wrong with a password that somebody chooses, "" when nothing is.
func Wrong(password hookswitch.Secret) string {
	if n := utf8.RuneCountInString(password.Reveal()); n < MinLength || n > MaxLength {
		return fmt.Sprintf("The password must have %d to %d characters.", MinLength, MaxLength)
	}
	return ""
}

// Hash is the argon2id hash of a password in PHC form. It waits for its turn as long as ctx allows.
func (h *Hasher) Hash(ctx context.Context, password hookswitch.Secret) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	params := cost
	hash, err := argon2id.CreateHash(password.Reveal(), &params)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// Matches tells whether the password has the hash. An empty hash, that of nobody or of somebody without a password,
// takes as long as any other and matches nothing.
func (h *Hasher) Matches(ctx context.Context, password hookswitch.Secret, hash string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	somebody := hash != ""
	if !somebody {
		hash = h.nobody
	}
	matches, err := argon2id.ComparePasswordAndHash(password.Reveal(), hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return matches && somebody, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	if ctx.Err() == nil { // a free place is not taken for somebody who has gone
		select {
		case h.places <- struct{}{}:
			return nil
		case <-ctx.Done():
		}
	}
	return fmt.Errorf("wait for a password to be hashed: %w", ctx.Err())
}

func (h *Hasher) leave() { <-h.places }
