package delivery

import (
	"testing"
	"time"

	"hookswitch"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestFiveErrorsInARowOpenTheBreakerForAMoment(t *testing.T) {
	h := NewDoctor(nil, nil, nil)
	for range 4 {
		h.Observe("twilio", "US", 0, hookswitch.ProviderError, noon)
	}
	if _, ill := h.Ill("twilio", "US", noon); ill {
		t.Fatal("open after four")
	}
	h.Observe("twilio", "DE", 0, hookswitch.TimedOut, noon)
	if _, ill := h.Ill("twilio", "US", noon); !ill {
		t.Fatal("not open after five")
	}
	if _, ill := h.Ill("telesign", "US", noon); ill {
		t.Fatal("another provider's breaker is open")
	}
	if _, ill := h.Ill("twilio", "US", noon.Add(30*time.Second)); ill {
		t.Fatal("still open when its time is over")
	}
}

func TestAWrongNumberDoesNotSpeakAgainstTheProvider(t *testing.T) {
	h := NewDoctor(nil, nil, nil)
	for range 20 {
		h.Observe("twilio", "US", 0, hookswitch.InvalidNumber, noon)
	}
	if _, ill := h.Ill("twilio", "US", noon); ill {
		t.Fatal("open")
	}
}

func TestAProviderThatStoppedDeliveringToACountryIsTriedLastAndGivenBackWithHysteresis(t *testing.T) {
	tally := func(delivered, settled int) hookswitch.DeliveryTally {
		return hookswitch.DeliveryTally{ProviderID: "p", Country: "GH", Delivered: delivered, Settled: settled, Took: time.Duration(delivered) * time.Second}
	}
	v := judge(hookswitch.ProviderHealth{}, tally(0, 9), noon)
	if v.Ill {
		t.Fatal("nine messages are too few to judge")
	}
	v = judge(v, tally(4, 10), noon)
	if !v.Ill || v.Until != noon.Add(15*time.Minute) {
		t.Fatalf("%+v", v)
	}
	if again := judge(v, tally(10, 10), noon.Add(14*time.Minute)); again != v {
		t.Fatal("given back before its time")
	}
	worse := judge(v, tally(0, 10), noon.Add(15*time.Minute))
	if !worse.Ill || worse.Until != noon.Add(45*time.Minute) {
		t.Fatalf("a second failure must double the time out: %+v", worse)
	}
	well := judge(worse, tally(9, 10), noon.Add(time.Hour))
	if well.Ill || well.Strikes != 0 {
		t.Fatalf("%+v", well)
	}
}

func TestSlowDeliveryIsIllToo(t *testing.T) {
	v := judge(hookswitch.ProviderHealth{}, hookswitch.DeliveryTally{ProviderID: "p", Country: "GH", Delivered: 10, Settled: 10, Took: 30 * time.Minute}, noon)
	if !v.Ill {
		t.Fatal("three minutes a message is found well")
	}
}

func TestAnIllProviderIsTriedLast(t *testing.T) {
	h := NewDoctor(nil, nil, nil)
	for range 5 {
		h.Observe("first", "US", 0, hookswitch.ProviderError, noon)
	}
	sms := map[hookswitch.Channel]hookswitch.Method{hookswitch.SMS: {Option: "x"}}
	accounts := []Account{
		{Entry: hookswitch.TelephonyProvider{ID: "first", Enabled: true, Primary: true, Methods: sms}},
		{Entry: hookswitch.TelephonyProvider{ID: "second", Enabled: true, Methods: sms}},
	}
	able, _ := plan(accounts, hookswitch.Needs{Channel: hookswitch.SMS}, "US", Route{}, h, noon)
	if len(able) != 2 || able[0].Entry.ID != "second" {
		t.Fatalf("%+v", able)
	}
}
