package simulator

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// ids makes names that look random and repeat with the seed.
type ids struct {
	seed     uint64
	n        uint64
	messages uint64
	calls    uint64
}

func (i *ids) message() uint64 { i.messages++; return i.messages }

func (i *ids) call() uint64 { i.calls++; return i.calls }

func (i *ids) digest() [32]byte {
	i.n++
	var in [16]byte
	binary.BigEndian.PutUint64(in[:8], i.seed)
	binary.BigEndian.PutUint64(in[8:], i.n)
	return sha256.Sum256(in[:])
}

// sid is a Twilio identifier: two letters and 32 hexadecimal digits.
func (i *ids) sid(prefix string) string {
	d := i.digest()
	return prefix + hex.EncodeToString(d[:16])
}

// reference is a Telesign reference_id: 32 upper-case hexadecimal digits.
func (i *ids) reference() string {
	d := i.digest()
	return fmt.Sprintf("%X", d[:16])
}

// random is a generator of its own for one purpose.
func (i *ids) random() *rand.Rand {
	d := i.digest()
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(d[:8]), binary.BigEndian.Uint64(d[8:16])))
}

// lane is a place in every millisecond that belongs to one actor (a message, a
// call, a feed of callbacks): what it waits for is due there, so no two things
// are due at one instant. In a synctest bubble the order of events then follows
// from the seed alone.
type lane time.Duration

func (i *ids) lane() lane {
	i.n++
	return lane(i.n % 125_000 * 8)
}

// due is the wait, d or up to a millisecond more, that ends in the lane.
func (l lane) due(d time.Duration) time.Duration {
	earliest := time.Now().Add(d)
	at := earliest.Truncate(time.Millisecond).Add(time.Duration(l))
	if at.Before(earliest) {
		at = at.Add(time.Millisecond)
	}
	return d + at.Sub(earliest)
}

// signal wakes all who wait for something to happen. Guarded by its owner.
type signal struct {
	ch chan struct{}
}

func newSignal() *signal { return &signal{ch: make(chan struct{})} }

func (s *signal) wait() <-chan struct{} { return s.ch }

func (s *signal) fire() {
	close(s.ch)
	s.ch = make(chan struct{})
}

// recent keeps the newest values under their keys and forgets the oldest.
type recent[V any] struct {
	limit  int
	order  []string
	values map[string]V
}

func newRecent[V any](limit int) recent[V] {
	return recent[V]{limit: limit, values: map[string]V{}}
}

func (r *recent[V]) put(key string, v V) {
	if _, ok := r.values[key]; !ok {
		r.order = append(r.order, key)
	}
	r.values[key] = v
	if len(r.order) > r.limit {
		drop := r.limit/10 + 1
		for _, old := range r.order[:drop] {
			delete(r.values, old)
		}
		r.order = append([]string(nil), r.order[drop:]...)
	}
}

func (r *recent[V]) get(key string) (V, bool) {
	v, ok := r.values[key]
	return v, ok
}

// newestFirst calls f until it answers false.
func (r *recent[V]) newestFirst(f func(V) bool) {
	for _, v := range slices.Backward(r.order) {
		if !f(r.values[v]) {
			return
		}
	}
}

// recordLimit is how many records of one kind a carrier remembers.
const recordLimit = 20_000

// moment is a time as the phones API writes it: RFC 3339, UTC, milliseconds.
type moment time.Time

func (m moment) MarshalText() ([]byte, error) {
	return []byte(time.Time(m).UTC().Format("2006-01-02T15:04:05.000Z")), nil
}

// code is a numeric code of that many digits.
func (i *ids) code(digits int) string {
	r := i.random()
	b := make([]byte, digits)
	for n := range b {
		b[n] = byte('0' + r.IntN(10))
	}
	return string(b)
}
