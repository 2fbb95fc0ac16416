package password_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/password"
)

func TestAPasswordMatchesItsOwnHashOnly(t *testing.T) {
	h := password.NewHasher()
	hash, err := h.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[hookswitch.Secret]bool{"correct horse": true, "correct horse ": false, "Correct horse": false, "": false} {
		if got, err := h.Matches(t.Context(), given, hash); got != want || err != nil {
			t.Errorf("%q: %v %v", given.Reveal(), got, err)
		}
	}
}

func TestTwoHashesOfOnePasswordDiffer(t *testing.T) {
	h := password.NewHasher()
	a, errA := h.Hash(t.Context(), "correct horse")
	b, errB := h.Hash(t.Context(), "correct horse")
	if a == b || errors.Join(errA, errB) != nil {
		t.Error("there is no salt in them", errA, errB)
	}
}

// The memory that a comparison takes is what its time comes from.
func TestNobodysPasswordTakesTheSameWorkAndIsNeverRight(t *testing.T) {
	h := password.NewHasher()
	hash, err := h.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	work := func(hash string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if ok, err := h.Matches(t.Context(), "wrong horse", hash); ok || err != nil {
			t.Errorf("answered %v %v", ok, err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	somebody, nobody := work(hash), work("")
	if nobody < 19<<20 || nobody > somebody+somebody/10 || somebody > nobody+nobody/10 {
		t.Errorf("somebody costs %d bytes, nobody %d", somebody, nobody)
	}
}

func TestADamagedHashIsAnErrorAndNotAWrongPassword(t *testing.T) {
	if _, err := password.NewHasher().Matches(t.Context(), "correct horse", "$argon2id$v=19$nonsense"); err == nil {
		t.Error("no error")
	}
}

func TestWhoeverHasGoneIsNotHashedFor(t *testing.T) {
	h := password.NewHasher()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Matches(gone, "x", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("answered %v", err)
	}
}

func TestTheLengthOfAPasswordIsBounded(t *testing.T) {
	for given, good := range map[string]bool{
		"1234567": false, "12345678": true, "ñandúñan": true,
		strings.Repeat("ä", 72): true, strings.Repeat("a", 73): false, "": false,
	} {
		if wrong := password.Wrong(hookswitch.Secret(given)); (wrong == "") != good {
			t.Errorf("%d characters: %q", len([]rune(given)), wrong)
		}
	}
}
