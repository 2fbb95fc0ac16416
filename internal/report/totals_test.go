package report

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/store"
)

// counting is Counts on a store, whose transactions happen at a time of the test.
func counting(db *store.DB, now *time.Time) *Counts {
	at := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(CountTx) error) error {
		return func(ctx context.Context, fn func(CountTx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(countTx{tx, *now}) })
		}
	}
	return NewCounts(at(db.View), at(db.Update))
}

type countTx struct {
	*store.Tx

	now time.Time
}

func (tx countTx) Now() time.Time { return tx.now }

// message is a delivery with as much as is counted.
type message struct {
	provider, country string
	state             hookswitch.DeliveryState
	asked             time.Time
	settled           time.Time
	challenge         hookswitch.ChallengeState
}

// sent writes messages.
func sent(t testing.TB, db *store.DB, messages ...message) []string {
	t.Helper()
	var ids []string
	err := db.Update(t.Context(), func(tx *store.Tx) error {
		ids = nil
		for i, m := range messages {
			d := hookswitch.Delivery{
				ID: fmt.Sprintf("dlv%s-%d-%d", t.Name(), m.asked.UnixMicro(), i), Channel: hookswitch.SMS, Phone: "+12025550101",
				State: m.state, Provider: m.provider, Country: m.country, Created: m.asked, Settled: m.settled,
			}
			if m.settled.IsZero() {
				d.Due = m.asked.Add(time.Minute)
			}
			if m.challenge != "" {
				d.ChallengeID = "chl" + d.ID
				err := tx.InsertChallenge(hookswitch.Challenge{
					ID: d.ChallengeID, DeliveryID: d.ID, State: m.challenge, Issued: m.asked, Expires: m.asked.Add(5 * time.Minute), Digest: []byte{1},
				})
				if err != nil {
					return err
				}
			}
			if err := tx.InsertDelivery(d); err != nil {
				return err
			}
			ids = append(ids, d.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func keepAll(t testing.TB, c *Counts) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = c.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// inShort writes totals down for comparison.
func inShort(t Totals) string {
	short := func(c Count) string {
		return fmt.Sprintf("%d:%ds%dd%df%dr%dp%du%dv", c.Messages, c.Sent, c.Delivered, c.Failed, c.Refused, c.Pending, c.Unknown, c.Verified)
	}
	words := []string{short(t.All)}
	for _, h := range t.Hours {
		words = append(words, h.From.Format("15h ")+short(h.Count))
	}
	for _, c := range t.Countries {
		words = append(words, c.Country+" "+short(c.Count))
	}
	for _, p := range t.Providers {
		words = append(words, fmt.Sprintf("%s %s in %d", p.Provider, short(p.All), len(p.Hours)))
	}
	return strings.Join(words, ", ")
}

func day() []message {
	nine := monday()
	return []message{
		{"TWILIO", "US", hookswitch.Delivered, nine.Add(-50 * time.Minute), nine.Add(-49 * time.Minute), hookswitch.ChallengeVerified},
		{"TWILIO", "US", hookswitch.Delivered, nine.Add(-40 * time.Minute), nine.Add(-39 * time.Minute), hookswitch.ChallengeReplaced},
		{"TELESIGN", "GB", hookswitch.Undelivered, nine.Add(-30 * time.Minute), nine.Add(-20 * time.Minute), hookswitch.ChallengePending},
		{"", "GB", hookswitch.Denied, nine.Add(-10 * time.Minute), nine.Add(-10 * time.Minute), ""},
		{"TWILIO", "US", hookswitch.Failed, nine.Add(2 * time.Minute), nine.Add(2 * time.Minute), hookswitch.ChallengeCanceled},
		{"TWILIO", "FR", hookswitch.UnknownFate, nine.Add(-30 * time.Minute), nine.Add(-15 * time.Minute), hookswitch.ChallengePending},
		{"TWILIO", "US", hookswitch.Sent, nine.Add(4 * time.Minute), time.Time{}, hookswitch.ChallengeVerified},
		{"TELESIGN", "US", hookswitch.Sending, nine.Add(5 * time.Minute), time.Time{}, hookswitch.ChallengePending},
	}
}

const dayInShort = "8:5s2d2f1r2p1u2v, 08h 5:4s2d1f1r0p1u1v, 09h 3:1s0d1f0r2p0u1v, " +
	"US 5:3s2d1f0r2p0u2v, GB 2:1s0d1f1r0p0u0v, FR 1:1s0d0f0r0p1u0v, " +
	"TELESIGN 2:1s0d1f0r1p0u0v in 2, TWILIO 5:4s2d1f0r1p1u2v in 2"

func TestAMessageIsCountedOnceWhetherItIsKeptOrNew(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		sent(t, db, day()...)
		for _, age := range []time.Duration{6 * time.Minute, 7 * time.Minute, 20 * time.Minute, time.Hour, 5 * time.Hour} {
			now := monday().Add(age)
			c := counting(db, &now)
			for range 2 { // keeping twice counts nothing twice
				keepAll(t, c)
				found, err := c.Totals(t.Context(), monday().Add(-time.Hour), now)
				if err != nil || !found.Complete || inShort(found) != dayInShort {
					t.Fatalf("%v later: %v %v\n got %s\nwant %s", age, found.Complete, err, inShort(found), dayInShort)
				}
			}
		}
	})
}

func TestAPasscodeGivenAfterTheStatusCounts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		m := day()[2]
		ids := sent(t, db, m)
		now := m.settled.Add(time.Minute)
		c := counting(db, &now)
		keepAll(t, c)
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			given, err := tx.Challenge("chl" + ids[0])
			if err != nil {
				return err
			}
			given.State = hookswitch.ChallengeVerified
			return tx.UpdateChallenge(given)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, age := range []time.Duration{2 * time.Minute, 2 * time.Hour} {
			now = m.settled.Add(age)
			keepAll(t, c)
			if found, err := c.Totals(t.Context(), m.asked, now); err != nil || found.All.Verified != 1 {
				t.Errorf("%v later %d are verified: %v", age, found.All.Verified, err)
			}
		}
	})
}

