package test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// wholeSuite tells whether every test ran, so that what none of them did is missing.
func wholeSuite() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list", "test.fuzz"} {
		if flag.Lookup(name).Value.String() != "" {
			return false
		}
	}
	return !testing.Short()
}

// unanswered are answers of the documents that no test can bring about, each group with its reason.
type unanswered struct {
	Reason  string   `json:"reason"`
	Answers []string `json:"answers"` // "GET /api/v1/logs 403"
}

// gaps are what the suite as a whole left out: answers of the documents that never came, each operation's success and its
// refusals, and exceptions from the rules that nothing needs any more.
func (w *wire) gaps() (gaps []string) {
	text, err := os.ReadFile("testdata/unanswered.json")
	if err != nil {
		return []string{err.Error()}
	}
	var groups []unanswered
	if err := json.Unmarshal(text, &groups); err != nil {
		return []string{err.Error()}
	}
	excused := map[string]bool{}
	for _, g := range groups {
		for _, answer := range g.Answers {
			excused[answer] = true
			if w.answered[answer] || g.Reason == "" {
				gaps = append(gaps, "this answer came, although unanswered.json says that it cannot: "+answer)
			}
		}
	}
	for _, answer := range append(w.ours.answers("409", "411", "413", "415", "500", "503"), w.shared()...) {
		if !w.answered[answer] && !excused[answer] {
			gaps = append(gaps, "no test brings about: "+answer)
		}
	}
	for _, d := range append(w.okta.unused(), w.ours.unused()...) {
		gaps = append(gaps, fmt.Sprintf("no answer deviates any more, delete it: %s %s", d.Operation, d.At))
	}
	slices.Sort(gaps)
	return slices.Compact(gaps)
}

// shared are the answers that Okta's document has for the operations that are in both.
func (w *wire) shared() (all []string) {
	ours := map[string]bool{}
	for path, item := range w.ours.doc.Paths.Map() {
		for method := range item.Operations() {
			ours[method+" "+placeholder.ReplaceAllString(path, "")] = true
		}
	}
	for path, item := range w.okta.doc.Paths.Map() {
		for method, op := range item.Operations() {
			for status := range op.Responses.Map() {
				if ours[method+" "+placeholder.ReplaceAllString(path, "")] {
					all = append(all, method+" "+path+" "+status)
				}
			}
		}
	}
	return all
}

// answers are those of every operation of the document, but for some statuses. A request without a body and a query may
// be refused for the state of things, and need not.
func (r *reference) answers(but ...string) (all []string) {
	for path, item := range r.doc.Paths.Map() {
		for method, op := range item.Operations() {
			plain := op.RequestBody == nil && !slices.ContainsFunc(op.Parameters, func(p *openapi3.ParameterRef) bool { return p.Value.In == "query" })
			for status := range op.Responses.Map() {
				if !slices.Contains(but, status) && (status != "400" || !plain) {
					all = append(all, method+" "+path+" "+status)
				}
			}
		}
	}
	return all
}
