// Package postgrestest runs a throw-away PostgreSQL for tests, from the server binaries that are installed.
//
//	var cluster postgrestest.Cluster // started by the first test that needs it
//
//	func TestMain(m *testing.M) {
//		code := m.Run()
//		cluster.Stop()
//		os.Exit(code)
//	}
//
//	func TestSomething(t *testing.T) {
//		url := cluster.Database(t)
//		…
//	}
//
// A missing server skips the test, unless CI=true or HOOKSWITCH_REQUIRE_POSTGRES is set: then it fails.
package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

const superuser = "hookswitch"

// Cluster is one server on a Unix socket and a TCP port of its own. Its zero value is ready to use.
type Cluster struct {
	// Settings are lines of postgresql.conf, read when the server starts. fsync is on unless they say otherwise.
	Settings []string
	// Parent is the folder below which its files go; "" is that of temporary files.
	Parent string

	start     sync.Once
	err       error
	bin, dir  string
	port      int
	keeper    *exec.Cmd
	lifeline  io.Closer
	databases atomic.Int64
}

// Database makes an empty database for this test and answers its URL, through the Unix socket. It goes
// with the cluster: dropping it would cost a checkpoint.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	c.need(t)
	name := fmt.Sprintf("test_%d", c.databases.Add(1))
	url, err := c.Make(name)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// Make makes an empty database for a program that is no test and answers its URL, through the Unix socket.
func (c *Cluster) Make(name string) (string, error) {
	c.start.Do(func() { c.err = c.up() })
	if c.err != nil {
		return "", c.err
	}
	return c.url(name), c.Do("CREATE DATABASE " + name)
}

// Addr is where the server listens for TCP, "127.0.0.1:PORT", for a test that puts something between.
func (c *Cluster) Addr(t testing.TB) string {
	t.Helper()
	c.need(t)
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port))
}

// Folder holds all that the server writes: databases, write-ahead log and its own log.
func (c *Cluster) Folder(t testing.TB) string {
	t.Helper()
	c.need(t)
	return c.dir
}

// Restart kills the server as a crash would and waits until it has recovered. Recovery looks at every file of every
// database that was made.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	c.need(t)
	if err := c.Control("-w", "-m", "immediate", "restart"); err != nil {
		t.Fatal(err)
	}
}

// Control runs pg_ctl on the server, for a program that does to it what happens to servers.
func (c *Cluster) Control(args ...string) error {
	return c.run("pg_ctl", append([]string{"-D", c.data(), "-l", c.log()}, args...)...)
}

// Do runs statements as the superuser in the database postgres.
func (c *Cluster) Do(sql string) error {
	conn, err := pgconn.Connect(context.Background(), c.url("postgres"))
	if err != nil {
		return fmt.Errorf("postgrestest: %w", err)
	}
	_, err = conn.Exec(context.Background(), sql).ReadAll()
	return errors.Join(err, conn.Close(context.Background()))
}

// Stop ends the server and removes its files. It may be called if none was started.
func (c *Cluster) Stop() {
	c.start.Do(func() {}) // no start from now on
	if c.keeper != nil {
		_ = c.lifeline.Close() // the keeper ends the server when it reads the end
		_ = c.keeper.Wait()
	}
}

func (c *Cluster) url(database string) string {
	q := url.Values{"host": {c.dir}, "port": {strconv.Itoa(c.port)}}
	return "postgres://" + superuser + "@/" + database + "?" + q.Encode()
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }
func (c *Cluster) log() string  { return filepath.Join(c.dir, "log") }

// need starts the server once; without the binaries it ends the test.
func (c *Cluster) need(t testing.TB) {
	t.Helper()
	c.start.Do(func() { c.err = c.up() })
	if c.err == nil {
		return
	}
	if errors.Is(c.err, ErrMissing) && os.Getenv("CI") != "true" && os.Getenv("HOOKSWITCH_REQUIRE_POSTGRES") == "" {
		t.Skip(c.err)
	}
	t.Fatal(c.err)
}

func (c *Cluster) up() error {
	var err error
	if c.bin, err = binaries(); err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp(c.Parent, "hspg-"); err != nil {
		return err
	}
	if err := give(c.dir); err != nil {
		return err
	}
	if err := c.run("initdb", "-D", c.data(), "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		return err
	}
	if c.port, err = freePort(); err != nil {
		return err
	}
	conf := append([]string{
		"listen_addresses = '127.0.0.1'",
		fmt.Sprintf("port = %d", c.port),
		fmt.Sprintf("unix_socket_directories = '%s'", c.dir),
		"max_connections = 200",
	}, c.Settings...)
	if err := appendLines(filepath.Join(c.data(), "postgresql.conf"), conf); err != nil {
		return err
	}
	if err := c.keep(); err != nil {
		return err
	}
	if err := c.Control("-w", "start"); err != nil {
		told, _ := os.ReadFile(c.log())
		return fmt.Errorf("%w\n%s", err, told)
	}
	return nil
}

// keep starts a shell that waits for the end of its input, which comes even when this process is killed, and then ends the
// server.
func (c *Cluster) keep() error {
	cmd := exec.Command("sh", "-c", `cat >/dev/null; "$0" -D "$1/data" -m immediate -w stop >/dev/null; rm -rf "$1"`,
		filepath.Join(c.bin, "pg_ctl"), c.dir)
	unprivileged(cmd)
	cmd.Dir = "/"
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.keeper, c.lifeline = cmd, lifeline
	return nil
}

func (c *Cluster) run(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	unprivileged(cmd)
	cmd.Dir = c.dir
	// A file, not a pipe: the server inherits it, and a pipe would be waited for as long as the server runs.
	out, err := os.Create(filepath.Join(c.dir, name+".out"))
	if err != nil {
		return err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		told, _ := os.ReadFile(out.Name())
		return fmt.Errorf("postgrestest: %s: %w\n%s", name, err, told)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func appendLines(path string, lines []string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(lines, "\n") + "\n")
	return errors.Join(err, f.Close())
}
