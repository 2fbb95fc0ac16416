package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"
)

// telesignSkew is how far a request's date may be from ours, and how long a
// nonce is remembered.
const telesignSkew = 15 * time.Minute

// maxNonce bounds x-ts-nonce.
const maxNonce = 64

// telesignAuthenticate checks Basic and digest (TSA) credentials.
// Source: https://developer.telesign.com/enterprise/docs/authentication
func (s *Simulator) telesignAuthenticate(r *request) (answer, bool) {
	f, base := s.judgeTelesign(r)
	if f == nil {
		return answer{}, true
	}
	var extra map[string]any
	if base != "" {
		extra = map[string]any{"signature_string": base}
	}
	return s.telesignRefuse(r.URL.Path, f, extra), false
}

// judgeTelesign answers what is wrong, nil for nothing; base is what should
// have been signed, when the signature is what is wrong.
func (s *Simulator) judgeTelesign(r *request) (wrong *fault, base string) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return faultNoHeader, ""
	}
	scheme, proof, ok := strings.Cut(header, " ")
	switch {
	case !ok:
		return faultHeaderFormat, ""
	case strings.EqualFold(scheme, "Basic"):
		customer, key, ok := r.BasicAuth()
		switch {
		case !ok:
			return faultHeaderFormat, ""
		case !same(strings.ToUpper(customer), strings.ToUpper(s.creds.TelesignCustomerID)):
			return faultCustomer, ""
		case !same(key, s.creds.TelesignAPIKey):
			return faultKey, ""
		}
		return nil, ""
	case scheme == "TSA":
		return s.judgeDigest(r, proof)
	}
	return faultHeaderFormat, ""
}

func (s *Simulator) judgeDigest(r *request, proof string) (wrong *fault, base string) {
	customer, signature, ok := strings.Cut(proof, ":")
	if !ok || signature == "" {
		return faultHeaderFormat, ""
	}
	if !same(strings.ToUpper(customer), strings.ToUpper(s.creds.TelesignCustomerID)) {
		return faultCustomer, ""
	}
	date := r.Header.Get("X-Ts-Date")
	if date == "" {
		date = r.Header.Get("Date")
	}
	if date == "" {
		return faultNoDate, ""
	}
	at, ok := rfc822(date)
	if !ok {
		return faultDateFormat, ""
	}
	if away := s.now().Sub(at).Abs(); away > telesignSkew {
		return faultDateSkew, ""
	}
	if r.Header.Get("X-Ts-Auth-Method") != "HMAC-SHA256" {
		return faultAuthMethod, ""
	}
	nonce := r.Header.Get("X-Ts-Nonce")
	if _, sent := r.Header["X-Ts-Nonce"]; sent && (nonce == "" || len(nonce) > maxNonce) {
		return faultNonceLength, ""
	}
	base = telesignBase(r)
	if !same(signature, telesignSignature(s.creds.TelesignAPIKey, []byte(base))) {
		return faultSignature, base
	}
	if nonce != "" && !s.fresh(nonce) {
		return faultNonceUsed, ""
	}
	return nil, ""
}

func rfc822(date string) (time.Time, bool) {
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", time.RFC822, time.RFC822Z} {
		if t, err := time.Parse(layout, date); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// fresh tells whether a nonce was not seen lately, and remembers it.
func (s *Simulator) fresh(nonce string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	seen, ok := s.telesign.nonces.get(nonce)
	if ok && now.Sub(seen) <= 2*telesignSkew {
		return false
	}
	s.telesign.nonces.put(nonce, now)
	return true
}

// telesignBase is what a request signs: method, content type, date, the
// x-ts- headers by name, the body of a form, the path. With x-ts-date the
// date's own line is empty.
func telesignBase(r *request) string {
	date := r.Header.Get("Date")
	var names []string
	for name := range r.Header {
		if strings.HasPrefix(name, "X-Ts-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if r.Header.Get("X-Ts-Date") != "" {
		date = ""
	}
	kind := r.Header.Get("Content-Type")
	lines := []string{r.Method, kind, date}
	for _, name := range names {
		lines = append(lines, strings.ToLower(name)+":"+r.Header.Get(name))
	}
	if kind != "" && len(r.body) > 0 {
		lines = append(lines, string(r.body))
	}
	return strings.Join(append(lines, r.URL.Path), "\n")
}

// telesignSignature is HMAC-SHA256 by the decoded API key, in base64.
func telesignSignature(apiKey string, signed []byte) string {
	key, err := base64.StdEncoding.DecodeString(apiKey)
	if err != nil {
		key = []byte(apiKey)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(signed)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Telesign tries a callback four times, waits five seconds for the answer and
// longer and longer between the tries.
// Source: https://developer.telesign.com/enterprise/docs/transaction-callback-service
const telesignTimeout = 5 * time.Second

var telesignWaits = []time.Duration{5 * time.Second, 10 * time.Second, 15 * time.Second}

// telesignWebhook makes a callback: JSON, signed over the raw body.
// Source: https://developer.telesign.com/enterprise/docs/authenticate-callbacks
func (s *Simulator) telesignWebhook(reference, target string, body []byte, forged bool) *callback {
	key := s.creds.TelesignAPIKey
	if forged {
		key = base64.StdEncoding.EncodeToString([]byte("not the key"))
	}
	signature := telesignSignature(key, body)
	return &callback{
		carrier: carrierTelesign, reference: reference, method: http.MethodPost, url: target, contentType: "application/json",
		body: body, base: string(body), signature: signature, forged: forged, timeout: telesignTimeout, waits: telesignWaits,
		header: http.Header{
			"User-Agent":         {"Telesign/1.0"},
			"Authorization":      {"TSA " + s.creds.TelesignCustomerID + ":" + signature},
			"X-Ts-Authorization": {signature},
		},
	}
}
