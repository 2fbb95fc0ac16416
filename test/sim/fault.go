package sim

import (
	"math/rand/v2"
	"slices"
	"time"

	"hookswitch"
)

// Fault is something that goes wrong.
type Fault string

// Everything that can go wrong.
const (
	CarrierSlow     Fault = "carrier slow"
	CarrierHangs    Fault = "carrier hangs"
	Carrier429      Fault = "carrier 429"
	Carrier5xx      Fault = "carrier 5xx"
	Carrier401      Fault = "carrier 401"
	CarrierFraud    Fault = "carrier blocks for fraud"
	ResetBefore     Fault = "reset before the write"
	ResetAfter      Fault = "reset after the write"
	Garbage         Fault = "garbage"
	CallbackLost    Fault = "callback lost"
	CallbackDoubled Fault = "callback doubled"
	CallbackReorder Fault = "callback reordered"
	CallbackEarly   Fault = "callback early"
	CallbackForged  Fault = "callback forged"
	CallbackLate    Fault = "callback late"
	StoreBusy       Fault = "store busy"
	StoreFull       Fault = "store full"
	StoreBefore     Fault = "store fails before commit"
	StoreAfter      Fault = "store fails after commit"
	CrashAtStore    Fault = "crash before a store call"
	CrashAfterStore Fault = "crash after a store call"
	CrashAtCarrier  Fault = "crash before a carrier call"
	CrashAfterCall  Fault = "crash after a carrier call"
	CrashAtPost     Fault = "crash at a callback"
	Pause           Fault = "pause of a process"
	ClockStep       Fault = "clock stepped"
	ClockJump       Fault = "clock jumped"
	UserDoubleClick Fault = "user double click"
	UserSecondTab   Fault = "user second tab"
	UserWrongCode   Fault = "user wrong code"
	UserOldCode     Fault = "user old code"
	UserLateCode    Fault = "user expired code"
	UserCodeAgain   Fault = "user same code again"
	UserResendRace  Fault = "user resend race"
	UserKeyAgain    Fault = "user repeats an idempotency key"
	UserTooSoon     Fault = "user asks too soon"
	UserGuesses     Fault = "user guesses"
)

// Faults lists everything that can go wrong, in the order of the printed matrix.
func Faults() []Fault {
	return []Fault{
		CarrierSlow, CarrierHangs, Carrier429, Carrier5xx, Carrier401, CarrierFraud, ResetBefore, ResetAfter, Garbage,
		CallbackLost, CallbackDoubled, CallbackReorder, CallbackEarly, CallbackForged, CallbackLate,
		StoreBusy, StoreFull, StoreBefore, StoreAfter,
		CrashAtStore, CrashAfterStore, CrashAtCarrier, CrashAfterCall, CrashAtPost, Pause, ClockStep, ClockJump,
		UserDoubleClick, UserSecondTab, UserWrongCode, UserOldCode, UserLateCode, UserCodeAgain, UserResendRace, UserKeyAgain,
		UserTooSoon, UserGuesses,
	}
}

// calls are what can happen to a request to a carrier.
func calls() []Fault {
	return []Fault{
		CarrierSlow, CarrierHangs, Carrier429, Carrier5xx, Carrier401, CarrierFraud, ResetBefore, ResetAfter, Garbage,
		CrashAtCarrier, CrashAfterCall,
	}
}

// letters are what can happen to a callback.
func letters() []Fault {
	return []Fault{CallbackLost, CallbackDoubled, CallbackReorder, CallbackEarly, CallbackForged, CallbackLate, CrashAtPost}
}

// plan is which faults are on in a world, and how often each strikes where it can. A phase without faults has the zero plan.
type plan struct {
	odds      map[Fault]float64
	latency   time.Duration // of a commit, at most
	batchBusy float64
	batchFails,
	batchSlow float64
}

