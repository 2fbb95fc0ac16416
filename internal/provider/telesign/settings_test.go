package telesign_test

import (
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/telesign"
)

func TestSettingsAreJudgedByFieldAndNeverRepeated(t *testing.T) {
	service := func(channel hookswitch.Channel, option, value string) func(*hookswitch.TelephonyProvider) {
		return func(a *hookswitch.TelephonyProvider) {
			a.Methods[channel] = hookswitch.Method{Option: option, Value: value}
		}
	}
	for field, changes := range map[string][]func(*hookswitch.TelephonyProvider){
		"": {
			func(*hookswitch.TelephonyProvider) {}, service(hookswitch.SMS, telesign.Option, telesign.VerifyService),
			service(hookswitch.Call, telesign.Option, telesign.VerifyService),
			func(a *hookswitch.TelephonyProvider) { delete(a.Methods, hookswitch.Call) },
			func(a *hookswitch.TelephonyProvider) { a.SID = strings.ToUpper("ffffffff-eeee-dddd-1234-ab1234567890") },
		},
		"providerSid": {
			func(a *hookswitch.TelephonyProvider) { a.SID = "" },
			func(a *hookswitch.TelephonyProvider) { a.SID = "canary" },
			func(a *hookswitch.TelephonyProvider) { a.SID = "00000000-0000-4000-8000-00000000000g" },
			func(a *hookswitch.TelephonyProvider) { a.SID = strings.ReplaceAll(customerID, "-", "") },
		},
		"providerAuthToken": {
			func(a *hookswitch.TelephonyProvider) { a.AuthToken = "" },
			func(a *hookswitch.TelephonyProvider) { a.AuthToken = "canary is no base64" },
			func(a *hookswitch.TelephonyProvider) { a.AuthToken = "AAAA" },
		},
		"providerSettings":      {func(a *hookswitch.TelephonyProvider) { clear(a.Methods) }},
		"providerSettings.sms":  {service(hookswitch.SMS, "twilioPhoneNumber", "+15005550006"), service(hookswitch.SMS, "", "")},
		"providerSettings.call": {service(hookswitch.Call, "canary", telesign.VoiceService)},
		"providerSettings.sms.telesignService": {
			service(hookswitch.SMS, telesign.Option, telesign.VoiceService), service(hookswitch.SMS, telesign.Option, "canary"),
		},
		"providerSettings.call.telesignService": {
			service(hookswitch.Call, telesign.Option, telesign.MessagingService), service(hookswitch.Call, telesign.Option, ""),
		},
	} {
		for i, change := range changes {
			a := account(telesign.MessagingService, telesign.VoiceService)
			change(&a)
			causes := telesign.Validate(a)
			if field == "" {
				if len(causes) != 0 {
					t.Errorf("good change %d: %+v", i, causes)
				}
				continue
			}
			if len(causes) != 1 || causes[0].Field != field || causes[0].Text == "" || strings.Contains(causes[0].Text, "canary") {
				t.Errorf("%s, change %d: %+v", field, i, causes)
			}
		}
	}
}
