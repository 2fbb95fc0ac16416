package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// built makes the very binary that an operator runs.
func built(t *testing.T) string {
	t.Helper()
	server := filepath.Join(t.TempDir(), "hookswitch")
	build := exec.Command("go", "build", "-o", server, "./cmd/hookswitch")
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return server
}

// A few rounds of what `make faults` does at length. Deliveries that a kill interrupted get their last status a minute
// later; that nothing happens twice can be seen at once.
func TestNothingHappensTwiceWhenTheServerIsKilled(t *testing.T) {
	server := built(t)
	for _, database := range []string{sqliteName, postgresName} {
		t.Run(database, func(t *testing.T) {
			trial := trial{
				fault: fault{name: "kill -9", rounds: 4, strike: kill}, database: database,
				settings: settings{server: server, seed: 1, people: 400, scale: 1},
			}
			trial.strike(t.Context())
			if trial.left != "" && os.Getenv("CI") != "true" {
				t.Skip(trial.left)
			}
			if trial.site == nil {
				t.Fatal(trial.violations, trial.left)
			}
			trial.check(t.Context(), false)
			if err := trial.site.stop(); err != nil {
				t.Error(err)
			}
			for _, v := range trial.violations {
				t.Error(v)
			}
			if trial.accepted == 0 {
				t.Error("no passcode was accepted")
			}
		})
	}
}

// Some of the states that `make faults` makes at length.
func TestWhatWasAnsweredSurvivesALossOfPower(t *testing.T) {
	trial := trial{
		fault: fault{name: powerLoss}, database: sqliteName,
		settings: settings{server: built(t), seed: 1, people: 40, states: 30, recorded: 2 * time.Second},
	}
	trial.strike(t.Context())
	if trial.left != "" && os.Getenv("CI") != "true" {
		t.Skip(trial.left)
	}
	for _, v := range trial.violations {
		t.Error(v)
	}
	if trial.struck == 0 || trial.accepted == 0 {
		t.Errorf("%d states, %d passcodes accepted", trial.struck, trial.accepted)
	}
}
