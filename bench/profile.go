package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"runtime/pprof"

	"hookswitch"
	"hookswitch/internal/app"
)

// serveProfiled is the server itself, in a process that writes a CPU profile of its whole life.
func serveProfiled(ctx context.Context, args []string, out, errs io.Writer) (err error) {
	if len(args) != 1 {
		return errors.New("the profiled server needs a file for its profile")
	}
	debug.SetGCPercent(400) // as the command does
	file, err := os.Create(args[0])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	a, err := app.New(ctx, app.Options{
		Listen: os.Getenv("HOOKSWITCH_LISTEN"), Data: os.Getenv("HOOKSWITCH_DATA"), DatabaseURL: os.Getenv("HOOKSWITCH_DATABASE_URL"),
		TwilioURL: os.Getenv("HOOKSWITCH_TWILIO_URL"), BootstrapToken: hookswitch.Secret(os.Getenv("HOOKSWITCH_BOOTSTRAP_TOKEN")),
		Version: "profiled", Log: slog.New(slog.NewTextHandler(errs, nil)),
	})
	if err != nil {
		return err
	}
	if err := a.Start(ctx); err != nil {
		return errors.Join(err, a.Stop())
	}
	fmt.Fprintln(out, "listens on", a.URL())
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, a.Stop())
	}
	<-ctx.Done()
	pprof.StopCPUProfile()
	return a.Stop()
}
