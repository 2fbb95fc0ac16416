package test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Each file of testdata/transcripts is what a person types, and what the program must answer. Beside the commands of
// testscript (https://pkg.go.dev/github.com/rogpeppe/go-internal/testscript) there are
//
//	dev                      start `hookswitch dev` and copy what it prints to export into the environment
//	exits CODE COMMAND…      run a command that must end with this exit code
//	keep NAME KEY            keep a string of the last standard output, read as JSON, in the environment
//
// and the condition [postgres].
func TestTranscripts(t *testing.T) {
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	eachDatabase(t, func(t *testing.T, _ string) {
		onPostgres := strings.HasSuffix(t.Name(), "/postgres")
		testscript.Run(t, testscript.Params{
			Dir:                 "testdata/transcripts",
			RequireExplicitExec: true,
			RequireUniqueNames:  true,
			Setup: func(env *testscript.Env) error {
				env.Setenv("PATH", filepath.Dir(path)+string(os.PathListSeparator)+env.Getenv("PATH"))
				env.Setenv("HOOKSWITCH_DATABASE_URL", "sqlite:"+filepath.Join(env.WorkDir, "data", "hookswitch.db"))
				if onPostgres {
					env.Setenv("HOOKSWITCH_DATABASE_URL", cluster.Database(t))
				}
				return nil
			},
			Condition: func(name string) (bool, error) {
				if name != "postgres" {
					return false, fmt.Errorf("no condition %q", name)
				}
				return onPostgres, nil
			},
			Cmds: map[string]func(*testscript.TestScript, bool, []string){"dev": devCommand, "exits": exitsCommand, "keep": keepCommand},
		})
	})
}

func devCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) > 0 {
		ts.Fatalf("usage: dev")
	}
	d, err := launch(ts.Getenv("HOOKSWITCH_DATABASE_URL"), ts.MkAbs("data"))
	ts.Check(err)
	ts.Defer(func() { ts.Check(d.stop()) })
	for name, value := range d.exports {
		ts.Setenv(name, value)
	}
}

func exitsCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func keepCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: keep NAME KEY")
	}
	var answer map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &answer))
	value, ok := answer[args[1]]
	if !ok {
		ts.Fatalf("the answer has no %s", args[1])
	}
	ts.Setenv(args[0], fmt.Sprint(value))
}
