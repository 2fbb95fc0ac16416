package delivery

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"hookswitch"
)

// When a provider is found ill in a country, and for how long. Ten messages are few enough to notice within minutes,
// and many enough that three people with their phones off are no epidemic.
const (
	tallyWindow   = 15 * time.Minute
	fewestSettled = 10
	illBelow      = 0.5             // of the messages delivered
	slowAbove     = 2 * time.Minute // on average until delivered: the passcode is half gone
	firstTimeOut  = 15 * time.Minute
	longestOut    = 4 * time.Hour
)

// When a provider that answers with errors is left alone for a moment, by this process.
const (
	breakAfter = 5 // failures in a row that speak against the provider
	breakFor   = 30 * time.Second
)

// HealthTx is what judging health asks of a store transaction.
type HealthTx interface {
	Now() time.Time
	DeliveryTallies(since time.Time) ([]hookswitch.DeliveryTally, error)
	ProviderHealth() ([]hookswitch.ProviderHealth, error)
	SaveProviderHealth(h hookswitch.ProviderHealth) error
	AppendEvents(events ...hookswitch.Event) error
}

// HealthTransact runs fn in a transaction of the store, or on a snapshot of it.
type HealthTransact func(ctx context.Context, fn func(HealthTx) error) error

// Doctor keeps the health of providers: a breaker per provider in this process, and a verdict per provider and country
// that all processes share through the store. It implements [Health].
type Doctor struct {
	update HealthTransact
	view   HealthTransact
	random io.Reader

	mu       sync.Mutex
	verdicts map[[2]string]hookswitch.ProviderHealth // by provider id and country
	breakers map[string]breaker
}

type breaker struct {
	inRow int
	until time.Time
}

// NewDoctor makes a Doctor that thinks well of every provider.
func NewDoctor(update, view HealthTransact, random io.Reader) *Doctor {
	return &Doctor{update: update, view: view, random: random, verdicts: make(map[[2]string]hookswitch.ProviderHealth), breakers: make(map[string]breaker)}
}

// Ill tells whether the provider should be tried last for the country.
func (h *Doctor) Ill(providerID, country string, now time.Time) (string, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now.Before(h.breakers[providerID].until) {
		return "answered with errors several times in a row", true
	}
	v, ok := h.verdicts[[2]string{providerID, country}]
	return v.Reason, ok && v.Ill && now.Before(v.Until)
}

// Observe takes in one attempt: a few failures in a row that speak against the provider open its breaker, one success
// closes it. A breaker whose time is over opens again at the next failure.
func (h *Doctor) Observe(providerID, _ string, _ time.Duration, failure hookswitch.Failure, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.breakers[providerID]
	switch {
	case failure == "" || !failure.Traits().Unhealthy:
		b = breaker{}
	default:
		b.inRow++
		if b.inRow >= breakAfter {
			b.until = now.Add(breakFor)
		}
	}
	h.breakers[providerID] = b
}

