package ui

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

// Phones serves the simulator's page of phones. Mount it on GET /phones and GET /assets/.
func Phones() (http.Handler, error) { return Handler("phones") }

// Handler serves the page set of one entry of web/: its files at /assets/ENTRY/, its page at every other path, so mount
// it on /assets/ENTRY/ and wherever the page and its own routes are to be. A page set that was not built answers 503
// with what to do about it; a broken one is an error.
func Handler(entry string) (http.Handler, error) {
	built, err := fs.Sub(dist, "dist/"+entry)
	if err != nil {
		return nil, err
	}
	return newHandler(built, entry)
}
