// Package ratelimit decides how often a thing may be done, by the generic cell rate
// algorithm (GCRA, https://www.itu.int/rec/T-REC-I.371, annex A): all that has to be
// stored of a key is one point in time.
package ratelimit

import (
	"fmt"
	"time"
)

// Limit lets a key do something Burst times at once, and once more after each Period: a
// bucket of Burst tokens that gains one token per Period. So there are never more than
// Burst in any span as long as Period, and in the long run one per Period.
type Limit struct {
	Name   Name
	Burst  int
	Period time.Duration
}

// The bounds of a limit keep every sum below within 64 bits.
const (
	maxBurst  = 1_000_000
	maxPeriod = 24 * time.Hour
)

// Validate refuses a limit that would let nothing through, or that cannot be computed.
func (l Limit) Validate() error {
	if l.Burst < 1 || l.Burst > maxBurst {
		return fmt.Errorf("ratelimit: %s: the burst must be from 1 to %d", l.Name, maxBurst)
	}
	if l.Period < time.Millisecond || l.Period > maxPeriod {
		return fmt.Errorf("ratelimit: %s: the period must be from 1 millisecond to 24 hours", l.Name)
	}
	return nil
}

// Decision is the answer of one limit.
type Decision struct {
	Allowed bool
	// RetryAfter is how long to wait until the same question may be answered with yes;
	// 0 when it is allowed. It is exact to the microsecond: round up for people.
	RetryAfter time.Duration
	// Remaining is how many more would be allowed at the same instant.
	Remaining int
}

// Decide asks whether one more is allowed at now. tat is what is stored of the key: its
// theoretical arrival time in microseconds since 1970, 0 for a key never seen. When it is
// allowed, next is to be stored in its place; a refusal consumes nothing and next is tat.
//
// A clock that steps back gives nothing back, and one that steps forward never gives more
// than a whole burst. Because only what is allowed changes tat, key and tat together name
// the window of a refusal: log one event for each such pair.
func Decide(limit Limit, tat int64, now time.Time) (next int64, decision Decision) {
	period := limit.Period.Microseconds()
	instant := now.UnixMicro()
	// The bucket is empty when tat lies a whole burst ahead.
	next = max(tat, instant) + period
	over := next - instant - int64(limit.Burst)*period
	if over > 0 {
		return tat, Decision{RetryAfter: time.Duration(over) * time.Microsecond}
	}
	return next, Decision{Allowed: true, Remaining: int(-over / period)}
}

// FreeAfter is when a key's row says nothing any more and may be deleted: at tat the
// bucket is full again.
func FreeAfter(tat int64) time.Time { return time.UnixMicro(tat) }

// Spend is one limit that an action has to pass, with the key it is about and what is
// stored of that key.
type Spend struct {
	Limit Limit
	Key   string
	Tat   int64
}

// Result is the answer of several limits together.
type Result struct {
	Allowed bool
	// Next is what to store for each spend, in their order; nil after a refusal.
	Next []int64
	// Refused is the index of the spend that has to wait longest; -1 when it is allowed.
	Refused int
	// RetryAfter is how long until every limit would let it through.
	RetryAfter time.Duration
}

// DecideAll asks several limits at once: either all of them are consumed or none is. No
// two spends may have the same limit and key.
func DecideAll(spends []Spend, now time.Time) Result {
	result := Result{Allowed: true, Refused: -1, Next: make([]int64, len(spends))}
	for i, spend := range spends {
		next, decision := Decide(spend.Limit, spend.Tat, now)
		result.Next[i] = next
		if !decision.Allowed && (result.Allowed || decision.RetryAfter > result.RetryAfter) {
			result.Allowed, result.Refused, result.RetryAfter = false, i, decision.RetryAfter
		}
	}
	if !result.Allowed {
		result.Next = nil
	}
	return result
}
