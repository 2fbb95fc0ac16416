package app

import (
	"context"
	"errors"
	"testing"
	"time"
)

// asked is a question whose answer changes each time.
type asked struct {
	now     time.Time
	changes changes
	recent  *recent[string, int]
	times   int
	fails   error
}

func newAsked() *asked {
	a := &asked{now: time.Unix(1_000_000, 0)}
	a.recent = newRecent[string, int](&a.changes, func() time.Time { return a.now })
	return a
}

func (a *asked) get(t *testing.T, key string) int {
	t.Helper()
	n, err := a.recent.get(key, func() (int, error) {
		a.times++
		return a.times, a.fails
	})
	if !errors.Is(err, a.fails) {
		t.Fatal(err)
	}
	return n
}

func TestSettingsAreReadOnceASecond(t *testing.T) {
	a := newAsked()
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {0, 1}, {freshFor - 1, 1}, {1, 2}, {freshFor / 2, 2}, {freshFor, 3}} {
		a.now = a.now.Add(step.after)
		if got := a.get(t, "x"); got != step.want {
			t.Errorf("after %s: answer %d instead of %d", step.after, got, step.want)
		}
	}
}

func TestAClockThatStepsBackKeepsNothingAlive(t *testing.T) {
	a := newAsked()
	a.get(t, "x")
	a.now = a.now.Add(-time.Hour)
	if got := a.get(t, "x"); got != 2 {
		t.Errorf("answer %d", got)
	}
}

func TestAChangeByThisProcessCountsAtOnce(t *testing.T) {
	a := newAsked()
	a.get(t, "x")
	failed := errors.New("outcome unknown")
	update := noting(&a.changes, func(context.Context, func(int) error) error { return failed })
	if err := update(t.Context(), nil); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if got := a.get(t, "x"); got != 2 {
		t.Errorf("answer %d after a change", got)
	}
}

// An answer that was read before a change and arrives after it must not count as new.
func TestWhatWasReadBeforeAChangeIsOldAfterIt(t *testing.T) {
	a := newAsked()
	_, err := a.recent.get("x", func() (int, error) {
		a.changes.count.Add(1)
		return 100, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.get(t, "x"); got != 1 {
		t.Errorf("the old answer %d", got)
	}
}

func TestAnErrorIsNotKept(t *testing.T) {
	a := newAsked()
	a.fails = errors.New("refused")
	a.get(t, "x")
	a.fails = nil
	if got := a.get(t, "x"); got != 2 {
		t.Errorf("answer %d", got)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	a := newAsked()
	for i := range 3 * mostAnswers {
		a.get(t, string(rune(i)))
	}
	if n := len(a.recent.answers); n > mostAnswers {
		t.Errorf("%d answers", n)
	}
}
