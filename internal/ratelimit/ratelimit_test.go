package ratelimit

import (
	"net/netip"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookswitch"
)

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func TestABurstThenOnePerPeriod(t *testing.T) {
	limit := Limit{Burst: 3, Period: time.Minute}
	var tat int64
	for _, c := range []struct {
		at        time.Duration
		allowed   bool
		retry     time.Duration
		remaining int
	}{
		{0, true, 0, 2},
		{0, true, 0, 1},
		{0, true, 0, 0},
		{0, false, time.Minute, 0},
		{59 * time.Second, false, time.Second, 0},
		{time.Minute - time.Microsecond, false, time.Microsecond, 0},
		{time.Minute, true, 0, 0},
		{time.Minute, false, time.Minute, 0},
		{3 * time.Minute, true, 0, 1},
		{time.Hour, true, 0, 2},
	} {
		var d Decision
		tat, d = Decide(limit, tat, start.Add(c.at))
		if want := (Decision{c.allowed, c.retry, c.remaining}); d != want {
			t.Errorf("at %v: %+v, want %+v", c.at, d, want)
		}
	}
}

func TestARefusalConsumesNothing(t *testing.T) {
	limit := Limit{Burst: 1, Period: 30 * time.Second}
	tat, _ := Decide(limit, 0, start)
	for second := range 29 {
		next, d := Decide(limit, tat, start.Add(time.Duration(second)*time.Second))
		if d.Allowed || next != tat {
			t.Fatalf("second %d: %+v, state moved by %d", second, d, next-tat)
		}
	}
	if _, d := Decide(limit, tat, start.Add(30*time.Second)); !d.Allowed {
		t.Error("refusals delayed the next one")
	}
}

// oracle remembers every allowed instant and counts.
type oracle struct{ allowed []time.Time }

// most is the largest number of allowed instants in any half-open span of that length. Some
// fullest span begins at one of them.
func (o oracle) most(span time.Duration) (most int) {
	for _, first := range o.allowed {
		inside := 0
		for _, at := range o.allowed {
			if !at.Before(first) && at.Before(first.Add(span)) {
				inside++
			}
		}
		most = max(most, inside)
	}
	return most
}

func drawLimit(t *rapid.T) Limit {
	limit := Limit{
		Burst:  rapid.IntRange(1, 6).Draw(t, "burst"),
		Period: time.Duration(rapid.IntRange(1, 5000).Draw(t, "period")) * time.Millisecond,
	}
	if err := limit.Validate(); err != nil {
		t.Fatal(err)
	}
	return limit
}

func TestNeverMoreThanTheBurstInAnyPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := drawLimit(t)
		now, tat := start, int64(0)
		var seen oracle
		for range rapid.IntRange(1, 80).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, int(limit.Period.Microseconds())*2).Draw(t, "step")/rapid.IntRange(1, 20).Draw(t, "slice")) * time.Microsecond)
			next, d := Decide(limit, tat, now)
			if d.Allowed {
				seen.allowed = append(seen.allowed, now)
			}
			tat = next
		}
		for periods := 1; periods <= 10; periods++ {
			if most, bound := seen.most(time.Duration(periods)*limit.Period), limit.Burst+periods-1; most > bound {
				t.Fatalf("%d allowed within %d periods of %+v, want at most %d", most, periods, limit, bound)
			}
		}
	})
}

func TestRetryAfterIsTheFirstInstantThatIsAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := drawLimit(t)
		now, tat := start, int64(0)
		for range rapid.IntRange(1, 30).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3_000_000).Draw(t, "step")) * time.Microsecond)
			next, d := Decide(limit, tat, now)
			if !d.Allowed {
				if _, early := Decide(limit, tat, now.Add(d.RetryAfter-time.Microsecond)); early.Allowed {
					t.Fatalf("allowed before %v", d.RetryAfter)
				}
				if _, late := Decide(limit, tat, now.Add(d.RetryAfter)); !late.Allowed {
					t.Fatalf("refused after %v", d.RetryAfter)
				}
			} else if d.Remaining > 0 {
				if _, more := Decide(limit, next, now); !more.Allowed || more.Remaining != d.Remaining-1 {
					t.Fatalf("%d remaining, then %+v", d.Remaining, more)
				}
			} else if _, more := Decide(limit, next, now); more.Allowed {
				t.Fatal("none remaining, yet one more is allowed")
			}
			tat = next
		}
	})
}

// However the clock steps back and forth, only time that it had not shown before earns more.
func TestAClockBackGivesNothingBackAndForwardNoMoreThanABurst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := drawLimit(t)
		now, latest, tat, allowed := start, start, int64(0), 0
		for range rapid.IntRange(1, 60).Draw(t, "tries") {
			next, d := Decide(limit, tat, now)
			if d.Allowed {
				allowed++
			}
			if earned := int(latest.Sub(start) / limit.Period); allowed > limit.Burst+earned {
				t.Fatalf("%d allowed, %d earned", allowed, earned)
			}
			if d.Remaining >= limit.Burst || next < tat {
				t.Fatalf("%+v of %d, state moved by %d", d, limit.Burst, next-tat)
			}
			tat = next
			now = now.Add(time.Duration(rapid.IntRange(-20_000, 20_000).Draw(t, "step")) * time.Millisecond)
			if now.After(latest) {
				latest = now
			}
		}
	})
	limit := Limit{Burst: 2, Period: time.Minute}
	tat, _ := Decide(limit, 0, start)
	tat, _ = Decide(limit, tat, start)
	for _, back := range []time.Duration{-time.Second, -time.Hour, -365 * 24 * time.Hour} {
		if _, d := Decide(limit, tat, start.Add(back)); d.Allowed {
			t.Errorf("allowed after a step of %v", back)
		}
	}
	if _, d := Decide(limit, tat, start.Add(365*24*time.Hour)); d.Remaining != 1 {
		t.Errorf("%d remaining after a year", d.Remaining)
	}
}

