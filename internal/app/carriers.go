package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"hookswitch/internal/simulator"
	"hookswitch/internal/ui"
)

// Carriers are the simulated carriers and phones, listening.
type Carriers struct {
	simulator *simulator.Simulator
	server    *http.Server
	listener  net.Listener
	served    chan error
}

// NewCarriers starts the simulated carriers and phones on an address; log may be nil.
func NewCarriers(listen string, log *slog.Logger) (*Carriers, error) {
	pages, err := ui.Phones()
	if err != nil {
		return nil, fmt.Errorf("phones page: %w", err)
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	sim := simulator.New(simulator.Options{Logger: log, Pages: pages})
	c := &Carriers{
		simulator: sim, listener: listener, served: make(chan error, 1),
		server: &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second},
	}
	go func() { c.served <- c.server.Serve(listener) }()
	return c, nil
}

// URL is the address of the carriers' APIs and, below /phones, of the phones.
func (c *Carriers) URL() string { return "http://" + c.listener.Addr().String() }

// Stop ends everything at once: nobody's data is in it.
func (c *Carriers) Stop() error {
	c.simulator.Close()
	err := c.server.Close()
	if served := <-c.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// stopBudget is how long requests that have begun may take to end: longer than the budget of a send.
const stopBudget = 15 * time.Second

// shutDown lets requests end and then closes their connections.
func shutDown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopBudget)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}
