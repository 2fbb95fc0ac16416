package enroll_test

import (
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/delivery"
	"hookswitch/internal/store"
)

func newUser(h *house, login string) hookswitch.User {
	h.t.Helper()
	u, err := h.admin.CreateUser(h.t.Context(), admin.NewUser{Profile: hookswitch.Profile{Login: login, Email: login}, Activate: true}, hookswitch.Origin{})
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func (h *house) rest() {
	h.t.Helper()
	for {
		n, err := h.delivery.Reconcile(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

var signInEvents = []hookswitch.EventType{hookswitch.SMSFactorVerify, hookswitch.SMSStatus}

// sent challenges a factor and gives the message; the enrolment's own delivery is settled before.
func (h *house) sent() (hookswitch.Factor, hookswitch.Message) {
	h.t.Helper()
	f := h.enrolled()
	if err := h.callback(h.carriers[0].last(h.t), "delivered"); err != nil {
		h.t.Fatal(err)
	}
	if err := h.challenge(f); err != nil {
		h.t.Fatal(err)
	}
	return f, h.carriers[0].last(h.t)
}

func (r rules) StatusesInAnyOrderEndInOneReceiveStatus(t *testing.T) {
	h := r.house(t)
	f, _ := h.sent()
	words := []string{"sent", "queued", "delivered", "delivered", "undelivered"}
	for _, order := range permutations(len(words)) {
		h.clock.advance(10 * time.Minute)
		if err := h.challenge(f); err != nil {
			t.Fatal(err)
		}
		m := h.newest()
		before := len(h.events(hookswitch.SMSStatus))
		first := ""
		for _, i := range order {
			if err := h.callback(m, words[i]); err != nil {
				t.Fatal(err)
			}
			if first == "" && i >= 2 {
				first = words[i]
			}
		}
		want := hookswitch.Delivered
		if first == "undelivered" {
			want = hookswitch.Undelivered
		}
		if d := h.delivered(m.DeliveryID); d.State != want {
			t.Fatalf("order %v ended in %s, want %s: final states do not move", order, d.State, want)
		}
		if got := len(h.events(hookswitch.SMSStatus)) - before; got != 1 {
			t.Fatalf("order %v: %d receive_status events", order, got)
		}
	}
}

func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, p := range permutations(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(p), at, n-1))
		}
	}
	return all
}

func (r rules) ACallbackThatOvertakesTheAnswerSettlesWithIt(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	h.carriers[0].answer = func(m hookswitch.Message) (hookswitch.Receipt, error) {
		if err := h.callback(m, "delivered"); err != nil {
			t.Error(err)
		}
		if got := h.events(hookswitch.SMSStatus); len(got) != 0 {
			t.Errorf("receive_status stands before its send event: %q", got)
		}
		return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Report: interim("queued")}, nil
	}
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	want := []string{"system.sms.send_factor_verify_message SUCCESS", "system.sms.receive_status SUCCESS"}
	if got := h.events(signInEvents...); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func (r rules) AForgedCallbackChangesNothing(t *testing.T) {
	h := r.house(t)
	_, m := h.sent()
	before := h.delivered(m.DeliveryID)
	if err := h.callback(m, "forged"); err == nil {
		t.Fatal("accepted")
	}
	for range 10 {
		if err := h.callback(m, "forged"); err == nil {
			t.Fatal("accepted")
		}
	}
	if after := h.delivered(m.DeliveryID); after.State != before.State || after.Version != before.Version {
		t.Errorf("changed from %+v to %+v", before, after)
	}
	if told := h.events(hookswitch.CallbackRefused); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
}

func (r rules) AStatusOfAnotherMessageChangesNothing(t *testing.T) {
	h := r.house(t)
	_, m := h.sent()
	err := h.delivery.Callback(t.Context(), hookswitch.Twilio, m.DeliveryID, hookswitch.Callback{
		Body: []byte("delivered"), Header: map[string][]string{"Reference": {"ref-of-another"}},
	})
	if err == nil {
		t.Fatal("accepted")
	}
	if d := h.delivered(m.DeliveryID); d.State != hookswitch.Sent {
		t.Errorf("state %s", d.State)
	}
	if told := h.events(hookswitch.CallbackRefused); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
}

func (r rules) AStatusOfAnUnknownDeliveryIsRefusedAndToldOnce(t *testing.T) {
	h := r.house(t)
	for range 5 {
		err := h.callback(hookswitch.Message{DeliveryID: "dlv00000000000000000"}, "delivered")
		wants(t, err, hookswitch.NotFound)
	}
	if told := h.events(hookswitch.CallbackRefused); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
}

