package simulator_test

import (
	"net/http"
	"strings"
	"testing"
)

// statuses waits for n webhooks and answers their statuses; forged ones are
// marked.
func statuses(b *bench, n int) string {
	b.t.Helper()
	var got []string
	for range n {
		h := b.next()
		s := h.Form.Get("MessageStatus") + h.Form.Get("CallStatus")
		if !genuine(h) {
			s = "forged-" + s
		}
		got = append(got, s)
	}
	return strings.Join(got, " ")
}

func TestCallbacksComeAsTheBehaviorSays(t *testing.T) {
	for callbacks, want := range map[string]string{
		"normal":    "sent delivered",
		"duplicate": "sent sent delivered delivered",
		"reordered": "delivered sent",
		"late":      "sent delivered",
		"forged":    "forged-undelivered sent delivered",
	} {
		t.Run(callbacks, func(t *testing.T) {
			b := start(t)
			b.behavior(ana, `{"callbacks":"`+callbacks+`","delayMs":30}`)
			b.must(201, b.message())
			if got := statuses(b, len(strings.Fields(want))); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestNoCallbacksMeansNone(t *testing.T) {
	b := start(t)
	b.behavior(ana, `{"callbacks":"none","times":1}`)
	first := b.must(201, b.message())
	second := b.must(201, b.message())
	for range 2 {
		if h := b.next(); h.Form.Get("MessageSid") == first.JSON["sid"] || h.Form.Get("MessageSid") != second.JSON["sid"] {
			t.Errorf("got %v", h.Form)
		}
	}
}

func TestEarlyCallbacksComeBeforeTheAnswer(t *testing.T) {
	b := start(t)
	b.behavior(ana, `{"callbacks":"early"}`)
	for _, send := range []func() reply{func() reply { return b.message() }, func() reply { return b.call() }} {
		b.must(201, send())
		if n := len(b.customer.hooks); n < 2 {
			t.Errorf("%d callbacks came before the answer", n)
		}
		for len(b.customer.hooks) > 0 {
			b.next()
		}
	}
}

func TestForgedCallbacksOfCalls(t *testing.T) {
	b := start(t)
	b.behavior(ana, `{"callbacks":"forged"}`)
	b.must(201, b.call(set("StatusCallbackEvent")))
	if got := statuses(b, 2); got != "forged-failed completed" {
		t.Error(got)
	}
}

func TestCarrierModes(t *testing.T) {
	for mode, want := range map[string]struct {
		status  int
		code    float64
		arrives bool
	}{
		"up": {201, 0, true}, "down": {503, 20503, false}, "error500": {500, 20500, false}, "throttled": {429, 20429, false},
		"unauthorized": {401, 20003, false}, "fraud-blocked": {403, 30450, false}, "garbage": {200, 0, true},
	} {
		t.Run(mode, func(t *testing.T) {
			b := start(t)
			b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"`+mode+`"}`))
			a := b.message()
			if code, _ := a.JSON["code"].(float64); a.Status != want.status || code != want.code {
				t.Errorf("got %d %s", a.Status, a.Text)
			}
			if arrived := len(b.messages(ana)) == 1; arrived != want.arrives {
				t.Errorf("arrived: %v", arrived)
			}
			b.must(204, b.control("DELETE", "/carriers/twilio/behavior", nil))
			b.must(201, b.message())
		})
	}
}

func TestAResetComesAfterTheMessageWasTaken(t *testing.T) {
	b := start(t)
	b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"reset"}`))
	r, _ := http.NewRequest("POST", b.url+"/2010-04-01/Accounts/"+account+"/Messages.json",
		strings.NewReader("To=%2B12025550143&From=%2B15005550006&Body=code+123456"))
	r.SetBasicAuth(account, token)
	if resp, err := b.client.Do(r); err == nil {
		resp.Body.Close()
		t.Fatalf("got an answer: %d", resp.StatusCode)
	}
	if m := b.latest(ana, "wait=5s"); str(m.Code) != "123456" {
		t.Errorf("message: %+v", m)
	}
}

func TestTimesCountsDownAndEnds(t *testing.T) {
	b := start(t)
	b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"error500","times":2}`))
	b.must(500, b.message())
	if a := b.control("GET", "/carriers/twilio/behavior", nil); a.JSON["times"] != 1.0 {
		t.Errorf("after one: %s", a.Text)
	}
	b.must(500, b.message())
	b.must(201, b.message())
	if a := b.control("GET", "/carriers/twilio/behavior", nil); a.JSON["mode"] != "up" {
		t.Errorf("after both: %s", a.Text)
	}
}

func TestProbabilityFollowsTheSeed(t *testing.T) {
	draw := func() string {
		b := start(t)
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"throttled","probability":0.5,"seed":7}`))
		got := ""
		for range 20 {
			if b.message(set("StatusCallback")).Status == 429 {
				got += "x"
			} else {
				got += "."
			}
		}
		return got
	}
	first := draw()
	if !strings.Contains(first, "x") || !strings.Contains(first, ".") || draw() != first {
		t.Errorf("drew %s", first)
	}
}

