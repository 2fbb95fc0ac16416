package twilio_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
)

func TestAMessagesStatusInOurWords(t *testing.T) {
	for status, want := range map[string]hookswitch.Report{
		"accepted":            {Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued},
		"scheduled":           {Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued},
		"queued":              {Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued},
		"sending":             {Fate: hookswitch.StatusInterim, Word: hookswitch.WordSent},
		"sent":                {Fate: hookswitch.StatusInterim, Word: hookswitch.WordSent},
		"delivered":           {Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered},
		"read":                {Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered},
		"undelivered":         {Fate: hookswitch.StatusLost, Word: hookswitch.WordUndelivered, Failure: hookswitch.FailedUnexplained},
		"failed":              {Fate: hookswitch.StatusLost, Word: hookswitch.WordFailed, Failure: hookswitch.FailedUnexplained},
		"canceled":            {Fate: hookswitch.StatusLost, Word: hookswitch.WordCanceled, Failure: hookswitch.FailedUnexplained},
		"partially_delivered": {Fate: hookswitch.StatusInterim, Word: hookswitch.WordUnknown},
		"receiving":           {Fate: hookswitch.StatusInterim, Word: hookswitch.WordUnknown},
		"brand-new":           {Fate: hookswitch.StatusInterim, Word: hookswitch.WordUnknown},
	} {
		want.Reference, want.ProviderStatus, want.At = messageSID, status, noon()
		params := url.Values{"MessageSid": {messageSID}, "MessageStatus": {status}}
		if got, err := reader().ReadCallback(form("https://id.example/", params)); err != nil || got != want {
			t.Errorf("callback %s: %+v %v, want %+v", status, got, err, want)
		}
		if got := polled(t, hookswitch.SMS, messageSID, fmt.Sprintf(`{"sid":%q,"status":%q,"error_code":null}`, messageSID, status)); got != want {
			t.Errorf("poll %s: %+v, want %+v", status, got, want)
		}
	}
}

func TestACallsStatusInOurWords(t *testing.T) {
	for status, want := range map[string]hookswitch.Report{
		"queued":      {Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued},
		"initiated":   {Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued},
		"ringing":     {Fate: hookswitch.StatusInterim, Word: hookswitch.WordRinging},
		"in-progress": {Fate: hookswitch.StatusArrived, Word: hookswitch.WordAnswered},
		"completed":   {Fate: hookswitch.StatusArrived, Word: hookswitch.WordAnswered},
		"busy":        {Fate: hookswitch.StatusLost, Word: hookswitch.WordBusy, Failure: hookswitch.Busy},
		"no-answer":   {Fate: hookswitch.StatusLost, Word: hookswitch.WordNotAnswered, Failure: hookswitch.NotAnswered},
		"canceled":    {Fate: hookswitch.StatusLost, Word: hookswitch.WordCanceled, Failure: hookswitch.NotAnswered},
		"failed":      {Fate: hookswitch.StatusLost, Word: hookswitch.WordFailed, Failure: hookswitch.FailedUnexplained},
		"brand-new":   {Fate: hookswitch.StatusInterim, Word: hookswitch.WordUnknown},
	} {
		want.Reference, want.ProviderStatus, want.At = callSID, status, noon()
		params := url.Values{"CallSid": {callSID}, "CallStatus": {status}, "CallDuration": {"12"}}
		if got, err := reader().ReadCallback(form("https://id.example/", params)); err != nil || got != want {
			t.Errorf("callback %s: %+v %v, want %+v", status, got, err, want)
		}
		if got := polled(t, hookswitch.Call, callSID, fmt.Sprintf(`{"sid":%q,"status":%q,"duration":"12"}`, callSID, status)); got != want {
			t.Errorf("poll %s: %+v, want %+v", status, got, want)
		}
	}
}

// Whatever order the statuses of one call come in, no two of them contradict each other.
func TestACallOfNoSecondsDecidesNothing(t *testing.T) {
	params := url.Values{"CallSid": {callSID}, "CallStatus": {"completed"}, "CallDuration": {"0"}}
	got, err := reader().ReadCallback(form("https://id.example/", params))
	if err != nil || got.Fate != hookswitch.StatusInterim {
		t.Errorf("callback: %+v %v", got, err)
	}
	if got := polled(t, hookswitch.Call, callSID, `{"sid":"x","status":"completed","duration":"0"}`); got.Fate != hookswitch.StatusInterim {
		t.Errorf("poll: %+v", got)
	}
}

