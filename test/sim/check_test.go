package sim

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var morning = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func at(seconds float64) time.Time { return morning.Add(time.Duration(seconds * float64(time.Second))) }

// told is a line of a System Log.
func toldBy(kind, result, delivery, request string, seconds float64) event {
	e := event{Type: kind, Published: at(seconds), UUID: kind, raw: `{"eventType":"` + kind + `"}`}
	e.Outcome.Result = result
	e.Debug.Data = map[string]string{"requestId": request}
	if delivery != "" {
		e.Debug.Data["deliveryId"] = delivery
	}
	e.Target = append(e.Target, struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	}{"ana", "User"})
	return e
}

const (
	sendEvent   = "system.sms.send_factor_verify_message"
	statusEvent = "system.sms.receive_status"
	loginEvent  = "user.authentication.auth_via_mfa"
)

// good is a history that breaks no rule: Ana asks, gets her passcode and is in; a minute later once more, after a wrong try.
func good() *history {
	h := &history{Steady: true, People: []*being{{User: "ana", Factor: "f", Active: true, AtRest: "ACTIVE"}}}
	login := func(n int, begin float64, code string) {
		id, ref := fmt.Sprint("d", n), fmt.Sprint("SM", n)
		asked := &op{N: 2 * n, Kind: send, Begin: at(begin), End: at(begin + 1), Status: 200, RequestID: fmt.Sprint("ask", n)}
		gave := &op{N: 2*n + 1, Kind: verify, Code: code, Begin: at(begin + 9), End: at(begin + 10), Status: 200, RequestID: fmt.Sprint("give", n)}
		h.Ops = append(h.Ops, asked, gave)
		h.Handings = append(h.Handings, &handing{At: at(begin + 0.1), Delivery: id, Op: asked, Carrier: "twilio", Fate: accepted, Reference: ref})
		h.Texts = append(h.Texts, text{Code: code, Reference: ref})
		h.Postings = append(h.Postings, &posting{At: at(begin + 2), Delivery: id, Final: true, Status: 200})
		h.Events = append(h.Events,
			toldBy(sendEvent, "SUCCESS", id, asked.RequestID, begin+1), toldBy(statusEvent, "SUCCESS", id, asked.RequestID, begin+2),
			toldBy(loginEvent, "SUCCESS", "", gave.RequestID, begin+10))
	}
	login(1, 0, "111111")
	login(2, 60, "222222")
	h.Ops = slices.Insert(h.Ops, 3, &op{N: 9, Kind: verify, Code: "999999", Begin: at(63), End: at(64), Status: 403, ErrorCode: "E0000068", RequestID: "wrong"})
	return h
}

