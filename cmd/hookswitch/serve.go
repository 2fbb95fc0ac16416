package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"hookswitch/internal/app"
)

type serveCommand struct {
	settings
	serving
	carriers
}

// Run serves until it is told to stop.
func (c serveCommand) Run(ctx context.Context, s streams) error {
	o := c.into(c.options(s.err))
	o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL = c.TwilioURL, c.TwilioVerifyURL, c.TelesignURL
	tradeMemory(os.LookupEnv)
	a, err := app.New(ctx, o)
	if err != nil {
		return err
	}
	if err := a.Start(ctx); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Hookswitch %s listens on http://%s\n", version, a.Addr())
	if err := offerSetup(ctx, s.out, a); err != nil && ctx.Err() == nil {
		return errors.Join(err, a.Stop())
	}
	<-ctx.Done()
	return a.Stop()
}

// offerSetup tells how the first administrator is made while there is none.
func offerSetup(ctx context.Context, w io.Writer, a *app.App) error {
	link, err := a.SetupLink(ctx)
	if err != nil || link == "" {
		return err
	}
	fmt.Fprintf(w, `
There is no user yet. Make the first administrator within 30 minutes, once, at

  %s

or on this machine:

  hookswitch user create --admin=SUPER_ADMIN LOGIN      (the password as HOOKSWITCH_USER_PASSWORD)
`, link)
	return nil
}

// tradeMemory lets garbage grow to four times what is in use before it is collected: what is in use is small, and
// collecting it costs a busy server a twentieth of its processor time. The operator's GOGC and GOMEMLIMIT win.
func tradeMemory(lookup func(string) (string, bool)) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := lookup(name); set {
			return
		}
	}
	debug.SetGCPercent(400)
}
