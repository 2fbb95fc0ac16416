package archtest

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A checker that finds nothing proves nothing, so each rule is shown a house with one fault in it, and one without.
func TestPlantedFaultsAreFound(t *testing.T) {
	for _, c := range []struct {
		fault string
		file  string
		text  string
		want  string // a part of the one complaint; "" when the file is in order
	}{
		{"the root imports a room", "doc.go", `import _ "hookswitch/internal/otp"`, "runs up"},
		{"the root imports a module of others", "doc.go", `import _ "github.com/google/uuid"`, "no such module"},
		{"the root opens a file", "doc.go", `import _ "os"`, "no I/O"},
		{"the root parses an address", "doc.go", `import _ "net/netip"`, ""},
		{"a pure package speaks HTTP", "internal/otp/a.go", `import _ "net/http"`, "no I/O"},
		{"a pure package speaks SQL", "internal/scim/a.go", `import _ "database/sql/driver"`, "no I/O"},
		{"a pure package logs", "internal/guard/a.go", `import _ "log/slog"`, "no I/O"},
		{"a pure package makes its own randomness", "internal/otp/a.go", `import _ "crypto/rand"`, "no I/O"},
		{"a pure package uses a pure one", "internal/guard/a.go", `import _ "hookswitch/internal/phone"`, ""},
		{"a pure package uses a use case", "internal/guard/a.go", `import _ "hookswitch/internal/verify"`, "runs up"},
		{"a pure package uses its listed module", "internal/phone/a.go", `import _ "github.com/nyaruka/phonenumbers"`, ""},
		{"a pure package uses another module", "internal/otp/a.go", `import _ "github.com/nyaruka/phonenumbers"`, "no such module"},
		{"a pure package grows children", "internal/otp/extra/a.go", ``, "no such room"},
		{"a use case uses the one below it", "internal/enroll/a.go", `import _ "hookswitch/internal/verify"`, ""},
		{"a use case uses the one above it", "internal/delivery/a.go", `import _ "hookswitch/internal/verify"`, "not beside"},
		{"a use case uses an adapter", "internal/verify/a.go", `import _ "hookswitch/internal/store"`, "runs up"},
		{"a use case speaks HTTP", "internal/verify/a.go", `import _ "net/http"`, "no I/O"},
		{"an adapter uses a use case", "internal/store/a.go", `import _ "hookswitch/internal/verify"`, ""},
		{"an adapter uses another one", "internal/httpd/okta/a.go", `import _ "hookswitch/internal/store"`, "adapters never"},
		{"a child uses its parent", "internal/provider/twilio/a.go", `import _ "hookswitch/internal/provider"`, ""},
		{"a child uses its sibling", "internal/provider/twilio/a.go", `import _ "hookswitch/internal/provider/telesign"`, "adapters never"},
		{"a parent uses its child", "internal/store/a.go", `import _ "hookswitch/internal/store/sqlite"`, "adapters never"},
		{"the app uses an adapter", "internal/app/a.go", `import _ "hookswitch/internal/store/sqlite"`, ""},
		{"the command uses the app", "cmd/hookswitch/a.go", `import _ "hookswitch/internal/app"`, ""},
		{"the command speaks the vocabulary", "cmd/hookswitch/a.go", `import _ "hookswitch"`, ""},
		{"the command goes past the app", "cmd/hookswitch/a.go", `import _ "hookswitch/internal/store"`, "vocabulary only"},
		{"a room without a line", "internal/carrier/a.go", ``, "no such room"},
		{"a test brings in the program", "internal/verify/a_test.go", `import _ "hookswitch/internal/app"`, "module `test`"},
		{"a test brings in a store", "internal/verify/a_test.go", `import _ "hookswitch/internal/store/sqlite"`, ""},

		{"a pure package asks the time", "internal/otp/a.go", `import clock "time"; func f() clock.Time { return clock.Now() }`, "time.Now"},
		{"a use case asks the time", "internal/verify/a.go", `import "time"; var now = time.Now`, "time.Now"},
		{"an adapter asks the time", "internal/store/a.go", `import "time"; func f() time.Time { return time.Now() }`, ""},
		{"a local name that is no clock", "internal/otp/a.go", `type c struct{ Now int }; func f(time c) int { return time.Now }`, ""},

		{"a test sleeps", "internal/store/a_test.go", `import "time"; func f() { time.Sleep(1) }`, "sleeps"},
		{"a test sleeps in a bubble", "internal/store/a_test.go", `import ("time"; _ "testing/synctest"); func f() { time.Sleep(1) }`, ""},

		{"an init function", "internal/store/a.go", `func init() {}`, "init function"},
		{"a method called init", "internal/store/a.go", `type s struct{}; func (s) init() {}`, ""},

		{"a table", "internal/store/a.go", `var t = map[string]int{"a": 1}; func f() int { return t["a"] }`, ""},
		{"a counter", "internal/store/a.go", `var n int; func f() { n++ }`, "writes to package variable n"},
		{"a table somebody fills", "internal/store/a.go", `var t = map[string]int{}; func f() { t["a"] = 1 }`, "writes to package variable t"},
		{"a pointer into the package", "internal/store/a.go", `var n int; func f() *int { return &n }`, "writes to package variable n"},
		{"a lock", "internal/store/a.go", `import "sync"; var mu sync.Mutex`, "sync.Mutex"},
		{"a cache made empty", "internal/store/a.go", `var m = make(map[string]int)`, "made empty"},
		{"another package's variable", "internal/store/a.go", `import "net/http"; func f() { http.DefaultClient = nil }`, "net/http.DefaultClient"},
		{"a local variable of the same name", "internal/store/a.go", `var n = 1; func f() int { n := 2; n++; return n }`, ""},

		{"no package comment", "internal/store/bare.go", "", "no package comment"},
		{"a name that says nothing", "internal/store/util/a.go", "", "after what it knows"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			comment := "// Package a is part of a planted house.\n"
			if strings.HasSuffix(c.file, "bare.go") {
				comment = ""
			}
			pkgs, err := readModule(fstest.MapFS{c.file: {Data: []byte(comment + "package a\n" + c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, rule := range rules {
				found = append(found, rule(pkgs[0])...)
			}
			switch {
			case c.want == "" && len(found) > 0:
				t.Errorf("in order, yet: %s", found)
			case c.want != "" && (len(found) != 1 || !strings.Contains(found[0], c.want)):
				t.Errorf("found %q, want one complaint with %q", found, c.want)
			}
		})
	}
}

func TestNestedModulesAndTestDataAreLeftOut(t *testing.T) {
	pkgs, err := readModule(fstest.MapFS{
		"doc.go":                     {Data: []byte("package hookswitch")},
		"test/go.mod":                {Data: []byte("module hookswitch/test")},
		"test/a.go":                  {Data: []byte("package test")},
		"internal/otp/testdata/a.go": {Data: []byte("package broken because")},
		"web/node_modules/x/a.go":    {Data: []byte("package x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) != 1 || pkgs[0].dir != "." {
		t.Errorf("read %d packages, want the root only", len(pkgs))
	}
}

func TestFuzzTargetsAreFoundBySyntax(t *testing.T) {
	pkgs, err := readModule(fstest.MapFS{
		"internal/otp/a_test.go": {Data: []byte("package otp\nfunc FuzzCode(f *F) {}\nfunc (x T) FuzzMethod() {}\nfunc Fuzzy() {}")},
		"internal/otp/b.go":      {Data: []byte("package otp\nfunc FuzzNotATest() {}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"internal/otp/a_test.go FuzzCode"}
	if got := fuzzTargets(pkgs); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
