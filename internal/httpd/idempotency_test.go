package httpd

import (
	"context"
	"errors"
	"sync"
	"testing"

	"hookswitch"
)

// memory keeps replies in memory.
type memory struct {
	mu   sync.Mutex
	kept map[string]hookswitch.KeptReply
}

func (d *memory) Claim(_ context.Context, key, digest string) (hookswitch.KeptReply, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.kept[key]; ok {
		return k, false, nil
	}
	k := hookswitch.KeptReply{Key: key, Digest: digest}
	d.kept[key] = k
	return k, true, nil
}

func (d *memory) Keep(_ context.Context, k hookswitch.KeptReply) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept[k.Key] = k
	return nil
}

func (d *memory) Release(_ context.Context, key string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.kept, key)
	return nil
}

func withDrawer(o *Options) { o.Replies = &memory{kept: make(map[string]hookswitch.KeptReply)} }

func TestTheSameKeyRunsOnceAndGetsTheSameAnswer(t *testing.T) {
	d := newDesk(t, withDrawer)
	key := header("Idempotency-Key", "k1")
	first := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key)
	again := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key)
	if first.Code != 201 || again.Code != 201 || first.Body.String() != again.Body.String() || d.shelf.touched != 1 {
		t.Errorf("%d %s, %d %s, run %d times", first.Code, first.Body, again.Code, again.Body, d.shelf.touched)
	}
	d.do("POST", "/api/v1/things/a", `{"name":"x"}`, header("Idempotency-Key", "k2"))
	if d.shelf.touched != 2 {
		t.Error("another key did not run")
	}
}

func TestAKeyIsRefusedWithOtherParameters(t *testing.T) {
	d := newDesk(t, withDrawer)
	key := header("Idempotency-Key", "k1")
	d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key)
	d.do("POST", "/api/v1/things/a", `{"name":"y"}`, key).wants(400, "E0000001", "another request")
	d.do("POST", "/api/v1/things/b", `{"name":"x"}`, key).wants(400, "E0000001", "another request")
}

func TestAKeyInFlightIsAConflict(t *testing.T) {
	d := newDesk(t, withDrawer)
	d.shelf.fails = errors.New("nobody knows what became of it")
	key := header("Idempotency-Key", "k1")
	if a := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key); a.Code != 500 {
		t.Fatalf("%d", a.Code)
	}
	d.shelf.fails = nil
	if a := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key); a.Code != 409 || d.shelf.touched != 1 {
		t.Errorf("%d %s, run %d times", a.Code, a.Body, d.shelf.touched)
	}
}

func TestWhatMayHaveHappenedKeepsItsKey(t *testing.T) {
	for name, fails := range map[string]error{
		"a send that is not recorded": errors.Join(hookswitch.ErrUnrecorded, hookswitch.Refuse(hookswitch.Unavailable)),
		"a commit that is not known":  hookswitch.Refuse(hookswitch.OutcomeUnknown),
		"a damaged store":             hookswitch.Refuse(hookswitch.Damaged),
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, withDrawer)
			d.shelf.fails = fails
			key := header("Idempotency-Key", "k1")
			if a := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key); a.Code != 500 { // no client tries a 500 again by itself
				t.Errorf("answered %d %s", a.Code, a.Body)
			}
			d.shelf.fails = nil
			if a := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key); a.Code != 409 || d.shelf.touched != 1 {
				t.Errorf("%d %s, run %d times", a.Code, a.Body, d.shelf.touched)
			}
		})
	}
}

func TestARefusalFreesItsKey(t *testing.T) {
	d := newDesk(t, withDrawer)
	d.shelf.fails = hookswitch.Refuse(hookswitch.TooSoonSMS)
	key := header("Idempotency-Key", "k1")
	d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key)
	d.shelf.fails = nil
	if a := d.do("POST", "/api/v1/things/a", `{"name":"x"}`, key); a.Code != 201 {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestAKeyOfAnotherCallerIsAnotherKey(t *testing.T) {
	if keyedDigest("k", "token a", "op") == keyedDigest("k", "token b", "op") {
		t.Error("two callers share a key")
	}
}

func TestWhatIsStoredCannotBeGuessedWithoutTheKey(t *testing.T) {
	if keyedDigest("k1", "/verify", `{"passCode":"123456"}`) == keyedDigest("k2", "/verify", `{"passCode":"123456"}`) {
		t.Error("the digest of a body does not depend on the client's key")
	}
}
