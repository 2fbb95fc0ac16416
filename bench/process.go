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
	"regexp"
	"strings"
	"syscall"
	"time"
)

// process is a server that was started to be measured.
type process struct {
	cmd  *exec.Cmd
	url  string
	log  string        // file of what it wrote
	took time.Duration // from its start to its first answer that it is ready
}

// patience is how long a server may take to start or to stop.
const patience = 30 * time.Second

// startProcess runs a program until it says where it listens and answers that it is ready.
func startProcess(ctx context.Context, log, program string, args []string, environment ...string) (*process, error) {
	written, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer written.Close()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), environment...)
	cmd.Stderr = written
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt from the keyboard is ours to pass on
	said, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, log: log}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	undo := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	defer undo()
	if p.url, err = listensOn(said); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w\n%s", program, err, p.tail()), p.stop())
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, errors.Join(fmt.Errorf("%s is not ready: %w\n%s", program, err, p.tail()), p.stop())
		}
		if ready(ctx, p.url) {
			p.took = time.Since(began)
			return p, nil
		}
	}
}

// listensOn reads the URL that a server prints when it listens; what it prints later is thrown away.
func listensOn(said io.Reader) (string, error) {
	url := regexp.MustCompile(`http://[0-9.]+:[0-9]+`)
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if found := url.FindString(lines.Text()); found != "" {
			go func() { _, _ = io.Copy(io.Discard, said) }()
			return found, nil
		}
	}
	return "", errors.Join(errors.New("it ended before it listened"), lines.Err())
}

func ready(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// stop ends the process and waits for it.
func (p *process) stop() error {
	if p.cmd.ProcessState != nil {
		return nil
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	kill := time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w", p.cmd.Path, err)
	}
	return nil
}

// tail is the end of what the process wrote.
func (p *process) tail() string {
	data, err := os.ReadFile(p.log)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}
