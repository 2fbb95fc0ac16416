package sim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"hookswitch"
	"hookswitch/internal/app"
	"hookswitch/internal/store"
)

// node is a place for a server: one process after the other, on a clock that may be wrong.
type node struct {
	world *world
	index int
	skew  atomic.Int64 // what its clock shows beyond the world's

	mu      sync.Mutex
	process *process // nil while there is none
}

func (n *node) now() time.Time { return time.Now().Add(time.Duration(n.skew.Load())) }

func (n *node) running() *process {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.process
}

// process is one life of a server: use cases, caches and breaker in memory, a store of its own, background work. It ends
// at any instant, and whatever it was doing ends with it.
type process struct {
	*node
	app     *app.Node
	db      *store.DB
	handler http.Handler

	ctx  context.Context // ends with the process
	kill context.CancelFunc
	work sync.WaitGroup // its background work

	mu     sync.Mutex
	resume chan struct{} // while it is paused: closed when it goes on
	paused time.Time     // until when it is or was paused, at the latest
}

var errDead = fmt.Errorf("%w: the process is dead", store.ErrUnavailable)

func (p *process) alive() error {
	if p.ctx.Err() != nil {
		return errDead
	}
	return nil
}

// begin starts a process, again and again if it must: a server that cannot begin is started anew by whoever runs it.
func (n *node) begin(a *actor) {
	var err error
	for range 100 {
		if err = n.start(); err == nil || n.world.ctx.Err() != nil {
			return
		}
		a.sleep(a.between(time.Second, 5*time.Second))
	}
	n.world.must(err)
}

