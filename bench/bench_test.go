package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEverybodyIsPickedOnceAndFarFromTheOneBefore(t *testing.T) {
	for _, n := range []int64{1, 2, 10, 20_000, 99_991, 100_000} {
		seen := make([]bool, n)
		for k := range n {
			i := k * stride(n) % n
			if seen[i] {
				t.Fatalf("%d: %d is picked twice", n, i)
			}
			seen[i] = true
		}
	}
	if s := stride(100_000); s < 50_000 || s > 70_000 {
		t.Errorf("a step of %d in 100000", s)
	}
}

func TestTheSharesOfLatency(t *testing.T) {
	var took []time.Duration
	for i := 200; i > 0; i-- {
		took = append(took, time.Duration(i)*time.Millisecond)
	}
	if l := latencyOf(took); l.p50 != 101*time.Millisecond || l.p99 != 199*time.Millisecond {
		t.Errorf("p50 %s, p99 %s", l.p50, l.p99)
	}
	if l := latencyOf(nil); l != (latency{}) {
		t.Errorf("of nothing: %v", l)
	}
}

func TestTheCodeIsTheFirstSixDigitsInARow(t *testing.T) {
	for body, want := range map[string]string{
		"Your verification code is 123456.": "123456",
		"Call 12025550142 or type 654321":   "654321",
		"987654":                            "987654",
		"1234567":                           "",
		"12345":                             "",
		"":                                  "",
	} {
		if got := codeIn(body); got != want {
			t.Errorf("%q: %q instead of %q", body, got, want)
		}
	}
}

func TestAPhoneIsFoundByItsNumber(t *testing.T) {
	for _, i := range []int{0, 1, 99_999, mostNumbers - 1} {
		if got, ok := phoneOf(phoneNumber(i)); !ok || got != i {
			t.Errorf("phone %d: %s is %d, %t", i, phoneNumber(i), got, ok)
		}
	}
	for _, other := range []string{"", "+1202", "+12021999999", "+442022000000", "+1202x"} {
		if i, ok := phoneOf(other); ok {
			t.Errorf("%q is phone %d", other, i)
		}
	}
}

func TestRatiosAreOfTheSameRound(t *testing.T) {
	got := ratios([]result{{rate: 50}, {rate: 300}, {rate: 40}}, []result{{rate: 100}, {rate: 1000}, {rate: 100}})
	if got != "0.40 (0.30-0.50)" {
		t.Error(got)
	}
	if got := ratios([]result{{rate: 1}}, []result{{}}); !strings.HasPrefix(got, "1.00") {
		t.Error(got)
	}
}

func TestAProcessMeasuresItself(t *testing.T) {
	if _, err := readMachine(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err) // only Linux tells what is measured
	}
	url, err := listensOn(strings.NewReader("hello\nlistens on http://127.0.0.1:4711\nmore\n"))
	if err != nil || url != "http://127.0.0.1:4711" {
		t.Errorf("%q, %v", url, err)
	}
	if _, err := listensOn(strings.NewReader("hello\n")); err == nil {
		t.Error("a URL of a program that names none")
	}
}

func TestTheRoundsOfEverySubjectAreShown(t *testing.T) {
	loads, err := loadsOf(settings{clients: "1,64", rounds: 3})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // once for each subject
		if got := distinct(loads); !slices.Equal(got, []int{1, 64}) {
			t.Errorf("loads %v", got)
		}
	}
	if !slices.Equal(loads, []int{1, 64, 64, 64}) {
		t.Errorf("rounds %v", loads)
	}
}
