package test

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"hookswitch/internal/store/postgres/postgrestest"
)

var (
	program = sync.OnceValues(buildProgram)
	cluster = postgrestest.Cluster{Settings: postgrestest.Forgetful()}
	held    = &wire{}
)

func TestMain(m *testing.M) {
	if err := held.load(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.DefaultTransport = held
	code := m.Run()
	if gaps := held.gaps(); code == 0 && wholeSuite() && len(gaps) > 0 {
		fmt.Fprintf(os.Stderr, "--- FAIL: the suite as a whole\n%s\n", strings.Join(gaps, "\n"))
		code = 1
	}
	cluster.Stop()
	if path, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path)) // what is left in the temporary directory harms nobody
	}
	os.Exit(code)
}

// buildProgram makes the very binary that an operator runs.
func buildProgram() (string, error) {
	dir, err := os.MkdirTemp("", "hookswitch-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "hookswitch")
	build := exec.Command("go", "build", "-o", path, "./cmd/hookswitch")
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return path, nil
}

// eachDatabase runs a test once per database. url is what --database-url takes.
func eachDatabase(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, cluster.Database(t)) })
}

// demo is a running `hookswitch dev` on free ports.
type demo struct {
	data    string            // its folder
	exports map[string]string // what it printed to copy into another shell
	process *exec.Cmd
	log     *strings.Builder // what it wrote to standard error
	read    chan struct{}    // closed when standard output has ended
}

// startDemo starts `hookswitch dev` and waits until it is ready. It is stopped, and must stop well, when the test ends.
func startDemo(t testing.TB, databaseURL string) *demo {
	t.Helper()
	d, err := launch(databaseURL, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("the log of hookswitch dev:\n%s", d.log)
		}
	})
	return d
}

func launch(databaseURL, data string) (*demo, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	d := &demo{data: data, exports: map[string]string{}, log: new(strings.Builder), read: make(chan struct{})}
	d.process = exec.Command(path, "dev", "--listen=127.0.0.1:0", "--sim-listen=127.0.0.1:0", "--data="+data, "--database-url="+databaseURL)
	d.process.Stderr = d.log
	out, err := d.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := d.process.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "Stop with") {
		if line, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "export "); ok {
			name, value, _ := strings.Cut(line, "=")
			d.exports[name] = value
		}
	}
	go func() {
		defer close(d.read)
		for lines.Scan() {
			continue // a full pipe would stop the program
		}
	}()
	if len(d.exports) == 0 {
		return nil, errors.Join(fmt.Errorf("hookswitch dev ended before it was ready:\n%s", d.log), d.stop())
	}
	held.watch(d.exports["HOOKSWITCH_URL"])
	return d, nil
}

// stop ends the program, and looks into all that it wrote for secrets.
func (d *demo) stop() error {
	secret := d.secrets()
	_ = d.process.Process.Signal(syscall.SIGTERM) // it may have ended by itself; Wait tells how
	<-d.read
	if err := d.process.Wait(); err != nil {
		return fmt.Errorf("hookswitch dev ended badly: %w", err)
	}
	return errors.Join(held.verdict(d.exports["HOOKSWITCH_URL"]), d.keptNo(secret))
}

// environ is the environment of another shell, into which what the demo printed was copied.
func (d *demo) environ() []string {
	path, _ := program()
	env := append(os.Environ(), "PATH="+filepath.Dir(path)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for name, value := range d.exports {
		env = append(env, name+"="+value)
	}
	return env
}
