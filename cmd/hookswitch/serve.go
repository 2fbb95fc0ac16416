package main

import (
	"context"
	"fmt"

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
	a, err := app.New(ctx, o)
	if err != nil {
		return err
	}
	if err := a.Start(ctx); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Hookswitch %s listens on http://%s\n", version, a.Addr())
	<-ctx.Done()
	return a.Stop()
}
