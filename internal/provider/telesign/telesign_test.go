package telesign_test

import (
	"errors"
	"flag"
	"fmt"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/telesign"
)

var _ = flag.Bool("update", false, "write the golden files again")

const (
	customerID = "00000000-0000-4000-8000-000000000001"
	apiKey     = "Y2FuYXJ5LXRlbGVzaWduLWtleQ=="
	reference  = "0123456789ABCDEF0123456789ABCDEF"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

func account(sms, call string) hookswitch.TelephonyProvider {
	a := hookswitch.TelephonyProvider{
		Name: hookswitch.Telesign, SID: customerID, AuthToken: apiKey, Methods: map[hookswitch.Channel]hookswitch.Method{},
	}
	if sms != "" {
		a.Methods[hookswitch.SMS] = hookswitch.Method{Option: telesign.Option, Value: sms}
	}
	if call != "" {
		a.Methods[hookswitch.Call] = hookswitch.Method{Option: telesign.Option, Value: call}
	}
	return a
}

func newProvider(client *provider.Client, carrierURL, sms, call string) *telesign.Provider {
	return telesign.New(telesign.Config{
		Account: account(sms, call), URL: carrierURL, Client: client, Now: noon, Nonce: func() string { return "nonce-1" },
	})
}

func smsMessage() hookswitch.Message {
	return hookswitch.Message{
		DeliveryID: "d1", Attempt: 1, Channel: hookswitch.SMS, Purpose: hookswitch.SignIn, To: "+12025550123", Country: "US",
		Code: "837261", Text: "Acme & Söhne: your code is 837261.", Language: "en-US", Expires: noon().Add(5 * time.Minute),
		CallbackURL: "https://id.example/callbacks/telesign/d1?k=1",
	}
}

func script() hookswitch.Script {
	reading := []hookswitch.Piece{{Text: "Hello. Your Acme code is"}, {Pause: 500 * time.Millisecond}}
	for _, digit := range "837261" {
		reading = append(reading, hookswitch.Piece{Text: string(digit)}, hookswitch.Piece{Pause: 800 * time.Millisecond})
	}
	return hookswitch.Script{
		Language: "en-GB", Reading: reading, Times: 3, Again: []hookswitch.Piece{{Text: "Press any key to hear it again."}},
	}
}

func callMessage() hookswitch.Message {
	m := smsMessage()
	m.Channel, m.Text, m.Script, m.Purpose = hookswitch.Call, "", script(), hookswitch.PasswordReset
	m.RepeatURL = "https://id.example/repeat/d1"
	return m
}

func answered(status int, description, words string) string {
	return fmt.Sprintf(`{"reference_id":%q,"external_id":"d1","status":{"code":%d,"description":%q,"updated_on":"2026-03-01T12:00:01.500000Z"},"errors":[%s]}`,
		reference, status, description, words)
}

func methods() []providertest.Method {
	method := func(name, sms, call string, m hookswitch.Message, status int, word string) providertest.Method {
		service := sms + call
		return providertest.Method{
			Name: name, Message: m, Status: 200, Accepts: answered(status, "In progress", ""), Secrets: []string{apiKey},
			Receipt: hookswitch.Receipt{
				Method: service, Reference: reference, Feedback: service == telesign.VerifyService,
				Report: hookswitch.Report{
					Reference: reference, Fate: hookswitch.StatusInterim, Word: word, ProviderStatus: fmt.Sprint(status),
					At: noon().Add(1500 * time.Millisecond),
				},
			},
			New: func(client *provider.Client, carrierURL string) hookswitch.Provider {
				return newProvider(client, carrierURL, sms, call)
			},
			Refusal: func(words string) string {
				return fmt.Sprintf(`{"reference_id":%q,"status":{"code":12009,"description":%q},"errors":[{"code":-10001,"description":%q}],"signature_string":%q}`,
					reference, words, words, words)
			},
		}
	}
	withExtension := callMessage()
	withExtension.Extension = "123w45"
	return []providertest.Method{
		method("sms-messaging", telesign.MessagingService, "", smsMessage(), 290, hookswitch.WordQueued),
		method("sms-verify", telesign.VerifyService, "", smsMessage(), 290, hookswitch.WordQueued),
		method("call-voice", "", telesign.VoiceService, callMessage(), 103, hookswitch.WordRinging),
		method("call-verify", "", telesign.VerifyService, withExtension, 103, hookswitch.WordRinging),
	}
}

func TestEveryMethodConforms(t *testing.T) {
	for _, m := range methods() {
		t.Run(m.Name, func(t *testing.T) { providertest.Run(t, m) })
	}
}

func TestBasicAuthenticationIsASwitch(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(290, "In progress", "")))
	p := telesign.New(telesign.Config{
		Account: account(telesign.MessagingService, ""), URL: carrier.URL + "/", Basic: true, Client: carrier.NewClient(t, nil),
	})
	if _, err := p.Send(t.Context(), smsMessage()); err != nil {
		t.Fatal(err)
	}
	providertest.Golden(t, "basic.request", carrier.Take()[0].Text())
}

