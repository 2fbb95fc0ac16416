package twilio_test

import (
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/twilio"
)

func TestSettingsAreJudgedByFieldAndNeverRepeated(t *testing.T) {
	good := account(by("twilioPhoneNumber", "+15005550006"), by("twilioVerifySid", verifySID))
	if causes := twilio.Validate(good); len(causes) != 0 {
		t.Errorf("good settings: %+v", causes)
	}
	sms := func(option, value string) func(*hookswitch.TelephonyProvider) {
		return func(a *hookswitch.TelephonyProvider) { a.Methods[hookswitch.SMS] = by(option, value) }
	}
	call := func(option, value string) func(*hookswitch.TelephonyProvider) {
		return func(a *hookswitch.TelephonyProvider) { a.Methods[hookswitch.Call] = by(option, value) }
	}
	for field, changes := range map[string][]func(*hookswitch.TelephonyProvider){
		"": {
			sms("twilioMessageSid", serviceSID), sms("twilioVerifySid", verifySID), call("twilioCallerId", "+4915112345678"),
			call("twilioPhoneNumber", "+15005550006"), func(a *hookswitch.TelephonyProvider) { delete(a.Methods, hookswitch.SMS) },
		},
		"providerSid": {
			func(a *hookswitch.TelephonyProvider) { a.SID = "" },
			func(a *hookswitch.TelephonyProvider) { a.SID = "canary" },
			func(a *hookswitch.TelephonyProvider) { a.SID = verifySID },
			func(a *hookswitch.TelephonyProvider) { a.SID = "AC0000000000000000000000000000000g" },
		},
		"providerAuthToken": {func(a *hookswitch.TelephonyProvider) { a.AuthToken = "" }},
		"providerSettings":  {func(a *hookswitch.TelephonyProvider) { clear(a.Methods) }},
		"providerSettings.sms": {
			sms("twilioCallerId", "+15005550006"), sms("telesignService", "x"), sms("", ""),
		},
		"providerSettings.call": {call("twilioMessageSid", serviceSID), call("other", "canary")},
		"providerSettings.sms.twilioPhoneNumber": {
			sms("twilioPhoneNumber", "15005550006"), sms("twilioPhoneNumber", "+1"), sms("twilioPhoneNumber", "+05005550006"),
			sms("twilioPhoneNumber", "+1500555000612345"), sms("twilioPhoneNumber", "+1500canary6"), sms("twilioPhoneNumber", ""),
		},
		"providerSettings.sms.twilioMessageSid": {sms("twilioMessageSid", verifySID), sms("twilioMessageSid", "MGcanary")},
		"providerSettings.sms.twilioVerifySid":  {sms("twilioVerifySid", serviceSID)},
		"providerSettings.call.twilioCallerId":  {call("twilioCallerId", "canary")},
	} {
		for i, change := range changes {
			a := account(by("twilioPhoneNumber", "+15005550006"), by("twilioVerifySid", verifySID))
			change(&a)
			causes := twilio.Validate(a)
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

func TestAMethodSaysWhatItCannotSend(t *testing.T) {
	p := twilio.New(twilio.Config{Account: account(by("twilioVerifySid", verifySID), by("twilioCallerId", "+15005550006"))})
	for _, row := range []struct {
		needs hookswitch.Needs
		want  hookswitch.Failure
	}{
		{hookswitch.Needs{Channel: hookswitch.SMS, Digits: 6}, ""},
		{hookswitch.Needs{Channel: hookswitch.SMS, Digits: 10}, ""},
		{hookswitch.Needs{Channel: hookswitch.SMS, Digits: 3}, hookswitch.MethodCannot},
		{hookswitch.Needs{Channel: hookswitch.SMS, Digits: 11}, hookswitch.MethodCannot},
		{hookswitch.Needs{Channel: hookswitch.SMS}, hookswitch.MethodCannot}, // no passcode of ours to hand over
		{hookswitch.Needs{Channel: hookswitch.Call, Extension: true}, ""},
	} {
		if got := p.Cannot(row.needs); got != row.want {
			t.Errorf("%+v: %q, want %q", row.needs, got, row.want)
		}
	}
	none := twilio.New(twilio.Config{Account: account(hookswitch.Method{}, hookswitch.Method{})})
	if got := none.Cannot(hookswitch.Needs{Channel: hookswitch.SMS, Digits: 6}); got != hookswitch.NotConfigured {
		t.Errorf("without a method: %q", got)
	}
	if _, err := none.Send(t.Context(), smsMessage()); err == nil {
		t.Error("sent without a method")
	}
}
