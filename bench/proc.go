package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of processor time in /proc. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
const tick = 10 * time.Millisecond

// machine is the processor time of the whole machine since it started.
type machine struct{ total, busy, steal time.Duration }

func readMachine() (machine, error) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return machine{}, fmt.Errorf("this needs Linux: %w", err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return machine{}, errors.New("/proc/stat cannot be read")
	}
	// user nice system idle iowait irq softirq steal
	var m machine
	for i, text := range fields[1:9] {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return m, fmt.Errorf("/proc/stat: %w", err)
		}
		spent := time.Duration(n) * tick
		m.total += spent
		switch i {
		case 3, 4: // idle, waiting for the disk
		case 7:
			m.steal += spent
		default:
			m.busy += spent
		}
	}
	return m, nil
}

func (m machine) since(before machine) machine {
	return machine{m.total - before.total, m.busy - before.busy, m.steal - before.steal}
}

// processorTime is what a process has used; with its children that have ended, if wanted.
func processorTime(pid int, children bool) (time.Duration, error) {
	fields, err := processFields(pid)
	if err != nil {
		return 0, err
	}
	last := 13 // utime stime
	if children {
		last = 15 // cutime cstime
	}
	var used time.Duration
	for i := 12; i <= last; i++ {
		n, err := strconv.ParseInt(fields[i-1], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("process %d: %w", pid, err)
		}
		used += time.Duration(n) * tick
	}
	return used, nil
}

// processFields are those of /proc/PID/stat behind the name: the state comes first, then the parent's id.
func processFields(pid int) ([]string, error) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return nil, err
	}
	text := string(data)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) < 15 {
		return nil, fmt.Errorf("process %d: its state cannot be read", pid)
	}
	return fields, nil
}

func parentOf(pid int) (int, error) {
	fields, err := processFields(pid)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(fields[1])
}

// familyTime is what a process, its children and those of them that have ended have used.
func familyTime(pid int) (time.Duration, error) {
	used, err := processorTime(pid, true)
	if err != nil {
		return 0, err
	}
	folders, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, folder := range folders {
		child, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			continue
		}
		if parent, err := parentOf(child); err != nil || parent != pid {
			continue // of another family, or gone meanwhile
		}
		if more, err := processorTime(child, false); err == nil {
			used += more
		}
	}
	return used, nil
}

// residentMemory is how much of a process is in memory, in bytes.
func residentMemory(pid int) (int64, error) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(text), " kB"), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("process %d: its memory cannot be read", pid)
}

// processorName is the model of the processors.
func processorName() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}

// syncRate is how many small synced appends the disk under a folder makes in a second: the bound of any database that
// commits one by one.
func syncRate(folder string, during time.Duration) (float64, error) {
	f, err := os.CreateTemp(folder, "sync-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	block := make([]byte, 4096)
	began := time.Now()
	n := 0
	for ; time.Since(began) < during; n++ {
		if _, err := f.Write(block); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(began).Seconds(), nil
}
