package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"sync"
	"time"
)

func main() {
	only := flag.String("only", "", "plant the bugs whose names match this expression")
	tests := flag.Bool("tests", true, "run the packages' tests")
	lives := flag.Int("sim", 0, "run the simulation for each bug too, so many lives at most")
	limit := flag.Duration("limit", 5*time.Minute, "how long one command may take")
	atOnce := flag.Int("at-once", 2, "how many bugs are looked for at the same time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	chosen, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	survived := run(ctx, field{absolute(".."), *limit, *tests, *lives}, chosen, *atOnce)
	stop()
	if survived > 0 {
		fmt.Fprintf(os.Stderr, "%d bugs survived: tests are missing\n", survived)
		os.Exit(1)
	}
}

// run plants the chosen bugs, prints a line of the table for each, and counts those that nothing found.
func run(ctx context.Context, f field, chosen *regexp.Regexp, atOnce int) (survived int) {
	fmt.Println("| bug | found by the tests | found by the simulation |\n|---|---|---|")
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
			line, missed := look(ctx, f, p)
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
func look(ctx context.Context, f field, p plant) (line string, missed bool) {
	line, missed = "| "+p.name, true
	for _, by := range []struct {
		wanted bool
		find   func() found
	}{
		{f.suites, func() found { return f.tests(ctx, p) }},
		{f.lives > 0, func() found { return f.simulation(ctx, p, f.lives) }},
	} {
		if !by.wanted {
			line += " | -"
			continue
		}
		is := by.find()
		switch {
		case is.err != nil:
			fmt.Fprintln(os.Stderr, is.err)
			line += " | **broken**"
		case is.by == "":
			line += " | **survived**"
		default:
			line += fmt.Sprintf(" | %s (%s)", is.by, is.took.Round(time.Second))
			missed = false
		}
	}
	return line + " |", missed
}
