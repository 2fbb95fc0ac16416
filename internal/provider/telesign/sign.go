package telesign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"hookswitch/internal/provider"
)

const authMethod = "HMAC-SHA256"

// authorize adds the account's proof to a request and gives what of it must stay hidden.
// https://developer.telesign.com/enterprise/docs/authentication
func (p *Provider) authorize(r *provider.Request) (hide []string) {
	key := p.account.AuthToken.Reveal()
	if p.basic {
		credentials := base64.StdEncoding.EncodeToString([]byte(p.account.SID + ":" + key))
		r.Header.Set("Authorization", "Basic "+credentials)
		return []string{key, credentials}
	}
	r.Header.Set("Date", p.now().UTC().Format(http.TimeFormat))
	r.Header.Set("X-Ts-Auth-Method", authMethod)
	r.Header.Set("X-Ts-Nonce", p.nonce())
	signature := sign(key, []byte(toSign(r)))
	r.Header.Set("Authorization", "TSA "+p.account.SID+":"+signature)
	return []string{key, signature}
}

// toSign is the text that digest authentication signs, one part a line: method, type and date, the headers of
// Telesign's own by name, the body of a form, and the path.
func toSign(r *provider.Request) string {
	kind := r.Header.Get("Content-Type")
	parts := []string{
		r.Method, kind, r.Header.Get("Date"),
		"x-ts-auth-method:" + r.Header.Get("X-Ts-Auth-Method"),
		"x-ts-nonce:" + r.Header.Get("X-Ts-Nonce"),
	}
	if kind != "" && len(r.Body) > 0 {
		parts = append(parts, string(r.Body))
	}
	path := r.URL
	if u, err := url.Parse(r.URL); err == nil {
		path = u.EscapedPath()
	}
	return strings.Join(append(parts, path), "\n")
}

// sign is the HMAC under the decoded API key. With a key that is no base64 Telesign accepts nothing; it must not be
// taken for an empty one, with which anybody could sign.
func sign(apiKey string, text []byte) string {
	key, err := base64.StdEncoding.DecodeString(apiKey)
	if err != nil {
		key = []byte(apiKey)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(text)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