func TestSeveralLimitsAreAllConsumedOrNone(t *testing.T) {
	limits := []Limit{{"a", 1, 30 * time.Second}, {"b", 3, time.Minute}, {"c", 2, 10 * time.Second}}
	rapid.Check(t, func(t *rapid.T) {
		spends := make([]Spend, len(limits))
		for i, limit := range limits {
			spends[i] = Spend{Limit: limit, Key: "k"}
		}
		now := start
		for range rapid.IntRange(1, 40).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40_000).Draw(t, "step")) * time.Millisecond)
			result := DecideAll(spends, now)
			wantAllowed, wantWait := true, time.Duration(0)
			for i, spend := range spends {
				next, d := Decide(spend.Limit, spend.Tat, now)
				wantAllowed = wantAllowed && d.Allowed
				wantWait = max(wantWait, d.RetryAfter)
				if result.Allowed && result.Next[i] != next {
					t.Fatalf("spend %d is stored as %d, want %d", i, result.Next[i], next)
				}
			}
			if result.Allowed != wantAllowed || result.RetryAfter != wantWait {
				t.Fatalf("%+v, want %v, %v", result, wantAllowed, wantWait)
			}
			if !result.Allowed {
				if _, d := Decide(spends[result.Refused].Limit, spends[result.Refused].Tat, now); d.RetryAfter != wantWait || result.Next != nil {
					t.Fatalf("%+v names the wrong limit or something to store", result)
				}
				continue
			}
			for i, next := range result.Next {
				spends[i].Tat = next
			}
		}
	})
	if result := DecideAll(nil, start); !result.Allowed || result.Refused != -1 {
		t.Errorf("no limit at all: %+v", result)
	}
}

func TestALimitThatCannotWorkIsRefused(t *testing.T) {
	for _, limit := range []Limit{{}, {"x", 0, time.Second}, {"x", -1, time.Second}, {"x", maxBurst + 1, time.Second}, {"x", 1, 0}, {"x", 1, time.Microsecond}, {"x", 1, maxPeriod + 1}} {
		if limit.Validate() == nil {
			t.Errorf("%+v is valid", limit)
		}
	}
	largest := Limit{"x", maxBurst, maxPeriod}
	if _, d := Decide(largest, 0, start); !d.Allowed || d.Remaining != maxBurst-1 {
		t.Errorf("the largest limit overflows: %+v", d)
	}
}

func TestTheDefaultsAreValidAndNamed(t *testing.T) {
	for _, name := range Names() {
		if limit := Default(name); limit.Validate() != nil || limit.Name != name {
			t.Errorf("%s: %+v", name, limit)
		}
	}
	if Default("x").Validate() == nil {
		t.Error("a limit that nobody named has a default")
	}
	pace := Default(PhonePace)
	tat, _ := Decide(pace, 0, start)
	if _, d := Decide(pace, tat, start); d.Allowed || d.RetryAfter != 30*time.Second {
		t.Errorf("a second message at once: %+v", d)
	}
}

func TestAnOrgHasItsOwnLimitsAndTheDefaultsBesideThem(t *testing.T) {
	org := hookswitch.Org{Limits: map[string]hookswitch.Limit{"phone-pace": {Burst: 2, Period: time.Minute}}}
	if got := Of(org, PhonePace); got != (Limit{PhonePace, 2, time.Minute}) {
		t.Errorf("its own: %+v", got)
	}
	if got := Of(org, UserSends); got != Default(UserSends) {
		t.Errorf("beside it: %+v", got)
	}
}

func TestKeysJoinWhatIsTheSameAndPartWhatIsNot(t *testing.T) {
	if PhoneKey("+12025550123", "sms") == PhoneKey("+12025550123", "call") {
		t.Error("the channels share a pace")
	}
	if LoginKey(" Ana@Example.com", "") != LoginKey("ana@example.com", "") || LoginKey("ana", "sms") == LoginKey("ana", "call") {
		t.Error("logins are told apart by spelling, or channels are not")
	}
	key := func(address string) string { return ClientKey(netip.MustParseAddr(address)) }
	if key("2001:db8::1") != key("2001:db8::ffff:1") || key("2001:db8::1") == key("2001:db8:0:1::1") {
		t.Error("IPv6 is not counted by /64")
	}
	if key("::ffff:192.0.2.1") != key("192.0.2.1") || key("192.0.2.1") == key("192.0.2.2") || key("fe80::1%eth0") != key("fe80::1") {
		t.Error("one IPv4 address has two keys, or two have one")
	}
	if ClientKey(netip.Addr{}) == "" {
		t.Error("an unknown address has no key")
	}
}

func BenchmarkDecideAll(b *testing.B) {
	var spends []Spend
	for _, name := range Names() {
		spends = append(spends, Spend{Limit: Default(name)})
	}
	b.ReportAllocs()
	for b.Loop() {
		DecideAll(spends, start)
	}
}
