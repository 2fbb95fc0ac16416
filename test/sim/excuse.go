package sim

import (
	"slices"

	"hookswitch"
)

// Excused tells why a cell of the matrix need not be hit, "" when it must. rarely: it can be, by a race that nobody can
// bring about at will, and is counted when it is.
func Excused(c Cell) (why string, rarely bool) {
	switch {
	case slices.Contains(atCarriers(), c.Fault):
		return excusedAtCarriers(c)
	case slices.Contains(atTheDoor(), c.Fault):
		return excusedAtTheDoor(c)
	case c.Fault == ClockStep || c.Fault == ClockJump:
		if c.State == "" {
			return "it is counted by the deliveries that there are", false
		}
	case slices.Contains([]Fault{UserOldCode, UserLateCode, UserCodeAgain}, c.Fault):
		return excusedOfCodes(c)
	}
	return "", false
}

func atCarriers() []Fault {
	return []Fault{
		CarrierSlow, CarrierHangs, Carrier429, Carrier5xx, Carrier401, CarrierFraud, ResetBefore, ResetAfter, Garbage,
		CrashAtCarrier, CrashAfterCall,
	}
}

func excusedAtCarriers(c Cell) (why string, rarely bool) {
	switch c.State {
	case "":
		return "a carrier is called for a delivery that is written down", false
	case hookswitch.Denied, hookswitch.Failed:
		return "nobody calls a carrier for what was never sent", false
	case hookswitch.Delivered, hookswitch.Undelivered, hookswitch.UnknownFate:
		return "only a poll that was under way when the last status came", true
	case hookswitch.Sending:
		return "", false
	case hookswitch.Uncertain:
		return "a poll needs the carrier's id, which such a message has only if its process woke up after its lease", true
	}
	if c.Fault == CarrierFraud {
		return "a message is sent by who holds its lease; only a clock that is far ahead takes it away meanwhile", true
	}
	return "", false
}

func atTheDoor() []Fault {
	return []Fault{CallbackLost, CallbackDoubled, CallbackReorder, CallbackEarly, CallbackForged, CallbackLate, CrashAtPost}
}

func excusedAtTheDoor(c Cell) (why string, rarely bool) {
	switch {
	case c.State == "" || c.State == hookswitch.Denied || c.State == hookswitch.Failed:
		return "no carrier has a message of which it could tell", false
	case c.Fault == CallbackEarly && c.State != hookswitch.Sending:
		return "early is before the send is written down", false
	case c.Fault == CallbackLate && c.State == hookswitch.Sending:
		return "late is a minute and more, a lease is 20 seconds", true
	}
	return "", false
}

func excusedOfCodes(c Cell) (why string, rarely bool) {
	switch {
	case c.State == "" || c.State == hookswitch.Denied:
		return "who never got a message has no code to give back", false
	case c.Fault == UserLateCode && c.State == hookswitch.Sending:
		return "a code expires after five minutes, a lease after 20 seconds", true
	}
	return "", false
}
