package sim

import (
	"slices"
	"time"
)

// codeLifetime is how long a passcode is good: the org's default.
const codeLifetime = 5 * time.Minute

// The guesses that the org allows.
const (
	lockAfter    = 5
	lockFor      = 5 * time.Minute
	disableAfter = 50
)

// unknown tells that nobody outside knows what an op came to.
func (o *op) unknown() bool { return o.Status == 0 || o.Status >= 500 }

// wrong tells that a passcode was looked at and refused.
func (o *op) wrong() bool { return o.ErrorCode == "E0000068" || o.ErrorCode == "E0000082" }

// has tells whether the delivery's message carries the passcode.
func (m *matter) has(code string) bool {
	return slices.ContainsFunc(m.texts, func(t text) bool { return t.Code == code })
}

// codes: a passcode is accepted at most once, only while it is the newest of its factor, and not after it expired; a wrong
// one never.
func (t *trial) codes() {
	for person, ops := range t.checks {
		used := map[string]int{}
		for _, o := range ops {
			if o.Status != 200 {
				continue
			}
			used[o.Code]++
			t.mayBeAccepted(person, o)
		}
		for code, n := range used {
			made := 0
			for _, m := range t.byPerson[person] {
				if m.has(code) {
					made++
				}
			}
			if made > 0 && n > made {
				t.say("a passcode of person %d was accepted %d times", person, n)
			}
		}
	}
}

func (t *trial) mayBeAccepted(person int, o *op) {
	why := "no message had it"
	for _, m := range t.byPerson[person] {
		if !m.has(o.Code) {
			continue
		}
		switch {
		case t.replaced(person, m, o.Begin):
			why = "a newer one had been sent"
		case t.Steady && !o.Begin.Before(m.handed().Add(codeLifetime)):
			why = "it had expired"
		default:
			return
		}
	}
	t.say("op %d: person %d got in with a passcode at %s although %s", o.N, person, stamp(o.Begin), why)
}

// replaced tells whether a newer passcode was surely there: one that was asked for when this one was already on its way.
func (t *trial) replaced(person int, m *matter, at time.Time) bool {
	return slices.ContainsFunc(t.byPerson[person], func(other *matter) bool {
		asked := other.handings[0].Op
		return asked != nil && asked.Begin.After(m.handed()) && other.handed().Before(at)
	})
}

// rightCodesAreTaken: the newest passcode, in time and for the first time, is accepted.
func (t *trial) rightCodesAreTaken() {
	if !t.Steady {
		return
	}
	for person, ops := range t.checks {
		for _, o := range ops {
			if !o.wrong() {
				continue
			}
			for _, m := range t.byPerson[person] {
				if m.has(o.Code) && t.surelyGood(person, m, o) {
					t.say("op %d: person %d was refused with the right passcode at %s", o.N, person, stamp(o.Begin))
				}
			}
		}
	}
}

func (t *trial) surelyGood(person int, m *matter, o *op) bool {
	asked := m.handings[0].Op
	if asked == nil || !o.Begin.After(m.handed()) || !o.End.Before(asked.Begin.Add(codeLifetime)) {
		return false
	}
	for _, other := range t.sendings[person] { // nothing else may have replaced it
		if other != asked && other.Begin.Before(o.End) && (other.End.After(asked.Begin) || other.unknown() && other.Begin.After(asked.Begin)) {
			return false
		}
	}
	for _, other := range t.checks[person] { // nor used it
		if other != o && other.Code == o.Code && other.Begin.Before(o.End) && (other.Status == 200 || other.unknown()) {
			return false
		}
	}
	return true
}

// guessesAreBounded: five wrong passcodes in a row lock the factor for five minutes, fifty disable it, and nobody is locked
// out for less.
func (t *trial) guessesAreBounded() {
	for person, ops := range t.checks {
		c := tally{known: true, knownAll: true}
		for _, o := range ops {
			if o.Kind != verify {
				continue
			}
			c.beside(o)
			locked := t.Steady && c.known && c.row >= lockAfter && !o.Begin.Before(c.fifth.End) && o.End.Before(c.fifth.Begin.Add(lockFor))
			if disabled := c.knownAll && c.all >= disableAfter; (o.Status == 200 || o.wrong()) && (locked || disabled) {
				t.say("op %d: person %d may still try after %d wrong passcodes in a row, %d in all", o.N, person, c.row, c.all)
			}
			if o.Status == 429 {
				if n := t.misses(ops, o); n < lockAfter {
					t.say("op %d: person %d is locked out after %d wrong passcodes", o.N, person, n)
				}
			}
			c.count(o)
		}
	}
}

// tally counts wrong passcodes, as long as they can be counted from outside: an op without an answer may have been one
// more, and the lock after it nobody saw.
type tally struct {
	row, all        int
	known, knownAll bool
	overlaps        bool // the present op began before an earlier one had ended
	fifth, last     *op
}

// beside notes that o began before an earlier one had ended: nobody knows which came first.
func (c *tally) beside(o *op) {
	c.overlaps = c.last != nil && o.Begin.Before(c.last.End)
	if c.overlaps {
		c.known, c.knownAll = false, false
	}
	if c.last == nil || o.End.After(c.last.End) {
		c.last = o
	}
}

func (c *tally) count(o *op) {
	switch {
	case o.Status == 200: // a wrong one beside it may have counted after it
		c.row, c.all, c.known, c.knownAll = 0, 0, !c.overlaps, !c.overlaps
	case o.wrong():
		c.row, c.all = c.row+1, c.all+1
		if c.row == lockAfter {
			c.fifth = o
		}
	case o.Status == 429: // the count began anew with the lock
		c.row, c.known = 0, !c.overlaps
	case o.unknown():
		c.known, c.knownAll = false, false
	}
}

// misses are, at most, the wrong passcodes that count when o is answered.
func (t *trial) misses(ops []*op, o *op) int {
	var since time.Time
	for _, other := range ops {
		if other.Status == 200 && other.End.Before(o.Begin) && other.Begin.After(since) {
			since = other.Begin
		}
	}
	n := 0
	for _, other := range ops {
		if other != o && other.Begin.Before(o.End) && other.End.After(since) && (other.wrong() || other.unknown()) {
			n++
		}
	}
	return n
}

// pace is how often a phone may get a message.
const pace = 30 * time.Second

// paced: one message per phone and channel in 30 seconds.
func (t *trial) paced() {
	if !t.Steady {
		return
	}
	for person, all := range t.byPerson {
		for i, m := range all[:max(len(all)-1, 0)] {
			next := all[i+1]
			asked, again := m.handings[0].Op, next.handings[0].Op
			// Of two that were asked for side by side nobody knows which was written down first.
			if asked != nil && again != nil && max(next.handed().Sub(asked.Begin), m.handed().Sub(again.Begin)) < pace {
				t.say("person %d got %s less than %s after %s", person, next.id, pace, m.id)
			}
		}
	}
}

func stamp(t time.Time) string { return t.UTC().Format("15:04:05.000000") }
