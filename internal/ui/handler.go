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
	home  string // where the files are, such as /assets/phones/
	page  page
	files map[string]file // by their name below home
	built fs.FS
}

func newHandler(built fs.FS, entry string) (http.Handler, error) {
	index, err := fs.ReadFile(built, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return http.HandlerFunc(notBuilt), nil
	}
	if err != nil {
		return nil, fmt.Errorf("ui: reading the page %s: %w", entry, err)
	}
	page, err := newPage(string(index))
	if err != nil {
		return nil, fmt.Errorf("ui: the page %s: %w", entry, err)
	}
	files, err := listFiles(built)
	if err != nil {
		return nil, fmt.Errorf("ui: listing the files of %s: %w", entry, err)
	}
	return &handler{home: "/assets/" + entry + "/", page: page, files: files, built: built}, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered here.", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	name, isFile := strings.CutPrefix(r.URL.Path, h.home)
	if !isFile {
		h.page.serve(w)
		return
	}
	f, ok := h.files[name]
	if !ok {
		// The page of an older build asks for a file that is gone: nobody may remember this answer.
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	h.serveFile(w, r, name, f)
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
