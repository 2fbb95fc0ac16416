package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestLatestWaitsForAMessage(t *testing.T) {
	bubble(t, func(b *bench) {
		b.message(set("Body", "code 1111"))
		after := b.latest(ana, "").ID
		for _, code := range []string{"2222", "3333"} {
			began := time.Now()
			time.AfterFunc(7*time.Second, func() { b.message(set("Body", "code "+code)) })
			m := b.latest(ana, "wait=30s&after="+after)
			if str(m.Code) != code || time.Since(began) != 7*time.Second {
				t.Errorf("got %+v after %s", m, time.Since(began))
			}
			after = m.ID
		}
	})
}

func TestLatestOfAPhoneNobodyKnowsWaitsToo(t *testing.T) {
	bubble(t, func(b *bench) {
		time.AfterFunc(time.Second, func() { b.message() })
		b.latest(ana, "wait=30s")
	})
}

func TestSearchWaitsForAMatch(t *testing.T) {
	bubble(t, func(b *bench) {
		time.AfterFunc(time.Second, func() { b.message(set("Body", "code 1111")) })
		time.AfterFunc(2*time.Second, func() { b.message(set("Body", "code 2222")) })
		began := time.Now()
		a := b.must(200, b.control("GET", "/messages?wait=30s&q=code:2222", nil))
		if strings.Count(a.Text, `"id":`) != 1 || time.Since(began) != 2*time.Second {
			t.Errorf("got %s after %s", a.Text, time.Since(began))
		}
	})
}

func TestLatestSaysWhatToDoWhenNothingCame(t *testing.T) {
	bubble(t, func(b *bench) {
		b.message()
		began := time.Now()
		a := b.control("GET", "/phones/"+ana+"/messages/latest?wait=30s&channel=call", nil)
		if a.Status != 404 || !strings.Contains(a.JSON["error"].(string), "no call for +12025550143 within 30s") || !strings.Contains(a.JSON["error"].(string), "/journal") {
			t.Errorf("got %d %s", a.Status, a.Text)
		}
		if time.Since(began) != 30*time.Second {
			t.Errorf("after %s", time.Since(began))
		}
	})
}

func TestNumbersInPathsMayBeWrittenInSeveralWays(t *testing.T) {
	b := start(t)
	b.message()
	for _, path := range []string{"+12025550143", "%2B12025550143", "12025550143", "%252B12025550143", "+1-202-555-0143"} {
		if n := len(b.messages(path)); n != 1 {
			t.Errorf("%s: %d messages", path, n)
		}
	}
	for _, path := range []string{"ana", "+", "%00", "+0123456789", "+123456789012345678"} {
		if a := b.control("GET", "/phones/"+path+"/messages", nil); a.Status != 400 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
}

func TestQueriesAreReadStrictly(t *testing.T) {
	b := start(t)
	for _, q := range []string{"wait=soon", "wait=-1s", "wait=1h", "channel=fax", "after=1"} {
		if a := b.control("GET", "/phones/"+ana+"/messages/latest?"+q, nil); a.Status != 400 || a.JSON["error"] == nil {
			t.Errorf("%s: %d %s", q, a.Status, a.Text)
		}
	}
}

func TestMessagesAreListedOldestFirstAndCleared(t *testing.T) {
	b := start(t)
	for _, code := range []string{"1111", "2222", "3333"} {
		b.message(set("Body", "code "+code))
	}
	m := b.messages(ana)
	if len(m) != 3 || str(m[0].Code) != "1111" || str(m[2].Code) != "3333" || m[0].ID >= m[1].ID {
		t.Fatalf("got %+v", m)
	}
	if _, err := time.Parse("2006-01-02T15:04:05.000Z", m[0].ReceivedAt); err != nil {
		t.Error(err)
	}
	b.must(204, b.control("DELETE", "/phones/"+ana+"/messages", nil))
	if len(b.messages(ana)) != 0 {
		t.Error("not cleared")
	}
}

func TestOnlyTheNewestMessagesAreKept(t *testing.T) {
	b := start(t)
	b.behavior(ana, `{"callbacks":"none"}`)
	for range 510 {
		b.message()
	}
	if n := len(b.messages(ana)); n != 500 {
		t.Errorf("%d kept", n)
	}
}

func TestSearchFindsOverAllPhones(t *testing.T) {
	b := start(t)
	b.message(set("Body", "Acme code 1111"))
	b.message(set("To", "+447700900123"), set("Body", "Globex code 2222"))
	b.text(set("message", "Initech code 3333"))
	for q, want := range map[string]int{
		"": 3, "to:%2B447700900123": 1, "to:44": 1, "provider:telesign": 1, "!provider:telesign": 2, "code:2222": 1, "acme": 1,
		"text:%22globex%20code%22": 1, "channel:sms%20code": 3, "channel:call": 0, "from:%2B15005550006": 2,
	} {
		a := b.must(200, b.control("GET", "/messages?q="+q, nil))
		if n := strings.Count(a.Text, `"id":`); n != want {
			t.Errorf("%s: %d found, want %d", q, n, want)
		}
	}
	for _, q := range []string{"subject:x", "%22open", "to:", "!"} {
		if a := b.control("GET", "/messages?q="+q, nil); a.Status != 400 {
			t.Errorf("%s: %d", q, a.Status)
		}
	}
	b.must(204, b.control("DELETE", "/messages", nil))
	if a := b.control("GET", "/messages", nil); a.Text != "[]" {
		t.Errorf("after DELETE: %s", a.Text)
	}
}

func TestSTOPOptsOutAndSTARTOptsInAgain(t *testing.T) {
	b := start(t)
	b.must(200, b.control("PUT", "/carriers/twilio/inbound", `{"url":"`+b.customer.url+`/inbound"}`))
	b.message(set("StatusCallback"))
	a := b.must(200, b.control("POST", "/phones/"+ana+"/messages", `{"to":"`+sender+`","text":" stop "}`))
	if a.JSON["direction"] != "inbound" || a.JSON["from"] != ana {
		t.Errorf("reply: %s", a.Text)
	}
	if h := b.next(); !genuine(h) || h.Form.Get("Body") != " stop " || h.Form.Get("From") != ana || h.Form.Get("OptOutType") != "STOP" {
		t.Errorf("webhook: %v", h.Form)
	}
	if a := b.message(); a.Status != 400 || a.JSON["code"] != 21610.0 {
		t.Errorf("after STOP: %d %s", a.Status, a.Text)
	}
	if a := b.message(set("From"), set("MessagingServiceSid", service)); a.JSON["code"] != 21610.0 {
		t.Errorf("service after STOP: %d %s", a.Status, a.Text)
	}
	b.must(201, b.message(set("From", "+15005550010")))
	b.must(201, b.call())
	b.must(200, b.control("POST", "/phones/"+ana+"/messages", `{"to":"`+sender+`","text":"START"}`))
	b.must(201, b.message())
	// What the phone sent is no message it got.
	if m := b.latest(ana, "channel=sms"); m.Direction != "outbound" {
		t.Errorf("latest: %+v", m)
	}
	for _, body := range []string{`{"to":"+12025550100","text":"hi"}`, `{"to":"` + sender + `","text":""}`, `{"to":"x","text":"hi"}`, `{"text":"hi"}`} {
		if a := b.control("POST", "/phones/"+ana+"/messages", body); a.Status != 400 && a.Status != 404 {
			t.Errorf("%s: %d", body, a.Status)
		}
	}
}

func TestTelesignHonoursSTOP(t *testing.T) {
	b := start(t)
	b.must(200, b.control("POST", "/phones/"+ana+"/messages", `{"to":"+15005550020","text":"STOP"}`))
	b.must(200, b.text())
	b.next()
	if v, _ := report(b.next()); status(v) != 510 {
		t.Errorf("report: %v", v)
	}
}

func TestOtherOriginsCannotChangeAnything(t *testing.T) {
	b := start(t)
	a := b.do("DELETE", "/messages", nil, func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Origin", "https://evil.example")
	})
	if a.Status != http.StatusForbidden {
		t.Errorf("got %d", a.Status)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	b := start(t)
	big := `{"outcome":"` + strings.Repeat("x", 2<<20) + `"}`
	if a := b.control("PUT", "/phones/"+ana+"/behavior", big); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("control: %d", a.Status)
	}
	if a := b.message(set("Body", strings.Repeat("x", 2<<20))); a.Status != 400 {
		t.Errorf("carrier: %d", a.Status)
	}
}

