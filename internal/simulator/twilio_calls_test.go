package simulator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestCallIsHeardOnThePhoneWithItsCodeAndExtension(t *testing.T) {
	b := start(t)
	a := b.must(201, b.call(set("SendDigits", "wwww1234#")))
	if a.JSON["status"] != "queued" || a.JSON["direction"] != "outbound-api" || a.JSON["duration"] != nil {
		t.Errorf("resource: %s", a.Text)
	}
	m := b.latest(ana, "wait=10s")
	if m.Channel != "call" || str(m.Code) != "482913" || str(m.Extension) != "1234" || m.Text != "Your code is 4, 8, 2, 9, 1, 3." ||
		str(m.Language) != "en-US" || len(m.Script) != 1 || m.Script[0].Voice != "Polly.Joanna" || m.ProviderReference != a.JSON["sid"] {
		t.Errorf("message: %+v", m)
	}
}

func TestCallCallbacksFollowTheCallAndAreSigned(t *testing.T) {
	b := start(t)
	a := b.must(201, b.call())
	for i, want := range []string{"initiated", "ringing", "in-progress", "completed"} {
		h := b.next()
		if !genuine(h) {
			t.Errorf("%s: the signature is wrong", want)
		}
		if h.Form.Get("CallStatus") != want || h.Form.Get("CallSid") != a.JSON["sid"] || h.Form.Get("SequenceNumber") != string(rune('0'+i)) ||
			h.Form.Get("CallbackSource") != "call-progress-events" {
			t.Errorf("got %v, want %s", h.Form, want)
		}
		if final := h.Form.Has("CallDuration"); final != (want == "completed") {
			t.Errorf("%s: CallDuration there: %v", want, final)
		}
	}
	fetched := b.must(200, b.twilio("GET", a.JSON["uri"].(string), nil))
	if fetched.JSON["status"] != "completed" || fetched.JSON["duration"] == "0" || fetched.JSON["end_time"] == nil {
		t.Errorf("fetched: %s", fetched.Text)
	}
}

func TestOnlyTheEndOfACallIsToldUnlessAsked(t *testing.T) {
	b := start(t)
	b.must(201, b.call(set("StatusCallbackEvent")))
	if h := b.next(); h.Form.Get("CallStatus") != "completed" {
		t.Errorf("got %v", h.Form)
	}
}

func TestPhoneOutcomesOfCalls(t *testing.T) {
	for outcome, want := range map[string]string{
		"busy": "busy", "no-answer": "no-answer", "unreachable": "failed", "undelivered": "failed",
		"landline": "completed", "opted-out": "completed", "delivered": "completed",
	} {
		t.Run(outcome, func(t *testing.T) {
			b := start(t)
			b.behavior(ana, `{"outcome":"`+outcome+`"}`)
			b.must(201, b.call(set("StatusCallbackEvent", "completed")))
			h := b.next()
			if h.Form.Get("CallStatus") != want {
				t.Errorf("got %v, want %s", h.Form, want)
			}
			if heard := len(b.messages(ana)) == 1; heard != (want == "completed") {
				t.Errorf("heard: %v", heard)
			}
		})
	}
}

func TestCallParametersAreJudgedAsTwilioDoes(t *testing.T) {
	b := start(t)
	for name, c := range map[string]struct {
		edit func(url.Values)
		code float64
	}{
		"no To":               {set("To"), 21201},
		"no From":             {set("From"), 21213},
		"To is no number":     {set("To", "ana"), 21211},
		"From is not ours":    {set("From", "+12025550100"), 21210},
		"From is no number":   {set("From", "ACME"), 21212},
		"nothing to say":      {set("Twiml"), 21205},
		"bad Url":             {set("Url", "nowhere"), 21205},
		"bad callback":        {set("StatusCallback", "nowhere"), 21609},
		"bad callback event":  {set("StatusCallbackEvent", "rang"), 21626},
		"bad Timeout":         {set("Timeout", "601"), 21208},
		"bad SendDigits":      {set("SendDigits", "12x"), 21206},
		"SendDigits too long": {set("SendDigits", strings.Repeat("1", 33)), 21206},
		"bad Method":          {set("Method", "PUT"), 21209},
		"cannot be reached":   {set("To", "+15005550002"), 21214},
		"region off":          {set("To", "+15005550003"), 21215},
		"not allowed":         {set("To", "+15005550004"), 21216},
	} {
		if a := b.call(c.edit); a.Status != 400 || a.JSON["code"] != c.code {
			t.Errorf("%s: %d %s, want %v", name, a.Status, a.Text, c.code)
		}
	}
}

