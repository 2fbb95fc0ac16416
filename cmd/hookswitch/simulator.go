package main

import (
	"context"
	"fmt"

	"hookswitch/internal/app"
)

type simulatorCommand struct {
	Listen string `help:"Address to listen on." env:"HOOKSWITCH_SIM_LISTEN" name:"sim-listen" default:"127.0.0.1:8090" placeholder:"HOST:PORT"`
}

// Run simulates carriers and phones until it is told to stop.
func (c simulatorCommand) Run(ctx context.Context, s streams) error {
	carriers, err := app.NewCarriers(c.Listen, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Simulated carriers and phones: %s/phones\n", carriers.URL())
	<-ctx.Done()
	return carriers.Stop()
}
