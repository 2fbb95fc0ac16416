package telesign_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/telesign"
)

func signed(body string) hookswitch.Callback {
	signature := telesign.Sign(apiKey, body)
	return hookswitch.Callback{
		URL: "https://id.example/cb", Method: http.MethodPost, Body: []byte(body),
		Header: map[string][]string{
			"Content-Type":       {"application/json"},
			"Authorization":      {"TSA " + customerID + ":" + signature},
			"X-Ts-Authorization": {signature},
		},
	}
}

func reader() *telesign.Provider {
	return newProvider(nil, "", telesign.VerifyService, telesign.VerifyService)
}

func TestADeliveryReportIsRead(t *testing.T) {
	report, err := reader().ReadCallback(signed(`{"status":{"code":200,"description":"Delivered to handset","updated_on":"2026-03-01T12:00:09.181346Z"},
		"submit_timestamp":"2026-03-01T12:00:00.010101Z","errors":[],"reference_id":"` + reference + `","verify":{"code_state":"UNKNOWN","code_entered":null},
		"sub_resource":"sms","additional_info":{"price":"0.5112"}}`))
	want := hookswitch.Report{
		Reference: reference, Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered, ProviderStatus: "200",
		At: noon().Add(9181346 * time.Microsecond),
	}
	if err != nil || report != want {
		t.Errorf("got %+v %v, want %+v", report, err, want)
	}
}

