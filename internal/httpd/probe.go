package httpd

import (
	"net/http"
	"slices"
	"sync"
)

// probes are the paths that operators' machines ask for. They take no token.
func probes(o Options, operations []Operation) []Route {
	get := []string{http.MethodGet}
	document := sync.OnceValues(func() ([]byte, error) { return Document(o.PublicURL, o.Version, operations) })
	routes := []Route{
		{"/healthz", get, text(func(*http.Request) error { return nil })},
		{"/readyz", get, text(func(r *http.Request) error {
			if o.Ready == nil {
				return nil
			}
			return o.Ready(r.Context())
		})},
		{"/openapi.json", get, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := document()
			if err != nil {
				Refuse(w, r, err)
				return
			}
			w.Header().Set("Cache-Control", "no-cache")
			reply{status: http.StatusOK, body: body}.write(w)
		})},
	}
	if o.Metrics != nil {
		routes = append(routes, Route{"/metrics", get, o.Metrics})
	}
	return routes
}

func isProbe(path string) bool {
	return slices.Contains([]string{"/healthz", "/readyz", "/metrics"}, path)
}

// text answers in one line. Why the server is not ready stands in its log; the line is for machines and strangers.
func text(check func(*http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := check(r); err != nil {
			exchangeOf(r.Context()).log.WarnContext(r.Context(), "not ready", "error", err)
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte("not ready\n"))
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
}