func TestProcessesThatKeepTogetherCountNothingTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		sent(t, db, day()...)
		now := monday().Add(time.Hour)
		c := counting(db, &now)
		var nodes sync.WaitGroup
		for range 4 {
			nodes.Go(func() { keepAll(t, c) })
		}
		nodes.Wait()
		if found, err := c.Totals(t.Context(), monday().Add(-time.Hour), now); err != nil || inShort(found) != dayInShort {
			t.Errorf("%v\n got %s\nwant %s", err, inShort(found), dayInShort)
		}
	})
}

func TestTotalsAreOfTheHoursAskedFor(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		sent(t, db, day()...)
		for _, now := range []time.Time{monday().Add(6 * time.Minute), monday().Add(time.Hour)} {
			c := counting(db, &now)
			keepAll(t, c)
			found, err := c.Totals(t.Context(), monday().Add(time.Minute), monday().Add(2*time.Minute))
			if err != nil || found.All.Messages != 3 || !found.Since.Equal(monday()) || !found.Until.Equal(monday().Add(time.Hour)) {
				t.Errorf("%+v %v", found, err)
			}
		}
	})
}

func TestTotalsOfMoreThanThirtyDaysAreRefused(t *testing.T) {
	now := monday()
	c := NewCounts(nil, nil)
	for _, since := range []time.Time{now, now.Add(time.Hour), now.Add(-31 * 24 * time.Hour), {}} {
		if _, err := c.Totals(t.Context(), since, now); !hookswitch.IsProblem(err, hookswitch.Invalid) {
			t.Errorf("since %v: %v", since, err)
		}
	}
}

// overfull has more new messages than are counted one by one.
type overfull struct{ CountTx }

func (overfull) Now() time.Time                { return monday() }
func (overfull) KeptUntil() (time.Time, error) { return monday().Add(-time.Hour), nil }

func (overfull) KeptByHour(_, _ time.Time) ([]hookswitch.DeliveryCount, error)    { return nil, nil }
func (overfull) KeptByCountry(_, _ time.Time) ([]hookswitch.DeliveryCount, error) { return nil, nil }
func (overfull) OpenCounts(int) ([]hookswitch.DeliveryCount, error)               { return nil, nil }

func (overfull) SettledCounts(after, _ time.Time, atMost int) ([]hookswitch.DeliveryCount, time.Time, error) {
	return []hookswitch.DeliveryCount{{Hour: after, State: hookswitch.Delivered, Messages: atMost}}, after.Add(time.Minute), nil
}

func TestTotalsSayWhenTheyAreNotComplete(t *testing.T) {
	c := NewCounts(func(_ context.Context, fn func(CountTx) error) error { return fn(overfull{}) }, nil)
	found, err := c.Totals(t.Context(), monday().Add(-2*time.Hour), monday())
	if err != nil || found.Complete || found.All.Messages != mostCounted {
		t.Errorf("%+v %v", found, err)
	}
}
