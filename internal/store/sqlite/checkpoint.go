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
const (
	copyEvery = 4000  // the more, the fewer pages are copied: most change again soon
	longLog   = 12000 // 24 MB: what a start after a crash has to read, and every reader to look through
	nearEnd   = 500
	passes    = 4 // each has about as much to copy as was written during the one before
)

// writerCache holds the pages that commits change, in KB as a negative number: indexes have them all over the file.
const writerCache = "cache_size = -16000"

// writer is the connection that writes, with another that copies from the log to the file.
type writer struct {
	*conn
	*publisher
	length uintptr      // *int32: the pages in the log after the last commit
	asked  int32        // the length of the log when it was last to be copied
	ended  int32        // the length when the writer last tried to copy all of it
	copied atomic.Int32 // the pages that the other connection has copied
	ask    chan struct{}
	copier sync.WaitGroup
}

func connectWriter(path string, opts store.Options) (store.Conn, error) {
	c, err := connect(path, append(pragmas(opts), writerCache)...)
	if err != nil {
		return nil, err
	}
	p, err := newPublisher(c, path, opts)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	copier, err := connect(path, pragmas(opts)...)
	if err != nil {
		return nil, errors.Join(err, p.close(), c.Close())
	}
	w := &writer{conn: c, publisher: p, length: libc.Xcalloc(c.tls, 1, libc.Tsize_t(unsafe.Sizeof(int32(0)))), ask: make(chan struct{}, 1)}
	sqlite3.Xsqlite3_wal_hook(c.tls, c.db, function(noteLength), w.length) // it takes the place of SQLite's own
	w.copier.Go(func() {
		for range w.ask {
			w.copyBeside(copier)
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
		w.asked, w.ended = 0, 0
		w.copied.Store(0)
	}
	switch since := length - w.ended; {
	case since >= longLog && length-w.copied.Load() <= nearEnd, since >= 2*longLog:
		w.ended = length - longLog + copyEvery // if somebody reads it still: again after as many pages
		w.asked = length
		w.checkpoint()
	case length-w.asked >= copyEvery:
		w.asked = length
		select {
		case w.ask <- struct{}{}:
		default: // it is at it
		}
	}
}

// copyBeside copies by another connection; when the log is long, until little is left.
func (w *writer) copyBeside(copier *conn) {
	before := w.copied.Load()
	for range passes {
		length, copied := copier.checkpoint()
		w.copied.Store(copied)
		if length < longLog || copied-before <= nearEnd {
			return
		}
		before = copied
	}
}

// checkpoint copies what nobody reads from the log any more, and answers how many pages the log has, and how many of them are
// in the file then. What it cannot do now is left for the next time: all of it is safe in the log.
func (d *database) checkpoint() (length, copied int32) {
	out := d.tls.Alloc(8)
	defer d.tls.Free(8)
	both := (*[2]int32)(at(out))
	*both = [2]int32{}
	_ = sqlite3.Xsqlite3_wal_checkpoint_v2(d.tls, d.db, 0, sqlite3.SQLITE_CHECKPOINT_PASSIVE, out, out+4)
	return both[0], both[1]
}

func (w *writer) Close() error {
	close(w.ask)
	w.copier.Wait() // before: the last to close the file copies what is left
	sqlite3.Xsqlite3_wal_hook(w.tls, w.db, 0, 0)
	libc.Xfree(w.tls, w.length)
	return errors.Join(w.publisher.close(), w.conn.Close())
}
