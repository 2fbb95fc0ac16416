package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// recorder is the command line that records what a program does to files, with all that it writes.
func recorder(file string) []string {
	return []string{
		"strace", "-A", "-f", "-q", "-y", "-xx", "-s", "1000000", "-o", file, "--seccomp-bpf",
		"-e", "signal=none", "-e", "trace=open,openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,linkat",
	}
}

// call is one system call. Its moments are lines of the record: begin where it was made, end where it had returned.
type call struct {
	name       string
	args       string
	result     string
	begin, end int
}

// readTrace reads what strace wrote, in the order in which the calls were made. A call that never returned, because the
// program was killed, counts as failed.
func readTrace(path string) ([]call, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var calls []call
	open := map[string]int{} // by thread: the call that has not returned
	lines := bufio.NewReaderSize(f, 1<<20)
	for n := 0; ; n++ {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		thread, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		text = strings.TrimSpace(text)
		if resumed, ok := strings.CutPrefix(text, "<... "); ok {
			i, known := open[thread]
			if !known {
				return nil, fmt.Errorf("line %d of the record resumes what was not begun", n+1)
			}
			delete(open, thread)
			_, rest, _ := strings.Cut(resumed, " resumed>")
			calls[i].args, calls[i].result = splitCall(calls[i].args + rest)
			calls[i].end = n
			continue
		}
		name, args, ok := strings.Cut(text, "(")
		if !ok {
			continue
		}
		c := call{name: name, begin: n, end: n}
		if begun, unfinished := strings.CutSuffix(args, " <unfinished ...>"); unfinished {
			c.result = "-1" // until it returns
			c.args = begun
			open[thread] = len(calls)
		} else {
			c.args, c.result = splitCall(args)
		}
		calls = append(calls, c)
	}
	return calls, nil
}

// splitCall splits "ARGS) = RESULT". Strings are in hexadecimal, so that they have no parentheses.
func splitCall(text string) (args, result string) {
	args, result, _ = strings.Cut(text, ")")
	return args, strings.TrimPrefix(strings.TrimSpace(result), "= ")
}

func (c call) failed() bool {
	return strings.HasPrefix(c.result, "-") || strings.HasPrefix(c.result, "?")
}

var (
	descriptor = regexp.MustCompile(`^-?\w+<([^>]*)>`)
	quoted     = regexp.MustCompile(`"([^"]*)"`)
)

// file is the path of the descriptor that the call is about, or that it answers.
func file(text string) string {
	m := descriptor.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return string(unhex(m[1]))
}

// paths are the strings among the arguments, absolute as the data directory is.
func (c call) paths() []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(c.args, -1) {
		all = append(all, string(unhex(m[1])))
	}
	return all
}

// written is what a call writes; at most so many bytes.
func (c call) written(most int) []byte {
	begin := strings.IndexByte(c.args, '"') + 1
	end := strings.LastIndexByte(c.args, '"')
	if begin == 0 || end < begin {
		return nil
	}
	return unhex(c.args[begin:min(end, begin+4*most)])
}

// number is the nth argument from the end.
func (c call) number(fromEnd int) int64 {
	args := strings.Split(c.args[strings.LastIndexByte(c.args, '"')+1:], ",")
	if fromEnd >= len(args) {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(args[len(args)-1-fromEnd]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// unhex reads \x2f\x74; whatever else there is, stays.
func unhex(text string) []byte {
	out := make([]byte, 0, len(text)/4)
	for i := 0; i < len(text); {
		if i+4 <= len(text) && text[i] == '\\' && text[i+1] == 'x' {
			if n, err := strconv.ParseUint(text[i+2:i+4], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 4
				continue
			}
		}
		out = append(out, text[i])
		i++
	}
	return out
}
