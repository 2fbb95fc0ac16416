package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"sync"
	"time"
)

func main() {
	only := flag.String("only", "", "plant the bugs whose names match this expression")
	lives := flag.String("sim", "", "run the simulation for each bug too, so many lives at most")
	limit := flag.Duration("limit", 5*time.Minute, "how long one command may take")
	atOnce := flag.Int("at-once", 2, "how many bugs are looked for at the same time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	chosen, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	survived := run(ctx, field{absolute(".."), *limit}, chosen, *lives, *atOnce)
	stop()
	if survived > 0 {
		fmt.Fprintf(os.Stderr, "%d bugs survived: tests are missing\n", survived)
		os.Exit(1)
	}
}

// run plants the chosen bugs, prints a line of the table for each, and counts those that nothing found.
func run(ctx context.Context, f field, chosen *regexp.Regexp, lives string, atOnce int) (survived int) {
	fmt.Println("| bug | found by | after | by the simulation |\n|---|---|---|---|")
	var printing sync.Mutex
	var all sync.WaitGroup
	places := make(chan struct{}, atOnce)
	for _, p := range plants() {
		if !chosen.MatchString(p.name) || ctx.Err() != nil {
			continue
		}
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			line, missed := look(ctx, f, p, lives)
			printing.Lock()
			defer printing.Unlock()
			fmt.Println(line)
			if missed {
				survived++
			}
		})
	}
	all.Wait()
	return survived
}

// look plants one bug and tells in a line of the table who found it.
func look(ctx context.Context, f field, p plant, lives string) (line string, missed bool) {
	tests, simulated := f.tests(ctx, p), found{by: "-"}
	if lives != "" {
		simulated = f.simulation(ctx, p, lives)
	}
	for _, err := range []error{tests.err, simulated.err} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	missed = tests.by == "" && (simulated.by == "" || simulated.by == "-")
	return strings.Join([]string{"| " + p.name, cell(tests), tests.took.Round(100 * time.Millisecond).String(), cell(simulated) + " |"}, " | "), missed
}

func cell(f found) string {
	switch {
	case f.err != nil:
		return "**broken**"
	case f.by == "":
		return "**survived**"
	case f.took > 0 && strings.HasPrefix(f.by, "test/sim"):
		return "found after " + f.took.Round(time.Second).String()
	default:
		return f.by
	}
}
