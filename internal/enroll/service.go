package enroll

import (
	"context"
	"io"

	"hookswitch"
)

// Options are what a Service needs. All fields are required.
type Options struct {
	Update   Transact
	View     Transact
	Verifier Verifier
	Accounts Accounts
	Org      func(ctx context.Context) (hookswitch.Org, error)
	Random   io.Reader
}

// Service enrols, lists and removes factors. It is safe for concurrent use.
type Service struct {
	update   Transact
	view     Transact
	verifier Verifier
	accounts Accounts
	org      func(ctx context.Context) (hookswitch.Org, error)
	random   io.Reader
}

// New makes a Service.
func New(o Options) *Service {
	return &Service{update: o.Update, view: o.View, verifier: o.Verifier, accounts: o.Accounts, org: o.Org, random: o.Random}
}

// Factors lists the factors of a user, the oldest first.
func (s *Service) Factors(ctx context.Context, userID string) ([]hookswitch.Factor, error) {
	_, factors, err := s.read(ctx, userID)
	return factors, err
}

// Factor gives one factor of a user.
func (s *Service) Factor(ctx context.Context, userID, factorID string) (hookswitch.Factor, error) {
	_, f, err := s.owned(ctx, userID, factorID)
	return f, err
}

func (s *Service) read(ctx context.Context, userID string) (hookswitch.User, []hookswitch.Factor, error) {
	var user hookswitch.User
	var factors []hookswitch.Factor
	err := s.view(ctx, func(tx Tx) error {
		var err error
		if user, err = tx.User(userID); err != nil {
			return err
		}
		factors, err = tx.FactorsOf(user.ID)
		return err
	})
	return user, factors, err
}

func (s *Service) owned(ctx context.Context, userID, factorID string) (user hookswitch.User, f hookswitch.Factor, err error) {
	err = s.view(ctx, func(tx Tx) error {
		user, f, err = tx.OwnedFactor(userID, factorID)
		return err
	})
	return user, f, err
}
