package signin

import (
	"net/mail"

	"hookswitch"
)

// event is a line of the System Log about one user. Before somebody is in, the user acts.
func (s *Service) event(tx Tx, kind hookswitch.EventType, result hookswitch.Result, reason string, u hookswitch.User, origin hookswitch.Origin, data ...hookswitch.Datum) hookswitch.Event {
	return hookswitch.Event{
		UUID: hookswitch.NewUUID(tx.Now(), s.random), Type: kind, Published: tx.Now(), Severity: result.Severity(),
		Message: kind.DisplayMessage(), Origin: origin, Result: result, Reason: reason,
		Targets: []hookswitch.Entity{hookswitch.UserEntity(u)},
		Debug:   append(data, hookswitch.Datum{Key: "requestId", Value: origin.RequestID}),
	}
}

// by is an origin in which the user acts.
func by(u hookswitch.User, origin hookswitch.Origin) hookswitch.Origin {
	origin.Actor = hookswitch.UserEntity(u)
	return origin
}

// byStranger is an origin in which somebody acts whom we do not know. A login is shown only when it looks like one:
// people type passwords into the wrong field.
func byStranger(login string, origin hookswitch.Origin) hookswitch.Origin {
	origin.Actor = hookswitch.Entity{ID: "unknown", Type: "User", AlternateID: "unknown", DisplayName: "unknown"}
	if address, err := mail.ParseAddress(login); err == nil && address.Address == login && len(login) <= 100 {
		origin.Actor.AlternateID = login
	}
	return origin
}
