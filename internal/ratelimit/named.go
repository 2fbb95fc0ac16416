package ratelimit

import (
	"net/netip"
	"strings"
	"time"

	"hookswitch"
)

// Name is a limit of the product, as settings, metrics and events call it.
type Name string

// The limits. What each is counted by is made by the function of the key beside it.
const (
	PhonePace        Name = "phone-pace"        // sends to a number on a channel: [PhoneKey]
	UserSends        Name = "user-sends"        // sends that a user's sign-ins and factors cause: [UserKey]
	FactorActivation Name = "factor-activation" // codes a user tries while adding a factor: [UserKey]
	LoginPace        Name = "login-pace"        // recovery sends asked for a login on a channel, whether it exists or not: [LoginKey]
	LoginSends       Name = "login-sends"       // the same over a longer time: [LoginKey] without a channel
	LoginTries       Name = "login-tries"       // passwords tried for a login, whether it exists or not: [LoginKey] without a channel
	ClientRequests   Name = "client-requests"   // requests of an address that nobody signed: [ClientKey]
)

// Names lists the limits in the order of the documentation.
func Names() []Name {
	return []Name{PhonePace, UserSends, FactorActivation, LoginPace, LoginSends, LoginTries, ClientRequests}
}

// Of is the limit of an org: what its administrators set, or the default.
func Of(org hookswitch.Org, name Name) Limit {
	if set, ok := org.Limits[string(name)]; ok {
		return Limit{name, set.Burst, set.Period}
	}
	return Default(name)
}

// Default is the limit of a new org; the zero Limit lets nothing through and is that of no name.
//
// The pace is Okta's: one message to a number on a channel in 30 seconds. Recovery has the
// same pace by login, so that a login without a phone answers like one with a phone. Okta
// also lets a user try five codes in five minutes while adding a factor. Passwords may be
// tried more often than the account allows wrong ones: the lock, not the limit, ends a guess.
func Default(name Name) Limit {
	switch name {
	case PhonePace, LoginPace:
		return Limit{name, 1, 30 * time.Second}
	case UserSends:
		return Limit{name, 15, time.Minute}
	case FactorActivation:
		return Limit{name, 5, 5 * time.Minute}
	case LoginSends:
		return Limit{name, 5, 10 * time.Minute}
	case LoginTries:
		return Limit{name, 20, 3 * time.Second}
	case ClientRequests:
		return Limit{name, 200, 250 * time.Millisecond}
	}
	return Limit{}
}

// PhoneKey counts by number in E.164 and channel.
func PhoneKey(e164 string, channel hookswitch.Channel) string {
	return e164 + " " + string(channel)
}

// UserKey counts by the user's id.
func UserKey(userID string) string { return userID }

// LoginKey counts by the login as it was submitted, spelled one way, and by channel when
// there is one. It may be anything a stranger typed: store it digested.
func LoginKey(login string, channel hookswitch.Channel) string {
	return string(channel) + " " + strings.ToLower(strings.TrimSpace(login))
}

// ClientKey counts by address, and by the /64 network in IPv6, where every subscriber has
// at least so many addresses (https://www.rfc-editor.org/rfc/rfc6177).
func ClientKey(client netip.Addr) string {
	client = client.Unmap().WithZone("")
	if client.Is6() {
		if network, err := client.Prefix(64); err == nil {
			return network.String()
		}
	}
	return client.String()
}
