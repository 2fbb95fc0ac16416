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

// Defaults are the limits of a new org.
//
// The pace is Okta's: one message to a number on a channel in 30 seconds. Recovery has the
// same pace by login, so that a login without a phone answers like one with a phone. Okta
// also lets a user try five codes in five minutes while adding a factor. Passwords may be
// tried more often than the account allows wrong ones: the lock, not the limit, ends a guess.
func Defaults() map[Name]Limit {
	limits := make(map[Name]Limit)
	for _, limit := range []Limit{
		{PhonePace, 1, 30 * time.Second},
		{UserSends, 15, time.Minute},
		{FactorActivation, 5, 5 * time.Minute},
		{LoginPace, 1, 30 * time.Second},
		{LoginSends, 5, 10 * time.Minute},
		{LoginTries, 20, 3 * time.Second},
		{ClientRequests, 200, 250 * time.Millisecond},
	} {
		limits[limit.Name] = limit
	}
	return limits
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
