package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/store/postgres/postgrestest"
)

// request is one use of the product, on things that were made for it alone.
type request struct {
	do   func() reply
	done func() bool // what was asked for is there
	// tells is the event that says so: it is in the log exactly when it is done. "": none does.
	tells hookswitch.EventType
	// once: when nobody heard that it was done, asking again is refused with one of these.
	once []int
	// later: an answer promises nothing; another time will do.
	later bool
	// keyed: it carries an Idempotency-Key, so both tries together send at most once. A claim that nobody answered stays.
	keyed bool
}

// Each use case runs with its first, second, third … call of the store and of the carriers failing, until it runs clean
// (https://www.sqlite.org/testing.html#anomaly_testing): before the call did anything, after it was done but not heard
// of, and, for the store, because somebody else was faster. Whatever fails, the asker hears of it, state and log agree,
// nothing leaves twice, the deliveries come to rest, and the same request works a minute later.
func TestEveryCallMayFail(t *testing.T) {
	var cluster postgrestest.Cluster
	cluster.Settings = postgrestest.Forgetful()
	defer cluster.Stop()
	for name, url := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "x.db") },
		"postgres": func(t *testing.T) string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, part := range []struct {
				name  string
				cases []useCase
			}{
				{"passcodes", passcodeCases()},
				{"deliveries", deliveryCases()},
				{"signing in", signInCases()},
				{"providers", providerCases()},
				{"words and people", deskCases()},
				{"reading", reportCases()},
			} {
				t.Run(part.name, func(t *testing.T) {
					w, failures := newFailing(t, url(t)), 0
					for _, c := range part.cases {
						t.Run(c.name, func(t *testing.T) { failures += w.tryAll(t, c) })
					}
					t.Logf("%d calls failed, each in a run of its own", failures)
				})
			}
		})
	}
}

// tryAll runs a use case until it runs clean, and counts the calls that failed.
func (w *failing) tryAll(t *testing.T, c useCase) (failures int) {
	outer := w.t
	defer func() { w.t = outer }()
	w.t = t
	for _, way := range []way{before, after, raced} {
		for n := 1; w.tryWithout(c.begin(w), way, n); n++ {
			if failures++; t.Failed() || n > 200 {
				t.Fatalf("%d calls", n)
			}
		}
	}
	return failures
}

// tryWithout makes a request whose n-th call fails, and answers false when there were not so many.
func (w *failing) tryWithout(r request, way way, n int) bool {
	w.t.Helper()
	w.pass(time.Minute)
	since, left := w.now, w.left()
	w.faults.arm(way, n)
	a := r.do()
	hit := w.faults.disarm()
	wrong := func(what string) {
		w.t.Helper()
		w.t.Errorf("%s %d, %q: %s; answered %d %s", way, n, hit, what, a.status, a.body)
	}
	done := r.done == nil || r.done()
	switch {
	case hit == "" && !a.fine():
		wrong("it fails although nothing does")
	case way == raced && !a.fine():
		wrong("a lost race was not run again")
	case a.fine() && !done && (hit == "" || !r.later):
		wrong("it was not done")
	}
	w.agree(r, since, wrong)
	if w.left()-left > 1 {
		wrong("more than one message left")
	}
	if hit != "" && (!a.fine() || !done) {
		first, before := done, w.left()
		if r.keyed {
			before = left
		}
		w.pass(time.Minute)
		a = r.do()
		switch done = r.done == nil || r.done(); {
		case r.keyed && a.status == 409:
		case !a.fine() && !(first && slices.Contains(r.once, a.status)):
			wrong("it cannot be done again")
		case !done && !r.later:
			wrong("it was not done the second time")
		}
		w.agree(r, since, wrong)
		if w.left()-before > 1 {
			wrong("more than one message left the second time")
		}
	}
	w.rest(wrong)
	return hit != ""
}

