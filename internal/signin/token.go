package signin

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"hookswitch"
)

// tokenKind parts tokens by what they are good for: the digest of one kind is never that of another.
type tokenKind string

const (
	stateToken   tokenKind = "state"
	sessionToken tokenKind = "session"
	cookieToken  tokenKind = "cookie"
)

// A token is "00", as Okta's are, and 240 bits of randomness.
const (
	tokenPrefix = "00"
	tokenBytes  = 30
)

// newToken draws a token and gives the digest that it is stored and found by. It panics when random fails: a system
// without randomness must not let anybody in.
func newToken(random io.Reader, kind tokenKind) (hookswitch.Secret, string) {
	var drawn [tokenBytes]byte
	if _, err := io.ReadFull(random, drawn[:]); err != nil {
		panic(fmt.Sprintf("signin: no randomness: %v", err))
	}
	token := tokenPrefix + base64.RawURLEncoding.EncodeToString(drawn[:])
	return hookswitch.Secret(token), tokenDigest(kind, token)
}

// readToken gives the digest of a token that somebody brings, or Unauthenticated for what newToken never makes.
func readToken(kind tokenKind, token hookswitch.Secret) (string, error) {
	text, ok := strings.CutPrefix(token.Reveal(), tokenPrefix)
	if !ok || len(text) != base64.RawURLEncoding.EncodedLen(tokenBytes) || strings.ContainsAny(text, "\r\n") {
		return "", hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(text); err != nil {
		return "", hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return tokenDigest(kind, token.Reveal()), nil
}

// tokenDigest needs no salt and no slow hash: a token has enough randomness that nobody finds it by trying.
func tokenDigest(kind tokenKind, token string) string {
	sum := sha256.Sum256([]byte(string(kind) + ":" + token))
	return hex.EncodeToString(sum[:])
}
