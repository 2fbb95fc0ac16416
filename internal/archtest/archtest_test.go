package archtest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// top is the module's root, seen from this folder, where go test runs.
const top = "../.."

// rules is every check; each takes a package and says in full sentences what is wrong with it.
var rules = []func(pkg) []string{wrongImports, askedClocks, sleepingTests, initFunctions, packageState, namelessPackages}

func TestHouseStands(t *testing.T) {
	pkgs, err := readModule(os.DirFS(top))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(pkgs, func(p pkg) bool { return p.dir == "internal/archtest" }) {
		t.Fatal("this very package was not found: the module is not where the test looks")
	}
	for _, p := range pkgs {
		for _, rule := range rules {
			for _, wrong := range rule(p) {
				t.Error(wrong)
			}
		}
	}
}

// make finds the fuzz targets by their text; this finds them by their syntax. Both must find the same.
func TestMakeRunsEveryFuzzTarget(t *testing.T) {
	var want []string
	for _, nested := range []string{".", "test"} {
		if _, err := os.Stat(top + "/" + nested); err != nil {
			continue
		}
		pkgs, err := readModule(os.DirFS(top + "/" + nested))
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range fuzzTargets(pkgs) {
			want = append(want, strings.TrimPrefix(nested+"/"+target, "./"))
		}
	}
	cmd := exec.Command("tools/fuzz.sh", "list", ".", "test")
	cmd.Dir = top
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing the fuzz targets: %v", err)
	}
	got := strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("make fuzz runs\n%s\nthe sources hold\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
