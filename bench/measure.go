package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// full is the load that the rounds repeat: the one that the goals are about.
const full = 64

// measure runs the whole plan and writes the report.
func measure(ctx context.Context, o settings, out, errs io.Writer) (err error) {
	debug.SetGCPercent(400) // the clients and the carrier should cost as little as they can
	folder, err := os.MkdirTemp("", "hookswitch-bench-")
	if err != nil {
		return err
	}
	if o.keep {
		fmt.Fprintln(errs, "working directory:", folder)
	} else {
		defer os.RemoveAll(folder)
	}
	size, err := os.Stat(o.server)
	if err != nil {
		return fmt.Errorf("build the server first (make build): %w", err)
	}
	syncs, err := syncRate(folder, time.Second)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d x %s, %s/%s, %s. %.0f synced appends of 4 KB a second in %s.\n", runtime.NumCPU(), processorName(), runtime.GOOS, runtime.GOARCH,
		runtime.Version(), syncs, filepath.Dir(folder))
	fmt.Fprintf(out, "%d enrolled numbers, measurements of %s after %s, %d rounds at %d clients. Binary: %.1f MB.\n\n",
		o.numbers, o.window, o.warm, o.rounds, full, float64(size.Size())/1e6)

	var subjects []*subject
	defer func() {
		for _, s := range subjects {
			err = errors.Join(err, s.stop())
		}
	}()
	bare, err := startBare(ctx, folder)
	if err != nil {
		return err
	}
	subjects = append(subjects, bare)
	for name := range strings.FieldsFuncSeq(o.only, func(r rune) bool { return r == ',' }) {
		fmt.Fprintf(errs, "starting on %s\n", name)
		s, stop, err := startOn(ctx, o, folder, name)
		if err != nil {
			return err
		}
		defer stop()
		subjects = append(subjects, s)
	}
	report := &table{}
	report.add(header()...)
	if err := measureAll(ctx, o, subjects, report, errs); err != nil {
		return err
	}
	report.write(out)
	fmt.Fprintln(out)
	for _, s := range subjects[1:] {
		if err := s.check(ctx); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s (%s): ready in %.0f ms, %.0f MB idle. %d cycles: every code accepted, one send, one status and one verification each.\n",
			s.name, s.database.durability, s.process.took.Seconds()*1e3, float64(s.idle)/1e6, s.cycles.Load())
	}
	fmt.Fprintln(out)
	if o.profile == "" {
		if err := measureLists(ctx, o, subjects[1:], out); err != nil {
			return err
		}
	}
	if o.micro {
		fmt.Fprintln(out)
		return microBenchmarks(ctx, out)
	}
	return nil
}

// startOn starts the product on one of the databases.
func startOn(ctx context.Context, o settings, folder, name string) (*subject, func(), error) {
	own := filepath.Join(folder, name)
	if err := os.Mkdir(own, 0o700); err != nil {
		return nil, nil, err
	}
	var d *database
	switch name {
	case "sqlite":
		d = openSQLite(own)
	case "postgres":
		var err error
		if d, err = startPostgres(ctx); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, fmt.Errorf("no database is called %s", name)
	}
	s, err := startServer(ctx, o, own, name, d)
	if err != nil {
		d.stop()
		return nil, nil, err
	}
	return s, d.stop, nil
}

// measureAll measures every load on all subjects, one directly after the other, the bare one first.
func measureAll(ctx context.Context, o settings, subjects []*subject, report *table, errs io.Writer) error {
	loads, err := loadsOf(o)
	if err != nil {
		return err
	}
	all := make(map[int][][]result, len(loads)) // by load and subject, the rounds
	for _, clients := range loads {
		if all[clients] == nil {
			all[clients] = make([][]result, len(subjects))
		}
		for i, s := range subjects {
			r, err := s.closed(ctx, o, clients)
			if err != nil {
				return err
			}
			fmt.Fprintf(errs, "%s, %d clients: %.0f cycles/s\n", s.name, clients, r.rate)
			all[clients][i] = append(all[clients][i], r)
		}
	}
	for i, s := range subjects {
		for _, clients := range distinct(loads) {
			ratio := ""
			if i > 0 {
				ratio = ratios(all[clients][i], all[clients][0])
			}
			report.add(row(s.name, fmt.Sprintf("%d clients", clients), ratio, middle(all[clients][i]))...)
		}
		if all[full] == nil || o.profile != "" {
			continue // a profile shows one kind of load
		}
		quarter := middle(all[full][i]).rate / 4
		r, err := s.open(ctx, o, quarter)
		if err != nil {
			return err
		}
		report.add(row(s.name, fmt.Sprintf("%.0f/s", quarter), "", r)...)
	}
	return nil
}

// distinct lists each load once, in order. The rounds are read again for every subject, so they stay as they are.
func distinct(loads []int) []int {
	var once []int
	for _, n := range loads {
		if !slices.Contains(once, n) {
			once = append(once, n)
		}
	}
	return once
}

// loadsOf lists the numbers of clients to measure with, the full load as often as there are rounds.
func loadsOf(o settings) ([]int, error) {
	var loads []int
	for text := range strings.SplitSeq(o.clients, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-clients: %q is no number of clients", text)
		}
		loads = append(loads, n)
		if n == full {
			loads = append(loads, slices.Repeat([]int{full}, o.rounds-1)...)
		}
	}
	return loads, nil
}
