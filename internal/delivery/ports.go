package delivery

import (
	"context"
	"time"

	"hookswitch"
)

// Tx is what this package asks of a store transaction. Every Update* is a compare-and-swap on the version that was
// read: the whole function runs again when the race was lost.
type Tx interface {
	Now() time.Time
	Delivery(id string) (hookswitch.Delivery, error)
	DeliveryByReference(providerID, reference string) (hookswitch.Delivery, bool, error)
	UpdateDelivery(d hookswitch.Delivery) error
	// ClaimDeliveries gives deliveries that are due, and makes sure that no other process gets them at the same time.
	ClaimDeliveries(limit int) ([]hookswitch.Delivery, error)
	StatusNotes(deliveryID string) ([]hookswitch.StatusNote, error)
	AddStatusNote(n hookswitch.StatusNote) error
	Challenge(id string) (hookswitch.Challenge, error)
	UpdateChallenge(c hookswitch.Challenge) error
	Limits(keys []string) (map[string]hookswitch.Bucket, error)
	UpdateLimit(key string, was, is hookswitch.Bucket) error
	AppendEvents(events ...hookswitch.Event) error
}

// Update runs fn in a transaction that is durable when it returns nil. fn is free of I/O and may run again.
type Update func(ctx context.Context, fn func(Tx) error) error

// Account is a configured provider, ready to send.
type Account struct {
	Entry    hookswitch.TelephonyProvider
	Provider hookswitch.Provider
	Hook     hookswitch.Entity // of a telephony hook; zero for a telephony provider
	// Fallback: it is inactive and takes over, last of all, when what is active surely failed. AfterTimeout: also when
	// that may have sent the message already, because the org accepts that it is sent twice.
	Fallback, AfterTimeout bool
}

// Accounts knows the configured providers.
type Accounts interface {
	// Accounts gives every configured provider, active or not, the primary first, then by age.
	Accounts(ctx context.Context) ([]Account, error)
}

// Health judges providers by what they did lately. The zero judgement is good health.
type Health interface {
	// Ill tells whether the provider should be tried last for the country, and why.
	Ill(providerID, country string, now time.Time) (reason string, ill bool)
	// Observe takes in the outcome of one attempt.
	Observe(providerID, country string, took time.Duration, failure hookswitch.Failure, now time.Time)
}
