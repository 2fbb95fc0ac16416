package ui

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// file is one file of a page set, as it is and compressed.
type file struct {
	contentType string
	tag         string            // of the bytes as they are; a compressed answer adds its coding
	codings     map[string]string // coding -> the path of the compressed copy
}

// suffixes are the compressed copies the build leaves beside a file, the best first.
var suffixes = [...]struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// contentTypes are the kinds of file a build can make. The list is ours, so that an answer does not depend on the
// MIME tables of the machine.
func contentType(name string) (string, bool) {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8", true
	case ".css":
		return "text/css; charset=utf-8", true
	case ".json", ".webmanifest":
		return "application/json", true
	case ".svg":
		return "image/svg+xml", true
	case ".png":
		return "image/png", true
	case ".woff2":
		return "font/woff2", true
	}
	return "", false
}

func listFiles(built fs.FS) (map[string]file, error) {
	files := make(map[string]file)
	err := fs.WalkDir(built, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "index.html" || isCopy(name) {
			return err
		}
		kind, known := contentType(name)
		if !known {
			return fmt.Errorf("%s has no known content type", name)
		}
		tag, err := hash(built, name)
		if err != nil {
			return err
		}
		f := file{contentType: kind, tag: tag, codings: make(map[string]string)}
		for _, s := range suffixes {
			if _, err := fs.Stat(built, name+s.suffix); err == nil {
				f.codings[s.coding] = name + s.suffix
			}
		}
		files[name] = f
		return nil
	})
	return files, err
}

func isCopy(name string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(name, s.suffix) {
			return true
		}
	}
	return false
}

func hash(built fs.FS, name string) (string, error) {
	in, err := built.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)[:12]), nil
}

func (h *handler) serveFile(w http.ResponseWriter, r *http.Request, name string, f file) {
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("Vary", "Accept-Encoding")
	// Every file that Vite makes carries a hash of its content in its name.
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	from, tag := name, f.tag
	accepted := acceptEncoding(r.Header.Values("Accept-Encoding"))
	for _, s := range suffixes {
		if compressed, ok := f.codings[s.coding]; ok && accepted.allows(s.coding) {
			header.Set("Content-Encoding", s.coding)
			from, tag = compressed, tag+"-"+s.coding
			break
		}
	}
	header.Set("ETag", `"`+tag+`"`)
	content, err := fs.ReadFile(h.built, from)
	if err != nil {
		header.Del("Content-Encoding")
		header.Set("Cache-Control", "no-store")
		http.Error(w, "The file could not be read.", http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
