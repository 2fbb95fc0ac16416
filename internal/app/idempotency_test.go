package app

import (
	"testing"
	"time"

	"hookswitch/internal/store"
)

// Whoever comes back after a day is a new request.
func TestAnAnswerIsKeptForADay(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	db, err := OpenStore(t.Context(), Options{Data: t.TempDir(), Now: func() time.Time { return now }}, store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	kept := replies{db}
	claim := func(fresh bool, status int) {
		t.Helper()
		reply, is, err := kept.Claim(t.Context(), "key", "digest")
		if err != nil || is != fresh || reply.Status != status {
			t.Fatalf("after %s: fresh %t with %d, %v", now.Format(time.TimeOnly), is, reply.Status, err)
		}
		if fresh {
			reply.Status, reply.Body = 200, "{}"
			if err := kept.Keep(t.Context(), reply); err != nil {
				t.Fatal(err)
			}
		}
	}
	claim(true, 0)
	now = now.Add(keptFor - time.Second)
	claim(false, 200)
	now = now.Add(time.Second)
	claim(true, 0)
}
