package hookswitch_test

import (
	"testing"

	"hookswitch"
)

func TestThePhoneAuthenticatorPermitsWhatItIsFor(t *testing.T) {
	type phone = hookswitch.PhoneAuthenticator
	for _, c := range []struct {
		phone   phone
		purpose hookswitch.Purpose
		sms     bool
		call    bool
	}{
		{phone{}, hookswitch.SignIn, true, true},
		{phone{AllowedFor: hookswitch.AllowedForAny}, hookswitch.PasswordReset, true, true},
		{phone{AllowedFor: hookswitch.AllowedForNone}, hookswitch.Enrollment, false, false},
		{phone{AllowedFor: hookswitch.AllowedForRecovery}, hookswitch.SignIn, false, false},
		{phone{AllowedFor: hookswitch.AllowedForRecovery}, hookswitch.AccountUnlock, true, true},
		{phone{AllowedFor: hookswitch.AllowedForRecovery}, hookswitch.Enrollment, true, true},
		{phone{AllowedFor: hookswitch.AllowedForSignIn}, hookswitch.PasswordReset, false, false},
		{phone{SMSInactive: true}, hookswitch.SignIn, false, true},
		{phone{VoiceOff: true}, hookswitch.Enrollment, true, false},
		{phone{Inactive: true}, hookswitch.SignIn, false, false},
		{phone{Inactive: true}, hookswitch.Test, true, true},
	} {
		if sms, call := c.phone.Permits(hookswitch.SMS, c.purpose), c.phone.Permits(hookswitch.Call, c.purpose); sms != c.sms || call != c.call {
			t.Errorf("%+v %s: %t %t", c.phone, c.purpose, sms, call)
		}
	}
}
