package app

import (
	"crypto/rand"
	"net/http"

	"hookswitch/internal/httpd"
)

// faces is everything that the server answers.
func (a *App) faces(watched *metrics) (http.Handler, error) {
	return httpd.New(httpd.Options{
		PublicURL:     a.options.PublicURL,
		Authenticator: a.use.admin,
		Now:           a.options.Now,
		Random:        rand.Reader,
		Log:           a.options.Log,
		Version:       a.options.Version,
		Ready:         a.ready,
		Metrics:       watched.handler(),
		Observe:       watched.request,
	}, nil)
}
