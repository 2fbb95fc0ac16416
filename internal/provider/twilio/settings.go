package twilio

import (
	"hookswitch"
)

// usable says whether the option can serve the channel.
func usable(channel hookswitch.Channel, option string) bool {
	switch option {
	case OptionPhoneNumber, OptionVerifySID:
		return channel == hookswitch.SMS || channel == hookswitch.Call
	case OptionMessageSID:
		return channel == hookswitch.SMS
	case OptionCallerID:
		return channel == hookswitch.Call
	default:
		return false
	}
}

// Validate tells what is wrong with an account's settings. Fields are named as in the telephony provider API, for
// example providerSettings.sms.twilioMessageSid. No value is repeated.
func Validate(account hookswitch.TelephonyProvider) []hookswitch.Cause {
	var causes []hookswitch.Cause
	add := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	if !isSID(account.SID, "AC") {
		add("providerSid", "must be a Twilio account SID: AC and 32 hexadecimal digits")
	}
	if account.AuthToken == "" {
		add("providerAuthToken", "must not be empty")
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
		if !usable(channel, method.Option) {
			add(field, "needs exactly one of "+options(channel))
			continue
		}
		if text := badValue(method); text != "" {
			add(field+"."+method.Option, text)
		}
	}
	return causes
}

func options(channel hookswitch.Channel) string {
	if channel == hookswitch.SMS {
		return OptionPhoneNumber + ", " + OptionMessageSID + ", " + OptionVerifySID
	}
	return OptionPhoneNumber + ", " + OptionCallerID + ", " + OptionVerifySID
}

func badValue(method hookswitch.Method) string {
	switch method.Option {
	case OptionMessageSID:
		if !isSID(method.Value, "MG") {
			return "must be a messaging service SID: MG and 32 hexadecimal digits"
		}
	case OptionVerifySID:
		if !isSID(method.Value, "VA") {
			return "must be a Verify service SID: VA and 32 hexadecimal digits"
		}
	default:
		if !isE164(method.Value) {
			return "must be a phone number in E.164 form: + and 7 to 15 digits"
		}
	}
	return ""
}

// isE164 judges the form of one of our own numbers. https://www.itu.int/rec/T-REC-E.164
func isE164(s string) bool {
	if len(s) < 8 || len(s) > 16 || s[0] != '+' || s[1] == '0' {
		return false
	}
	for _, c := range []byte(s[1:]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
