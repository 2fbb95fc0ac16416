package verify

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/delivery"
	"hookswitch/internal/render"
)

// Tx is what this package asks of a store transaction. Every Update* is a compare-and-swap on the version that was
// read, every Insert* fails when the row is there: the whole function runs again when the race was lost.
type Tx interface {
	LimitTx

	Factor(id string) (hookswitch.Factor, error)
	InsertFactor(f hookswitch.Factor) error
	// FactorInUse reads a factor of a user with all that a passcode is checked by.
	FactorInUse(userID, id string) (hookswitch.FactorInUse, error)
	UpdateFactor(f hookswitch.Factor) error
	// MarkFactor is UpdateFactor for a change that leaves the phone alone, and whether the factor is pending.
	MarkFactor(f hookswitch.Factor) error
	// FactorsOf gives the factors of a user, the oldest first.
	FactorsOf(userID string) ([]hookswitch.Factor, error)
	DeleteFactor(f hookswitch.Factor) error

	Challenge(id string) (hookswitch.Challenge, error)
	InsertChallenge(c hookswitch.Challenge) error
	UpdateChallenge(c hookswitch.Challenge) error

	Delivery(id string) (hookswitch.Delivery, error)
	InsertDelivery(d hookswitch.Delivery) error
	UpdateDelivery(d hookswitch.Delivery) error
}

// LimitTx is what Spend asks of a store transaction.
type LimitTx interface {
	Now() time.Time
	// Limits reads the state of the keys; a key that was never used has the zero state.
	Limits(keys []string) (map[string]hookswitch.Bucket, error)
	// UpdateLimit replaces what Limits read.
	UpdateLimit(key string, was, is hookswitch.Bucket) error

	AppendEvents(events ...hookswitch.Event) error
}

// Update runs fn in a transaction that is durable when it returns nil. fn is free of I/O and may run again.
type Update func(ctx context.Context, fn func(Tx) error) error

// Sender is what this package asks of package delivery.
type Sender interface {
	Begin(d hookswitch.Delivery, now time.Time) hookswitch.Delivery
	Deny(d hookswitch.Delivery, reason string, now time.Time) (hookswitch.Delivery, []hookswitch.Event)
	Send(ctx context.Context, job delivery.Job) (delivery.Outcome, error)
}

// Texts composes what the phone shows or says.
type Texts interface {
	SMS(ctx context.Context, w Words) (Text, error)
	// Call answers at least one script: the one that serves the languages best, and the same call in other languages for
	// a provider that has no voice for it.
	Call(ctx context.Context, w Words) ([]hookswitch.Script, error)
}

// Words is what the words of a message are chosen and filled by.
type Words struct {
	Purpose    hookswitch.Purpose
	TemplateID string   // of the SMS template that was asked for, "" for the one that serves
	Languages  []string // best first
	Country    string   // ISO 3166-1 alpha-2 of the phone, "" when unknown
	Code       hookswitch.Secret
	Org        hookswitch.Org
}

// Text is an SMS, and what the country of its phone demands of whoever carries it.
type Text struct {
	render.Text
	Regulation render.Regulation
}
