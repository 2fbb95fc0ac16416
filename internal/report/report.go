// Package report reads what happened: the System Log, page by page, and one delivery as a story that a help desk can
// read out.
package report

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/phone"
)

// Tx is what this package asks of a snapshot of the store.
type Tx interface {
	Now() time.Time
	Events(q hookswitch.LogQuery) ([]hookswitch.LoggedEvent, error)
	ScanEvents(q hookswitch.LogQuery, visit func(at hookswitch.LogPosition, e *hookswitch.LoggedEvent) bool) (int, error)
	Delivery(id string) (hookswitch.Delivery, error)
	DeliveriesTo(e164 string, limit int) ([]hookswitch.Delivery, error)
	DeliveriesFor(userID string, limit int) ([]hookswitch.Delivery, error)
	DeliveriesByReference(reference string) ([]hookswitch.Delivery, error)
	StatusNotes(deliveryID string) ([]hookswitch.StatusNote, error)
	Challenge(id string) (hookswitch.Challenge, error)
	UserByLogin(login string) (hookswitch.User, error)
}

// View runs fn on a snapshot.
type View func(ctx context.Context, fn func(Tx) error) error

// Service answers questions about what happened. It is safe for concurrent use.
type Service struct {
	view    View
	numbers *phone.Cache
	now     func() time.Time
	log     reader
}

// New makes a Service. It asks now for the time that reading takes.
func New(view View, numbers *phone.Cache, now func() time.Time) *Service {
	return &Service{view, numbers, now, reader{attributes()}}
}
