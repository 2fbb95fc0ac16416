package main

import (
	"context"
	"fmt"
	"io"

	"hookswitch/internal/app"
)

type devCommand struct {
	settings
	serving
	SimListen string `help:"Address of the simulated carriers and phones." env:"HOOKSWITCH_SIM_LISTEN" default:"127.0.0.1:8090" placeholder:"HOST:PORT"`
}

// Run starts a demo and runs it until it is told to stop.
func (c devCommand) Run(ctx context.Context, s streams) error {
	demo, err := app.NewDemo(ctx, c.into(c.options(s.err)), c.SimListen)
	if err != nil {
		return err
	}
	welcome(s.out, demo)
	<-ctx.Done()
	return demo.Stop()
}

// welcome prints everything that was made, as lines to copy.
func welcome(w io.Writer, d *app.Demo) {
	url, phones := d.App.URL(), d.Carriers.URL()
	fmt.Fprintf(w, `
Hookswitch %s is ready. This is a demo on this machine: no message leaves it. Not for production.

  Phones to look at    %s/phones
  Admin Console        %s/
  API                  %s/api/v1      (how to call it: %s/docs/api)
  Administrator        %s / %s

For another shell:

  export HOOKSWITCH_URL=%s
  export HOOKSWITCH_TOKEN=%s
  export PHONES=%s

A first passcode, to a phone that exists only on the page above:

  hookswitch send +12025550123
  curl "$PHONES/phones/+12025550123/messages/latest?wait=30s"

Stop with Ctrl-C.
`, version, phones, url, url, url, d.Admin, d.Password.Reveal(), url, d.Token.Reveal(), phones)
}
