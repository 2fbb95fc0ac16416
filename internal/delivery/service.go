package delivery

import (
	"context"
	"io"
	"log/slog"
	"time"

	"hookswitch"
)

// Options are what a Service needs. All fields but Health are required.
type Options struct {
	Update         Update
	Accounts       Accounts
	Health         Health // nil: every provider is always in good health
	Now            func() time.Time
	Random         io.Reader // safe for concurrent use
	Owner          string    // names this process among all that share the store
	StatusDeadline time.Duration
	CallbackURL    func(provider hookswitch.ProviderName, deliveryID string) string
	RepeatURL      func(provider hookswitch.ProviderName, deliveryID string, script hookswitch.Script, expires time.Time) string
	Log            *slog.Logger
}

// Service sends and settles deliveries. It is safe for concurrent use and holds no state of a delivery.
type Service struct {
	update         Update
	accounts       Accounts
	health         Health
	now            func() time.Time
	random         io.Reader
	owner          string
	statusDeadline time.Duration
	callbackURL    func(hookswitch.ProviderName, string) string
	repeatURL      func(hookswitch.ProviderName, string, hookswitch.Script, time.Time) string
	log            *slog.Logger
}

// New makes a Service.
func New(o Options) *Service {
	s := &Service{
		update: o.Update, accounts: o.Accounts, health: o.Health, now: o.Now, random: o.Random, owner: o.Owner,
		statusDeadline: o.StatusDeadline, callbackURL: o.CallbackURL, repeatURL: o.RepeatURL, log: o.Log,
	}
	if s.health == nil {
		s.health = noHealth{}
	}
	return s
}

// account finds the configured provider that has a delivery.
func (s *Service) account(ctx context.Context, match func(hookswitch.TelephonyProvider) bool) (Account, error) {
	accounts, err := s.accounts.Accounts(ctx)
	if err != nil {
		return Account{}, err
	}
	for _, a := range accounts {
		if match(a.Entry) {
			return a, nil
		}
	}
	return Account{}, hookswitch.Refuse(hookswitch.NotFound, "This telephony provider is not configured.")
}
