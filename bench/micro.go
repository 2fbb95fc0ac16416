package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// packages are those whose work is in every cycle and has benchmarks of its own; httpd/okta is a request without its store.
var packages = []string{"phone", "smstext", "otp", "guard", "ratelimit", "render", "scim", "httpd/okta"}

// microBenchmarks runs the benchmarks of the pure packages and writes what one operation costs.
func microBenchmarks(ctx context.Context, out io.Writer) error {
	args := []string{"test", "-run", "^$", "-bench", ".", "-benchtime", "100ms", "-benchmem"}
	for _, name := range packages {
		args = append(args, "./internal/"+name)
	}
	text, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, text)
	}
	t := &table{}
	t.add("package", "operation", "time", "bytes", "allocations")
	name := ""
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 2 && fields[0] == "pkg:" {
			name = fields[1][strings.LastIndexByte(fields[1], '/')+1:]
		}
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		operation, _, _ := strings.Cut(strings.TrimPrefix(fields[0], "Benchmark"), "-")
		t.add(name, operation, valueOf(fields, "ns/op")+" ns", valueOf(fields, "B/op"), valueOf(fields, "allocs/op"))
	}
	t.write(out)
	return nil
}

// valueOf is the number in front of its unit.
func valueOf(fields []string, unit string) string {
	for i := 1; i < len(fields); i++ {
		if fields[i] == unit {
			return fields[i-1]
		}
	}
	return ""
}
