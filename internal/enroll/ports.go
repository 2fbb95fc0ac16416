package enroll

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/delivery"
	"hookswitch/internal/phone"
	"hookswitch/internal/verify"
)

// Tx is what this package asks of a store transaction. UpdateFactor and DeleteFactor compare the version that was read;
// InsertFactor fails when the user has such a factor: the whole function runs again when the race was lost.
type Tx interface {
	Now() time.Time
	User(id string) (hookswitch.User, error)
	FactorsOf(userID string) ([]hookswitch.Factor, error)
	OwnedFactor(userID, id string) (hookswitch.User, hookswitch.Factor, error)
	InsertFactor(f hookswitch.Factor) error
	UpdateFactor(f hookswitch.Factor) error
	DeleteFactor(f hookswitch.Factor) error
	Challenge(id string) (hookswitch.Challenge, error)
	UpdateChallenge(c hookswitch.Challenge) error
	AppendEvents(events ...hookswitch.Event) error
}

// Transact runs fn in a transaction or, for View, on a snapshot. fn is free of I/O and may run again.
type Transact func(ctx context.Context, fn func(Tx) error) error

// Verifier is what this package asks of package verify.
type Verifier interface {
	Number(org hookswitch.Org, input, region string, channel hookswitch.Channel) (phone.Number, error)
	Issue(ctx context.Context, ask verify.Ask) (verify.Issued, error)
	Check(ctx context.Context, answer verify.Answer) (hookswitch.Factor, error)
}

// Accounts knows the configured providers.
type Accounts interface {
	Accounts(ctx context.Context) ([]delivery.Account, error)
}