// usual is how often a fault that is on strikes, per chance it gets.
func usual() map[Fault]float64 {
	return map[Fault]float64{
		CarrierSlow: 0.03, CarrierHangs: 0.02, Carrier429: 0.04, Carrier5xx: 0.04, Carrier401: 0.04, CarrierFraud: 0.02,
		ResetBefore: 0.04, ResetAfter: 0.03, Garbage: 0.04,
		CallbackLost: 0.08, CallbackDoubled: 0.05, CallbackReorder: 0.05, CallbackForged: 0.03, CallbackLate: 0.05, CallbackEarly: 0.05,
		StoreBusy: 0.004, StoreFull: 0.004, StoreBefore: 0.004, StoreAfter: 0.004,
		CrashAtStore: 0.00003, CrashAfterStore: 0.00003, CrashAtCarrier: 0.0003, CrashAfterCall: 0.0003, CrashAtPost: 0.0003, Pause: 0.0002,
		ClockStep: 0.02, ClockJump: 0.006, // per second of a node
		UserDoubleClick: 0.06, UserSecondTab: 0.05, UserWrongCode: 0.15, UserOldCode: 0.05, UserLateCode: 0.03, UserCodeAgain: 0.06,
		UserResendRace: 0.05, UserKeyAgain: 0.06, UserTooSoon: 0.05, UserGuesses: 0.005,
	}
}

// newPlan draws which faults are on.
func newPlan(dice *rand.Rand) *plan {
	slow := []time.Duration{10 * time.Millisecond, 100 * time.Millisecond, 300 * time.Millisecond}
	p := &plan{odds: map[Fault]float64{}, latency: slow[dice.IntN(len(slow))]}
	often := usual()
	for _, f := range Faults() {
		if dice.Float64() < 0.7 {
			p.odds[f] = often[f] * (0.5 + dice.Float64())
		}
	}
	if dice.IntN(2) == 0 {
		p.batchBusy, p.batchFails, p.batchSlow = 0.002, 0.002, 0.0005
	}
	if dice.IntN(3) == 0 { // in a third of the worlds the clocks are right, and times can be compared
		delete(p.odds, ClockStep)
		delete(p.odds, ClockJump)
	} else if p.odds[ClockJump] == 0 {
		p.odds[ClockJump] = often[ClockJump]
	}
	return p
}

// rare weighs the states that few deliveries are in for long: faults look for them.
func rare(s hookswitch.DeliveryState) float64 {
	switch s {
	case hookswitch.Uncertain, hookswitch.UnknownFate:
		return 15
	case hookswitch.Failed, hookswitch.Undelivered, hookswitch.Denied:
		return 5
	default:
		return 1
	}
}

// What a world has not seen often enough it looks for harder.
const (
	curiosity = 100
	hardly    = 0.02 // at least, for what it looks for
	eagerly   = 0.2  // the same for calls of carriers, which are few in most states
)

// seenEnough is how often a world looks for a cell.
func seenEnough(c Cell) int {
	switch scarce := c.State == hookswitch.Uncertain || c.State == hookswitch.UnknownFate; {
	case !slices.Contains(calls(), c.Fault):
		return 6
	case !scarce:
		return 10
	case c.Fault == CrashAtCarrier || c.Fault == CrashAfterCall:
		return 15 // not every world can show it: see carriers.way
	default:
		return 30
	}
}

// tempted throws the dice for a fault that the actor's delivery could be hit by now.
func (w *world) tempted(a *actor, f Fault) bool {
	odds := w.faults.Load().odds[f]
	if odds == 0 {
		return false
	}
	cell := Cell{f, w.disk.book.of(a.delivery)}
	odds *= rare(cell.State)
	if f == Pause && cell.State == hookswitch.Sending {
		odds *= 20 // who sleeps through its lease leaves a message whose fate others have written down
	}
	if w.matrix.Count(cell) < seenEnough(cell) {
		least := hardly
		if slices.Contains(calls(), f) && cell.State != hookswitch.Sending && cell.State != hookswitch.Sent {
			least = eagerly
		}
		odds = min(max(odds*curiosity, least), 0.5)
	}
	return a.chance(odds)
}

// curious tells whether the world still looks for a cell.
func (w *world) curious(f Fault, s hookswitch.DeliveryState) bool {
	cell := Cell{f, s}
	return w.faults.Load().odds[f] > 0 && w.matrix.Count(cell) < seenEnough(cell)
}

// counts writes down that a fault hit the actor's delivery.
func (w *world) counts(a *actor, f Fault) {
	w.matrix.hit(f, w.disk.book.of(a.delivery), 1)
	if a.op != nil {
		a.op.Hurt = true
	}
}

// strikes is both: the fault happens at once.
func (w *world) strikes(a *actor, f Fault) bool {
	if !w.tempted(a, f) {
		return false
	}
	w.counts(a, f)
	return true
}

// oneOf throws the dice for several faults of which one can strike; "" for none. None of them is always asked first.
func (w *world) oneOf(a *actor, faults ...Fault) Fault {
	a.dice.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	for _, f := range faults {
		if w.strikes(a, f) {
			return f
		}
	}
	return ""
}
