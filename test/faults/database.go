package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hookswitch/internal/store/postgres/postgrestest"
)

// database is where a site keeps what it must not lose.
type database interface {
	// url is what --database-url takes.
	url() string
	// nodes is how many servers share it.
	nodes() int
	stop()
}

type sqliteFile struct{ path string }

func newSQLite(folder string) *sqliteFile {
	return &sqliteFile{filepath.Join(folder, "hookswitch.db")}
}

func (d *sqliteFile) url() string { return "sqlite:" + d.path }
func (d *sqliteFile) nodes() int  { return 1 }
func (d *sqliteFile) stop()       {}

// postgresServer is a throw-away PostgreSQL with its own defaults (every commit is on the disk), reached through a relay.
type postgresServer struct {
	cluster postgrestest.Cluster
	folder  string // of the cluster
	relay   *relay
}

// newPostgres starts a server; its files go below a folder.
func newPostgres(folder string) (*postgresServer, error) {
	d := &postgresServer{cluster: postgrestest.Cluster{Parent: folder, Settings: []string{"max_wal_size = 64MB"}}}
	made, err := d.cluster.Make("faults")
	if errors.Is(err, postgrestest.ErrMissing) {
		err = &missingError{"PostgreSQL"}
	}
	if err != nil {
		d.cluster.Stop()
		return nil, err
	}
	u, err := url.Parse(made)
	if err != nil {
		return nil, err
	}
	d.folder = u.Query().Get("host")
	if d.relay, err = newRelay("127.0.0.1:" + u.Query().Get("port")); err != nil {
		d.cluster.Stop()
		return nil, err
	}
	return d, nil
}

func (d *postgresServer) url() string {
	return "postgres://hookswitch@" + d.relay.address() + "/faults?sslmode=disable"
}

func (d *postgresServer) nodes() int { return 2 }

func (d *postgresServer) stop() {
	d.relay.close()
	d.cluster.Stop()
}

// postmaster is the pid of the server.
func (d *postgresServer) postmaster() (int, error) {
	text, err := os.ReadFile(filepath.Join(d.folder, "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(strings.TrimSpace(first))
}

// children are the processes of the server.
func (d *postgresServer) children() ([]int, error) {
	parent, err := d.postmaster()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", parent, parent))
	if err != nil {
		return nil, err
	}
	var found []int
	for word := range strings.FieldsSeq(string(text)) {
		pid, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		found = append(found, pid)
	}
	return found, nil
}

// backends are the processes that serve us. A dead one that nobody has waited for has no command line.
func (d *postgresServer) backends() ([]int, error) {
	children, err := d.children()
	return slices.DeleteFunc(children, func(pid int) bool { return !strings.Contains(commandLine(pid), "hookswitch faults") }), err
}

func commandLine(pid int) string {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return string(line)
}

// killPostmaster ends the server as `kill -9` does, and waits for its children: they notice by themselves.
func (d *postgresServer) killPostmaster(ctx context.Context) error {
	pid, err := d.postmaster()
	if err != nil {
		return err
	}
	children, err := d.children()
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return err
	}
	for _, process := range append(children, pid) {
		for commandLine(process) != "" && ctx.Err() == nil {
			rest(ctx, 10*time.Millisecond)
		}
	}
	// Nobody may have waited for it, and then pg_ctl takes its remains for a server.
	return errors.Join(os.Remove(filepath.Join(d.folder, "data", "postmaster.pid")), ctx.Err())
}

// start starts the server again if it is down.
func (d *postgresServer) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for d.cluster.Do("SELECT 1") != nil {
		err := d.cluster.Control("-w", "start")
		if ctx.Err() != nil {
			return errors.Join(errors.New("PostgreSQL does not start again"), err)
		}
		rest(ctx, 20*time.Millisecond)
	}
	return nil
}
