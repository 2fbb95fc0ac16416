package store

import (
	"context"
	"io/fs"
	"runtime"
	"sync"
	"time"
)

// Options are the same for both databases; the zero value is right for production.
type Options struct {
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// Sealer encrypts the secrets that the store keeps. Without one, secrets can be neither written nor read.
	Sealer Sealer
	// Migrations replaces the product's own schema; see Migrations for the layout.
	Migrations fs.FS
	// Readers bounds the Views that run at the same time; 0 is a default.
	Readers int
	// Writers bounds the commits that are under way at the same time on PostgreSQL; 0 is a default. SQLite has one.
	Writers int
	// Batch bounds the logical transactions of one commit; 0 is a default.
	Batch int
	// Gather, if not nil, chooses how many of the waiting transactions (at least one) go into the next commit. If it
	// answers more than are waiting, the writer waits for them. For simulations and tests: it decides the
	// composition of every commit.
	Gather func(waiting int) int
	// Around, if not nil, stands between a writer and each connection it opens. For simulations and tests: it makes
	// them slow and lets them fail.
	Around func(Conn) Conn
	// NoSync leaves out every fsync. For simulations and tests of processes that die, on machines that do not.
	NoSync bool
	// Engine, if not nil, answers the engine to use in the place of the given one. For simulations and tests: what it puts
	// between the store and the database can fail.
	Engine func(Engine) Engine
}

// DB is an open database. Its methods may be called concurrently.
type DB struct {
	dialect *Dialect
	now     func() time.Time
	sealer  Sealer
	writer  *writer
	viewer  *viewer
	close   sync.Once
	closed  error
}

// defaultBatch: beyond it a commit gets no cheaper per transaction, and the first of the batch waits longer.
const defaultBatch = 64

// New makes a DB of an engine; sqlite.Open and postgres.Open call it.
func New(engine Engine, opts Options) *DB {
	if opts.Engine != nil {
		engine = opts.Engine(engine)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Batch <= 0 {
		opts.Batch = defaultBatch
	}
	if opts.Readers <= 0 {
		opts.Readers = max(4, runtime.GOMAXPROCS(0)) // they are busy with the processor more than with waiting
	}
	db := &DB{dialect: engine.Dialect, now: opts.Now, sealer: opts.Sealer, viewer: newViewer(engine, opts.Readers)}
	db.writer = newWriter(engine, opts, func(conn Conn) *Tx { return db.begin(conn, conn) })
	return db
}

// Update runs fn in a transaction and answers when it is durable; see the package's contract for fn. If ctx ends before fn has
// started, fn is not run and ctx's error is answered; once it has started, Update waits for the true outcome.
// A panic of fn undoes what it wrote and continues in the caller.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return db.writer.update(ctx, fn)
}

// View runs fn on one snapshot of what is committed, beside other Views and Updates. Updates that were answered before
// View was called are in it. When ctx ends, its statements are interrupted. Like that of Update, fn may be run again.
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	if db.writer.isClosing() {
		return ErrClosed
	}
	if err := db.viewer.view(ctx, func(from Querier) error {
		tx := db.begin(from, nil)
		return tx.end(fn(tx))
	}); err != nil {
		return err
	}
	return db.writer.settled(ctx)
}

// Dialect is what Tx.Dialect answers, for statements that are put together once.
func (db *DB) Dialect() *Dialect { return db.dialect }

// Stats are counts since the DB was opened.
func (db *DB) Stats() Stats { return db.writer.stats.snapshot() }

// Close finishes the Updates that are queued and the Views that run, refuses new ones with ErrClosed, and closes the
// connections. It may be called more than once.
func (db *DB) Close() error {
	db.close.Do(func() {
		db.writer.stop()
		db.closed = db.viewer.close()
	})
	return db.closed
}

func (db *DB) begin(from Querier, to Conn) *Tx {
	return &Tx{from: from, to: to, dialect: db.dialect, sealer: db.sealer, now: db.now().UTC().Truncate(time.Microsecond)}
}