// Judge counts what was delivered lately, writes down every verdict that changed with its event, and learns the
// verdicts of the other processes. It counts beside the writes: that may be a million messages.
func (h *Doctor) Judge(ctx context.Context) error {
	var tallies []hookswitch.DeliveryTally
	var verdicts map[[2]string]hookswitch.ProviderHealth
	changed := false
	err := h.view(ctx, func(tx HealthTx) (err error) {
		if tallies, err = tx.DeliveryTallies(tx.Now().Add(-tallyWindow)); err != nil {
			return err
		}
		verdicts, changed, err = h.learn(tx, tallies, func(hookswitch.ProviderHealth, ...hookswitch.Event) error { return nil })
		return err
	})
	if err == nil && changed {
		err = h.update(ctx, func(tx HealthTx) (err error) {
			verdicts, _, err = h.learn(tx, tallies, func(is hookswitch.ProviderHealth, events ...hookswitch.Event) error {
				if err := tx.SaveProviderHealth(is); err != nil || len(events) == 0 {
					return err
				}
				return tx.AppendEvents(events...)
			})
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("judge the health of providers: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.verdicts = verdicts
	return nil
}

// learn judges tallies by the verdicts that stand, and gives every one that changes to save, with the event that is told
// of it if there is one.
func (h *Doctor) learn(tx HealthTx, tallies []hookswitch.DeliveryTally, save func(hookswitch.ProviderHealth, ...hookswitch.Event) error) (verdicts map[[2]string]hookswitch.ProviderHealth, changed bool, err error) {
	known, err := tx.ProviderHealth()
	if err != nil {
		return nil, false, err
	}
	verdicts = make(map[[2]string]hookswitch.ProviderHealth, len(known))
	for _, v := range known {
		verdicts[[2]string{v.ProviderID, v.Country}] = v
	}
	for _, t := range tallies {
		key := [2]string{t.ProviderID, t.Country}
		was := verdicts[key]
		is := judge(was, t, tx.Now())
		if is == was {
			continue
		}
		changed = true
		var told []hookswitch.Event
		if is.Ill != was.Ill || is.Strikes > was.Strikes {
			told = append(told, h.event(is, t, tx.Now()))
		}
		if err := save(is, told...); err != nil {
			return nil, false, err
		}
		is.Version++
		verdicts[key] = is
	}
	return verdicts, changed, nil
}

// judge is the verdict after a tally. An ill provider is left alone until its time is over. Then what it does counts
// again: good work makes it well and forgets the past, more failures double the time out.
func judge(was hookswitch.ProviderHealth, t hookswitch.DeliveryTally, now time.Time) hookswitch.ProviderHealth {
	is := was
	is.ProviderID, is.Country = t.ProviderID, t.Country
	if was.Ill && now.Before(was.Until) || t.Settled < fewestSettled {
		return was
	}
	reason := ""
	switch share := float64(t.Delivered) / float64(t.Settled); {
	case share < illBelow:
		reason = fmt.Sprintf("delivered %d of %d messages", t.Delivered, t.Settled)
	case t.Took/time.Duration(t.Delivered) > slowAbove:
		reason = fmt.Sprintf("took %s on average to deliver", (t.Took / time.Duration(t.Delivered)).Round(time.Second))
	}
	if reason == "" {
		if was.Ill {
			is.Ill, is.Reason, is.Since, is.Until, is.Strikes = false, "", now, time.Time{}, 0
			return is
		}
		return was
	}
	is.Ill, is.Reason, is.Since, is.Strikes = true, reason, now, was.Strikes+1
	is.Until = now.Add(min(firstTimeOut<<min(was.Strikes, 8), longestOut))
	return is
}

func (h *Doctor) event(v hookswitch.ProviderHealth, t hookswitch.DeliveryTally, now time.Time) hookswitch.Event {
	result, reason := hookswitch.ResultSuccess, "Delivers to the country again"
	if v.Ill {
		result, reason = hookswitch.ResultFailure, "Tried last for the country: "+v.Reason
	}
	kind := hookswitch.ProviderHealthChanged
	return hookswitch.Event{
		UUID: hookswitch.NewUUID(now, h.random), Type: kind, Published: now, Severity: hookswitch.ResultDeny.Severity(),
		Message: kind.DisplayMessage(), Origin: hookswitch.Origin{Actor: hookswitch.SystemActor()}, Result: result, Reason: reason,
		Targets: []hookswitch.Entity{{ID: v.ProviderID, Type: "TelephonyProvider", AlternateID: t.Provider, DisplayName: t.Provider}},
		Debug: []hookswitch.Datum{
			{Key: "country", Value: v.Country}, {Key: "settled", Value: fmt.Sprint(t.Settled)},
			{Key: "delivered", Value: fmt.Sprint(t.Delivered)}, {Key: "until", Value: v.Until.UTC().Format(time.RFC3339)},
		},
	}
}