// start begins a process: it opens the file, as a server does, and goes to work.
func (n *node) start() error {
	p := &process{node: n}
	p.ctx, p.kill = context.WithCancel(context.Background())
	a := n.world.cast.actor()
	o := n.world.options
	o.Now = n.now
	o.Random = newRandom(n.world.cast.actor())
	gather := n.world.cast.actor()
	n.world.disk.lock()
	db, err := app.OpenStore(p.ctx, o, store.Options{
		Gather:  func(waiting int) int { return 1 + gather.dice.IntN(waiting) },
		Around:  func(c store.Conn) store.Conn { return &line{Conn: c, process: p, actor: a} },
		Readers: 2,
	})
	n.world.disk.unlock()
	if err != nil {
		return err
	}
	p.db = db
	p.app, err = app.NewNode(a.in(p.ctx), o, port{p}, carriers{p})
	if err = errors.Join(err, p.alive()); err != nil {
		p.kill()
		return errors.Join(err, db.Close())
	}
	p.handler = p.app.Handler()
	for _, task := range p.app.Tasks() {
		worker := n.world.cast.actor()
		p.work.Go(func() { p.keepAt(worker, task) })
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.process = p
	return nil
}

// keepAt is background work. It goes at the pace of the world, which is slower than a server's: a round that finds nothing
// to do costs as much as one that does.
func (p *process) keepAt(a *actor, task app.Task) {
	if !a.sleepIn(p.ctx, a.between(0, p.pace(task))) {
		return
	}
	for {
		every := p.pace(task)
		a.delivery = ""
		more, err := task.Run(a.in(p.ctx))
		if more && err == nil {
			every = 0
		}
		if !a.sleepIn(p.ctx, every) {
			return
		}
	}
}

// pace is how often a task runs in this world. Housekeeping would take more time than it is worth here.
func (p *process) pace(task app.Task) time.Duration {
	every := task.Every
	if every > time.Second {
		every *= 4
	}
	return max(every, time.Duration(p.world.pace.Load()))
}

// die ends the process where it stands: nothing that it does from now on reaches anybody.
func (p *process) die() {
	p.node.mu.Lock()
	if p.node.process == p {
		p.node.process = nil
	}
	p.node.mu.Unlock()
	p.kill()
	p.world.after.Go(func() {
		p.work.Wait()
		_ = p.db.Close() // what was under way there is undone
	})
}

// crash ends the process and starts the next one some time later.
func (p *process) crash() {
	if p.alive() != nil {
		return
	}
	if p.node.running() != p {
		p.kill() // while it was starting: whoever starts it will see
		return
	}
	p.die()
	w := p.world
	next := w.cast.actor()
	w.after.Go(func() {
		next.sleep(next.between(100*time.Millisecond, 10*time.Second))
		p.node.begin(next)
	})
}

// nap draws how long a process is paused: half of the time longer than its leases.
func (p *process) nap(a *actor) time.Duration {
	if a.chance(0.5) || p.world.disk.book.of(a.delivery) == hookswitch.Sending {
		return a.between(25*time.Second, 60*time.Second)
	}
	return a.between(time.Second, 20*time.Second)
}

// stop pauses the process, as SIGSTOP does, and lets it go on later.
func (p *process) stop(pause time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.resume != nil || p.alive() != nil {
		return
	}
	resume := make(chan struct{})
	p.resume, p.paused = resume, time.Now().Add(pause)
	waker := p.world.cast.actor()
	p.world.after.Go(func() {
		waker.sleep(pause)
		p.mu.Lock()
		p.resume = nil
		p.mu.Unlock()
		close(resume)
	})
}

// pass is a call of one of the process's ports, before it reaches the other side. It waits while the process is paused.
func (p *process) pass(a *actor) error {
	p.mu.Lock()
	resume := p.resume
	p.mu.Unlock()
	if resume != nil {
		if a.op != nil {
			a.op.Hurt = true
		}
		select {
		case <-resume:
			a.sleep(0) // all wake together; each goes on at its own instant
		case <-p.ctx.Done():
		}
	}
	return p.alive()
}

// waitsLong is a transaction that stood in line longer than any commit takes.
const waitsLong = 5 * time.Second

// pausedSince tells whether the process stood still at some time after began.
func (p *process) pausedSince(began time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paused.After(began)
}

// port is the store as the use cases of a process see it.
type port struct{ p *process }

// View implements [app.Database].
func (s port) View(ctx context.Context, fn func(*store.Tx) error) error {
	if err := s.p.pass(actorOf(ctx)); err != nil {
		return err
	}
	return s.p.db.View(ctx, fn)
}

// Update implements [app.Database].
func (s port) Update(ctx context.Context, fn func(*store.Tx) error) error {
	p, a := s.p, actorOf(ctx)
	w := p.world
	if err := p.pass(a); err != nil {
		return err
	}
	if w.strikes(a, CrashAtStore) {
		p.crash()
		return errDead
	}
	if w.strikes(a, Pause) {
		p.stop(p.nap(a))
		if err := p.pass(a); err != nil {
			return err
		}
	}
	fault := w.oneOf(a, StoreBusy, StoreFull, StoreBefore, StoreAfter)
	switch fault {
	case StoreBusy:
		a.sleep(5 * time.Second)
		return fmt.Errorf("%w: simulated", store.ErrBusy)
	case StoreFull:
		return fmt.Errorf("%w: simulated", store.ErrFull)
	}
	began := time.Now()
	err := p.db.Update(ctx, func(tx *store.Tx) error {
		if err := p.alive(); err != nil {
			return err
		}
		if err := fn(tx); err != nil || fault != StoreBefore {
			return err
		}
		return fmt.Errorf("%w: simulated", store.ErrUnavailable)
	})
	if a.op != nil && time.Since(began) > waitsLong && p.pausedSince(began) {
		a.op.Hurt = true // it had passed its port before the pause, and stood in line through it
	}
	if a.op != nil { // it may have made a delivery
		a.delivery = w.disk.book.latest(w.history.phone(a.op.Person))
	}
	a.sleep(a.between(0, 2*time.Millisecond)) // a batch answers all of its callers at once; each goes on at its own instant
	if w.strikes(a, CrashAfterStore) {
		p.crash()
	}
	if dead := p.pass(a); dead != nil {
		return dead
	}
	if err == nil && fault == StoreAfter {
		return fmt.Errorf("%w: simulated", store.ErrUncertain)
	}
	return err
}
