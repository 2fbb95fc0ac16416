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

	"hookswitch/internal/delivery"
	"hookswitch/internal/provider"
	"hookswitch/internal/store"
)

// App is a server: one process of a Hookswitch installation.
type App struct {
	options    Options
	db         *store.DB
	use        *useCases
	client     *provider.Client
	doctor     *delivery.Doctor
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
	a.options = o
	key, err := loadMasterKey(o.MasterKeyFile)
	if err != nil {
		return fail(err)
	}
	if a.db, err = openDatabase(ctx, o.DatabaseURL, store.Options{Now: o.Now, Sealer: key}); err != nil {
		return fail(err)
	}
	undo = append(undo, a.db.Close)
	watched := newMetrics(o.Version)
	watched.watch(a.db)
	a.client, err = provider.NewClient(provider.Options{
		Exempt:  slices.DeleteFunc([]string{o.PublicURL, o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL}, func(u string) bool { return u == "" }),
		Allowed: o.AllowedNetworks, Trace: watched.exchange,
	})
	if err != nil {
		return fail(err)
	}
	a.doctor = newDoctor(a.db)
	if a.use, err = newUseCases(ctx, o, a.db, key, a.client, a.doctor); err != nil {
		return fail(err)
	}
	if err := bootstrap(ctx, o, a.use.admin); err != nil {
		return fail(err)
	}
	handler, err := a.faces(watched)
	if err != nil {
		return fail(err)
	}
	a.server = &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
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
	a.background = startBackground(a.options.Log,
		task{"reconcile deliveries", time.Second, func(ctx context.Context) (bool, error) {
			n, err := a.use.delivery.Reconcile(ctx)
			return n > 0, err
		}},
		task{"judge the health of providers", 30 * time.Second, func(ctx context.Context) (bool, error) {
			return false, a.doctor.Judge(ctx)
		}},
		task{"sweep limits", time.Minute, func(ctx context.Context) (bool, error) {
			return false, a.db.Update(ctx, func(tx *store.Tx) error { return tx.SweepLimits(1000) })
		}},
		task{"sweep idempotency keys", time.Minute, func(ctx context.Context) (bool, error) {
			return false, replies{a.db}.sweep(ctx)
		}},
		task{"sweep sign-ins", time.Minute, func(ctx context.Context) (bool, error) {
			return false, a.use.signin.Sweep(ctx)
		}},
		task{"make room in the log", 6 * time.Hour, func(ctx context.Context) (bool, error) {
			return false, a.prepareLog(ctx)
		}},
	)
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

// prepareLog makes the partitions of the System Log for this month and the two after it, on databases that have any.
func (a *App) prepareLog(ctx context.Context) error {
	now := a.options.Now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for range 3 {
		next := month.AddDate(0, 1, 0)
		err := a.db.Update(ctx, func(tx *store.Tx) error {
			for _, statement := range tx.Dialect().Partition("events", month, next) {
				if err := tx.Exec(store.AnyRows, statement); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("make room in the System Log: %w", err)
		}
		month = next
	}
	return nil
}

// ready tells whether requests can be answered: whether the database can be read.
func (a *App) ready(ctx context.Context) error {
	_, err := a.use.admin.Org(ctx)
	return err
}
