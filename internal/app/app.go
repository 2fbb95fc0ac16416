package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"hookswitch/internal/store"
)

// App is a server: one process of a Hookswitch installation.
type App struct {
	*Node

	db         *store.DB
	listener   net.Listener
	server     *http.Server
	served     chan error
	background *background

	stop    sync.Once
	stopped error
}

// New opens the store, brings its schema up to date and puts everything together. The address is taken, but nothing is
// answered before Start.
func New(ctx context.Context, o Options) (*App, error) {
	o, err := o.Effective()
	if err != nil {
		return nil, err
	}
	a := &App{served: make(chan error, 1)}
	var undo []func() error
	fail := func(err error) (*App, error) {
		for _, close := range slices.Backward(undo) {
			err = errors.Join(err, close())
		}
		return nil, err
	}
	if a.listener, err = net.Listen("tcp", o.Listen); err != nil {
		return nil, fmt.Errorf("cannot listen on %s; is another Hookswitch running? %w", o.Listen, err)
	}
	undo = append(undo, a.listener.Close)
	if o.PublicURL == "" {
		o.PublicURL = "http://" + a.listener.Addr().String()
	}
	if a.db, err = OpenStore(ctx, o, store.Options{}); err != nil {
		return fail(err)
	}
	undo = append(undo, a.db.Close)
	if a.Node, err = NewNode(ctx, o, a.db, nil); err != nil {
		return fail(err)
	}
	a.metrics.watch(a.db)
	a.server = &http.Server{
		Handler: a.handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10,
	}
	return a, nil
}

// Start answers requests and begins the background work.
func (a *App) Start(ctx context.Context) error {
	if err := a.prepareLog(ctx); err != nil {
		return err
	}
	go func() { a.served <- a.server.Serve(a.listener) }()
	a.background = startBackground(a.options.Log, a.Tasks()...)
	a.options.Log.InfoContext(ctx, "started", "url", a.options.PublicURL, "listen", a.Addr(), "database", a.db.Dialect().Name, "version", a.options.Version)
	return nil
}

// Stop ends the background work, lets requests that have begun end, and closes the store. It may be called more than
// once, and before Start.
func (a *App) Stop() error {
	a.stop.Do(func() {
		if a.background == nil {
			a.stopped = errors.Join(a.listener.Close(), a.db.Close())
			return
		}
		err := shutDown(a.server)
		a.background.stop()
		a.client.CloseIdle()
		if served := <-a.served; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		a.stopped = errors.Join(err, a.db.Close())
		a.options.Log.Info("stopped")
	})
	return a.stopped
}

// Addr is the address that is listened on.
func (a *App) Addr() string { return a.listener.Addr().String() }

// URL is the public URL.
func (a *App) URL() string { return a.options.PublicURL }
