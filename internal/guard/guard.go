// Package guard decides whether a message may be sent, from what is known before anything is written. It is a pure
// function of signals and rules; a message that it denies is told of in the System Log and never sent.
package guard

import (
	"slices"
	"strings"

	"hookswitch"
)

// Signals are what is known of a message before it is sent.
type Signals struct {
	Channel hookswitch.Channel
	Purpose hookswitch.Purpose
	Phone   string // E.164
	Country string // ISO 3166-1 alpha-2, "" when the number belongs to no country
}

// Rules are what an administrator set.
type Rules struct {
	BlockedCountries []string // ISO 3166-1 alpha-2
	BlockedPrefixes  []string // E.164 prefixes, for example +88216
}

// Decision says whether the message may be sent, and if not, why: the reason is for the System Log.
type Decision struct {
	Denied bool
	Reason string
}

// Decide judges one message. Deny wins over everything.
func Decide(s Signals, r Rules) Decision {
	if s.Country != "" && slices.Contains(r.BlockedCountries, s.Country) {
		return Decision{Denied: true, Reason: "Country of the phone number is blocked"}
	}
	for _, prefix := range r.BlockedPrefixes {
		if prefix != "" && strings.HasPrefix(s.Phone, prefix) {
			return Decision{Denied: true, Reason: "Prefix of the phone number is blocked"}
		}
	}
	return Decision{}
}
