package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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
	root   string
	limit  time.Duration // of one command
	suites bool          // run the packages' tests
	lives  int           // of the simulation; 0: do not run it
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
	at, err := os.MkdirTemp("", "hookswitch-plant-")
	if err != nil {
		return found{err: err}
	}
	defer os.RemoveAll(at)
	for _, suite := range suites(p) {
		// PostgreSQL costs time, and what these bugs do they do on both databases.
		args := []string{"-count=1", "-failfast", "-vet=off", "-timeout", f.limit.String(), "-skip", "PostgreSQL|/postgres|^Fuzz", suite}
		if f.drawsCases(suite) {
			args = append(args, "-args", "-rapid.nofailfile") // what fails here is no case to remember
		}
		out, err := f.plantAnd(ctx, p, at, f.root, "test", args...)
		switch {
		case err == nil:
		case ctx.Err() != nil || strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]") || !strings.Contains(out, "FAIL"):
			return found{err: fmt.Errorf("%s: %w\n%s", p.name, err, out)}
		default:
			return found{failed(out), time.Since(started), nil}
		}
	}
	return found{took: time.Since(started)}
}

// drawsCases tells whether the tests of a package would write the case that failed beside themselves.
func (f field) drawsCases(suite string) bool {
	files, _ := filepath.Glob(filepath.Join(f.root, suite, "*_test.go")) // the pattern is one
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(text), `"pgregory.net/rapid"`)
	})
}

// worldLives are the lives of one world of the simulation, about.
const worldLives = 2000

// simulation lives one world after the other until something is broken in one, so many lives at most.
func (f field) simulation(ctx context.Context, p plant, lives int) found {
	at, err := os.MkdirTemp("", "hookswitch-plant-")
	if err != nil {
		return found{err: err}
	}
	defer os.RemoveAll(at)
	program, tree := filepath.Join(at, "sim.test"), filepath.Join(f.root, "test")
	out, err := f.plantAnd(ctx, p, at, tree, "test", "-c", "-vet=off", "-o", program, "./sim")
	if err != nil {
		return found{err: fmt.Errorf("%s: %w\n%s", p.name, err, out)}
	}
	started := time.Now()
	for lived := 0; lived < lives; lived += worldLives {
		ctx, cancel := context.WithTimeout(ctx, f.limit+time.Minute)
		world := exec.CommandContext(ctx, program, "-test.run=^TestSimulation$", "-test.timeout="+f.limit.String(), "-world="+strconv.Itoa(lived/worldLives))
		world.Dir = filepath.Join(tree, "sim")
		out, err := world.CombinedOutput()
		late := ctx.Err() != nil || strings.Contains(string(out), "test timed out")
		cancel()
		if late { // a slow machine proves nothing
			return found{err: fmt.Errorf("%s: a world took longer than %s", p.name, f.limit)}
		}
		if err != nil {
			return found{fmt.Sprintf("%d lives: %s", lived+worldLives, broken(string(out))), time.Since(started), nil}
		}
	}
	return found{took: time.Since(started)}
}

// plantAnd runs the go command with a bug, in a folder, and gives what it printed.
func (f field) plantAnd(ctx context.Context, p plant, at, folder, command string, args ...string) (string, error) {
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
	run := exec.CommandContext(ctx, "go", append([]string{command, "-overlay", overlay}, args...)...)
	run.Dir = folder
	out, err := run.CombinedOutput()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return string(out), err
}

var (
	failure = regexp.MustCompile(`--- FAIL: (\S+)`)
	inSuite = regexp.MustCompile(`(?m)^FAIL\t(\S+)`)
	inWorld = regexp.MustCompile(`world \d+: (.*)`)
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

// broken is the first thing that a world of the simulation found broken.
func broken(text string) string {
	m := inWorld.FindStringSubmatch(text)
	if m == nil {
		return failed(text)
	}
	words := []rune(strings.ReplaceAll(m[1], "|", "/"))
	return string(words[:min(len(words), 90)])
}

func absolute(dir string) string {
	path, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	return path
}
