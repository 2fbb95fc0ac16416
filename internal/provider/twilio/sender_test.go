package twilio_test

import (
	"net/url"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
)

func TestTheSenderOfTheCountryTakesThePlaceOfTheMethods(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(201, `{"sid":"`+messageSID+`","status":"queued"}`))
	client := carrier.NewClient(t, nil)
	number, service := by("twilioPhoneNumber", "+15005550006"), by("twilioMessageSid", serviceSID)
	for _, c := range []struct {
		method        hookswitch.Method
		sender        string
		from, through string
	}{
		{number, "", "+15005550006", ""},
		{number, "ACME", "ACME", ""},
		{number, "MG00000000000000000000000000000002", "", "MG00000000000000000000000000000002"},
		{service, "", "", serviceSID},
		{service, "+15005550010", "+15005550010", ""},
	} {
		m := smsMessage()
		m.Sender = c.sender
		if _, err := newProvider(client, carrier.URL, c.method, hookswitch.Method{}).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		form, err := url.ParseQuery(string(carrier.Take()[0].Body))
		if err != nil || form.Get("From") != c.from || form.Get("MessagingServiceSid") != c.through {
			t.Errorf("%s with %q: from %q through %q, %v", c.method.Option, c.sender, form.Get("From"), form.Get("MessagingServiceSid"), err)
		}
	}
}

func TestACallSpeaksALanguageWithAVoice(t *testing.T) {
	for language, want := range map[string]bool{"ja": true, "de-CH": true, "zh-Hant": true, "et": false, "hr": false, "": false} {
		p := newProvider(nil, "", hookswitch.Method{}, by("twilioPhoneNumber", "+15005550006"))
		if got := p.Speaks(language); got != want {
			t.Errorf("%q: %v", language, got)
		}
		verify := newProvider(nil, "", hookswitch.Method{}, by("twilioVerifySid", verifySID))
		if !verify.Speaks(language) {
			t.Errorf("Verify does not speak %q, and it finds its words by itself", language)
		}
	}
}
