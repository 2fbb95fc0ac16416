package httpd

import "net/http"

// shared lets the pages of trusted origins read what is answered to them, with the cookies of their visitors.
// https://fetch.spec.whatwg.org/#http-cors-protocol
func (s *server) shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if !s.trusts(r) {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
			h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset")
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
		h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, X-Okta-User-Agent-Extended")
		h.Set("Access-Control-Max-Age", "600")
		w.WriteHeader(http.StatusNoContent)
	})
}

// trusts tells whether a request comes from a page that may use the API: of an origin that the operator or an
// administrator named.
func (s *server) trusts(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin != "" && (s.origins[origin] || s.trusted != nil && s.trusted(r.Context(), origin))
}
