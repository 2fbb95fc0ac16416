package signin

import (
	"crypto/rand"
	"strings"
	"testing"

	"hookswitch"
)

func TestATokenIsReadAsTheDigestItWasMadeWith(t *testing.T) {
	seen := make(map[string]bool)
	for _, kind := range []tokenKind{stateToken, sessionToken, cookieToken} {
		token, digest := newToken(rand.Reader, kind)
		if got, err := readToken(kind, token); err != nil || got != digest {
			t.Errorf("%s: %q %v, want %q", kind, got, err, digest)
		}
		if strings.Contains(digest, token.Reveal()[2:]) || seen[digest] {
			t.Errorf("%s: %q", kind, digest)
		}
		seen[digest] = true
	}
}

func TestOneTokenHasAnotherDigestForEachKind(t *testing.T) {
	token, state := newToken(rand.Reader, stateToken)
	if cookie, err := readToken(cookieToken, token); err != nil || cookie == state {
		t.Errorf("%q %v", cookie, err)
	}
}

func FuzzReadToken(f *testing.F) {
	token, _ := newToken(rand.Reader, stateToken)
	for _, seed := range []string{token.Reveal(), "", "00", token.Reveal() + "\n", token.Reveal()[1:], strings.Repeat("0", 42), strings.Repeat("00", 1<<10), "00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		digest, err := readToken(stateToken, hookswitch.Secret(text))
		if err != nil {
			if !hookswitch.IsProblem(err, hookswitch.Unauthenticated) || digest != "" {
				t.Fatalf("%q: %q %v", text, digest, err)
			}
			return
		}
		if len(text) != 42 || len(digest) != 64 || strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_") != "" {
			t.Fatalf("%q is taken for a token", text)
		}
	})
}