func TestAFailedCallIsNamedByTheNetworksAnswer(t *testing.T) {
	for sip, want := range map[string]hookswitch.Failure{
		"404": hookswitch.InvalidNumber, "484": hookswitch.InvalidNumber, "480": hookswitch.InactiveNumber,
		"503": hookswitch.InactiveNumber, "486": hookswitch.Busy, "603": hookswitch.BlockedByCarrier,
		"400": hookswitch.FailedUnexplained, "": hookswitch.FailedUnexplained, "x": hookswitch.FailedUnexplained,
	} {
		params := url.Values{"CallSid": {callSID}, "CallStatus": {"failed"}, "SipResponseCode": {sip}}
		got, err := reader().ReadCallback(form("https://id.example/", params))
		if err != nil || got.Failure != want {
			t.Errorf("SIP %q: %+v %v, want %s", sip, got, err, want)
		}
	}
	params := url.Values{"CallSid": {callSID}, "CallStatus": {"failed"}, "SipResponseCode": {"404"}, "ErrorCode": {"21215"}}
	if got, _ := reader().ReadCallback(form("https://id.example/", params)); got.Failure != hookswitch.CountryDisabled {
		t.Errorf("Twilio's code knows better: %+v", got)
	}
}

// polled asks for a status that the carrier answers like that.
func polled(t *testing.T, channel hookswitch.Channel, reference string, answers ...string) hookswitch.Report {
	t.Helper()
	carrier := providertest.NewCarrier(t)
	var scripts []providertest.Script
	for _, answer := range answers {
		scripts = append(scripts, providertest.Answer(200, answer))
	}
	carrier.Will(providertest.InTurn(scripts...))
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioVerifySid", verifySID), by("twilioVerifySid", verifySID))
	report, err := p.Poll(t.Context(), channel, reference)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func attempt(conversion, status, code string) string {
	return fmt.Sprintf(`{"sid":"VL0123456789abcdef0123456789abcdef","conversion_status":%q,"channel":"sms",
		"channel_data":{"to":"+12025550123","message_status":%q,"error_code":%q}}`, conversion, status, code)
}

func TestAVerificationIsSettledFromItsAttempts(t *testing.T) {
	for name, row := range map[string]struct {
		attempts []string
		want     hookswitch.Report
	}{
		"delivered": {[]string{attempt("unconverted", "DELIVERED", "")},
			hookswitch.Report{Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered, ProviderStatus: "delivered"}},
		"converted": {[]string{attempt("CONVERTED", "undelivered", "30008")},
			hookswitch.Report{Fate: hookswitch.StatusArrived, Word: hookswitch.WordVerified, ProviderStatus: "converted"}},
		"undelivered": {[]string{attempt("unconverted", "undelivered", "30008")},
			hookswitch.Report{Fate: hookswitch.StatusLost, Word: hookswitch.WordUndelivered, ProviderStatus: "undelivered", ProviderCode: "30008", Failure: hookswitch.FailedUnexplained}},
		"one of two arrived": {[]string{attempt("unconverted", "failed", "30005"), attempt("unconverted", "delivered", "")},
			hookswitch.Report{Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered, ProviderStatus: "delivered"}},
		"one of two on its way": {[]string{attempt("unconverted", "failed", "30005"), attempt("unconverted", "sent", "")},
			hookswitch.Report{Fate: hookswitch.StatusInterim, Word: hookswitch.WordSent, ProviderStatus: "sent"}},
		"a call that was answered": {[]string{`{"channel":"call","channel_data":{"call_status":"completed"}}`},
			hookswitch.Report{Fate: hookswitch.StatusArrived, Word: hookswitch.WordAnswered, ProviderStatus: "completed"}},
		"a call's word in the message's field": {[]string{attempt("unconverted", "no-answer", "")},
			hookswitch.Report{Fate: hookswitch.StatusLost, Word: hookswitch.WordNotAnswered, ProviderStatus: "no-answer", Failure: hookswitch.NotAnswered}},
		"nothing known": {[]string{`{"channel_data":null}`},
			hookswitch.Report{Fate: hookswitch.StatusInterim, Word: hookswitch.WordUnknown}},
	} {
		row.want.Reference, row.want.At = checkSID, noon()
		got := polled(t, hookswitch.SMS, checkSID, `{"attempts":[`+strings.Join(row.attempts, ",")+`]}`)
		if got != row.want {
			t.Errorf("%s: %+v, want %+v", name, got, row.want)
		}
	}
}

func TestAVerificationWithoutAttemptsIsAskedItself(t *testing.T) {
	for status, want := range map[string]hookswitch.Fate{
		"approved": hookswitch.StatusArrived, "pending": hookswitch.StatusInterim, "expired": hookswitch.StatusInterim,
		"canceled": hookswitch.StatusInterim, "max_attempts_reached": hookswitch.StatusInterim,
	} {
		got := polled(t, hookswitch.Call, checkSID, `{"attempts":[]}`, fmt.Sprintf(`{"sid":%q,"status":%q}`, checkSID, status))
		if got.Fate != want || got.ProviderStatus != status {
			t.Errorf("%s: %+v, want %s", status, got, want)
		}
	}
}

func TestAPollAsksTheAPIOfTheReference(t *testing.T) {
	for reference, want := range map[string]string{
		messageSID: "GET /2010-04-01/Accounts/" + accountSID + "/Messages/" + messageSID + ".json",
		callSID:    "GET /2010-04-01/Accounts/" + accountSID + "/Calls/" + callSID + ".json",
		checkSID:   "GET /v2/Attempts?VerificationSid=" + checkSID,
	} {
		carrier := providertest.NewCarrier(t)
		carrier.Will(providertest.Answer(200, `{"sid":"x","status":"queued","attempts":[{}]}`))
		p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
		if _, err := p.Poll(t.Context(), hookswitch.SMS, reference); err != nil {
			t.Error(err)
		}
		got := carrier.Take()
		if len(got) != 1 || got[0].Method+" "+got[0].Target != want || got[0].Header.Get("Authorization") == "" {
			t.Errorf("asked %+v, want %s", got, want)
		}
	}
}

func TestAStrangeReferenceIsNeverAskedFor(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
	for _, reference := range []string{"", "SM1", "../../Balance", messageSID + "0", "SM0123456789abcdef0123456789abcde/", "XX0123456789abcdef0123456789abcdef"} {
		if _, err := p.Poll(t.Context(), hookswitch.SMS, reference); err == nil {
			t.Errorf("%q was asked for", reference)
		}
		if err := p.Verified(t.Context(), hookswitch.SMS, reference); err != nil {
			t.Errorf("%q: %v", reference, err)
		}
	}
	if got := carrier.Take(); len(got) != 0 {
		t.Errorf("requests: %+v", got)
	}
}

func TestAVerifiedPasscodeIsToldToVerifyAlone(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, fmt.Sprintf(`{"sid":%q,"status":"approved"}`, checkSID)))
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioVerifySid", verifySID), by("twilioCallerId", "+15005550006"))
	if err := p.Verified(t.Context(), hookswitch.SMS, checkSID); err != nil {
		t.Fatal(err)
	}
	got := carrier.Take()
	if len(got) != 1 {
		t.Fatalf("%d requests", len(got))
	}
	providertest.Golden(t, "verified.request", got[0].Text())
	if err := p.Verified(t.Context(), hookswitch.SMS, messageSID); err != nil || len(carrier.Take()) != 0 {
		t.Errorf("a message by another API: %v", err)
	}
	if err := p.Verified(t.Context(), hookswitch.Call, checkSID); err != nil || len(carrier.Take()) != 0 {
		t.Errorf("a channel by another API: %v", err)
	}
	carrier.Will(providertest.Answer(404, `{"code":20404,"message":"gone"}`))
	if err := p.Verified(t.Context(), hookswitch.SMS, checkSID); err != nil {
		t.Errorf("a verification that Twilio has forgotten: %v", err)
	}
	carrier.Will(providertest.Answer(503, ""))
	if err := p.Verified(t.Context(), hookswitch.SMS, checkSID); err == nil {
		t.Error("a failure was not told")
	}
}

