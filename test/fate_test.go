package test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The primary fails in every way that is sure; the code arrives through the secondary, once, and the log says why.
func TestEveryCodeArrivesThroughTheSecondaryOnceWhenThePrimaryFails(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		u := d.person(t, "ana@example.com")
		for i, fault := range []struct{ mode, why string }{
			{"down", "provider-"}, {"throttled", "throttled"}, {"error500", "provider-error"}, {"unauthorized", "unauthorized"},
		} {
			number := fmt.Sprintf("+1202555010%d", i)
			f := d.active(t, u, "sms", number)
			d.carrier(t, "twilio", map[string]any{"mode": fault.mode})
			d.challenge(t, u, f).ok()
			m := d.latest(t, number)
			if m.Provider != "telesign" || len(d.messages(t, number)) != 1 {
				t.Errorf("%s: came by %s, %d messages", fault.mode, m.Provider, len(d.messages(t, number)))
			}
			d.verify(t, u, f, m.Code).ok()
			send, status := d.oneOfEach(t, d.settled(t, number).ID)
			if !strings.Contains(send.Debug.Data["attempts"], "TWILIO: "+fault.why) || status.Outcome.Result != "SUCCESS" {
				t.Errorf("%s: the log says %q and %s", fault.mode, send.Debug.Data["attempts"], status.Outcome.Result)
			}
			d.call(t, "DELETE", "/api/v1/users/"+u.ID+"/factors/"+f.ID, nil).ok()
		}
	})
}

// The primary takes the request and gives no answer that can be read: nobody knows, so nothing is sent again, until the
// user asks.
func TestAnUnansweredCodeIsNotSentTwiceAndTheUsersResendTakesTheOtherProvider(t *testing.T) {
	d := startDemo(t, "sqlite:"+t.TempDir()+"/hookswitch.db")
	modes := []string{"hang", "reset", "garbage"}
	numbers := []string{"+12025550142", "+12025550143", "+12025550144"}
	people, factors := make([]user, len(modes)), make([]factor, len(modes))
	for i, mode := range modes {
		people[i] = d.person(t, mode+"@example.com")
		factors[i] = d.active(t, people[i], "sms", numbers[i])
		d.carrier(t, "twilio", map[string]any{"mode": mode})
		d.challenge(t, people[i], factors[i]).ok()
		for _, m := range d.messages(t, numbers[i]) {
			if m.Provider != "twilio" {
				t.Errorf("%s: sent again by %s", mode, m.Provider)
			}
		}
		if n := len(d.messages(t, numbers[i])); n > 1 {
			t.Errorf("%s: %d messages", mode, n)
		}
	}
	d.carrier(t, "twilio", map[string]any{"mode": "up"})
	d.visitors(t)
	visitor := newVisitor(t, d.exports["HOOKSWITCH_URL"])
	verify, state := visitor.challenged()
	pause(t, 31*time.Second) // the pace of a phone
	did(visitor.do("POST", verify+"/resend", fields{"stateToken": state}), 200)
	for i, mode := range modes {
		body := map[string]any{"factorType": "sms", "provider": "OKTA"}
		did(d.call(t, "POST", "/api/v1/users/"+people[i].ID+"/factors/"+factors[i].ID+"/resend", body), 200)
		m := d.latest(t, numbers[i])
		if m.Provider != "telesign" {
			t.Errorf("%s: the user's resend came by %s", mode, m.Provider)
		}
		d.verify(t, people[i], factors[i], m.Code).ok()
	}
}

// What callbacks do: nothing of it changes that there is one send event and one receive_status.
func TestCallbacksOfEveryKindLeaveOneReceiveStatus(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		u := d.person(t, "ana@example.com")
		for i, kind := range []string{"normal", "duplicate", "reordered", "early", "forged"} {
			number := fmt.Sprintf("+1202555012%d", i)
			f := d.active(t, u, "sms", number)
			d.phone(t, number, map[string]any{"outcome": "delivered", "callbacks": kind})
			d.challenge(t, u, f).ok()
			s := d.settled(t, number)
			if s.State != "DELIVERED" {
				t.Errorf("%s: %s", kind, s.State)
			}
			d.oneOfEach(t, s.ID)
			d.call(t, "DELETE", "/api/v1/users/"+u.ID+"/factors/"+f.ID, nil).ok()
		}
	})
}

// Where a text cannot arrive and a call could, the answer says so.
func TestTheAnswerSaysThatACallWouldWork(t *testing.T) {
	d := startDemo(t, "sqlite:"+t.TempDir()+"/hookswitch.db")
	u := d.person(t, "ana@example.com")
	for i, outcome := range []string{"landline", "opted-out"} {
		number := fmt.Sprintf("+1202555013%d", i)
		f := d.active(t, u, "sms", number)
		d.phone(t, number, map[string]any{"outcome": outcome})
		a := d.challenge(t, u, f)
		if a.status < 400 || !strings.Contains(string(a.body), "voice call") {
			t.Errorf("%s: %d %s", outcome, a.status, a.body)
		}
		if got := d.messages(t, number); len(got) != 0 {
			t.Errorf("%s: %+v", outcome, got)
		}
		d.call(t, "DELETE", "/api/v1/users/"+u.ID+"/factors/"+f.ID, nil).ok()
	}
}

// A call with an extension, answered, and read digit by digit.
func TestACallDialsTheExtensionAndItsCodeIsRight(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		u := d.person(t, "ana@example.com")
		var f factor
		d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors", map[string]any{
			"factorType": "call", "provider": "OKTA", "profile": map[string]string{"phoneNumber": "+12025550150", "phoneExtension": "4711"},
		}).ok(&f)
		m := d.latest(t, "+12025550150")
		if m.Channel != "call" || !strings.Contains(m.Extension, "4711") {
			t.Errorf("%+v", m)
		}
		d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors/"+f.ID+"/lifecycle/activate", map[string]string{"passCode": m.Code}).ok(&f)
		if f.Status != "ACTIVE" {
			t.Errorf("%+v", f)
		}
		d.oneOfEach(t, d.settled(t, "+12025550150").ID)
	})
}

// A client that retries with its Idempotency-Key, also at the same time, sends once and gets the same answer.
func TestAnIdempotencyKeySendsOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d := startDemo(t, url)
		u := d.person(t, "ana@example.com")
		f := d.active(t, u, "sms", "+12025550160")
		once := func() answer {
			return d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors/"+f.ID+"/verify", "{}", func(r *http.Request) {
				r.Header.Set("Idempotency-Key", "retry-me")
			})
		}
		first := once().ok()
		again := once().ok()
		if string(first.body) != string(again.body) {
			t.Errorf("answered %s, then %s", first.body, again.body)
		}
		d.settled(t, "+12025550160")
		if got := d.messages(t, "+12025550160"); len(got) != 1 {
			t.Errorf("%d messages", len(got))
		}
		d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors/"+f.ID+"/verify", `{"passCode":"1"}`, func(r *http.Request) {
			r.Header.Set("Idempotency-Key", "retry-me")
		}).refused(400, "E0000001")
	})
}
