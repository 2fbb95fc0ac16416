package app

import (
	"context"
	"crypto/sha256"
	"sync"
	"sync/atomic"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

// freshFor is how long what was read of settings counts without being read again. A change that this process made counts
// at once; one that another node or a command made, within this time.
const freshFor = time.Second

// mostAnswers bounds what is kept: there are a few settings and, at most, as many good tokens as are in use.
const mostAnswers = 1000

// changes counts the changes of settings that this process made.
type changes struct{ count atomic.Int64 }

// noting is an update that counts as a change of settings when it ends, whatever its outcome.
func noting[T any](c *changes, update func(context.Context, func(T) error) error) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		defer c.count.Add(1)
		return update(ctx, fn)
	}
}

// recent keeps answers about settings that every request asks for. What it answers is shared: nobody may change it.
type recent[K comparable, V any] struct {
	changes *changes
	now     func() time.Time

	mu      sync.Mutex
	answers map[K]answer[V]
}

type answer[V any] struct {
	value  V
	asked  time.Time
	change int64
}

func newRecent[K comparable, V any](c *changes, now func() time.Time) *recent[K, V] {
	return &recent[K, V]{changes: c, now: now, answers: make(map[K]answer[V])}
}

// get gives the answer that is known, or asks. An error is not kept.
func (r *recent[K, V]) get(key K, ask func() (V, error)) (V, error) {
	change, now := r.changes.count.Load(), r.now()
	r.mu.Lock()
	known, ok := r.answers[key]
	r.mu.Unlock()
	if age := now.Sub(known.asked); ok && known.change == change && age >= 0 && age < freshFor {
		return known.value, nil
	}
	value, err := ask()
	if err != nil {
		return value, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.answers) >= mostAnswers {
		clear(r.answers)
	}
	r.answers[key] = answer[V]{value, now, change}
	return value, nil
}

// settings are what every request asks of the administrators' part.
type settings struct {
	admin   *admin.Service
	callers *recent[[sha256.Size]byte, hookswitch.Caller]
	orgs    *recent[struct{}, hookswitch.Org]
	senders *recent[struct{}, admin.Carriers]
}

func newSettings(service *admin.Service, c *changes, now func() time.Time) *settings {
	return &settings{
		admin:   service,
		callers: newRecent[[sha256.Size]byte, hookswitch.Caller](c, now),
		orgs:    newRecent[struct{}, hookswitch.Org](c, now),
		senders: newRecent[struct{}, admin.Carriers](c, now),
	}
}

// Authenticate answers who bears a token. It is kept by its digest, so that what a look-up takes says nothing about how
// much of a wrong token is right.
func (s *settings) Authenticate(ctx context.Context, token hookswitch.Secret) (hookswitch.Caller, error) {
	return s.callers.get(sha256.Sum256([]byte(token.Reveal())), func() (hookswitch.Caller, error) { return s.admin.Authenticate(ctx, token) })
}

// org is the org as messages and passcodes see it.
func (s *settings) org(ctx context.Context) (hookswitch.Org, error) {
	return s.orgs.get(struct{}{}, func() (hookswitch.Org, error) { return s.admin.Org(ctx) })
}

// pace is what administrators set for the requests of the API; nothing while the store does not answer.
func (s *settings) pace(ctx context.Context) httpd.Pace {
	org, err := s.org(ctx)
	if err != nil {
		return httpd.Pace{}
	}
	return httpd.Pace(org.Pace)
}

// trusts tells whether an administrator trusts the pages of an origin; of none while the store does not answer.
func (s *settings) trusts(ctx context.Context, origin string) bool {
	org, err := s.org(ctx)
	return err == nil && org.TrustsPages(origin)
}

// carriers is what messages see of the configured providers and hooks, which ask reads.
func (s *settings) carriers(ask func(context.Context) (admin.Carriers, error)) func(context.Context) (admin.Carriers, error) {
	return func(ctx context.Context) (admin.Carriers, error) {
		return s.senders.get(struct{}{}, func() (admin.Carriers, error) { return ask(ctx) })
	}
}
