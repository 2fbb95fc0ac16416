package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// foreignHost is the Host of every request of these tests: nothing that comes back may repeat it.
const foreignHost = "foreign.example"

// wire is the way of every request to a program under test. TestMain puts it in the place of http.DefaultTransport, so that
// no test and no SDK can go another way. It holds every answer against the OpenAPI documents, Okta's and ours, and against
// what is true of all answers: their headers and their links.
type wire struct {
	next http.RoundTripper
	okta *reference // nil until load
	ours *reference

	mu       sync.Mutex
	programs map[string]*found // by host
	answered map[string]bool   // the statuses of the operations: "GET /api/v1/users 200"
	ids      map[string]bool   // of requests
}

// found is what was wrong with the answers of a program, each thing once.
type found struct{ wrong map[string]string }

// exchange is a request and its answer.
type exchange struct {
	method, path string
	status       int
	body         []byte
	header       http.Header
}

func (w *wire) load() (err error) {
	w.next, w.programs, w.answered, w.ids = http.DefaultTransport, map[string]*found{}, map[string]bool{}, map[string]bool{}
	if w.okta, err = loadReference("testdata/okta.openapi.json", "testdata/okta.deviations.json"); err != nil {
		return err
	}
	w.ours, err = loadReference("../docs/openapi.json", "testdata/our.deviations.json")
	return err
}

// watch begins to hold the answers of a program; url is its address and its public URL.
func (w *wire) watch(url string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.programs[hostOf(url)] = &found{map[string]string{}}
}

// verdict is what was wrong with the answers of a program, which is told once.
func (w *wire) verdict(url string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.programs[hostOf(url)]
	delete(w.programs, hostOf(url))
	if f == nil {
		return nil
	}
	var wrong []error
	for _, line := range slices.Sorted(maps.Keys(f.wrong)) {
		wrong = append(wrong, fmt.Errorf("%s\nin %.2000s", line, f.wrong[line]))
	}
	return errors.Join(wrong...)
}

func hostOf(url string) string { return url[strings.LastIndex(url, "/")+1:] }

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	f := w.programs[r.URL.Host]
	w.mu.Unlock()
	if f == nil {
		return w.next.RoundTrip(r)
	}
	sent := r.Clone(r.Context())
	sent.Host = foreignHost
	res, err := w.next.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, errors.Join(err, res.Body.Close())
	}
	if err := res.Body.Close(); err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	w.hold(f, "http://"+r.URL.Host, exchange{r.Method, r.URL.Path, res.StatusCode, body, res.Header})
	return res, nil
}

func (w *wire) hold(f *found, publicURL string, e exchange) {
	operation, wrong := w.ours.judge(e)
	if operation == "" { // a page, a probe, a path that is not there
		return
	}
	if known, differs := w.okta.judge(e); placeholder.ReplaceAllString(known, "") == placeholder.ReplaceAllString(operation, "") {
		for _, place := range differs {
			wrong = append(wrong, place+" in Okta's document")
		}
		w.note(known, e.status)
	}
	w.note(operation, e.status)
	wrong = append(wrong, w.common(publicURL, e)...)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, place := range wrong {
		f.wrong[fmt.Sprintf("%s %d: %s", operation, e.status, place)] = string(e.body)
	}
}

func (w *wire) note(operation string, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answered[operation+" "+strconv.Itoa(status)] = true
}

// common is what is wrong with an answer by the rules that hold for all of them.
func (w *wire) common(publicURL string, e exchange) (wrong []string) {
	id := e.header.Get("X-Okta-Request-Id")
	w.mu.Lock()
	if id == "" || w.ids[id] {
		wrong = append(wrong, "no X-Okta-Request-Id of its own")
	}
	w.ids[id] = true
	w.mu.Unlock()
	if e.status >= 400 {
		var told struct{ ErrorID string }
		if err := json.Unmarshal(e.body, &told); err != nil || told.ErrorID != id {
			wrong = append(wrong, "errorId is not X-Okta-Request-Id")
		}
	}
	limits := map[string]int{}
	for _, name := range []string{"Limit", "Remaining", "Reset"} {
		n, err := strconv.Atoi(e.header.Get("X-Rate-Limit-" + name))
		if err != nil || n < 0 {
			wrong = append(wrong, "no X-Rate-Limit-"+name)
		}
		limits[name] = n
	}
	if limits["Reset"] < 1_700_000_000 {
		wrong = append(wrong, "X-Rate-Limit-Reset is no time in Unix seconds")
	}
	if e.status == http.StatusTooManyRequests {
		if after, err := strconv.Atoi(e.header.Get("Retry-After")); err != nil || after < 1 || limits["Remaining"] != 0 {
			wrong = append(wrong, "a 429 that does not say when")
		}
	}
	var value any
	_ = json.Unmarshal(e.body, &value) // a body that is no JSON was judged by the documents
	wrong = append(wrong, badLinks(value, "", publicURL)...)
	list, _ := value.([]any)
	if list != nil && !strings.Contains(strings.Join(e.header.Values("Link"), "\n"), `rel="self"`) && e.header.Values("Link") != nil {
		wrong = append(wrong, "links without self")
	}
	for _, link := range e.header.Values("Link") {
		to := publicURL + e.path
		if strings.HasSuffix(link, `rel="related"`) {
			to = publicURL + "/"
		}
		if !strings.HasPrefix(link, "<"+to) || strings.Count(link, "rel=") != 1 {
			wrong = append(wrong, "a Link that is not to the public URL, or more than one in a header")
		}
	}
	if all := fmt.Sprint(e.header, string(e.body)); strings.Contains(all, foreignHost) {
		wrong = append(wrong, "it repeats the Host")
	}
	return wrong
}

// badLinks are the places of hrefs that do not begin with the public URL.
func badLinks(value any, at, publicURL string) (places []string) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			places = append(places, badLinks(item, at+"/*", publicURL)...)
		}
	case map[string]any:
		for name, inner := range v {
			href, isText := inner.(string)
			if name == "href" && isText && href != publicURL && !strings.HasPrefix(href, publicURL+"/") {
				places = append(places, at+"/href is not absolute from the public URL")
			}
			places = append(places, badLinks(inner, at+"/"+name, publicURL)...)
		}
	}
	return places
}
