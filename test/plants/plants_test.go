package main

import (
	"maps"
	"os/exec"
	"path"
	"slices"
	"testing"
)

const root = "../.."

// A bug whose text is gone from the sources, or that does not compile, proves nothing.
func TestEveryBugCanBePlanted(t *testing.T) {
	var together []sources // as few trees as possible, for each costs a compilation
	packages := map[string]bool{}
	for _, p := range plants() {
		if err := (sources{}).apply(root, p); err != nil {
			t.Error(err)
			continue
		}
		planted := false
		for _, tree := range together {
			grown := maps.Clone(tree)
			if planted = grown.apply(root, p) == nil; planted {
				maps.Copy(tree, grown)
				break
			}
		}
		if !planted {
			tree := sources{}
			_ = tree.apply(root, p) // it was possible just now
			together = append(together, tree)
		}
		for _, e := range p.edits {
			packages["./"+path.Dir(e.file)] = true
		}
	}
	for _, tree := range together {
		overlay, err := tree.overlay(absolute(root), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		build := exec.Command("go", append([]string{"build", "-overlay", overlay}, slices.Sorted(maps.Keys(packages))...)...)
		build.Dir = root
		if out, err := build.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	}
}

func TestNoBugIsNamedTwice(t *testing.T) {
	names := map[string]bool{}
	for _, p := range plants() {
		if names[p.name] {
			t.Error(p.name)
		}
		names[p.name] = true
	}
	if len(names) < 30 {
		t.Errorf("%d are too few", len(names))
	}
}

// A stale bug must say so: one that is silently not planted would always survive, one planted twice proves less.
func TestAStaleBugIsRefused(t *testing.T) {
	for _, old := range []string{"no such text", "return"} {
		if err := (sources{}).apply(root, one("stale", "factor.go", old, "")); err == nil {
			t.Errorf("%q was changed", old)
		}
	}
}
