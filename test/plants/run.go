package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// found is how a planted bug came to light.
type found struct {
	by   string // the test; "" when it survived
	took time.Duration
	err  error
}

// field plants bugs in a tree and runs what should find them.
type field struct {
	root  string
	limit time.Duration // of one command
}

// suites are the packages to run for a plant, the cheapest first: its own, then those that use it.
func suites(p plant) []string {
	all := []string{}
	for _, e := range p.edits {
		all = append(all, "./"+path.Dir(e.file))
	}
	for _, use := range []string{"enroll", "signin", "admin", "report", "httpd/...", "app"} {
		all = append(all, "./internal/"+use)
	}
	var once []string
	for _, s := range all {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

// tests runs the suites until one fails.
func (f field) tests(ctx context.Context, p plant) found {
	started := time.Now()
	for _, suite := range suites(p) {
		// PostgreSQL costs time, and what these bugs do they do on both databases.
		by, err := f.plantAnd(ctx, p, f.root, "-skip", "PostgreSQL|/postgres|^Fuzz", suite)
		if by != "" || err != nil {
			return found{by, time.Since(started), err}
		}
	}
	return found{took: time.Since(started)}
}

// simulation runs so many lives, from a few seeds.
func (f field) simulation(ctx context.Context, p plant, lives string) found {
	started := time.Now()
	by, err := f.plantAnd(ctx, p, filepath.Join(f.root, "test"), "./sim", "-run", "^TestSimulation$", "-args", "-lives="+lives)
	return found{by, time.Since(started), err}
}

// plantAnd runs go test with a bug and tells which test failed. A bug that does not compile is an error.
func (f field) plantAnd(ctx context.Context, p plant, dir string, args ...string) (by string, err error) {
	at, err := os.MkdirTemp("", "hookswitch-plant-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(at)
	changed := sources{}
	if err := changed.apply(f.root, p); err != nil {
		return "", err
	}
	overlay, err := changed.overlay(f.root, at)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, f.limit+time.Minute)
	defer cancel()
	test := exec.CommandContext(ctx, "go", append([]string{
		"test", "-overlay", overlay, "-count=1", "-failfast", "-vet=off", "-timeout", f.limit.String(),
	}, args...)...)
	test.Dir = dir
	var out bytes.Buffer
	test.Stdout, test.Stderr = &out, &out
	err = test.Run()
	switch text := out.String(); {
	case err == nil:
		return "", nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	case strings.Contains(text, "[build failed]") || strings.Contains(text, "[setup failed]"):
		return "", fmt.Errorf("%s: %w\n%s", p.name, err, text)
	default:
		return failed(text), nil
	}
}

var (
	failure = regexp.MustCompile(`--- FAIL: (\S+)`)
	inSuite = regexp.MustCompile(`(?m)^FAIL\t(\S+)`)
)

// failed names the first test that failed, as deep as it goes, and its package.
func failed(text string) string {
	name := "panic"
	if strings.Contains(text, "panic: test timed out") {
		name = "time-out"
	}
	for _, m := range failure.FindAllStringSubmatch(text, -1) {
		if name != "panic" && name != "time-out" && !strings.HasPrefix(m[1], name+"/") {
			break
		}
		name = m[1]
	}
	if m := inSuite.FindStringSubmatch(text); m != nil {
		return strings.TrimPrefix(strings.TrimPrefix(m[1], "hookswitch/internal/"), "hookswitch/") + " " + name
	}
	return name
}

func absolute(dir string) string {
	path, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	return path
}
