package sim

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"hookswitch"
	"hookswitch/internal/store"
)

// disk is the one file that all nodes write. One of them writes at a time, the others wait in line: SQLite would let them
// try again and again in real time, of which there is none here.
type disk struct {
	turn chan struct{}
	book *book
}

func newDisk(b *book) *disk { return &disk{turn: make(chan struct{}, 1), book: b} }

func (d *disk) lock()   { d.turn <- struct{}{} }
func (d *disk) unlock() { <-d.turn }

// book is which state each delivery is in, as far as it is committed. The matrix of faults is counted by it; the checker
// never looks at it.
type book struct {
	mu    sync.Mutex
	state map[string]hookswitch.DeliveryState
	last  map[string]string // the newest delivery to each phone
}

func newBook() *book {
	return &book{state: map[string]hookswitch.DeliveryState{}, last: map[string]string{}}
}

// latest is the newest delivery to a phone, "" before there is one.
func (b *book) latest(phone string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last[phone]
}

func (b *book) born() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.state)
}

func (b *book) of(delivery string) hookswitch.DeliveryState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state[delivery]
}

func (b *book) all() map[hookswitch.DeliveryState]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	count := map[hookswitch.DeliveryState]int{}
	for _, s := range b.state {
		count[s]++
	}
	return count
}

func (b *book) commit(moves []move) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range moves {
		b.state[m.delivery] = m.state
		if m.phone != "" {
			b.last[m.phone] = m.delivery
		}
	}
}

// move is what a statement says of a delivery.
type move struct {
	delivery string
	phone    string // of a new one
	state    hookswitch.DeliveryState
}

// line is a process's connection for writing. It takes time, it fails, and it is cut when the process dies.
type line struct {
	store.Conn
	process *process
	actor   *actor
	holds   bool
	moves   []move // of the transaction under way
}

func (l *line) Begin() error {
	w := l.process.world
	w.disk.lock()
	l.holds, l.moves = true, nil
	err := l.process.alive()
	if err == nil && l.actor.chance(w.faults.Load().batchBusy) {
		err = fmt.Errorf("%w: simulated", store.ErrBusy)
	}
	if err == nil {
		err = l.Conn.Begin()
	}
	if err != nil {
		l.release()
	}
	return err
}

func (l *line) release() {
	if l.holds {
		l.holds = false
		l.process.world.disk.unlock()
	}
}

func (l *line) Exec(want int64, query string, args store.Args) (bool, error) {
	switch { // see store/deliveries.go
	case strings.HasPrefix(query, "INSERT INTO deliveries"):
		l.note(args[0], args[6], args[10])
	case strings.HasPrefix(query, "UPDATE deliveries SET state = $3"):
		l.note(args[0], "", args[2])
	}
	return l.Conn.Exec(want, query, args)
}

func (l *line) note(id, phone, state any) {
	if s, ok := state.(hookswitch.DeliveryState); ok {
		l.moves = append(l.moves, move{fmt.Sprint(id), fmt.Sprint(phone), s})
	}
}

// Commit takes a moment, in which others queue for the next one; so the batches are drawn by the dice.
func (l *line) Commit() error {
	w := l.process.world
	pause := l.actor.between(20*time.Microsecond, w.faults.Load().latency)
	if l.actor.chance(w.faults.Load().batchSlow) {
		pause = l.actor.between(time.Second, 12*time.Second)
	}
	l.actor.sleep(pause)
	if err := l.process.alive(); err != nil {
		return err
	}
	if l.actor.chance(w.faults.Load().batchFails) {
		return fmt.Errorf("%w: simulated", []error{store.ErrFull, store.ErrUnavailable, store.ErrBusy}[l.actor.dice.IntN(3)])
	}
	if err := l.Conn.Commit(); err != nil {
		return err
	}
	w.disk.book.commit(l.moves)
	l.release()
	return nil
}

func (l *line) Rollback() error {
	defer l.release()
	return l.Conn.Rollback()
}

func (l *line) Close() error {
	err := l.Conn.Close()
	l.release()
	return err
}
