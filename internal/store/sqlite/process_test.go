package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/store/storetest"
)

// The tests below need other processes. They run this very binary, with the name of what it is to do.
const childVariable = "HOOKSWITCH_STORE_CHILD"

func TestMain(m *testing.M) {
	child, ok := map[string]func(path string) error{
		"count":      count,
		"writeOn":    writeOn,
		"smallFiles": smallFiles,
	}[os.Getenv(childVariable)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := child(os.Getenv(childVariable + "_PATH")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(t *testing.T, what, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+what, childVariable+"_PATH="+path)
	return cmd
}

// increment reads and writes; two processes that did not exclude each other would lose some.
func increment(tx *store.Tx) error {
	var n int64
	if err := tx.QueryRow("SELECT ready FROM task WHERE id = 0", nil, &n); err != nil {
		return err
	}
	return tx.Exec(1, "UPDATE task SET ready = $1 WHERE id = 0", n+1)
}

const increments, counters = 50, 4

// count is a child, and what its parent does beside it.
func count(path string) error {
	db, err := sqlite.Open(context.Background(), path, store.Options{Migrations: storetest.Migrations()})
	if err != nil {
		return err
	}
	errs := make([]error, counters)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			for range increments {
				errs[i] = errors.Join(errs[i], db.Update(context.Background(), increment))
			}
		})
	}
	wg.Wait()
	return errors.Join(errors.Join(errs...), db.Close())
}

func TestTwoProcessesShareOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shared.db")
	db := open(t, path, store.Options{})
	if err := db.Update(t.Context(), put(0, 0)); err != nil {
		t.Fatal(err)
	}
	other := child(t, "count", path)
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(count(path), other.Wait()); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT ready FROM task WHERE id = 0", nil, &n)
	}); err != nil {
		t.Fatal(err)
	}
	if n != 2*counters*increments {
		t.Errorf("%d of %d increments", n, 2*counters*increments)
	}
}

// writeOn is a child that writes until it is killed, and says what was answered.
func writeOn(path string) error {
	db, err := sqlite.Open(context.Background(), path, store.Options{Migrations: storetest.Migrations()})
	if err != nil {
		return err
	}
	errs := make(chan error)
	for w := range 8 {
		go func() {
			for i := w; ; i += 8 {
				if err := db.Update(context.Background(), put(i, 100)); err != nil {
					errs <- err
				}
				if _, err := fmt.Println(i); err != nil {
					errs <- err
				}
			}
		}()
	}
	return <-errs
}

func TestWhatAKilledProcessAnsweredIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "killed.db")
	cmd := child(t, "writeOn", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answered := map[int]bool{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, err := strconv.Atoi(lines.Text())
		if err != nil {
			continue // the last line, torn
		}
		answered[id] = true
		if len(answered) == 500 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); !strings.Contains(fmt.Sprint(err), "killed") {
		t.Fatalf("the child ended by itself: %v", err)
	}
	if err := open(t, path, store.Options{}).View(t.Context(), func(tx *store.Tx) error {
		return tx.Query("SELECT id FROM task", nil, func(r store.Row) error {
			var id int
			err := r.Scan(&id)
			delete(answered, id)
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	if len(answered) > 0 {
		t.Errorf("%d were answered and are gone", len(answered))
	}
}

// smallFiles is a child whose files may not grow: its commits fail in the middle of writing.
func smallFiles(path string) error {
	db, err := sqlite.Open(context.Background(), path, store.Options{Migrations: storetest.Migrations()})
	if err != nil {
		return err
	}
	if err := db.Update(context.Background(), put(99, 10_000)); err != nil {
		return err
	}
	info, err := os.Stat(path + "-wal")
	if err != nil {
		return err
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return err
	}
	small := syscall.Rlimit{Cur: uint64(info.Size()) + 50_000, Max: before.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		return err
	}
	errs := make([]error, 20)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = db.Update(context.Background(), put(i, 10_000)) })
	}
	wg.Wait()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return err
	}
	failed := 0
	for i, err := range errs {
		if err != nil {
			failed++
		}
		if err != nil && !errors.Is(err, store.ErrUnavailable) {
			return fmt.Errorf("the %dth: %w", i, err)
		}
		var there bool
		if err := db.View(context.Background(), func(tx *store.Tx) error {
			return tx.QueryRow("SELECT count(*) > 0 FROM task WHERE id = $1", store.Args{i}, &there)
		}); err != nil {
			return err
		}
		if there != (err == nil) {
			return fmt.Errorf("the %dth was answered %v; it is there: %t", i, err, there)
		}
	}
	if failed == 0 || failed == len(errs) {
		return fmt.Errorf("%d of %d have failed", failed, len(errs))
	}
	if err := db.Update(context.Background(), put(100, 10_000)); err != nil {
		return fmt.Errorf("when there is room again: %w", err)
	}
	return db.Close()
}

func TestACommitThatCannotBeWrittenIsNotAnswered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small.db")
	if out, err := child(t, "smallFiles", path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := tasks(t, open(t, path, store.Options{})); got < 2 || got > 20 {
		t.Errorf("%d rows", got)
	}
}
