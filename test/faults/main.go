package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

// settings are the flags.
type settings struct {
	server   string        // the program under test
	seed     uint64        // of every choice
	only     string        // part of "fault, database"
	people   int           // who sign in
	scale    float64       // of the rounds
	pause    time.Duration // of the first SIGSTOP
	states   int           // after losses of power
	recorded time.Duration // of the load of which these are made
}

func main() {
	var o settings
	flag.StringVar(&o.server, "server", "bin/hookswitch", "the program under test")
	flag.Uint64Var(&o.seed, "seed", 0, "of every choice; 0 draws one")
	flag.StringVar(&o.only, "only", "", `run only what has this in its "fault, database"`)
	flag.IntVar(&o.people, "people", 2000, "who sign in; each at most twice a minute")
	flag.Float64Var(&o.scale, "scale", 1, "of the number of rounds")
	flag.DurationVar(&o.pause, "pause", time.Minute, "how long the first SIGSTOP lasts")
	flag.IntVar(&o.states, "states", 400, "states of the files after a loss of power")
	flag.DurationVar(&o.recorded, "recorded", 10*time.Second, "how long the load lasts of which these states are made")
	flag.Parse()
	if o.seed == 0 {
		o.seed = rand.Uint64()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// The names of the databases.
const (
	sqliteName   = "SQLite"
	postgresName = "PostgreSQL"
)

// run runs the faults, one after the other; while one comes to rest, the next one strikes.
func run(ctx context.Context, o settings, out io.Writer) error {
	fmt.Fprintf(out, "seed %d\n", o.seed)
	var trials []*trial
	for _, database := range []string{sqliteName, postgresName} {
		for _, f := range faultsOf(database) {
			if t := (&trial{fault: f, database: database, settings: o}); strings.Contains(t.name(), o.only) {
				trials = append(trials, t)
			}
		}
	}
	var resting sync.WaitGroup
	for _, t := range trials {
		if ctx.Err() != nil {
			break
		}
		began := time.Now()
		t.strike(ctx)
		fmt.Fprintf(out, "%s: struck %d times in %s\n", t.name(), t.struck, time.Since(began).Round(time.Second))
		resting.Go(func() { t.judge(ctx) })
	}
	resting.Wait()
	return report(out, o, trials, ctx.Err())
}

// report prints the table, and what went wrong.
func report(out io.Writer, o settings, trials []*trial, err error) error {
	t := table{}
	t.add("fault", "database", "rounds", "requests", "failed", "codes accepted", "deliveries", "violations", "recovery p50 / max s")
	failed := 0
	for _, tr := range trials {
		t.add(tr.row()...)
		failed += len(tr.violations)
	}
	fmt.Fprintln(out)
	t.write(out)
	for _, tr := range trials {
		for i, v := range tr.violations {
			if i == 20 {
				fmt.Fprintf(out, "%s: and %d more\n", tr.name(), len(tr.violations)-i)
				break
			}
			fmt.Fprintf(out, "%s: %s\n", tr.name(), v)
		}
	}
	if failed > 0 {
		fmt.Fprintf(out, "\nagain: make faults SEED=%d\n", o.seed)
		err = errors.Join(err, fmt.Errorf("%d violations", failed))
	}
	return err
}
