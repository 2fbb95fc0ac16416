package postgrestest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// ErrMissing tells that there is no server to run.
var ErrMissing = errors.New("postgrestest: no PostgreSQL server is installed; on Debian: apt-get install postgresql")

// binaries answers the folder of initdb, pg_ctl and postgres: that of the PATH, or the newest of those known.
func binaries() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	var found []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin/initdb",          // Debian
		"/usr/pgsql-*/bin/initdb",                   // Red Hat
		"/opt/homebrew/opt/postgresql@*/bin/initdb", // macOS
		"/usr/local/opt/postgresql@*/bin/initdb",    // macOS on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin/initdb",
	} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		found = append(found, paths...)
	}
	if len(found) == 0 {
		return "", ErrMissing
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

// version is the last number in the path of a binary.
func version(path string) (n int) {
	for i, digit := 0, false; i < len(path); i++ {
		c := path[i]
		if c < '0' || c > '9' {
			digit = false
			continue
		}
		if !digit {
			n = 0
		}
		digit = true
		n = 10*n + int(c-'0')
	}
	return n
}

// unprivileged lets root run a program as somebody else: a PostgreSQL server refuses to be root.
func unprivileged(cmd *exec.Cmd) {
	if uid, gid, ok := somebody(); ok {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	}
}

// give makes dir the property of who will run the server.
func give(dir string) error {
	uid, gid, ok := somebody()
	if !ok {
		return nil
	}
	if err := os.Chown(dir, int(uid), int(gid)); err != nil {
		return fmt.Errorf("postgrestest: %w", err)
	}
	return nil
}

// somebody is the user whom root becomes: postgres if there is one, else nobody.
func somebody() (uid, gid uint32, ok bool) {
	if os.Geteuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return uint32(uid), uint32(gid), true
		}
	}
	return 65534, 65534, true
}
