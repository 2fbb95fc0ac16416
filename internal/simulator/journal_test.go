package simulator_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func (b *bench) journal(query string) []map[string]any {
	b.t.Helper()
	var entries []map[string]any
	a := b.must(200, b.control("GET", "/journal?"+query, nil))
	if err := json.Unmarshal([]byte(a.Text), &entries); err != nil {
		b.t.Fatal(err)
	}
	return entries
}

func TestTheJournalTellsRequestsAndCallbacksWithTheirSignature(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(201, b.message())
		wait(time.Second)
		entries := b.journal("")
		if len(entries) != 3 {
			t.Fatalf("got %d entries: %v", len(entries), entries)
		}
		request, sent := entries[0], entries[1]
		if request["kind"] != "request" || request["carrier"] != "twilio" || request["status"] != 201.0 || request["authorization"] != "Basic "+account+":***" ||
			!strings.Contains(request["answer"].(string), `"status":"queued"`) || !strings.Contains(request["body"].(string), "Body=Your+code+is+482913") {
			t.Errorf("request: %v", request)
		}
		if sent["kind"] != "callback" || sent["attempt"] != 1.0 || sent["status"] != 200.0 || sent["url"] != b.customer.url+"/sms?d=1" ||
			!strings.HasPrefix(sent["signatureBase"].(string), b.customer.url+"/sms?d=1AccountSid"+account) || sent["signature"] != b.next().Header.Get("X-Twilio-Signature") {
			t.Errorf("callback: %v", sent)
		}
		if rest := b.journal("after=" + sent["id"].(string)); len(rest) != 1 {
			t.Errorf("after: %v", rest)
		}
		if newest := b.journal("limit=1"); len(newest) != 1 || newest[0]["id"] != entries[2]["id"] {
			t.Errorf("limit: %v", newest)
		}
		if strings.Contains(b.control("GET", "/journal", nil).Text, token) {
			t.Error("the token is in the journal")
		}
		b.must(400, b.control("GET", "/journal?limit=0", nil))
		b.must(204, b.control("DELETE", "/journal", nil))
		if len(b.journal("")) != 0 {
			t.Error("not deleted")
		}
	})
}

func TestACallbackIsSentAgain(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(201, b.message())
		wait(time.Second)
		entries := b.journal("")
		b.next()
		first := b.next()
		a := b.must(200, b.control("POST", "/journal/"+entries[2]["id"].(string)+"/resend", nil))
		if a.JSON["attempt"] != 2.0 || a.JSON["status"] != 200.0 {
			t.Errorf("entry: %s", a.Text)
		}
		if again := b.next(); again.Body != first.Body || !genuine(again) {
			t.Errorf("again: %+v", again)
		}
		b.must(400, b.control("POST", "/journal/"+entries[0]["id"].(string)+"/resend", nil))
		b.must(404, b.control("POST", "/journal/j99999999/resend", nil))
	})
}

func TestAStatusIsSentNow(t *testing.T) {
	bubble(t, func(b *bench) {
		b.behavior(ana, `{"callbacks":"none"}`)
		sid := b.must(201, b.message()).JSON["sid"].(string)
		ref := b.must(200, b.text()).JSON["reference_id"].(string)
		call := b.must(201, b.call()).JSON["sid"].(string)
		wait(time.Minute)
		id := b.messages(ana)[0].ID
		b.must(200, b.control("POST", "/messages/"+id+"/status", `{"status":"undelivered","errorCode":"30003"}`))
		if h := b.next(); !genuine(h) || h.Form.Get("MessageStatus") != "undelivered" || h.Form.Get("ErrorCode") != "30003" || h.Form.Get("MessageSid") != sid {
			t.Errorf("twilio: %v", h.Form)
		}
		if a := b.must(200, b.twilio("GET", "/2010-04-01/Accounts/"+account+"/Messages/"+sid+".json", nil)); a.JSON["error_code"] != 30003.0 || a.JSON["error_message"] == nil {
			t.Errorf("fetched: %s", a.Text)
		}
		b.must(200, b.control("POST", "/messages/"+ref+"/status", `{"status":"514"}`))
		if v, ok := report(b.next()); !ok || status(v) != 514 {
			t.Errorf("telesign: %v", v)
		}
		b.must(200, b.control("POST", "/messages/"+call+"/status", `{"status":"no-answer"}`))
		if h := b.next(); !genuine(h) || h.Form.Get("CallStatus") != "no-answer" {
			t.Errorf("call: %v", h.Form)
		}
		b.must(404, b.control("POST", "/messages/m1/status", `{"status":"sent"}`))
		b.must(400, b.control("POST", "/messages/"+id+"/status", `{}`))
		b.must(400, b.control("POST", "/messages/"+id+"/status", `{"status":"sent","errorCode":"x"}`))
		silent := b.must(201, b.message(set("StatusCallback"))).JSON["sid"].(string)
		b.must(409, b.control("POST", "/messages/"+silent+"/status", `{"status":"sent"}`))
	})
}

func TestTheJournalIsBounded(t *testing.T) {
	bubble(t, func(b *bench) {
		for range 1100 {
			b.twilio("GET", "/2010-04-01/Accounts/"+account+"/Messages/SM0.json", nil)
		}
		if n := len(b.journal("limit=1000")); n < 900 || n > 1000 {
			t.Errorf("%d entries", n)
		}
	})
}
