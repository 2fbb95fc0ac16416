package ui

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"strings"
)

// nonceMark stands in a built index.html where the nonce of the response goes.
const nonceMark = "{{nonce}}"

// page is an index.html, cut where the nonce goes.
type page struct{ parts []string }

func newPage(html string) (page, error) {
	parts := strings.Split(html, nonceMark)
	if len(parts) < 2 {
		return page{}, errors.New("index.html has no " + nonceMark + ", so its styles would be refused")
	}
	return page{parts}, nil
}

func (p page) serve(w http.ResponseWriter) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy(nonce))
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	// A nonce is good for one answer, and the page names the files of this very build.
	h.Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, strings.Join(p.parts, nonce))
}

// policy is the Content-Security-Policy of every page (https://www.w3.org/TR/CSP3/).
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}