func FuzzReadAnswers(f *testing.F) {
	f.Add(`{"sid":"`+messageSID+`","status":"queued","error_code":null}`, 201)
	f.Add(`{"code":21211,"message":"no"}`, 400)
	f.Add(`{"attempts":[{"channel_data":{"error_code":"x"}}]}`, 200)
	f.Add(`[`, 500)
	f.Fuzz(func(t *testing.T, body string, status int) {
		client := providertest.Answering(t, func() (int, string) { return 200 + abs(status)%400, body })
		for _, m := range []hookswitch.Message{smsMessage(), callMessage()} {
			p := newProvider(client, "", by("twilioPhoneNumber", "+15005550006"), by("twilioVerifySid", verifySID))
			receipt, err := p.Send(t.Context(), m)
			failed, ok := err.(*hookswitch.SendError)
			switch {
			case err == nil && (receipt.Reference == "" || receipt.Report.Fate == "" || receipt.Report.Word == ""):
				t.Fatalf("half a receipt: %+v", receipt)
			case err != nil && (!ok || failed.Failure == ""):
				t.Fatalf("no failure: %v", err)
			}
		}
		p := newProvider(client, "", by("twilioVerifySid", verifySID), hookswitch.Method{})
		for _, reference := range []string{messageSID, callSID, checkSID} {
			report, err := p.Poll(t.Context(), hookswitch.SMS, reference)
			if err == nil && (report.Fate == "" || report.Word == "") {
				t.Fatalf("half a report: %+v", report)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
