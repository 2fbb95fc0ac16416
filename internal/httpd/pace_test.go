package httpd

import (
	"strconv"
	"testing"
	"time"
)

func TestEveryAnswerTellsTheLimitAndWhatIsLeftOfIt(t *testing.T) {
	at := noon()
	d := newDesk(t, func(o *Options) {
		o.Pace = Pace{Requests: 3, Lists: 2}
		o.Now = func() time.Time { return at }
	})
	standing := func(a answer) string {
		h := a.Header()
		reset, _ := strconv.ParseInt(h.Get("X-Rate-Limit-Reset"), 10, 64)
		return h.Get("X-Rate-Limit-Limit") + " " + h.Get("X-Rate-Limit-Remaining") + " " + strconv.FormatInt(reset-at.Unix(), 10) + " " + h.Get("Retry-After")
	}
	for i, want := range []string{"2 1 30 ", "2 0 60 ", "2 0 30 30"} {
		a := d.do("GET", "/api/v1/things", "")
		if got := standing(a); got != want || (a.Code == 429) != (i == 2) {
			t.Errorf("list %d: %d %q, want %q", i, a.Code, got, want)
		}
	}
	d.do("GET", "/api/v1/things", "").wants(429, "E0000047", "Try again in 30 seconds.")
	if got := standing(d.do("POST", "/api/v1/things/1", `{"name":"a"}`)); got != "3 2 20 " {
		t.Errorf("another class: %q", got)
	}
	if a := d.do("GET", "/api/v1/things", "", header("Authorization", "SSWS reader-token")); a.Code != 200 {
		t.Errorf("another token: %d", a.Code)
	}
	if touched := d.shelf.touched; d.do("GET", "/api/v1/things", "").Code != 429 || d.shelf.touched != touched {
		t.Error("what is refused is not begun")
	}
	at = at.Add(30 * time.Second)
	if got := standing(d.do("GET", "/api/v1/things", "")); got != "2 0 60 " {
		t.Errorf("after the wait: %q", got)
	}
}

func TestWhoeverGuessesTokensIsHeldToAPace(t *testing.T) {
	d := newDesk(t, func(o *Options) { o.Pace = Pace{Requests: 2} })
	guess := func(token string) answer {
		return d.do("POST", "/api/v1/things/1", `{"name":"a"}`, header("Authorization", "SSWS "+token))
	}
	guess("a").wants(401, "E0000011", "")
	guess("b").wants(401, "E0000011", "")
	guess("c").wants(429, "E0000047", "")
	if a := guess("super-token"); a.Code != 201 {
		t.Errorf("a good token from the same address: %d", a.Code)
	}
}

func TestWhoHasBeenQuietIsForgotten(t *testing.T) {
	at := noon()
	p := newPacer(Pace{}, nil)
	x := exchange{tokenID: "a", began: at}
	op := newDesk(t).shelf.table()[0]
	if err := p.admit(t.Context(), map[string][]string{}, &op, &x); err != nil {
		t.Fatal(err)
	}
	x = exchange{tokenID: "b", began: at.Add(2 * time.Minute)}
	if err := p.admit(t.Context(), map[string][]string{}, &op, &x); err != nil || len(p.seen) != 1 {
		t.Errorf("%d are remembered (%v)", len(p.seen), err)
	}
}

func TestAClockThatIsPutBackLocksNobodyOut(t *testing.T) {
	at := noon()
	d := newDesk(t, func(o *Options) {
		o.Pace = Pace{Requests: 3, Lists: 3}
		o.Now = func() time.Time { return at }
	})
	for range 2 {
		if a := d.do("GET", "/api/v1/things", ""); a.Code != 200 {
			t.Errorf("%s: %d", at, a.Code)
		}
		at = at.Add(-time.Hour)
	}
}