func TestThePageIsServedAndAnnounced(t *testing.T) {
	b := start(t)
	if a := b.must(200, b.control("GET", "/phones", nil)); !strings.Contains(a.Text, "latest?wait=30s") {
		t.Errorf("got %s", a.Text)
	}
	if a := b.must(200, b.control("GET", "/", nil)); !strings.Contains(a.Text, "simulator") {
		t.Errorf("got %s", a.Text)
	}
}

func TestEventsTellThePageEverything(t *testing.T) {
	b := start(t)
	b.message(set("StatusCallback"))
	events := b.page()
	snap := events("snapshot")
	phones := snap["phones"].([]any)
	p := phones[0].(map[string]any)
	if p["number"] != ana || p["unread"] != 1.0 || len(p["messages"].([]any)) != 1 || p["behavior"].(map[string]any)["outcome"] != "delivered" {
		t.Errorf("snapshot: %v", snap)
	}
	if mode := snap["carriers"].(map[string]any)["twilio"].(map[string]any)["mode"]; mode != "up" {
		t.Errorf("carriers: %v", snap)
	}
	b.must(204, b.control("POST", "/phones/"+ana+"/read", nil))
	if e := events("read"); e["number"] != ana {
		t.Errorf("read: %v", e)
	}
	b.message(set("StatusCallback"), set("Body", "code 9999"))
	if e := events("message"); e["number"] != ana || e["unread"] != 1.0 || e["message"].(map[string]any)["code"] != "9999" {
		t.Errorf("message: %v", e)
	}
	if e := events("journal"); e["kind"] != "request" || e["status"] != 201.0 {
		t.Errorf("journal: %v", e)
	}
	b.behavior(ana, `{"outcome":"busy"}`)
	if e := events("behavior"); e["number"] != ana || e["behavior"].(map[string]any)["outcome"] != "busy" {
		t.Errorf("behavior: %v", e)
	}
	b.must(200, b.control("PUT", "/carriers/telesign/behavior", `{"mode":"down"}`))
	if e := events("behavior"); e["carriers"].(map[string]any)["telesign"].(map[string]any)["mode"] != "down" {
		t.Errorf("carriers: %v", e)
	}
	b.control("DELETE", "/phones/"+ana+"/messages", nil)
	if e := events("cleared"); e["number"] != ana {
		t.Errorf("cleared: %v", e)
	}
}
