package archtest

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEveryDependencyHasItsReason(t *testing.T) {
	text, err := os.ReadFile(top + "/docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var unexplained []string
	for _, nested := range []string{".", "test"} {
		pkgs, err := readModule(os.DirFS(top + "/" + nested))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pkgs {
			for _, f := range p.files {
				for _, imported := range f.imports() {
					if m := moduleOf(imported); m != "" && !strings.Contains(string(text), m+")") {
						unexplained = append(unexplained, m)
					}
				}
			}
		}
	}
	slices.Sort(unexplained)
	for _, m := range slices.Compact(unexplained) {
		t.Errorf("%s has no line in docs/dependencies.md", m)
	}
}

// moduleOf is the start of an import path by which a module of others is known, "" for the standard library and our own.
func moduleOf(imported string) string {
	parts := strings.Split(imported, "/")
	length := 2
	switch host := parts[0]; {
	case !strings.Contains(host, "."):
		return ""
	case host == "github.com" || host == "golang.org":
		length = 3
	}
	return strings.Join(parts[:min(length, len(parts))], "/")
}
