package twilio_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/twilio"
)

var _ = flag.Bool("update", false, "write the golden files again")

const (
	accountSID = "AC00000000000000000000000000000001"
	token      = "canary-twilio-token"
	serviceSID = "MG00000000000000000000000000000001"
	verifySID  = "VA00000000000000000000000000000001"
	messageSID = "SM0123456789abcdef0123456789abcdef"
	callSID    = "CA0123456789abcdef0123456789abcdef"
	checkSID   = "VE0123456789abcdef0123456789abcdef"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// account sends on both channels by the two methods.
func account(sms, call hookswitch.Method) hookswitch.TelephonyProvider {
	a := hookswitch.TelephonyProvider{
		Name: hookswitch.Twilio, SID: accountSID, AuthToken: token, Methods: map[hookswitch.Channel]hookswitch.Method{},
	}
	if sms.Option != "" {
		a.Methods[hookswitch.SMS] = sms
	}
	if call.Option != "" {
		a.Methods[hookswitch.Call] = call
	}
	return a
}

func by(option, value string) hookswitch.Method {
	return hookswitch.Method{Option: option, Value: value}
}

func newProvider(client *provider.Client, carrierURL string, sms, call hookswitch.Method) *twilio.Provider {
	return twilio.New(twilio.Config{
		Account: account(sms, call), APIURL: carrierURL, VerifyURL: carrierURL, Client: client, Now: noon,
	})
}

func smsMessage() hookswitch.Message {
	return hookswitch.Message{
		DeliveryID: "d1", Attempt: 1, Channel: hookswitch.SMS, Purpose: hookswitch.SignIn, To: "+12025550123", Country: "US",
		Code: "837261", Text: "Acme & Söhne: your code is 837261.", Language: "en-US", Expires: noon().Add(5 * time.Minute),
		CallbackURL: "https://id.example/callbacks/twilio/d1?k=1",
	}
}

func script() hookswitch.Script {
	reading := []hookswitch.Piece{{Text: "Hello. Your <Acme> code is"}, {Pause: 500 * time.Millisecond}}
	for _, digit := range "837261" {
		reading = append(reading, hookswitch.Piece{Text: string(digit)}, hookswitch.Piece{Pause: 800 * time.Millisecond})
	}
	return hookswitch.Script{
		Language: "en-US", Reading: reading, Times: 3, Again: []hookswitch.Piece{{Text: "Press any key to hear it again."}},
	}
}

func callMessage() hookswitch.Message {
	m := smsMessage()
	m.Channel, m.Text, m.Script, m.Extension = hookswitch.Call, "", script(), "123#"
	m.RepeatURL = "https://id.example/repeat/d1?a=1&b=2"
	return m
}

func refusal(words string) string {
	return fmt.Sprintf(`{"code":21604,"message":%q,"more_info":"https://www.twilio.com/docs/errors/21604","status":400}`, words)
}

func methods() []providertest.Method {
	method := func(name string, sms, call hookswitch.Method, m hookswitch.Message, accepts string, r hookswitch.Receipt) providertest.Method {
		r.Report.Reference, r.Report.At = r.Reference, noon()
		r.Report.Fate, r.Report.Word = hookswitch.StatusInterim, hookswitch.WordQueued
		return providertest.Method{
			Name: name, Message: m, Status: 201, Accepts: accepts, Receipt: r, Refusal: refusal, Secrets: []string{token},
			New: func(client *provider.Client, carrierURL string) hookswitch.Provider {
				return newProvider(client, carrierURL, sms, call)
			},
		}
	}
	none := hookswitch.Method{}
	queued := fmt.Sprintf(`{"sid":%q,"status":"queued","error_code":null,"num_segments":"1"}`, messageSID)
	calling := fmt.Sprintf(`{"sid":%q,"status":"queued","duration":null}`, callSID)
	pending := fmt.Sprintf(`{"sid":%q,"status":"pending","valid":false,"send_code_attempts":[{"attempt_sid":"VL0123456789abcdef0123456789abcdef"}]}`, checkSID)
	receipt := func(method, reference, status string) hookswitch.Receipt {
		return hookswitch.Receipt{Method: method, Reference: reference, Report: hookswitch.Report{ProviderStatus: status}}
	}
	wanted := func(r hookswitch.Receipt) hookswitch.Receipt { r.Feedback = true; return r }
	return []providertest.Method{
		method("sms-number", by("twilioPhoneNumber", "+15005550006"), none, smsMessage(), queued,
			receipt("twilioPhoneNumber", messageSID, "queued")),
		method("sms-service", by("twilioMessageSid", serviceSID), none, smsMessage(), queued,
			receipt("twilioMessageSid", messageSID, "queued")),
		method("sms-verify", by("twilioVerifySid", verifySID), none, smsMessage(), pending,
			wanted(receipt("twilioVerifySid", checkSID, "pending"))),
		method("call-number", none, by("twilioPhoneNumber", "+15005550006"), callMessage(), calling,
			receipt("twilioPhoneNumber", callSID, "queued")),
		method("call-callerid", none, by("twilioCallerId", "+15005550010"), callMessage(), calling,
			receipt("twilioCallerId", callSID, "queued")),
		method("call-verify", none, by("twilioVerifySid", verifySID), callMessage(), pending,
			wanted(receipt("twilioVerifySid", checkSID, "pending"))),
	}
}

func TestEveryMethodConforms(t *testing.T) {
	for _, m := range methods() {
		t.Run(m.Name, func(t *testing.T) { providertest.Run(t, m) })
	}
}