func TestABadDocumentFailsTheCall(t *testing.T) {
	b := start(t)
	for name, twiml := range map[string]string{
		"malformed":     "<Response><Say>hi</Response>",
		"unknown verb":  "<Response><Shout>hi</Shout></Response>",
		"bad attribute": `<Response><Say volume="11">hi</Say></Response>`,
		"too long":      "<Response><Say>" + strings.Repeat("x", 4000) + "</Say></Response>",
	} {
		b.must(201, b.call(set("Twiml", twiml), set("StatusCallbackEvent", "completed")))
		if h := b.next(); h.Form.Get("CallStatus") != "failed" {
			t.Errorf("%s: %v", name, h.Form)
		}
	}
	if m := b.messages(ana); len(m) != 0 {
		t.Errorf("a bad document was heard: %+v", m)
	}
	journal := b.must(200, b.control("GET", "/journal", nil))
	if !strings.Contains(journal.Text, `"kind":"alert"`) || !strings.Contains(journal.Text, "12100") {
		t.Errorf("the journal does not say why: %s", journal.Text)
	}
}

func TestTwiMLIsFetchedFromTheURLAndRedirectsFollowed(t *testing.T) {
	b := start(t)
	b.customer.answers(func(h hook) (int, string, string) {
		switch {
		case strings.HasSuffix(h.URL, "/first"):
			return 200, "text/xml", `<Response><Redirect method="GET">second?x=1</Redirect></Response>`
		case strings.Contains(h.URL, "/second"):
			return 200, "text/xml", `<Response><Say>Code 7 7 0 1</Say></Response>`
		}
		return 204, "text/plain", ""
	})
	b.must(201, b.call(set("Url", b.customer.url+"/twiml/first"), set("StatusCallback")))
	first, second := b.next(), b.next()
	if !genuine(first) || first.Form.Get("CallStatus") != "in-progress" {
		t.Errorf("first: %+v", first)
	}
	if !genuine(second) || second.Method != "GET" || !strings.HasPrefix(second.URL, b.customer.url+"/twiml/second?x=1&") {
		t.Errorf("second: %+v", second)
	}
	if m := b.latest(ana, "wait=10s"); str(m.Code) != "7701" {
		t.Errorf("message: %+v", m)
	}
}

// page opens /phones/events as the phones page does and hands out its events.
func (b *bench) page() (events func(kind string) map[string]any) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, _ := http.NewRequestWithContext(ctx, "GET", b.url+"/phones/events", nil)
	resp, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { cancel(); resp.Body.Close() })
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return func(kind string) map[string]any {
		b.t.Helper()
		got := ""
		for lines.Scan() {
			line := lines.Text()
			if k, ok := strings.CutPrefix(line, "event: "); ok {
				got = k
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok && got == kind {
				var v map[string]any
				if err := json.Unmarshal([]byte(data), &v); err != nil {
					b.t.Fatal(err)
				}
				return v
			}
		}
		b.t.Fatalf("the stream ended before %s: %v", kind, lines.Err())
		return nil
	}
}

// until reads call events up to one in the state.
func until(events func(string) map[string]any, state string) map[string]any {
	for {
		if c := events("call"); c["state"] == state {
			return c
		}
	}
}

