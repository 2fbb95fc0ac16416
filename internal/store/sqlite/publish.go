package sqlite

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"hookswitch/internal/store"
)

// publisher parts a commit from the sync that makes it durable, so that the next transactions run while the disk is at work.
// A log may be synced as a whole by anybody who has it open: each commit's frames follow those of the one before,
// and a start after a loss of power ends at the first that is not whole.
//
// https://www.sqlite.org/fileformat2.html#walformat
type publisher struct {
	log     *logFile
	file    *os.File     // the log; no lock of SQLite's is on it, which closing it would drop
	unsound *atomic.Bool // a sync has failed: nobody knows what of the log is on the disk, whoever has it open next
}

// newPublisher answers nil when nothing is to be synced.
func newPublisher(c *conn, path string, opts store.Options, unsound *atomic.Bool) (*publisher, error) {
	if opts.NoSync {
		return nil, nil
	}
	log, err := c.gatherLog()
	if err != nil {
		return nil, classify(err)
	}
	file, err := os.OpenFile(path+"-wal", os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return &publisher{log: log, file: file, unsound: unsound}, nil
}

func (p *publisher) close() error {
	if p == nil {
		return nil
	}
	return p.file.Close()
}

// Publish commits, and answers what waits for the disk.
func (w *writer) Publish() (durable func() error, err error) {
	if w.publisher == nil {
		return func() error { return nil }, w.Commit()
	}
	if w.unsound.Load() { // since it was begun: its own sync would tell nothing of the frames before
		return nil, fmt.Errorf("%w: the sync of the commit before has failed", store.ErrUnavailable)
	}
	w.log.later, w.log.owed = true, false
	err = w.conn.Commit()
	w.log.later = false
	if err != nil {
		return nil, err
	}
	owed := w.log.owed
	w.copyLog()
	if !owed {
		return func() error { return nil }, nil
	}
	return w.sync, nil
}

func (p *publisher) sync() error {
	if err := p.file.Sync(); err != nil {
		p.unsound.Store(true)
		return fmt.Errorf("%w: the log could not be synced: %w", store.ErrUncertain, err)
	}
	return nil
}

// Begin first makes good for a sync that failed: what the system could not write it may since have forgotten, and a later
// sync would not tell. So all goes to the file, and the log begins anew.
func (w *writer) Begin() error {
	if w.publisher != nil && w.unsound.Load() {
		if err := w.renewLog(); err != nil {
			return err
		}
		w.unsound.Store(false)
	}
	return w.conn.Begin()
}

func (w *writer) renewLog() error {
	done := false
	err := w.Query("PRAGMA wal_checkpoint(TRUNCATE)", nil, func(r store.Row) error {
		var busy, pages, copied int64
		err := r.Scan(&busy, &pages, &copied)
		done = busy == 0
		return err
	})
	if err == nil && !done {
		err = errors.New("somebody reads it")
	}
	if err != nil {
		return fmt.Errorf("%w: the log cannot begin anew after a sync that failed: %w", store.ErrUnavailable, err)
	}
	return nil
}