func (r rules) TheSecondaryTakesOverWhenThePrimarySurelyFails(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	for _, failure := range hookswitch.Failures() {
		h.clock.advance(20 * time.Minute)
		h.rest()
		sends, statuses := len(h.events(hookswitch.SMSFactorVerify)), len(h.events(hookswitch.SMSStatus))
		h.carriers[0].answer = fails(failure)
		secondary := h.carriers[1].count()
		err := h.challenge(f)
		traits := failure.Traits()
		taken := h.carriers[1].count() - secondary
		switch {
		case traits.Failover && (err != nil || taken != 1):
			t.Errorf("%s: no failover: %v", failure, err)
		case !traits.Failover && taken != 0:
			t.Errorf("%s: failed over", failure)
		case !traits.Failover && traits.Sure && err == nil:
			t.Errorf("%s: a sure failure was answered as sent", failure)
		case !traits.Sure && err != nil:
			t.Errorf("%s: an unknown outcome was answered with %v: the passcode may well arrive", failure, err)
		}
		h.clock.advance(20 * time.Minute)
		h.rest()
		if got := len(h.events(hookswitch.SMSFactorVerify)) - sends; got != 1 {
			t.Errorf("%s: %d send events", failure, got)
		}
		if got := len(h.events(hookswitch.SMSStatus)) - statuses; got != 1 {
			t.Errorf("%s: %d receive_status events", failure, got)
		}
	}
}

func (r rules) ASureFailureEndsThePasscode(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	h.carriers[0].answer = fails(hookswitch.BlockedFraud)
	wants(t, h.challenge(f), hookswitch.SendRefused)
	wants(t, h.verifyWith(f, h.carriers[0].last(t).Code), hookswitch.WrongPasscode)
}

func (r rules) AnUnansweredSendIsNotSentAgainAndTheResendTakesTheOtherProvider(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	h.carriers[0].answer = fails(hookswitch.TimedOut)
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	first := h.carriers[0].last(t)
	if h.carriers[1].count() != 0 {
		t.Fatal("a second message was sent")
	}
	if d := h.delivered(first.DeliveryID); d.State != hookswitch.Uncertain {
		t.Fatalf("state %s", d.State)
	}
	h.clock.advance(30 * time.Second)
	if _, err := h.enroll.Resend(t.Context(), h.use(f, "")); err != nil {
		t.Fatal(err)
	}
	if h.carriers[1].count() != 1 {
		t.Error("the resend did not take the other provider")
	}
}

func (r rules) AStatusThatNeverComesIsUnknownAtTheDeadline(t *testing.T) {
	h := r.house(t)
	_, m := h.sent()
	h.clock.advance(14 * time.Minute)
	h.rest()
	if d := h.delivered(m.DeliveryID); d.State != hookswitch.Sent {
		t.Fatalf("before the deadline: %s", d.State)
	}
	h.clock.advance(2 * time.Minute)
	h.rest()
	if d := h.delivered(m.DeliveryID); d.State != hookswitch.UnknownFate || !d.Due.IsZero() {
		t.Fatalf("after the deadline: %+v", d)
	}
	if err := h.callback(m, "delivered"); err != nil {
		t.Fatal(err)
	}
	if got := h.events(hookswitch.SMSStatus); len(got) != 2 || got[1] != "system.sms.receive_status UNKNOWN" {
		t.Errorf("%q", got)
	}
}

func (r rules) APollFindsWhatNoCallbackTold(t *testing.T) {
	h := r.house(t)
	_, m := h.sent()
	h.carriers[0].status = hookswitch.Report{Reference: "ref-" + m.DeliveryID, Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered}
	h.clock.advance(15 * time.Second)
	h.rest()
	if d := h.delivered(m.DeliveryID); d.State != hookswitch.Delivered {
		t.Fatalf("state %s", d.State)
	}
}

func (r rules) ALostLeaseIsUnknownAndAnEarlyCallbackStillCounts(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	h.rest()
	var m hookswitch.Message
	h.carriers[0].answer = func(sent hookswitch.Message) (hookswitch.Receipt, error) {
		m = sent
		if err := h.callback(m, "delivered"); err != nil {
			t.Error(err)
		}
		h.clock.advance(time.Minute) // the process is paused while others go on
		h.rest()
		return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Report: interim("queued")}, nil
	}
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	want := []string{"system.sms.send_factor_verify_message UNKNOWN", "system.sms.receive_status SUCCESS"}
	got := h.events(signInEvents...)
	if len(got) < 2 || !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("%q, want it to end with %q", got, want)
	}
	if d := h.delivered(m.DeliveryID); d.State != hookswitch.Delivered {
		t.Errorf("state %s", d.State)
	}
}

func (r rules) TheProviderHearsThatItsPasscodeWasVerified(t *testing.T) {
	h := r.house(t)
	f, m := h.sent()
	if err := h.verifyWith(f, m.Code); err != nil {
		t.Fatal(err)
	}
	h.rest()
	if got := h.carriers[0].verified; len(got) != 2 || got[1] != "ref-"+m.DeliveryID {
		t.Fatalf("%q", got)
	}
}

