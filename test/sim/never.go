package sim

import (
	"slices"

	"hookswitch"
)

// never are the cells that do not exist, whatever happens: a row says in which states which faults cannot strike, and why.
// Every other cell must be hit.
func never() []struct {
	faults []Fault
	states []hookswitch.DeliveryState
	why    string
} {
	const unborn = hookswitch.DeliveryState("")
	type states = []hookswitch.DeliveryState
	return []struct {
		faults []Fault
		states states
		why    string
	}{
		{calls(), states{unborn, hookswitch.Denied, hookswitch.Failed},
			"a carrier is called for a delivery that is written down, and for a message that it may have"},
		{[]Fault{CarrierFraud}, states{hookswitch.Sent, hookswitch.Delivered, hookswitch.Undelivered},
			"a carrier blocks what nobody has taken, and these follow only when somebody has"},
		{letters(), states{unborn, hookswitch.Denied, hookswitch.Failed},
			"no carrier has a message of which it, or who listens to it, could tell"},
		{[]Fault{CallbackEarly}, states{hookswitch.Sent, hookswitch.Uncertain, hookswitch.Delivered, hookswitch.Undelivered, hookswitch.UnknownFate},
			"early is before the send is written down"},
		{[]Fault{ClockStep, ClockJump}, states{unborn},
			"clocks are counted by the deliveries that there are"},
		{[]Fault{UserOldCode, UserLateCode, UserCodeAgain}, states{unborn},
			"who never was sent a message has no passcode to give back"},
	}
}

// Impossible tells why a cell of the matrix cannot be hit, "" when it must.
func Impossible(c Cell) string {
	for _, row := range never() {
		if slices.Contains(row.faults, c.Fault) && slices.Contains(row.states, c.State) {
			return row.why
		}
	}
	return ""
}
