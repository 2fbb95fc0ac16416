package sqlite

import (
	"errors"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"hookswitch/internal/store"
)

// When pages go from the log to the file, in pages of the log. SQLite by itself does it at every thousand, while
// everybody waits. Here another connection does it beside the commits. While they go on it never reaches the end of
// the log, where the log could begin anew; so the writer does what is left when the log has become long: little, once
// the other has come near the end.
//
// Small steps keep the disk free for commits. Large ones copy fewer pages in all, for most of them change again soon:
// that counts where commits are large, which means that many wait for the processor.
const (
	nearEnd     = 500
	passes      = 4 // each has about as much to copy as was written during the one before
	largeCommit = 40
)

// step is when to copy.
type step struct {
	every int32
	long  int32 // a log that has to begin anew: a start after a crash has to read it, and every reader to look through it
}

func stepAfter(commit int32) step {
	if commit < largeCommit {
		return step{every: 1000, long: 4000}
	}
	return step{every: 4000, long: 12000} // 24 MB
}

// writerCache holds the pages that commits change, in KB as a negative number: indexes have them all over the file.
const writerCache = "cache_size = -8000"

// writer is the connection that writes, with another that copies from the log to the file.
type writer struct {
	*conn
	*publisher
	length uintptr      // *int32: the pages in the log after the last commit
	seen   int32        // the same before it
	asked  int32        // the length of the log when it was last to be copied
	ended  int32        // the length when the writer last tried to copy all of it
	copied atomic.Int32 // the pages that the other connection has copied
	ask    chan bool    // whether to come near the end
	copier sync.WaitGroup
}

func connectWriter(path string, opts store.Options, unsound *atomic.Bool) (store.Conn, error) {
	c, err := connect(path, append(pragmas(opts), writerCache)...)
	if err != nil {
		return nil, err
	}
	p, err := newPublisher(c, path, opts, unsound)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	copier, err := connect(path, pragmas(opts)...)
	if err != nil {
		return nil, errors.Join(err, p.close(), c.Close())
	}
	w := &writer{conn: c, publisher: p, length: libc.Xcalloc(c.tls, 1, libc.Tsize_t(unsafe.Sizeof(int32(0)))), ask: make(chan bool, 1)}
	sqlite3.Xsqlite3_wal_hook(c.tls, c.db, function(noteLength), w.length) // it takes the place of SQLite's own
	w.copier.Go(func() {
		for nearly := range w.ask {
			w.copyBeside(copier, nearly)
		}
		_ = copier.Close()
	})
	return w, nil
}

// noteLength is called by SQLite after a commit.
func noteLength(_ *libc.TLS, length, _, _ uintptr, pages int32) int32 {
	*(*int32)(at(length)) = pages
	return sqlite3.SQLITE_OK
}

func (w *writer) Commit() error {
	if err := w.conn.Commit(); err != nil {
		return err
	}
	w.copyLog()
	return nil
}

// copyLog has the log copied when it is time.
func (w *writer) copyLog() {
	length := *(*int32)(at(w.length))
	if length < w.asked { // it has begun anew
		w.seen, w.asked, w.ended = 0, 0, 0
		w.copied.Store(0)
	}
	step := stepAfter(length - w.seen)
	w.seen = length
	switch since := length - w.ended; {
	case since >= step.long && length-w.copied.Load() <= nearEnd, since >= 2*step.long:
		w.ended = length - step.long + step.every // if somebody reads it still: again after as many pages
		w.asked = length
		w.checkpoint()
	case length-w.asked >= step.every:
		w.asked = length
		select {
		case w.ask <- since >= step.long:
		default: // it is at it
		}
	}
}

// copyBeside copies by another connection: once, or until little is left.
func (w *writer) copyBeside(copier *conn, nearly bool) {
	before := w.copied.Load()
	for range passes {
		copied := copier.checkpoint()
		w.copied.Store(copied)
		if !nearly || copied-before <= nearEnd {
			return
		}
		before = copied
	}
}

// checkpoint copies what nobody reads from the log any more, and answers how many of its pages are in the file then. What
// it cannot do now is left for the next time: all of it is safe in the log.
func (d *database) checkpoint() (copied int32) {
	out := d.tls.Alloc(4)
	defer d.tls.Free(4)
	*(*int32)(at(out)) = 0
	_ = sqlite3.Xsqlite3_wal_checkpoint_v2(d.tls, d.db, 0, sqlite3.SQLITE_CHECKPOINT_PASSIVE, 0, out)
	return *(*int32)(at(out))
}

func (w *writer) Close() error {
	close(w.ask)
	w.copier.Wait() // before: the last to close the file copies what is left
	sqlite3.Xsqlite3_wal_hook(w.tls, w.db, 0, 0)
	libc.Xfree(w.tls, w.length)
	return errors.Join(w.publisher.close(), w.conn.Close())
}
