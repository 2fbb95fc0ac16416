// Command bench measures a Hookswitch server on this machine: how many passcodes it sends and checks in a second, how
// long people wait, and what that costs. It starts the server as a process of its own, is its carrier and its clients,
// and writes one table.
//
// A cycle is five HTTP exchanges, one after the other as in a person's life:
//
//	send      client  -> server    POST …/factors/{id}/verify
//	carrier   server  -> carrier   POST …/Messages.json
//	read      client  -> carrier   the code on the phone; the phone has it once the carrier was told
//	callback  carrier -> server    the signed status "delivered"
//	verify    client  -> server    POST …/factors/{id}/verify with the code
//
// Beside it runs the same topology with nothing behind it: the same client, and a server and a carrier whose handlers
// answer constants. Its cycles per second are the bare limit of this machine in this minute. What is worth comparing
// is the ratio, because both share the processors, the disk and the neighbours.
//
// Afterwards it asks for the lists of the API, and for what each index serves, at a fixed rate.
//
// While it measures it checks: every send reaches the phone once, every code is accepted, and at the end the System Log
// holds exactly one send, one status and one verification for each cycle.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are what is measured, and for how long.
type settings struct {
	server  string // path of the program
	only    string // subjects, with commas between
	clients string // numbers of clients, with commas between
	numbers int    // enrolled
	warm    time.Duration
	window  time.Duration // of each measurement
	rounds  int           // at 64 clients, each with its own bare limit
	micro   bool
	profile string // file of the server's CPU profile
	keep    bool   // the working directory
}

// What this program runs itself as, beside the server.
const (
	bareCommand     = "bare-server"
	profiledCommand = "profiled-server"
)

func run(ctx context.Context, args []string, out, errs io.Writer) error {
	if len(args) > 0 {
		switch args[0] {
		case bareCommand:
			return serveBare(ctx, args[1:], out)
		case profiledCommand:
			return serveProfiled(ctx, args[1:], out, errs)
		}
	}
	var s settings
	quick := false
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&s.server, "server", "bin/hookswitch", "the `program` to measure")
	flags.StringVar(&s.only, "only", "sqlite,postgres", "which databases")
	flags.StringVar(&s.clients, "clients", "1,16,64", "with how many clients")
	flags.IntVar(&s.numbers, "numbers", 100_000, "how many phone numbers are enrolled")
	flags.DurationVar(&s.warm, "warm", 2*time.Second, "how long each measurement warms up")
	flags.DurationVar(&s.window, "window", 6*time.Second, "how long each measurement takes")
	flags.IntVar(&s.rounds, "rounds", 3, "how often the measurement with 64 clients is repeated")
	flags.BoolVar(&s.micro, "micro", true, "run the benchmarks of the packages too")
	flags.BoolVar(&quick, "quick", false, "under a minute: fewer numbers, short measurements, one round, no packages")
	flags.StringVar(&s.profile, "profile", "", "write a CPU profile of the server to `FILE`; the figures are then those of a profiled server")
	flags.BoolVar(&s.keep, "keep", false, "keep the databases and the logs")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if quick {
		s.numbers, s.warm, s.window, s.rounds, s.micro = 20_000, time.Second, 2*time.Second, 1, false
	}
	return measure(ctx, s, out, errs)
}
