package store

import (
	"math/bits"
	"sync/atomic"
)

// Stats are what the writer of a DB has done, in counts that only grow.
type Stats struct {
	Transactions uint64 // Updates that were answered nil
	Failures     uint64 // Updates that were answered an error after their function had run
	Commits      uint64 // physical transactions
	Replays      uint64 // runs of an Update's function after its first
	Conflicts    uint64 // of these, because of ErrConflict
	Reopened     uint64 // connections replaced after an error

	// Batches counts the commits by how many Updates they held: 1, 2, 3-4, 5-8, … more than 64.
	Batches [8]uint64
}

// BatchBounds are the largest sizes counted in each of Stats.Batches; the last has none.
func BatchBounds() []int { return []int{1, 2, 4, 8, 16, 32, 64} }

type counters struct {
	transactions, failures, commits, replays, conflicts, reopened atomic.Uint64

	batches [8]atomic.Uint64
}

func (c *counters) commit(size int) {
	c.commits.Add(1)
	c.batches[min(bits.Len(uint(size-1)), len(c.batches)-1)].Add(1)
}

func (c *counters) answer(err error) {
	if err == nil {
		c.transactions.Add(1)
	} else {
		c.failures.Add(1)
	}
}

func (c *counters) snapshot() Stats {
	s := Stats{
		Transactions: c.transactions.Load(),
		Failures:     c.failures.Load(),
		Commits:      c.commits.Load(),
		Replays:      c.replays.Load(),
		Conflicts:    c.conflicts.Load(),
		Reopened:     c.reopened.Load(),
	}
	for i := range s.Batches {
		s.Batches[i] = c.batches[i].Load()
	}
	return s
}
