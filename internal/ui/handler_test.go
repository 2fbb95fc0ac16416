package ui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const script = "main-3f9a1c.js"

// built is a page set as the build leaves it.
func built() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"index.html":        file(`<meta property="csp-nonce" nonce="{{nonce}}"><div id="root"></div>`),
		script:              file("plain script"),
		script + ".br":      file("brotli script"),
		script + ".gz":      file("gzip script"),
		"main-77aa00.css":   file("plain style"),
		"icon-000000.svg":   file("<svg/>"),
		"text-1b1b1b.woff2": file("font"),
	}
}

func pages(t *testing.T) http.Handler {
	t.Helper()
	h, err := newHandler(built(), "phones")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPageIsAnsweredWhereverItIsMounted(t *testing.T) {
	h := pages(t)
	for _, path := range []string{"/phones", "/phones/", "/phones/journal/7"} {
		r := get(t, h, path)
		if r.StatusCode != 200 || !strings.Contains(body(t, r), `id="root"`) {
			t.Errorf("%s: status %d, want the page", path, r.StatusCode)
		}
		if got := r.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", path, got)
		}
		if got := r.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("%s: Content-Type %q", path, got)
		}
		if got := r.Header.Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("%s: Referrer-Policy %q", path, got)
		}
	}
}

func TestPolicyForbidsEverythingButOurOwnFilesAndTheNonce(t *testing.T) {
	r := get(t, pages(t), "/phones")
	policy := r.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy+";", want+";") {
			t.Errorf("policy lacks %q: %s", want, policy)
		}
	}
	for _, never := range []string{"unsafe", "http:", "https:", "*", "data:"} {
		if strings.Contains(policy, never) {
			t.Errorf("policy allows %q: %s", never, policy)
		}
	}
}

func TestNonceOfThePageIsTheNonceOfItsPolicyAndNeverUsedTwice(t *testing.T) {
	h := pages(t)
	inPage := regexp.MustCompile(`nonce="([A-Z0-9]+)"`)
	inPolicy := regexp.MustCompile(`style-src 'self' 'nonce-([A-Z0-9]+)'`)
	seen := make(map[string]bool)
	for range 3 {
		r := get(t, h, "/phones")
		page := inPage.FindStringSubmatch(body(t, r))
		policy := inPolicy.FindStringSubmatch(r.Header.Get("Content-Security-Policy"))
		if page == nil || policy == nil || page[1] != policy[1] {
			t.Fatalf("page has %v, policy has %v", page, policy)
		}
		if seen[page[1]] {
			t.Fatal("the same nonce twice")
		}
		seen[page[1]] = true
	}
}

func TestFileIsCachedForEver(t *testing.T) {
	r := get(t, pages(t), "/assets/phones/"+script)
	if got := r.Header.Get("Cache-Control"); r.StatusCode != 200 || got != "public, max-age=31536000, immutable" {
		t.Errorf("status %d, Cache-Control %q", r.StatusCode, got)
	}
	if got := r.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if got := r.Header.Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options %q", got)
	}
}

func TestCompressedCopyIsChosenByAcceptEncoding(t *testing.T) {
	h := pages(t)
	for _, c := range []struct{ accept, coding, body string }{
		{"", "", "plain script"},
		{"identity", "", "plain script"},
		{"gzip, deflate, br, zstd", "br", "brotli script"},
		{"gzip", "gzip", "gzip script"},
		{"br;q=0, gzip", "gzip", "gzip script"},
		{"br;q=0, gzip;q=0", "", "plain script"},
		{"BR; Q=0.5", "br", "brotli script"},
		{"*", "br", "brotli script"},
		{"br;q=0, *;q=1", "gzip", "gzip script"},
		{"*;q=0", "", "plain script"},
		{"br;q=nonsense", "", "plain script"},
		{"br;level=9", "", "plain script"},
	} {
		r := get(t, h, "/assets/phones/"+script, "Accept-Encoding", c.accept)
		if got := body(t, r); got != c.body || r.Header.Get("Content-Encoding") != c.coding {
			t.Errorf("%q: got %q as %q, want %q as %q", c.accept, got, r.Header.Get("Content-Encoding"), c.body, c.coding)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", c.accept)
		}
	}
	r := get(t, h, "/assets/phones/main-77aa00.css", "Accept-Encoding", "br, gzip")
	if body(t, r) != "plain style" || r.Header.Get("Content-Encoding") != "" {
		t.Error("a file without a compressed copy is sent as it is")
	}
}

func TestSameFileIsNotSentTwice(t *testing.T) {
	h := pages(t)
	plain := get(t, h, "/assets/phones/"+script).Header.Get("ETag")
	brotli := get(t, h, "/assets/phones/"+script, "Accept-Encoding", "br").Header.Get("ETag")
	if plain == "" || plain == brotli {
		t.Fatalf("ETags %s and %s: each representation needs its own", plain, brotli)
	}
	r := get(t, h, "/assets/phones/"+script, "Accept-Encoding", "br", "If-None-Match", brotli)
	if r.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", r.StatusCode)
	}
	r = get(t, h, "/assets/phones/"+script, "If-None-Match", brotli)
	if r.StatusCode != 200 || body(t, r) != "plain script" {
		t.Errorf("status %d: another representation is sent in full", r.StatusCode)
	}
}

func TestFileOfAnOlderBuildIsNotFoundRatherThanAPage(t *testing.T) {
	h := pages(t)
	for _, path := range []string{"/assets/phones/main-000000.js", "/assets/phones/", "/assets/phones/index.html", "/assets/phones/" + script + ".br"} {
		r := get(t, h, path)
		if r.StatusCode != 404 || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, Cache-Control %q", path, r.StatusCode, r.Header.Get("Cache-Control"))
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	w := httptest.NewRecorder()
	pages(t).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/phones", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestPagesThatWereNotBuiltSayHowToBuildThem(t *testing.T) {
	h, err := newHandler(fstest.MapFS{}, "phones")
	if err != nil {
		t.Fatal(err)
	}
	r := get(t, h, "/phones")
	if r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body(t, r), "make build") {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestBrokenBuildIsAnError(t *testing.T) {
	noNonce := built()
	noNonce["index.html"] = &fstest.MapFile{Data: []byte("<div id=root></div>")}
	unknown := built()
	unknown["thing.exe"] = &fstest.MapFile{}
	for name, files := range map[string]fstest.MapFS{"no nonce": noNonce, "unknown kind of file": unknown} {
		if _, err := newHandler(files, "phones"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEmbeddedPagesCanBeServed(t *testing.T) {
	h, err := Phones()
	if err != nil {
		t.Fatal(err)
	}
	// Built or not, the address answers.
	if r := get(t, h, "/phones"); r.StatusCode != 200 && r.StatusCode != 503 {
		t.Errorf("status %d", r.StatusCode)
	}
}

func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range []string{"", "gzip, br", "br;q=0", "*;q=0.1,,;;", "br;q=1e309", "br;q=NaN", "\x00;=;q"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		for coding, takes := range acceptEncoding([]string{field}) {
			if coding == "" || coding != strings.ToLower(strings.TrimSpace(coding)) {
				t.Errorf("coding %q (%v) is not clean", coding, takes)
			}
		}
	})
}
