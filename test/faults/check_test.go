package main

import (
	"strings"
	"testing"
	"time"
)

// at is a moment of the stories below.
func at(ms int) time.Time { return time.UnixMilli(1_700_000_000_000 + int64(ms)) }

func logged(kind, result, tag, delivery string) event {
	e := event{Type: kind}
	e.Outcome.Result, e.Client.UserAgent.Raw = result, tag
	e.Debug.Data = map[string]string{"deliveryId": delivery}
	return e
}

const (
	sent     = "system.sms.send_factor_verify_message"
	received = "system.sms.receive_status"
	accepted = "user.authentication.auth_via_mfa"
)

// signIn is how it goes when nothing is wrong: one message, one passcode, and a second sign-in a minute later.
func signIn() evidence {
	return evidence{
		requests: []request{
			{tag: "a", kind: asksSend, wish: 1, begun: at(0), ended: at(20), status: 200, result: "CHALLENGE"},
			{tag: "b", kind: asksVerify, code: "111111", begun: at(30), ended: at(40), status: 200, result: "SUCCESS"},
			{tag: "c", kind: asksSend, wish: 2, begun: at(60_000), ended: at(60_020), status: 200, result: "CHALLENGE"},
			{tag: "d", kind: asksVerify, code: "111111", begun: at(60_030), ended: at(60_040), status: 403, result: "E0000082"},
		},
		messages: [][]message{{{Code: "111111", ReceivedAt: at(10)}, {Code: "222222", ReceivedAt: at(60_010)}}},
		events: []event{
			logged(sent, "SUCCESS", "a", "dlv1"), logged(received, "SUCCESS", "a", "dlv1"), logged(accepted, "SUCCESS", "b", ""),
			logged(sent, "SUCCESS", "c", "dlv2"), logged(received, "SUCCESS", "c", "dlv2"),
		},
		atRest: true,
	}
}

func TestNothingIsWrongWithASignIn(t *testing.T) {
	if found := signIn().violations(); len(found) > 0 {
		t.Error(found)
	}
}

func TestEveryRuleThatIsBrokenIsFound(t *testing.T) {
	for want, spoil := range map[string]func(*evidence){
		"1 send events, 0 receive_status": func(e *evidence) { e.events = e.events[:4] },
		"1 send events, 2 receive_status": func(e *evidence) { e.events = append(e.events, e.events[1]) },
		"2 send events, 1 receive_status": func(e *evidence) { e.events = append(e.events, e.events[0]) },
		"comes before its send":           func(e *evidence) { e.events[0], e.events[1] = e.events[1], e.events[0] },
		"2 messages for one request":      func(e *evidence) { e.messages[0][1].ReceivedAt = at(15) },
		"2 deliveries for one request": func(e *evidence) {
			e.events[3], e.events[4] = logged(sent, "SUCCESS", "a", "dlv2"), logged(received, "SUCCESS", "a", "dlv2")
		},
		"the log has no delivery":      func(e *evidence) { e.events = e.events[:3] },
		"no message came":              func(e *evidence) { e.messages[0] = e.messages[0][:1] },
		"nobody asked for":             func(e *evidence) { e.messages[0][0].ReceivedAt = at(-1000) },
		"the log says so 0 times":      func(e *evidence) { e.events[2] = e.events[1]; e.events = append(e.events[:2], e.events[3:]...) },
		"accepted 2 times":             func(e *evidence) { e.requests[3].status = 200 },
		"an old passcode was accepted": func(e *evidence) { e.requests[3].status = 200 },
	} {
		e := signIn()
		spoil(&e)
		if found := strings.Join(e.violations(), "\n"); !strings.Contains(found, want) {
			t.Errorf("%q was not found, but: %s", want, found)
		}
	}
}

// A request that was repeated with its key is one wish: a second message is one too many also a minute later.
func TestARepeatedRequestIsOneWish(t *testing.T) {
	e := signIn()
	e.requests[2].wish = 1
	if found := strings.Join(e.violations(), "\n"); !strings.Contains(found, "2 messages for one request") || !strings.Contains(found, "2 deliveries for one request") {
		t.Error(found)
	}
}
