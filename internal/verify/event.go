package verify

import (
	"io"
	"time"

	"hookswitch"
)

// FactorEvent is an event about a factor: its targets are the user and the phone.
func FactorEvent(kind hookswitch.EventType, result hookswitch.Result, reason string, f hookswitch.Factor, user hookswitch.User, origin hookswitch.Origin, now time.Time, random io.Reader) hookswitch.Event {
	return hookswitch.Event{
		UUID: hookswitch.NewUUID(now, random), Type: kind, Published: now, Severity: result.Severity(),
		Message: kind.DisplayMessage(), Origin: origin, Result: result, Reason: reason,
		Targets: []hookswitch.Entity{
			hookswitch.UserEntity(user),
			{ID: f.ID, Type: "MobilePhone", AlternateID: f.Phone, DisplayName: f.Phone},
		},
		Debug: []hookswitch.Datum{
			{Key: "factor", Value: factorWord(f.Channel)}, {Key: "requestId", Value: origin.RequestID},
		},
	}
}

// factorWord is the factor's name in debugData, as Okta writes it.
func factorWord(c hookswitch.Channel) string {
	if c == hookswitch.Call {
		return "CALL_FACTOR"
	}
	return "SMS_FACTOR"
}
