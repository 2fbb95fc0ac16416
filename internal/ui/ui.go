package ui

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

// Phones serves the simulator's page of phones at /phones. Mount it on /phones and /phones/assets/.
func Phones() (http.Handler, error) { return Handler("phones", "/phones") }

// Handler serves the page set of one entry of web/ below base, a path such as "/phones" that must be the base the entry
// was built with (its vite.config.ts). The page answers at base and at every path below it that is no file, so a page
// may keep its own routes. A page set that was not built answers 503 with what to do about it; a broken one is an error.
func Handler(entry, base string) (http.Handler, error) {
	built, err := fs.Sub(dist, "dist/"+entry)
	if err != nil {
		return nil, err
	}
	return newHandler(built, base)
}