func TestANonceIsNeverUsedTwice(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(290, "In progress", "")))
	p := telesign.New(telesign.Config{Account: account(telesign.MessagingService, ""), URL: carrier.URL, Client: carrier.NewClient(t, nil)})
	seen := map[string]bool{}
	for range 20 {
		if _, err := p.Send(t.Context(), smsMessage()); err != nil {
			t.Fatal(err)
		}
		nonce := carrier.Take()[0].Header.Get("X-Ts-Nonce")
		if seen[nonce] || len(nonce) < 16 || len(nonce) > 64 {
			t.Errorf("nonce %q", nonce)
		}
		seen[nonce] = true
	}
}

// The vectors are those of Telesign's own client. https://github.com/TeleSign/python_telesign/blob/master/tests/test_rest.py
func TestTheDigestIsTelesigns(t *testing.T) {
	const (
		date  = "Wed, 14 Dec 2016 18:20:12 GMT"
		nonce = "A1592C6F-E384-4CDB-BC42-C3AB970369E9"
		form  = "application/x-www-form-urlencoded"
		url   = "https://rest-ww.telesign.com/v1/resource"
	)
	// There the key has dashes, which Python's decoder skips.
	const key = "EXAMPLETE8sTgg45yusumoN6BYsBVkh+yRJ5czgsnCehZaOYldPJdmFh6NeX8kunZ2zU1YWaUw/0wV6xfw=="
	for _, row := range []struct{ method, kind, body, want string }{
		{"POST", form, "test=param", "2xVlmbrxLjYrrPun3G3WMNG6Jon4yKcTeOoK9DjXJ/Q="},
		{"POST", form, "test=%CF%BF", "h8d4I0RTxErbxYXuzCOtNqb/f0w3Ck8e5SEkGNj01+8="},
		{"GET", "", "", "aUm7I+9GKl3ww7PNeeJntCT0iS7b+EmRKEE4LnRzChQ="},
	} {
		if got := telesign.Sign(key, telesign.ToSign(row.method, url, row.kind, date, nonce, row.body)); got != row.want {
			t.Errorf("%s %q: %s, want %s", row.method, row.body, got, row.want)
		}
	}
}

func TestAMethodSaysWhatItCannotSend(t *testing.T) {
	verify := newProvider(nil, "", telesign.VerifyService, telesign.VerifyService)
	own := newProvider(nil, "", telesign.MessagingService, telesign.VoiceService)
	for _, row := range []struct {
		p     *telesign.Provider
		needs hookswitch.Needs
		want  hookswitch.Failure
	}{
		{verify, hookswitch.Needs{Channel: hookswitch.SMS, Digits: 7}, ""},
		{verify, hookswitch.Needs{Channel: hookswitch.SMS, Digits: 8}, hookswitch.MethodCannot},
		{verify, hookswitch.Needs{Channel: hookswitch.Call, Digits: 3, Extension: true}, ""},
		{verify, hookswitch.Needs{Channel: hookswitch.Call, Digits: 2}, hookswitch.MethodCannot},
		{verify, hookswitch.Needs{Channel: hookswitch.Call}, hookswitch.MethodCannot}, // no passcode of ours to hand over
		{own, hookswitch.Needs{Channel: hookswitch.SMS, Digits: 10}, ""},
		{own, hookswitch.Needs{Channel: hookswitch.Call, Digits: 10}, ""},
		{own, hookswitch.Needs{Channel: hookswitch.Call, Digits: 6, Extension: true}, hookswitch.MethodCannot},
		{newProvider(nil, "", telesign.VoiceService, ""), hookswitch.Needs{Channel: hookswitch.SMS, Digits: 6}, hookswitch.NotConfigured},
		{newProvider(nil, "", "", ""), hookswitch.Needs{Channel: hookswitch.Call, Digits: 6}, hookswitch.NotConfigured},
	} {
		if got := row.p.Cannot(row.needs); got != row.want {
			t.Errorf("%+v: %q, want %q", row.needs, got, row.want)
		}
	}
}

func TestKeysThatTelesignDoesNotKnowAreNotDialled(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, "", telesign.VerifyService)
	for extension, want := range map[string]string{
		"123": ",,123", "w12": ",12", "1WW2": ",,1,,2", "1#": "", "*1": "", "123456789012345": ",,123456789012345",
	} {
		m := callMessage()
		m.Extension = extension
		carrier.Will(providertest.Answer(200, answered(103, "Call in progress", "")))
		_, err := p.Send(t.Context(), m)
		got := carrier.Take()
		if want == "" {
			var failed *hookswitch.SendError
			if !errors.As(err, &failed) || failed.Failure != hookswitch.MethodCannot || len(got) != 0 {
				t.Errorf("%q: %v, %d requests", extension, err, len(got))
			}
			continue
		}
		if err != nil || len(got) != 1 || field(t, got[0], "extension_template") != want || field(t, got[0], "extension_type") != "1" {
			t.Errorf("%q: %v %+v", extension, err, got)
		}
	}
}