// agree checks that state and log tell the same.
func (w *failing) agree(r request, since time.Time, wrong func(string)) {
	w.t.Helper()
	events := w.events()
	if r.tells != "" {
		told := slices.ContainsFunc(events, func(e hookswitch.LoggedEvent) bool {
			return e.Type == r.tells && e.Result == hookswitch.ResultSuccess && !e.Published.Before(since)
		})
		if done := r.done(); done && !told {
			wrong("it is done and the log says nothing")
		} else if told && !done {
			wrong("the log says that it is done, and it is not")
		}
	}
	for _, life := range lives() {
		there := w.rows(life.rows)
		alive := map[string]bool{}
		for _, e := range events {
			if id := life.told(e, life.born); id != "" {
				alive[id] = true
			} else if id := life.told(e, life.gone); id != "" {
				delete(alive, id)
			}
		}
		for id := range there {
			if !alive[id] {
				wrong("the log does not know " + id)
			}
			delete(alive, id)
		}
		for id := range alive {
			wrong("the log believes in " + id)
		}
	}
	w.deliveries(events, wrong)
	accepted := 0
	for _, e := range events {
		if e.Type == hookswitch.AuthByFactor && e.Result == hookswitch.ResultSuccess {
			accepted++
		}
	}
	if used := len(w.rows("SELECT id, state FROM challenges WHERE state = 'VERIFIED' AND purpose = 'sign-in'")); used != accepted {
		wrong("passcodes were accepted otherwise than once each")
	}
}

// life is how the log tells of the rows of a table.
type life struct {
	rows       string
	born, gone hookswitch.EventType
	target     string // the type of the target whose id the row has; "": the event's session
}

func lives() []life {
	return []life{
		{"SELECT id, '' FROM users", hookswitch.UserCreated, hookswitch.UserDeleted, "User"},
		{"SELECT id, '' FROM factors WHERE NOT pending", hookswitch.FactorActivated, hookswitch.FactorDeactivated, "MobilePhone"},
		{"SELECT id, '' FROM telephony_providers", hookswitch.ProviderCreated, hookswitch.ProviderDeleted, "TelephonyProvider"},
		{"SELECT id, '' FROM telephony_providers WHERE enabled", hookswitch.ProviderActivated, hookswitch.ProviderDeactivated, "TelephonyProvider"},
		{"SELECT id, '' FROM api_tokens", hookswitch.TokenCreated, hookswitch.TokenRevoked, "Token"},
		{"SELECT id, '' FROM sessions", hookswitch.SessionStarted, hookswitch.SessionEnded, ""},
	}
}

// told is whom an event of the kind is about.
func (l life) told(e hookswitch.LoggedEvent, kind hookswitch.EventType) string {
	if e.Type != kind || e.Result != hookswitch.ResultSuccess {
		return ""
	}
	if l.target == "" {
		return e.Origin.SessionID
	}
	for _, target := range e.Targets {
		if target.Type == l.target {
			return target.ID
		}
	}
	return ""
}

// deliveries checks that each has the events of its state.
func (w *failing) deliveries(events []hookswitch.LoggedEvent, wrong func(string)) {
	w.t.Helper()
	sent, received := map[string]int{}, map[string]int{}
	for _, e := range events {
		for _, d := range e.Debug {
			switch {
			case d.Key != "deliveryId":
			case strings.Contains(string(e.Type), ".send_"):
				sent[d.Value]++
			case strings.HasSuffix(string(e.Type), ".receive_status"):
				received[d.Value]++
			}
		}
	}
	for id, word := range w.rows("SELECT id, state FROM deliveries") {
		state, ofSend, ofStatus := hookswitch.DeliveryState(word), 1, 0
		if state == hookswitch.Sending {
			ofSend = 0
		} else if state.Final() {
			ofStatus = 1
		}
		if sent[id] != ofSend || received[id] != ofStatus {
			wrong("the log does not fit a delivery that is " + word)
		}
	}
}

// rest lets the deadlines pass; then every delivery is final.
func (w *failing) rest(wrong func(string)) {
	w.t.Helper()
	for range 3 { // lost leases first, then statuses, then deadlines
		w.pass(16 * time.Minute)
		w.reconcile().ok()
	}
	for _, word := range w.rows("SELECT id, state FROM deliveries") {
		if !hookswitch.DeliveryState(word).Final() {
			wrong("a delivery does not come to rest: it is " + word)
		}
	}
	w.deliveries(w.events(), wrong)
}
