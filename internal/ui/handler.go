package ui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
)

type handler struct {
	base  string
	page  page
	files map[string]file // by their path inside the page set
	built fs.FS
}

func newHandler(built fs.FS, base string) (http.Handler, error) {
	index, err := fs.ReadFile(built, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return http.HandlerFunc(notBuilt), nil
	}
	if err != nil {
		return nil, fmt.Errorf("ui: reading the page of %s: %w", base, err)
	}
	page, err := newPage(string(index))
	if err != nil {
		return nil, fmt.Errorf("ui: the page of %s: %w", base, err)
	}
	files, err := listFiles(built)
	if err != nil {
		return nil, fmt.Errorf("ui: listing the files of %s: %w", base, err)
	}
	return &handler{base: strings.TrimSuffix(base, "/"), page: page, files: files, built: built}, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered here.", http.StatusMethodNotAllowed)
		return
	}
	rest, below := strings.CutPrefix(r.URL.Path, h.base)
	if !below || (rest != "" && rest[0] != '/') {
		http.NotFound(w, r)
		return
	}
	name := strings.TrimPrefix(rest, "/")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	if f, ok := h.files[name]; ok {
		h.serveFile(w, r, name, f)
		return
	}
	if strings.HasPrefix(name, assetsDir) {
		// The page of an older build asks for a file that is gone: it must not get a page instead, nor remember this.
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	h.page.serve(w)
}

const notBuiltText = `This page is not in this binary: it was compiled before the pages were built.

    make build      builds the pages and the binary (needs Node.js 20 and npm)

Everything else on this address works without it.
`

func notBuilt(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, notBuiltText)
}