func (r rules) TheProviderHearsItOnce(t *testing.T) {
	h := r.house(t)
	f, m := h.sent()
	if err := h.verifyWith(f, m.Code); err != nil {
		t.Fatal(err)
	}
	for range 5 { // long before any deadline
		if _, err := h.delivery.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.clock.advance(time.Minute)
	}
	told := 0
	for _, reference := range h.carriers[0].verified {
		if reference == "ref-"+m.DeliveryID {
			told++
		}
	}
	if told != 1 {
		t.Errorf("it heard %d times", told)
	}
}

func (r rules) AGuardsDenialIsToldAndNeverSent(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	err := h.db.Update(t.Context(), func(tx *store.Tx) error {
		org, err := tx.Org()
		if err != nil {
			return err
		}
		org.BlockedCountries = []string{"US"}
		return tx.UpdateOrg(org)
	})
	if err != nil {
		t.Fatal(err)
	}
	sent := h.carriers[0].count()
	wants(t, h.challenge(f), hookswitch.SendRefused)
	if h.carriers[0].count() != sent {
		t.Error("sent")
	}
	want := []string{"system.sms.send_factor_verify_message DENY", "system.sms.receive_status FAILURE"}
	if got := h.events(signInEvents...); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func (r rules) ACountryIsTakenFromAProviderThatStoppedDeliveringThereAndGivenBack(t *testing.T) {
	h := r.house(t)
	doctor := delivery.NewDoctor(port(h.db.Update, func(tx *store.Tx) delivery.HealthTx { return tx }),
		port(h.db.View, func(tx *store.Tx) delivery.HealthTx { return tx }), rand.Reader)
	f := h.enrolled()
	fate := func(word string) {
		t.Helper()
		for range 10 {
			h.clock.advance(61 * time.Second)
			if err := h.challenge(f); err != nil {
				t.Fatal(err)
			}
			m := h.newest()
			if err := h.verifyWith(f, m.Code); err != nil { // so that the next one is no resend
				t.Fatal(err)
			}
			if err := h.callback(m, word); err != nil {
				t.Fatal(err)
			}
		}
	}
	judge := func(wantIll bool, wantEvents int) {
		t.Helper()
		for range 2 { // a verdict that stands is told once
			if err := doctor.Judge(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if _, ill := doctor.Ill("oct-TWILIO", "US", h.clock.Now()); ill != wantIll {
			t.Errorf("ill: %v", ill)
		}
		if told := h.events(hookswitch.ProviderHealthChanged); len(told) != wantEvents {
			t.Errorf("told %q", told)
		}
	}
	judge(false, 0)
	fate("expired")
	judge(true, 1)
	if _, ill := doctor.Ill("oct-TWILIO", "DE", h.clock.Now()); ill {
		t.Error("another country is taken away too")
	}
	h.clock.advance(15 * time.Minute)
	fate("delivered")
	judge(false, 2)
}

func (r rules) NobodyTakesADeliveryThatIsBeingSent(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	h.carriers[0].answer = func(m hookswitch.Message) (hookswitch.Receipt, error) {
		h.clock.advance(8 * time.Second) // as long as a send may take
		if _, err := h.delivery.Reconcile(t.Context()); err != nil {
			t.Error(err)
		}
		return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Method: "test", Report: interim("queued")}, nil
	}
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	if d := h.delivered(h.newest().DeliveryID); d.State != hookswitch.Sent {
		t.Errorf("it is %s", d.State)
	}
}

func (r rules) AnInactiveProviderSendsNothing(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	before := h.carriers[0].count()
	h.carriers[0].entry.Enabled = false
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	h.carriers[1].entry.Enabled = false
	h.clock.advance(time.Minute)
	wants(t, h.challenge(f), hookswitch.NoProvider)
	if h.carriers[0].count() != before || h.carriers[1].count() != 1 {
		t.Errorf("the inactive one sent %d, the other %d", h.carriers[0].count()-before, h.carriers[1].count())
	}
}

func (r rules) WhoHangsUpStopsNoSend(t *testing.T) {
	h := r.house(t)
	f := h.enrolled()
	asking, hangUp := context.WithCancel(t.Context())
	h.carriers[0].answer = func(m hookswitch.Message) (hookswitch.Receipt, error) {
		hangUp()
		if err := h.carriers[0].sending.Err(); err != nil {
			t.Errorf("the send is over: %v", err)
		}
		return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Method: "test", Report: interim("queued")}, nil
	}
	if _, err := h.enroll.Challenge(asking, h.use(f, "")); err != nil {
		t.Fatal(err)
	}
	if d := h.delivered(h.newest().DeliveryID); d.State != hookswitch.Sent {
		t.Errorf("it is %s", d.State)
	}
}
