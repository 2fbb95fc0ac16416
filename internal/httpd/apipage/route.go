package apipage

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"time"

	"hookswitch/internal/httpd"
)

// Route serves the page of a document at /docs/api. It is made when somebody first asks for it.
func Route(document func() ([]byte, error)) httpd.Route {
	rendered := sync.OnceValues(func() (Page, error) {
		text, err := document()
		if err != nil {
			return Page{}, err
		}
		return Render(text)
	})
	return httpd.Route{Pattern: "/docs/api", Methods: []string{http.MethodGet}, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := rendered()
		if err != nil {
			httpd.Refuse(w, r, err)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", page.Policy)
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-cache")
		h.Set("Vary", "Accept-Encoding")
		body := page.HTML
		h.Set("ETag", `"`+page.Tag+`"`)
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			h.Set("ETag", `"`+page.Tag+`-gzip"`)
			body = page.Compressed
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	})}
}