func TestWhatIsRightIsNotBlamed(t *testing.T) {
	if wrong := Check(good()); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// find is the op with a request id.
func (h *history) find(request string) *op {
	for _, o := range h.Ops {
		if o.RequestID == request {
			return o
		}
	}
	return nil
}

// guesses adds wrong tries after a time, one a second.
func (h *history) guesses(n int, from float64) {
	for i := range n {
		h.Ops = append(h.Ops, &op{
			N: 100 + i, Kind: verify, Code: "000000", Begin: at(from + float64(i)), End: at(from + float64(i) + 0.5), Status: 403, ErrorCode: "E0000068",
		})
	}
}

// TestAWrongPasscodeBesideARightOneMayCountAfterIt: so the fifth that is seen may be the sixth that counts, long after the
// lock, and the next may be tried.
func TestAWrongPasscodeBesideARightOneMayCountAfterIt(t *testing.T) {
	h := good()
	right := h.find("give2")
	h.Ops = slices.Insert(h.Ops, slices.Index(h.Ops, right), &op{
		N: 99, Kind: verify, Code: "000000", Begin: right.Begin.Add(-1), End: right.End.Add(-1), Status: 403, ErrorCode: "E0000068",
	})
	h.guesses(4, 100)
	h.guesses(2, 500) // the lock of the five that counted is over
	if wrong := Check(h); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// TestEveryRuleThatIsBrokenIsFound breaks one thing of a good history after the other.
func TestEveryRuleThatIsBrokenIsFound(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoil  func(h *history)
		expect string
	}{
		{"a status twice", func(h *history) { h.Events = append(h.Events, h.Events[1]) }, "2 receive_status"},
		{"no status", func(h *history) { h.Events = slices.Delete(h.Events, 1, 2) }, "0 receive_status"},
		{"the status before the send", func(h *history) { h.Events[0], h.Events[1] = h.Events[1], h.Events[0] }, "before its send"},
		{"a message nobody logged", func(h *history) { h.Events = slices.Delete(h.Events, 0, 2) }, "is not in the log"},
		{"sent again after no answer", func(h *history) {
			h.Handings[0].Fate = lost
			h.Handings = append(h.Handings, &handing{At: at(4), Delivery: "d1", Carrier: "telesign", Fate: accepted, Reference: "T1"})
		}, "which lost it"},
		{"sent again after a fraud block", func(h *history) {
			h.Handings = append(h.Handings, &handing{At: at(0.05), Delivery: "d1", Op: h.find("ask1"), Carrier: "telesign", Fate: refused, Final: true})
		}, "refused it for good"},
		{"two messages of one request", func(h *history) {
			h.Events = append(h.Events, toldBy(sendEvent, "SUCCESS", "d3", "ask1", 3), toldBy(statusEvent, "UNKNOWN", "d3", "ask1", 900))
		}, "sent 2 messages"},
		{"two messages of one key", func(h *history) { h.find("ask1").Key, h.find("ask2").Key = "k", "k" }, "sent two messages"},
		{"two answers to one key", func(h *history) {
			h.find("ask1").Key, h.find("ask2").Key, h.find("ask2").Body = "k", "k", "other"
		}, "two ways"},
		{"sent, says the log, and no carrier has it", func(h *history) { h.Handings[0].Fate = lost }, "no carrier said yes"},
		{"failed, says the log, and it is on the phone", func(h *history) {
			h.Events[0].Outcome.Result, h.Events[1].Outcome.Result = "FAILURE", "FAILURE"
		}, "told as failed"},
		{"given up too soon", func(h *history) {
			h.Events[0].Outcome.Result, h.Events[1].Outcome.Result, h.Handings[0].Fate = "FAILURE", "FAILURE", refused
			h.Texts = h.Texts[1:]
		}, "another carrier"},
		{"denied, and sent", func(h *history) { h.Events[0].Outcome.Result = "DENY" }, "was denied"},
		{"delivered to nobody", func(h *history) { h.Texts = h.Texts[1:] }, "on no phone"},
		{"undelivered, and there", func(h *history) { h.Events[1].Outcome.Result = "FAILURE" }, "is on the phone"},
		{"unknown, though it was told", func(h *history) {
			h.Events[1].Outcome.Result, h.Events[1].Published = "UNKNOWN", at(900)
		}, "a callback said"},
		{"unknown, and never asked for", func(h *history) {
			h.Events[1].Outcome.Result, h.Postings = "UNKNOWN", h.Postings[1:]
		}, "never asked"},
		{"a wrong passcode", func(h *history) { h.find("give1").Code = "123123" }, "no message had it"},
		{"an old passcode", func(h *history) { h.find("give2").Code = "111111" }, "a newer one"},
		{"a passcode twice", func(h *history) {
			again := *h.find("give1")
			again.Begin, again.End = at(12), at(13)
			h.Ops = append(h.Ops, &again)
		}, "accepted 2 times"},
		{"an expired passcode", func(h *history) {
			h.find("give2").Begin, h.find("give2").End = at(361), at(362)
		}, "it had expired"},
		{"a right passcode refused", func(h *history) {
			o := h.find("give2")
			o.Status, o.ErrorCode = 403, "E0000068"
		}, "refused with the right passcode"},
		{"no lock after five", func(h *history) { h.guesses(6, 100) }, "may still try after 5"},
		{"never disabled", func(h *history) {
			for i := range 51 {
				h.guesses(1, 100+400*float64(i))
			}
		}, "50 in all"},
		{"locked too early", func(h *history) { h.find("wrong").Status, h.find("wrong").ErrorCode = 429, "" }, "locked out after 0"},
		{"two messages within the pace", func(h *history) {
			h.find("ask2").Begin, h.Handings[1].At = at(19), at(20)
		}, "less than"},
		{"let in, and forgotten", func(h *history) { h.Events = slices.Delete(h.Events, 2, 3) }, "the log does not know"},
		{"a login that nobody made", func(h *history) {
			h.Events = append(h.Events, toldBy(loginEvent, "SUCCESS", "", "ghost", 70))
		}, "the log says 3"},
		{"a factor that was activated, and is not", func(h *history) { h.People[0].AtRest = "PENDING_ACTIVATION" }, "was activated"},
		{"a challenge without a delivery", func(h *history) { h.find("ask1").RequestID = "ghost" }, "has 0 deliveries"},
		{"a limit that sends", func(h *history) { h.find("ask1").Status, h.find("ask1").ErrorCode = 429, "E0000109" }, "a limit refused"},
		{"a refusal that sends", func(h *history) { h.find("ask1").Status = 400 }, "a message left"},
		{"a passcode in the log", func(h *history) { h.Events[0].raw = `{"debugData":{"text":"111111"}}` }, "looks like a passcode"},
		{"an error without a cause", func(h *history) { h.find("wrong").Status, h.find("wrong").ErrorCode = 500, "E0000009" }, "nothing had gone wrong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := good()
			c.spoil(h)
			if wrong := strings.Join(Check(h), "\n"); !strings.Contains(wrong, c.expect) {
				t.Errorf("wanted %q, found %q", c.expect, wrong)
			}
		})
	}
}

func TestAPasscodeIsFoundInTheLogAndNoOtherNumber(t *testing.T) {
	for raw, want := range map[string]bool{
		`{"text":"123456"}`: true, `{"text":"code 123456."}`: true, `{"a":"your code: 123456, keep it"}`: true,
		`{"phoneNumber":"+12022000001"}`: false, `{"published":"2000-01-01T00:00:00.123456Z"}`: false,
		`{"id":"SM123456ab"}`: false, `{"code":"20429"}`: false, `{"n":1234567}`: false,
	} {
		if holdsPasscode(raw) != want {
			t.Errorf("%s: %v", raw, !want)
		}
	}
}
