package telesign

import (
	"encoding/base64"
	"strings"

	"hookswitch"
)

// usable says whether the service can serve the channel.
func usable(channel hookswitch.Channel, service string) bool {
	switch service {
	case MessagingService:
		return channel == hookswitch.SMS
	case VoiceService:
		return channel == hookswitch.Call
	case VerifyService:
		return channel == hookswitch.SMS || channel == hookswitch.Call
	default:
		return false
	}
}

// Validate tells what is wrong with an account's settings. Fields are named as in the telephony provider API, for
// example providerSettings.sms.telesignService. No value is repeated.
func Validate(account hookswitch.TelephonyProvider) []hookswitch.Cause {
	var causes []hookswitch.Cause
	add := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	if !isCustomerID(account.SID) {
		add("providerSid", "must be a Telesign customer id: 32 hexadecimal digits in the groups of a UUID")
	}
	if key, err := base64.StdEncoding.DecodeString(account.AuthToken.Reveal()); err != nil || len(key) < shortestKey {
		add("providerAuthToken", "must be a Telesign API key, which is base64")
	}
	if len(account.Methods) == 0 {
		add("providerSettings", "needs at least one of sms and call")
	}
	for _, channel := range hookswitch.Channels() {
		method, ok := account.Methods[channel]
		if !ok {
			continue
		}
		field := "providerSettings." + string(channel)
		switch {
		case method.Option != Option:
			add(field, "needs exactly "+Option)
		case !usable(channel, method.Value):
			add(field+"."+Option, "must be one of "+services(channel))
		}
	}
	return causes
}

// shortestKey in bytes: real keys have 64, shorter ones are typing errors.
const shortestKey = 16

func services(channel hookswitch.Channel) string {
	if channel == hookswitch.SMS {
		return MessagingService + " and " + VerifyService
	}
	return VoiceService + " and " + VerifyService
}

// isCustomerID recognises a UUID.
func isCustomerID(s string) bool {
	groups := strings.Split(s, "-")
	lengths := []int{8, 4, 4, 4, 12}
	if len(groups) != len(lengths) {
		return false
	}
	for i, group := range groups {
		if len(group) != lengths[i] || strings.Trim(group, "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	return true
}
