package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"hookswitch/internal/app"
	"hookswitch/internal/simulator"
)

// How fast a world's background work goes: while people are about, and when only the deadline is waited for.
const (
	livelyPace = 5 * time.Second
	quietPace  = time.Minute
)

// statusDeadline is the product's own default; heal waits longer.
const statusDeadline = 15 * time.Minute

// Size is how much happens in a world.
type Size struct {
	People int
	Lives  int // of each of them
}

// Outcome is what came of a world.
type Outcome struct {
	Lives  int // passcodes that were born
	Broken []string
	Matrix *Matrix
	Trace  []string // what happened, line by line
}

// world is one bubble with all that lives in it.
type world struct {
	ctx     context.Context
	end     context.CancelFunc
	cast    *cast
	faults  atomic.Pointer[plan]
	matrix  Matrix
	history *history
	options app.Options
	disk    *disk
	nodes   []*node
	pace    atomic.Int64

	simulator *simulator.Simulator
	post      *post
	after     sync.WaitGroup // everything that goes on by itself

	mu     sync.Mutex
	wrongs []string
}

// Live lives a world. It is called in a synctest bubble, whose clock it moves.
func Live(ground Ground, seed, number uint64, size Size) Outcome {
	dir, err := os.MkdirTemp(ground.dir, fmt.Sprint("world-", number, "-"))
	if err != nil {
		return Outcome{Broken: []string{err.Error()}, Matrix: &Matrix{}}
	}
	defer os.RemoveAll(dir)
	dice := rand.New(rand.NewPCG(seed, number))
	w := &world{cast: &cast{seed: [2]uint64{dice.Uint64(), dice.Uint64()}}}
	p := newPlan(dice)
	w.faults.Store(p)
	w.ctx, w.end = context.WithCancel(context.Background())
	w.disk = newDisk(newBook())
	w.history = &history{
		references: map[string]*handing{}, Steady: p.odds[ClockStep] == 0 && p.odds[ClockJump] == 0, Ailing: p.batchSlow > 0,
	}
	w.post = newPost(w)
	w.simulator = simulator.New(simulator.Options{Seed: dice.Uint64(), Client: &http.Client{Transport: w.post}})
	w.options = ground.options()
	w.options.DatabaseURL = "sqlite:" + filepath.Join(dir, "world.db")
	w.pace.Store(int64(livelyPace))
	w.must(ground.copyTo(filepath.Join(dir, "world.db")))
	for i := range []int{1, 2, 2, 3}[dice.IntN(4)] {
		n := &node{world: w, index: i}
		w.nodes = append(w.nodes, n)
		n.begin(w.cast.actor())
	}
	if len(w.wrongs) == 0 {
		w.live(size)
		w.heal()
		w.wrongs = append(w.wrongs, Check(w.history)...)
	}
	w.close()
	return Outcome{Lives: w.disk.book.born(), Broken: w.wrongs, Matrix: &w.matrix, Trace: w.history.trace()}
}

// live is the phase in which everything goes wrong.
func (w *world) live(size Size) {
	clocks, stop := context.WithCancel(w.ctx)
	for _, n := range w.nodes {
		a := w.cast.actor()
		w.after.Go(func() { n.misread(clocks, a) })
	}
	administrator := w.cast.actor()
	w.after.Go(func() { w.block(clocks, administrator) })
	var everybody []*person
	for i := range size.People {
		everybody = append(everybody, w.newPerson(i))
	}
	var people sync.WaitGroup
	for _, p := range everybody {
		people.Go(func() { p.live(size.Lives) })
	}
	people.Wait()
	stop()
}

// block has an administrator close a second range of numbers, to people who had passcodes before.
func (w *world) block(ctx context.Context, a *actor) {
	a.sleepIn(ctx, a.between(5*time.Minute, 9*time.Minute))
	for ctx.Err() == nil {
		if w.putBlocked(a) {
			return
		}
		a.sleepIn(ctx, a.between(time.Second, 5*time.Second))
	}
}

// misread moves the node's clock about.
func (n *node) misread(ctx context.Context, a *actor) {
	w := n.world
	for a.sleepIn(ctx, time.Second) {
		switch {
		case a.chance(w.faults.Load().odds[ClockStep]):
			n.move(ClockStep, a.between(-15*time.Second, 15*time.Second))
		case a.chance(w.faults.Load().odds[ClockJump]):
			by := a.between(-7*time.Minute, 7*time.Minute)
			if a.chance(0.3) { // what others send is beyond its deadline here
				by = a.between(farAhead, farAhead+5*time.Minute)
			}
			n.move(ClockJump, by)
			if by >= farAhead {
				a.sleepIn(ctx, 45*time.Second) // long enough to meet messages on their way
			}
		}
	}
}

// farAhead is a clock that shows a time beyond the deadline of everything that is sent now.
const farAhead = statusDeadline + time.Minute

func (n *node) move(f Fault, by time.Duration) {
	n.skew.Store(int64(by))
	for state, count := range n.world.disk.book.all() {
		n.world.matrix.hit(f, state, count)
	}
}

// heal ends all faults and waits until everything is at rest: beyond the status deadline, and for the last late letter.
func (w *world) heal() {
	a := w.cast.actor()
	w.faults.Store(&plan{latency: time.Millisecond})
	for _, n := range w.nodes {
		n.skew.Store(0)
	}
	w.pace.Store(int64(quietPace))
	a.sleep(statusDeadline + 10*time.Minute) // also of processes that are still to come back
	w.pace.Store(int64(12 * time.Hour))
	a.sleep(26 * time.Hour)
	w.pace.Store(int64(quietPace))
	a.sleep(5 * time.Minute)
	w.must(w.readPhones())
	w.must(w.readLog(a))
	w.must(w.readFactors(a))
}

func (w *world) close() {
	for _, n := range w.nodes {
		if p := n.running(); p != nil {
			p.die()
		}
	}
	w.end()
	w.simulator.Close()
	w.after.Wait()
}

// anybody is one of the running processes, as a load balancer would choose; nil when there is none.
func (w *world) anybody(a *actor) *process {
	up := make([]*process, 0, len(w.nodes))
	for _, n := range w.nodes {
		if p := n.running(); p != nil {
			up = append(up, p)
		}
	}
	if len(up) == 0 {
		return nil
	}
	return up[a.dice.IntN(len(up))]
}

// ahead is how much further the clock of another node is than n's.
func (w *world) ahead(n *node) (most time.Duration) {
	for _, other := range w.nodes {
		most = max(most, time.Duration(other.skew.Load()-n.skew.Load()))
	}
	return most
}

// must notes an error of the world itself: of a simulation that cannot go on, not of the product.
func (w *world) must(err error) {
	if err != nil {
		w.broken("the world does not stand: %v", err)
	}
}

func (w *world) broken(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrongs = append(w.wrongs, fmt.Sprintf(format, args...))
}