func TestBehaviorsAreReadStrictly(t *testing.T) {
	b := start(t)
	for _, body := range []string{
		``, `null[]`, `{"outcome":"lost"}`, `{"callbacks":"twice"}`, `{"delayMs":-1}`, `{"delayMs":"1"}`, `{"Outcome":"busy"}`, `{"outcom":"busy"}`,
		`{"outcome":"busy","outcome":"busy"}`, `{"probability":2}`, `{"times":0}`, `{"for":"soon"}`, `{} {}`,
	} {
		if a := b.control("PUT", "/phones/"+ana+"/behavior", body); a.Status != 400 || a.JSON["error"] == nil {
			t.Errorf("%s: %d %s", body, a.Status, a.Text)
		}
	}
	if a := b.control("PUT", "/carriers/vonage/behavior", `{"mode":"up"}`); a.Status != 404 {
		t.Errorf("unknown carrier: %d", a.Status)
	}
	b.behavior(ana, `{"outcome":"busy","delayMs":5,"callbacks":"late","probability":0.5,"seed":1,"times":3,"for":"60s"}`)
	a := b.control("GET", "/phones/"+ana+"/behavior", nil)
	if a.Text != `{"outcome":"busy","delayMs":5,"callbacks":"late","probability":0.5,"seed":1,"times":3,"for":"60s"}` {
		t.Errorf("read back: %s", a.Text)
	}
	b.must(204, b.control("DELETE", "/phones/"+ana+"/behavior", nil))
	if a := b.control("GET", "/phones/"+ana+"/behavior", nil); a.Text != `{"outcome":"delivered","delayMs":0,"callbacks":"normal"}` {
		t.Errorf("after DELETE: %s", a.Text)
	}
}

func TestPrefixesBehaveAlikeTheLongestFirst(t *testing.T) {
	b := start(t)
	b.must(200, b.control("PUT", "/behaviors", `{"match":"+44*","outcome":"opted-out"}`))
	a := b.must(200, b.control("PUT", "/behaviors", `{"match":"+447*","outcome":"landline","times":1}`))
	if a.Text != `[{"match":"+447*","outcome":"landline","delayMs":0,"callbacks":"normal","times":1},{"match":"+44*","outcome":"opted-out","delayMs":0,"callbacks":"normal"}]` {
		t.Errorf("list: %s", a.Text)
	}
	b.behavior("+447700900199", `{"outcome":"delivered"}`)
	for _, c := range []struct {
		to     string
		status int
		code   any
	}{
		{"+447700900123", 400, 21614.0}, {"+447700900123", 400, 21610.0}, {"+447700900199", 201, nil}, {ana, 201, nil},
	} {
		if a := b.message(set("To", c.to)); a.Status != c.status || a.JSON["code"] != c.code {
			t.Errorf("%s: %d %s", c.to, a.Status, a.Text)
		}
	}
	for _, body := range []string{`{}`, `{"match":"+44"}`, `{"match":"44*"}`, `{"match":"+4x*"}`, `{"match":"+44*","outcome":"x"}`} {
		b.must(400, b.control("PUT", "/behaviors", body))
	}
	b.must(204, b.control("DELETE", "/behaviors?match=%2B44*", nil))
	b.must(201, b.message(set("To", "+447700900123")))
	b.must(200, b.control("PUT", "/behaviors", `{"match":"*","outcome":"landline"}`))
	b.must(400, b.message())
	b.must(204, b.control("DELETE", "/behaviors", nil))
	b.must(201, b.message())
}
