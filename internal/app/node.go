package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"hookswitch/internal/delivery"
	"hookswitch/internal/provider"
	"hookswitch/internal/store"
)

// Database is what the use cases ask of an open store: a [store.DB], or a simulation that stands before one.
type Database interface {
	Update(ctx context.Context, fn func(*store.Tx) error) error
	View(ctx context.Context, fn func(*store.Tx) error) error
}

// Node is a server without an address: the use cases on an open store, and the handler of all that they answer. [App] puts
// it behind a listener; a simulation calls it as it is.
type Node struct {
	options  Options
	database Database
	use      *useCases
	client   *provider.Client
	doctor   *delivery.Doctor
	metrics  *metrics
	handler  http.Handler
}

// OpenStore opens the database that the options name and brings its schema up to date. The clock and the sealing of
// secrets are those of o.
func OpenStore(ctx context.Context, o Options, with store.Options) (*store.DB, error) {
	o, err := o.Effective()
	if err != nil {
		return nil, err
	}
	key, err := loadMasterKey(o.MasterKeyFile)
	if err != nil {
		return nil, err
	}
	with.Now, with.Sealer = o.Now, key
	return openDatabase(ctx, o.DatabaseURL, with)
}

// NewNode puts the use cases together. The public URL must be set. A transport stands in for the network to carriers and
// hooks; nil is the network.
func NewNode(ctx context.Context, o Options, database Database, transport http.RoundTripper) (*Node, error) {
	o, err := o.Effective()
	if err != nil {
		return nil, err
	}
	key, err := loadMasterKey(o.MasterKeyFile)
	if err != nil {
		return nil, err
	}
	n := &Node{options: o, database: database, metrics: newMetrics(o.Version)}
	n.client, err = provider.NewClient(provider.Options{
		Exempt:  slices.DeleteFunc([]string{o.PublicURL, o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL}, func(u string) bool { return u == "" }),
		Allowed: o.AllowedNetworks, Trace: n.metrics.exchange, Transport: transport,
	})
	if err != nil {
		return nil, err
	}
	n.doctor = newDoctor(o, database)
	if n.use, err = newUseCases(ctx, o, database, key, n.client, n.doctor); err != nil {
		return nil, err
	}
	if err := bootstrap(ctx, o, n.use.admin); err != nil {
		return nil, err
	}
	n.handler, err = n.faces(n.metrics)
	return n, err
}

// Handler answers everything that the server answers.
func (n *Node) Handler() http.Handler { return n.handler }

// Tasks are the background work. Each runs by itself and again at its pace.
func (n *Node) Tasks() []Task {
	return []Task{
		{"reconcile deliveries", time.Second, func(ctx context.Context) (bool, error) {
			took, err := n.use.delivery.Reconcile(ctx)
			return took > 0, err
		}},
		{"judge the health of providers", 30 * time.Second, func(ctx context.Context) (bool, error) {
			return false, n.doctor.Judge(ctx)
		}},
		{"count deliveries", time.Minute, n.use.counts.Keep},
		{"sweep limits", time.Minute, func(ctx context.Context) (bool, error) {
			return sweepIn(ctx, n.database, (*store.Tx).SweepLimits)
		}},
		{"sweep idempotency keys", time.Minute, replies{n.database}.sweep},
		{"sweep sign-ins", time.Minute, n.use.signin.Sweep},
		{"make room in the log", 6 * time.Hour, func(ctx context.Context) (bool, error) {
			return false, n.prepareLog(ctx)
		}},
	}
}

// prepareLog makes the partitions of the System Log for this month and the two after it, on databases that have any.
func (n *Node) prepareLog(ctx context.Context) error {
	now := n.options.Now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for range 3 {
		next := month.AddDate(0, 1, 0)
		err := n.database.Update(ctx, func(tx *store.Tx) error {
			for _, statement := range tx.Dialect().Partition(store.LogTable, month, next) {
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
func (n *Node) ready(ctx context.Context) error {
	_, err := n.use.admin.Org(ctx)
	return err
}

// sweepAtOnce bounds one transaction of a sweep, for which other writes wait.
const sweepAtOnce = 1000

// sweepIn runs one round of a sweep and answers whether there may be more to do.
func sweepIn(ctx context.Context, db Database, sweep func(tx *store.Tx, limit int) (swept int, err error)) (more bool, err error) {
	err = db.Update(ctx, func(tx *store.Tx) error {
		swept, err := sweep(tx, sweepAtOnce)
		more = swept == sweepAtOnce
		return err
	})
	return more, err
}
