package hookswitch

import "time"

// DeliveryCount counts the deliveries that have all its other fields in common.
type DeliveryCount struct {
	Hour     time.Time // in which they were asked for
	Provider string    // name of the provider that has them, or had them last; "" when none was asked
	Country  string    // ISO 3166-1 alpha-2, "" when unknown
	State    DeliveryState
	Messages int
	Verified int // of these, whose passcode was given
}
