package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/store"
)

func TestAFailingStoreSaysWhatToDoNext(t *testing.T) {
	for failure, want := range map[error]struct {
		kind hookswitch.ProblemKind
		says string
	}{
		store.ErrConflict:    {hookswitch.Contended, "Try again."},
		store.ErrBusy:        {hookswitch.Unavailable, "Try again in a moment."},
		store.ErrUnavailable: {hookswitch.Unavailable, "Try again in a moment."},
		store.ErrClosed:      {hookswitch.Unavailable, "Try again in a moment."},
		store.ErrFull:        {hookswitch.Unavailable, "make room"},
		store.ErrUncertain:   {hookswitch.OutcomeUnknown, "same key"},
		store.ErrCorrupt:     {hookswitch.Damaged, "restore it from a backup"},
	} {
		err := storeProblem(fmt.Errorf("write: %w", failure))
		if !hookswitch.IsProblem(err, want.kind) || !errors.Is(err, failure) || !strings.Contains(err.Error(), want.says) {
			t.Errorf("%v becomes %v, want %s", failure, err, want.kind)
		}
	}
	other := errors.New("x")
	if err := storeProblem(other); !errors.Is(err, other) || storeProblem(nil) != nil {
		t.Errorf("another error becomes %v", err)
	}
}