func TestEitherHeaderProvesACallback(t *testing.T) {
	body := answered(203, "Delivered to gateway", "")
	for name, change := range map[string]func(h http.Header){
		"both":                    func(http.Header) {},
		"the bare one alone":      func(h http.Header) { h.Del("Authorization") },
		"the full one alone":      func(h http.Header) { h.Del("X-Ts-Authorization") },
		"the full one, as a copy": func(h http.Header) { h.Set("X-Ts-Authorization", h.Get("Authorization")); h.Del("Authorization") },
		"another case of the id": func(h http.Header) {
			h.Set("Authorization", strings.Replace(h.Get("Authorization"), customerID, strings.ToUpper(customerID), 1))
		},
	} {
		c := signed(body)
		change(c.Header)
		if _, err := reader().ReadCallback(c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAForgedCallbackIsRefused(t *testing.T) {
	for name, change := range map[string]func(c *hookswitch.Callback){
		"no proof":   func(c *hookswitch.Callback) { clear(c.Header) },
		"other body": func(c *hookswitch.Callback) { c.Body = append(c.Body, ' ') },
		"no body":    func(c *hookswitch.Callback) { c.Body = nil },
		"other key": func(c *hookswitch.Callback) {
			c.Header["Authorization"] = []string{"TSA " + customerID + ":" + telesign.Sign("AAAA", string(c.Body))}
		},
		"other customer": func(c *hookswitch.Callback) {
			c.Header["Authorization"][0] = strings.Replace(c.Header["Authorization"][0], "4000", "4001", 1)
		},
		"other scheme": func(c *hookswitch.Callback) {
			c.Header["Authorization"][0] = strings.Replace(c.Header["Authorization"][0], "TSA", "Basic", 1)
		},
		"no signature": func(c *hookswitch.Callback) { c.Header["Authorization"] = []string{"TSA " + customerID + ":"} },
		"no colon":     func(c *hookswitch.Callback) { c.Header["Authorization"] = []string{"TSA " + customerID} },
		"a false one first": func(c *hookswitch.Callback) {
			c.Header["Authorization"] = append([]string{"TSA x:y"}, c.Header["Authorization"]...)
		},
	} {
		c := signed(answered(200, "Delivered to handset", ""))
		change(&c)
		if report, err := reader().ReadCallback(c); !errors.Is(err, hookswitch.ErrForged) || report != (hookswitch.Report{}) {
			t.Errorf("%s: %+v %v", name, report, err)
		}
	}
}

// With an empty key, or one that decodes to nothing, anybody could sign.
func TestAnAccountWithoutAProperKeyBelievesNothing(t *testing.T) {
	body := answered(200, "Delivered to handset", "")
	for _, key := range []hookswitch.Secret{"", "not base64!"} {
		a := account(telesign.VerifyService, "")
		a.AuthToken = key
		c := signed(body)
		signature := telesign.Sign("", body)
		c.Header["Authorization"] = []string{"TSA " + customerID + ":" + signature}
		if _, err := telesign.New(telesign.Config{Account: a}).ReadCallback(c); !errors.Is(err, hookswitch.ErrForged) {
			t.Errorf("%v: %v", key == "", err)
		}
	}
}

func TestASignedCallbackThatSaysNothingIsUnreadable(t *testing.T) {
	for _, body := range []string{"", "null", "[]", "{}", `{"reference_id":"x","status":{"code":200}}`, fmt.Sprintf(`{"reference_id":%q}`, reference), `{"reference_id":`} {
		if _, err := reader().ReadCallback(signed(body)); !errors.Is(err, hookswitch.ErrUnreadable) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestAnUnknownStatusDecidesNothing(t *testing.T) {
	report, err := reader().ReadCallback(signed(answered(299, "New", "")))
	if err != nil || report.Fate != hookswitch.StatusInterim || report.Word != hookswitch.WordUnknown || report.ProviderStatus != "299" {
		t.Errorf("got %+v %v", report, err)
	}
}

func TestAPollAsksTheServiceThenTheOther(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	for _, row := range []struct {
		channel  hookswitch.Channel
		sms, own string
		want     []string
	}{
		{hookswitch.SMS, telesign.MessagingService, "", []string{"/v1/messaging/", "/v1/verify/"}},
		{hookswitch.SMS, telesign.VerifyService, "", []string{"/v1/verify/", "/v1/messaging/"}},
		{hookswitch.Call, "", telesign.VoiceService, []string{"/v1/voice/", "/v1/verify/"}},
		{hookswitch.Call, "", telesign.VerifyService, []string{"/v1/verify/", "/v1/voice/"}},
	} {
		p := newProvider(carrier.NewClient(t, nil), carrier.URL, row.sms, row.own)
		carrier.Will(providertest.InTurn(
			providertest.Answer(404, `{"status":{"code":500},"errors":[{"code":-10001,"description":"not found"}]}`),
			providertest.Answer(200, answered(200, "Delivered to handset", "")),
		))
		report, err := p.Poll(t.Context(), row.channel, reference)
		if err != nil || report.Fate != hookswitch.StatusArrived || report.Reference != reference {
			t.Errorf("%+v %v", report, err)
		}
		for i, r := range carrier.Take() {
			if r.Method != "GET" || r.Target != row.want[i]+reference || len(r.Body) != 0 || !strings.HasPrefix(r.Header.Get("Authorization"), "TSA ") {
				t.Errorf("asked %s", r.Text())
			}
		}
		carrier.Will(providertest.Answer(503, ""))
		if _, err := p.Poll(t.Context(), row.channel, reference); err == nil {
			t.Error("a failure was not told")
		}
		if got := len(carrier.Take()); got != 1 {
			t.Errorf("%d requests to a carrier that is down", got)
		}
	}
}

func TestAStrangeReferenceIsNeverAskedFor(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.VerifyService, telesign.VerifyService)
	for _, strange := range []string{"", "x", reference + "0", reference[:31] + "/", "../../../v1/messaging/" + reference[:10]} {
		if _, err := p.Poll(t.Context(), hookswitch.SMS, strange); err == nil {
			t.Errorf("%q was asked for", strange)
		}
		if err := p.Verified(t.Context(), hookswitch.SMS, strange); err != nil {
			t.Errorf("%q: %v", strange, err)
		}
	}
	if got := carrier.Take(); len(got) != 0 {
		t.Errorf("requests: %+v", got)
	}
}

func TestAVerifiedPasscodeIsToldToVerifyAlone(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(1900, "Verify completion successfully recorded", "")))
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.VerifyService, telesign.VoiceService)
	if err := p.Verified(t.Context(), hookswitch.SMS, reference); err != nil {
		t.Fatal(err)
	}
	providertest.Golden(t, "verified.request", carrier.Take()[0].Text())
	if err := p.Verified(t.Context(), hookswitch.Call, reference); err != nil || len(carrier.Take()) != 0 {
		t.Errorf("a call by Voice: %v", err)
	}
	carrier.Will(providertest.Answer(503, `{"status":{"code":500},"error":{"code":-90001}}`))
	if err := p.Verified(t.Context(), hookswitch.SMS, reference); err == nil {
		t.Error("a failure was not told")
	}
}

func FuzzReadCallback(f *testing.F) {
	f.Add(answered(200, "Delivered to handset", ""), "TSA "+customerID+":x", true)
	f.Add(answered(500, "", `{"code":"-10030"},{"code":{}}`), "", true)
	f.Add(`{"status":{"code":[]},"errors":{}}`, ":", false)
	f.Fuzz(func(t *testing.T, body, proof string, good bool) {
		c := signed(body)
		if !good {
			c.Header["Authorization"], c.Header["X-Ts-Authorization"] = []string{proof}, []string{proof}
		}
		report, err := reader().ReadCallback(c)
		switch {
		case !good && !strings.Contains(proof, telesign.Sign(apiKey, body)) && !errors.Is(err, hookswitch.ErrForged):
			t.Fatalf("a forged callback was not refused: %v", err)
		case err == nil && (report.Reference == "" || report.Fate == "" || report.Word == "" || report.ProviderStatus == ""):
			t.Fatalf("half a report: %+v", report)
		case err == nil && (report.Fate == hookswitch.StatusLost) != (report.Failure != ""):
			t.Fatalf("fate and failure differ: %+v", report)
		case err != nil && !errors.Is(err, hookswitch.ErrForged) && !errors.Is(err, hookswitch.ErrUnreadable):
			t.Fatalf("another error: %v", err)
		}
	})
}

func FuzzReadAnswers(f *testing.F) {
	f.Add(answered(290, "In progress", ""), 0)
	f.Add(answered(500, "", `{"code":-10001}`), 200)
	f.Add(`[`, 300)
	f.Fuzz(func(t *testing.T, body string, status int) {
		client := providertest.Answering(t, func() (int, string) { return 200 + abs(status)%400, body })
		p := newProvider(client, "", telesign.MessagingService, telesign.VerifyService)
		for _, m := range []hookswitch.Message{smsMessage(), callMessage()} {
			receipt, err := p.Send(t.Context(), m)
			failed, ok := err.(*hookswitch.SendError)
			switch {
			case err == nil && (receipt.Reference == "" || receipt.Report.Fate == "" || receipt.Report.Word == ""):
				t.Fatalf("half a receipt: %+v", receipt)
			case err != nil && (!ok || failed.Failure == ""):
				t.Fatalf("no failure: %v", err)
			}
		}
		if report, err := p.Poll(t.Context(), hookswitch.SMS, reference); err == nil && (report.Fate == "" || report.Word == "") {
			t.Fatalf("half a report: %+v", report)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
