package providertest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Golden compares a text with testdata/name. With the flag -update, which the tests of a provider declare, it writes the file
// instead: read the difference before you commit it.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs.\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

// Text writes a request in one fixed way: method and target, the headers by name, then the body with one form field a
// line, as it was encoded. The carrier's address is left out.
func (r Request) Text() string {
	var out bytes.Buffer
	out.WriteString(r.Method + " " + r.Target + "\n")
	names := make([]string, 0, len(r.Header))
	for name := range r.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out.WriteString(name + ": " + strings.Join(r.Header[name], ", ") + "\n")
	}
	out.WriteString("\n")
	if len(r.Body) > 0 {
		out.WriteString(strings.ReplaceAll(string(r.Body), "&", "\n") + "\n")
	}
	return out.String()
}
