package store

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// writer plays logical transactions in batches, each batch in one physical transaction of a lane. A batch is whatever
// waits when the lane is free: one transaction when there is little to do, many when commits are the bottleneck, and
// nobody ever waits for a timer.
type writer struct {
	begin    func(Conn) *Tx
	open     func() (Conn, error)
	batch    int
	gather   func(int) int
	queue    chan *job
	closing  chan struct{} // closed: no new jobs
	stopped  chan struct{} // closed: no lane runs any more
	close    sync.Once
	lanes    sync.WaitGroup
	stats    counters
	settling atomic.Pointer[chan struct{}] // closed when what was committed last is durable
}

func newWriter(engine Engine, opts Options, begin func(Conn) *Tx) *writer {
	w := &writer{
		begin:   begin,
		open:    engine.OpenWriter,
		batch:   opts.Batch,
		gather:  opts.Gather,
		queue:   make(chan *job, 4*opts.Batch),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
	}
	if opts.Around != nil {
		w.open = func() (Conn, error) {
			conn, err := engine.OpenWriter()
			if err != nil {
				return nil, err
			}
			return opts.Around(conn), nil
		}
	}
	for range engine.Writers {
		w.lanes.Add(1)
		go (&lane{writer: w}).loop()
	}
	return w
}

func (w *writer) update(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.isClosing() {
		return ErrClosed
	}
	j := newJob(ctx, fn)
	select {
	case w.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closing:
		return ErrClosed
	}
	select {
	case <-j.done:
		return j.outcome()
	case <-ctx.Done():
		if j.abandon() {
			return ctx.Err()
		}
	case <-w.stopped:
	}
	// Either the job has started, or the lanes stopped around the moment it was queued.
	select {
	case <-j.done:
		return j.outcome()
	case <-w.stopped:
		if j.abandon() {
			return ErrClosed
		}
		<-j.done
		return j.outcome()
	}
}

func (w *writer) isClosing() bool {
	select {
	case <-w.closing:
		return true
	default:
		return false
	}
}

// stop lets the lanes finish what is queued and waits for them.
func (w *writer) stop() {
	w.close.Do(func() {
		close(w.closing)
		w.lanes.Wait()
		close(w.stopped)
	})
	<-w.stopped
}

// next answers the jobs of the next batch, all started, or none if the writer is closing and nothing waits.
func (w *writer) next() []*job {
	for {
		first, ok := w.receive()
		if !ok {
			return nil
		}
		n := min(1+len(w.queue), w.batch)
		if w.gather != nil {
			n = w.gather(1 + len(w.queue))
		}
		jobs := make([]*job, 0, max(n, 1))
		jobs = append(jobs, first)
		for len(jobs) < n {
			j, ok := w.receive()
			if !ok {
				break
			}
			jobs = append(jobs, j)
		}
		jobs = slices.DeleteFunc(jobs, func(j *job) bool { return !j.start() })
		if len(jobs) > 0 {
			return jobs
		}
	}
}

func (w *writer) receive() (*job, bool) {
	select {
	case j := <-w.queue:
		return j, true
	default:
	}
	select {
	case j := <-w.queue:
		return j, true
	case <-w.closing:
	}
	select {
	case j := <-w.queue:
		return j, true
	default:
		return nil, false
	}
}
