package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// node is one server process, which may be started again and again at the same address.
type node struct {
	program string
	wrap    []string // a program that runs it, such as strace, with its arguments
	address string
	env     []string
	log     string // file
	cmd     *exec.Cmd
	exited  chan struct{} // closed when cmd was waited for
}

// pid is that of the server; a program that runs it is its parent.
func (n *node) pid() int {
	pid := n.cmd.Process.Pid
	if n.wrap == nil {
		return pid
	}
	if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid)); err == nil {
		_, _ = fmt.Sscan(string(text), &pid) // without a child it has ended, or not begun
	}
	return pid
}

func (n *node) url() string { return "http://" + n.address }

// patience is how long a server may take to be ready, on a busy machine.
const patience = 60 * time.Second

// start starts the process and answers when it says that it listens.
func (n *node) start(ctx context.Context) error {
	written, err := os.OpenFile(n.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer written.Close()
	line := append(append([]string{}, n.wrap...), n.program, "serve")
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(os.Environ(), n.env...)
	cmd.Stderr = written
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt from the keyboard is ours to pass on
	said, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	n.cmd, n.exited = cmd, make(chan struct{})
	listens := make(chan bool, 1)
	go func(exited chan struct{}) {
		defer close(exited)
		lines := bufio.NewScanner(said)
		for lines.Scan() {
			if strings.Contains(lines.Text(), " listens on ") {
				listens <- true
				_, _ = io.Copy(io.Discard, said)
			}
		}
		listens <- false
		_ = cmd.Wait() // that it ended is all there is to know
	}(n.exited)
	select {
	case ok := <-listens:
		if ok {
			return nil
		}
		<-n.exited
		return fmt.Errorf("the server ended before it listened:\n%s", n.tail())
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("the server does not start:\n%s", n.tail()), n.kill())
	case <-ctx.Done():
		return errors.Join(ctx.Err(), n.kill())
	}
}

// up starts the process until it stays, as a supervisor would: its database may not be back yet.
func (n *node) up(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := n.start(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		rest(ctx, 100*time.Millisecond)
	}
}

func (n *node) running() bool {
	if n.cmd == nil {
		return false
	}
	select {
	case <-n.exited:
		return false
	default:
		return true
	}
}

// kill ends the process as `kill -9` does, and waits for it.
func (n *node) kill() error { return n.end(syscall.SIGKILL) }

// stop asks the process to end, and waits for it.
func (n *node) stop() error { return n.end(syscall.SIGTERM) }

func (n *node) end(signal syscall.Signal) error {
	if !n.running() {
		return nil
	}
	if err := n.signal(signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	select {
	case <-n.exited:
		return nil
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("%s did not end by %s", n.address, signal), n.signal(syscall.SIGKILL))
	}
}

func (n *node) signal(s syscall.Signal) error { return syscall.Kill(n.pid(), s) }

// tail is the end of the log.
func (n *node) tail() string {
	data, err := os.ReadFile(n.log)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}

// rest lets time pass: what is under test has its own clock.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// newClient is an HTTP client that waits longer than any fault lasts, so that every request has an end that is known.
func newClient() *http.Client {
	return &http.Client{Timeout: 3 * time.Minute, Transport: &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 64}}
}
