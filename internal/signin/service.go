package signin

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"hookswitch"
)

// Options are what a Service needs. All fields are required.
type Options struct {
	Update    Transact
	View      Transact
	Org       func(ctx context.Context) (hookswitch.Org, error)
	Verifier  Verifier
	Passwords Passwords
	Random    io.Reader
	Log       *slog.Logger
}

// Service lets people in. It is safe for concurrent use.
type Service struct {
	update    Transact
	view      Transact
	org       func(ctx context.Context) (hookswitch.Org, error)
	verifier  Verifier
	passwords Passwords
	random    io.Reader
	log       *slog.Logger
}

// New makes a Service.
func New(o Options) *Service {
	return &Service{
		update: o.Update, view: o.View, org: o.Org, verifier: o.Verifier, passwords: o.Passwords, random: o.Random, log: o.Log,
	}
}

// change runs fn in a transaction. A problem that fn answers is an answer and no error: what fn wrote about it stays.
func (s *Service) change(ctx context.Context, fn func(Tx) error) error {
	var refused *hookswitch.Problem
	err := s.update(ctx, func(tx Tx) error {
		refused = nil
		err := fn(tx)
		if errors.As(err, &refused) {
			return nil
		}
		return err
	})
	if err == nil && refused != nil {
		return refused
	}
	return err
}

// sweepAtOnce bounds one transaction of Sweep.
const sweepAtOnce = 500

// Sweep forgets what has expired: transactions, session tokens and sessions. Nothing that has expired is ever good, so
// it may be called as seldom as one likes. It answers whether there may be more to forget.
func (s *Service) Sweep(ctx context.Context) (more bool, err error) {
	err = s.update(ctx, func(tx Tx) error {
		swept, err := tx.SweepSignIns(sweepAtOnce)
		more = swept == sweepAtOnce
		return err
	})
	return more, err
}
