package store

import "context"

// Engine is how a dialect opens connections; what it brings to New.
type Engine struct {
	Dialect *Dialect
	// Writers is how many commits may be under way at the same time, each on a connection of OpenWriter.
	Writers    int
	OpenWriter func() (Conn, error)
	OpenReader func(context.Context) (Reader, error)
}

// Querier is a connection to read from. One goroutine uses a connection at a time.
type Querier interface {
	Query(query string, args Args, scan func(Row) error) error
}

// Reader is a connection that shows one snapshot at a time.
type Reader interface {
	Querier
	// Begin lets the next query take a snapshot; queries end with ctx.
	Begin(ctx context.Context) error
	// End lets it go. After an error the connection is closed and replaced.
	End() error
	Close() error
}

// Conn is one connection of a writer.
type Conn interface {
	// Querier's Query runs what was deferred, then the query.
	Querier
	Begin() error
	// Exec may defer the statement; wrote is false only if it surely changed nothing.
	Exec(want int64, query string, args Args) (wrote bool, err error)
	// Commit runs what was deferred and commits. If it fails, nothing was committed, except for ErrUncertain.
	Commit() error
	// Rollback ends the transaction, whatever its state. After an error the connection is closed and replaced.
	Rollback() error
	// Alive reports whether the transaction can go on after the last error of a statement.
	Alive() bool
	Close() error
}

// Publisher is a Conn that can go on while the disk is at work.
type Publisher interface {
	Conn
	// Publish commits as Commit does, except that it does not wait for the disk: that durable does, which may be called
	// beside the next transaction. Its error is ErrUncertain. Whoever is told of the transaction is told after that.
	Publish() (durable func() error, err error)
}

// Player is a Conn that has its own way to play a batch in the open transaction.
type Player interface {
	Conn
	// Play fills in Err and Spoiled. An error is no part's fault.
	Play(parts []*Part) error
}

// Part is one logical transaction in a Play.
type Part struct {
	Run     func(on Conn) error
	Careful bool  // it must see what the others wrote: play it after them
	Err     error // how it ended
	Spoiled bool  // it failed after something of it was written, so everything must be undone
}