func TestACallRingsForAPersonWhoAnswersPressesAndHangsUp(t *testing.T) {
	b := start(t)
	events := b.page()
	events("snapshot")
	b.customer.answers(func(h hook) (int, string, string) {
		if h.Form.Get("Digits") != "" {
			return 200, "text/xml", `<Response><Say>Again: 1 2 3 4</Say><Pause length="60"/></Response>`
		}
		return 204, "text/plain", ""
	})
	b.must(201, b.call(set("StatusCallbackEvent", "completed"),
		set("Twiml", `<Response><Gather numDigits="1" action="`+b.customer.url+`/again"><Say>Code 1 2 3 4</Say></Gather></Response>`)))
	c := until(events, "ringing")
	if c["autoAnswerAt"] == nil || len(c["script"].([]any)) != 0 || len(b.messages(ana)) != 0 {
		t.Errorf("ringing: %v", c)
	}
	path := "/phones/" + ana + "/calls/" + c["id"].(string)
	if a := b.must(200, b.control("POST", path+"/answer", nil)); a.JSON["state"] != "answered" {
		t.Errorf("answer: %s", a.Text)
	}
	if m := b.latest(ana, "wait=10s"); str(m.Code) != "1234" {
		t.Errorf("message: %+v", m)
	}
	b.must(200, b.control("POST", path+"/digits", `{"digits":"1"}`))
	h := b.next()
	if !genuine(h) || h.Form.Get("Digits") != "1" || !strings.HasSuffix(h.URL, "/again") {
		t.Errorf("gather: %+v", h)
	}
	for c = events("call"); c["playFrom"] == 0.0; c = events("call") {
	}
	script := c["script"].([]any)
	if from := int(c["playFrom"].(float64)); script[from].(map[string]any)["text"] != "Again: 1 2 3 4" || c["digitsPressed"] != "1" {
		t.Errorf("after the key: %v", c)
	}
	b.must(409, b.control("POST", path+"/answer", nil))
	if a := b.must(200, b.control("POST", path+"/hangup", nil)); a.JSON["state"] != "completed" {
		t.Errorf("hangup: %s", a.Text)
	}
	if h := b.next(); h.Form.Get("CallStatus") != "completed" {
		t.Errorf("callback: %v", h.Form)
	}
	b.must(409, b.control("POST", path+"/hangup", nil))
}

func TestADeclinedCallIsBusy(t *testing.T) {
	b := start(t)
	events := b.page()
	b.must(201, b.call(set("StatusCallbackEvent", "completed")))
	c := until(events, "ringing")
	b.must(200, b.control("POST", "/phones/"+ana+"/calls/"+c["id"].(string)+"/decline", nil))
	if h := b.next(); h.Form.Get("CallStatus") != "busy" || h.Form.Get("SipResponseCode") != "486" {
		t.Errorf("got %v", h.Form)
	}
}

func TestACallLeftRingingIsNotAnswered(t *testing.T) {
	bubble(t, func(b *bench) {
		events := b.page()
		b.must(201, b.call(set("StatusCallbackEvent", "completed"), set("Timeout", "45")))
		c := until(events, "ringing")
		began := time.Now()
		b.must(200, b.control("POST", "/phones/"+ana+"/calls/"+c["id"].(string)+"/ring", nil))
		if h := b.next(); h.Form.Get("CallStatus") != "no-answer" || time.Since(began).Round(time.Second) != 45*time.Second {
			t.Errorf("got %v after %s", h.Form, time.Since(began))
		}
	})
}

func TestACallAnswersItselfAfterTenSeconds(t *testing.T) {
	bubble(t, func(b *bench) {
		events := b.page()
		b.must(201, b.call(set("StatusCallbackEvent", "answered", "completed")))
		c := until(events, "ringing")
		began := time.Now()
		if h := b.next(); h.Form.Get("CallStatus") != "in-progress" || time.Since(began).Round(time.Second) != 10*time.Second {
			t.Errorf("got %v after %s", h.Form, time.Since(began))
		}
		if h := b.next(); h.Form.Get("CallStatus") != "completed" || time.Since(began) < 12*time.Second || c["autoAnswerAt"] == nil {
			t.Errorf("got %v after %s", h.Form, time.Since(began))
		}
	})
}

func TestABehaviorOutranksThePerson(t *testing.T) {
	bubble(t, func(b *bench) {
		b.page()
		b.behavior(ana, `{"outcome":"no-answer"}`)
		began := time.Now()
		b.must(201, b.call(set("StatusCallbackEvent", "completed"), set("Timeout", "20")))
		if h := b.next(); h.Form.Get("CallStatus") != "no-answer" || time.Since(began).Round(time.Second) != 20*time.Second {
			t.Errorf("got %v after %s", h.Form, time.Since(began))
		}
	})
}

func TestTheAPICancelsARingingCall(t *testing.T) {
	b := start(t)
	events := b.page()
	a := b.must(201, b.call(set("StatusCallbackEvent", "completed")))
	until(events, "ringing")
	u := b.must(200, b.twilio("POST", a.JSON["uri"].(string), url.Values{"Status": {"canceled"}}))
	if u.JSON["status"] != "canceled" {
		t.Errorf("got %s", u.Text)
	}
	if a := b.twilio("POST", a.JSON["uri"].(string), url.Values{"Status": {"canceled"}}); a.Status != 400 || a.JSON["code"] != 21220.0 {
		t.Errorf("twice: %s", a.Text)
	}
}
