package hookswitch_test

import (
	"testing"

	"hookswitch"
)

// rows is the specification: what each fate does in each state. A pair that is not here cannot happen.
var rows = []struct {
	rule string
	from hookswitch.DeliveryState
	fate hookswitch.Fate
	step hookswitch.Step
}{
	{"a message that the guard allows is sent", "", hookswitch.GuardAllowed, hookswitch.Step{Next: hookswitch.Sending}},
	{"a message that the guard denies has both events at once", "", hookswitch.GuardDenied,
		hookswitch.Step{Next: hookswitch.Denied, Send: hookswitch.ResultDeny, Receive: hookswitch.ResultFailure}},
	{"accepted is sent", hookswitch.Sending, hookswitch.Accepted, hookswitch.Step{Next: hookswitch.Sent, Send: hookswitch.ResultSuccess}},
	{"surely failed has both events at once", hookswitch.Sending, hookswitch.AttemptsFailed,
		hookswitch.Step{Next: hookswitch.Failed, Send: hookswitch.ResultFailure, Receive: hookswitch.ResultFailure}},
	{"no answer is uncertain", hookswitch.Sending, hookswitch.NoAnswer, hookswitch.Step{Next: hookswitch.Uncertain, Send: hookswitch.ResultUnknown}},
	{"a lost lease is uncertain", hookswitch.Sending, hookswitch.LeaseLost, hookswitch.Step{Next: hookswitch.Uncertain, Send: hookswitch.ResultUnknown}},
	{"an early interim status is kept", hookswitch.Sending, hookswitch.StatusInterim, hookswitch.Step{Next: hookswitch.Sending, Keep: true}},
	{"an early arrival is kept", hookswitch.Sending, hookswitch.StatusArrived, hookswitch.Step{Next: hookswitch.Sending, Keep: true}},
	{"an early loss is kept", hookswitch.Sending, hookswitch.StatusLost, hookswitch.Step{Next: hookswitch.Sending, Keep: true}},
}

func table() map[hookswitch.DeliveryState]map[hookswitch.Fate]hookswitch.Step {
	want := make(map[hookswitch.DeliveryState]map[hookswitch.Fate]hookswitch.Step)
	put := func(from hookswitch.DeliveryState, fate hookswitch.Fate, step hookswitch.Step) {
		if want[from] == nil {
			want[from] = make(map[hookswitch.Fate]hookswitch.Step)
		}
		want[from][fate] = step
	}
	for _, r := range rows {
		put(r.from, r.fate, r.step)
	}
	for _, s := range []hookswitch.DeliveryState{hookswitch.Sent, hookswitch.Uncertain} {
		put(s, hookswitch.StatusInterim, hookswitch.Step{Next: s, Keep: true})
		put(s, hookswitch.StatusArrived, hookswitch.Step{Next: hookswitch.Delivered, Receive: hookswitch.ResultSuccess})
		put(s, hookswitch.StatusLost, hookswitch.Step{Next: hookswitch.Undelivered, Receive: hookswitch.ResultFailure})
		put(s, hookswitch.DeadlinePassed, hookswitch.Step{Next: hookswitch.UnknownFate, Receive: hookswitch.ResultUnknown})
	}
	for _, s := range hookswitch.DeliveryStates() {
		if s.Final() {
			for _, fate := range []hookswitch.Fate{hookswitch.StatusInterim, hookswitch.StatusArrived, hookswitch.StatusLost} {
				put(s, fate, hookswitch.Step{Next: s, Keep: true})
			}
		}
	}
	return want
}

func TestTheFateOfADeliveryFollowsItsTable(t *testing.T) {
	want := table()
	for _, from := range append(hookswitch.DeliveryStates(), "") {
		for _, fate := range hookswitch.Fates() {
			wantStep, possible := want[from][fate]
			step, ok := from.On(fate)
			if ok != possible {
				t.Errorf("%q on %q: possible = %v, want %v", from, fate, ok, possible)
			}
			if possible && step != wantStep {
				t.Errorf("%q on %q: %+v, want %+v", from, fate, step, wantStep)
			}
		}
	}
}

// Every way through the table is walked, however statuses come, double or late.
func TestEveryDeliveryHasExactlyOneSendAndOneReceiveEvent(t *testing.T) {
	var walk func(s hookswitch.DeliveryState, sends, receives, steps int)
	walk = func(s hookswitch.DeliveryState, sends, receives, steps int) {
		if s.Final() && (sends != 1 || receives != 1) {
			t.Fatalf("%s was reached with %d send and %d receive events", s, sends, receives)
		}
		if receives > sends {
			t.Fatalf("%s: receive_status before its send event", s)
		}
		if steps == 0 {
			return
		}
		for _, fate := range hookswitch.Fates() {
			step, ok := s.On(fate)
			if !ok {
				continue
			}
			if s.Final() && (step.Next != s || step.Send != "" || step.Receive != "") {
				t.Fatalf("%s is final and moved on %s", s, fate)
			}
			walk(step.Next, sends+count(step.Send), receives+count(step.Receive), steps-1)
		}
	}
	walk("", 0, 0, 6)
}

func count(r hookswitch.Result) int {
	if r == "" {
		return 0
	}
	return 1
}

func TestAFailureThatMayHaveSentTheMessageNeverFailsOver(t *testing.T) {
	for _, f := range hookswitch.Failures() {
		traits := f.Traits()
		if traits.Failover && !traits.Sure {
			t.Errorf("%s fails over although the message may have been sent", f)
		}
		if traits.Reason == "" || len(traits.Reason) > 255 {
			t.Errorf("%s has no reason for the System Log", f)
		}
	}
}

func TestWhatNobodyKnowsIsNeitherSureNorSentAgain(t *testing.T) {
	for _, f := range []hookswitch.Failure{hookswitch.TimedOut, hookswitch.ConnectionLost, hookswitch.UnreadableAnswer} {
		if traits := f.Traits(); traits.Sure || traits.Failover {
			t.Errorf("%s: %+v", f, traits)
		}
	}
}

func TestFraudOptOutsAndBadNumbersNeverFailOver(t *testing.T) {
	for _, f := range []hookswitch.Failure{
		hookswitch.BlockedFraud, hookswitch.OptedOut, hookswitch.InvalidNumber, hookswitch.InactiveNumber,
		hookswitch.NotTextable, hookswitch.BlockedByCarrier, hookswitch.NumberLimit,
	} {
		if f.Traits().Failover {
			t.Errorf("%s fails over", f)
		}
	}
}
