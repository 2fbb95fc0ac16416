package admin

import (
	"context"
	"io"
	"time"

	"hookswitch"
	"hookswitch/internal/password"
)

// Tx is what this package asks of a store transaction. Every Update* and Delete* compares the version that was read,
// every Insert* fails when the row is there: the whole function runs again when the race was lost.
type Tx interface {
	Now() time.Time
	AppendEvents(events ...hookswitch.Event) error

	Providers() ([]hookswitch.TelephonyProvider, error)
	InsertProvider(p hookswitch.TelephonyProvider) error
	UpdateProvider(p hookswitch.TelephonyProvider) error
	DeleteProvider(p hookswitch.TelephonyProvider) error
	InlineHooks() ([]hookswitch.InlineHook, error)

	User(id string) (hookswitch.User, error)
	UserByLogin(login string) (hookswitch.User, error)
	ScanUsers(q hookswitch.UserQuery) ([]hookswitch.User, error)
	UsersWithPhone(e164 string, limit int) ([]hookswitch.User, error)
	InsertUser(u hookswitch.User) error
	UpdateUser(u hookswitch.User) error
	DeleteUser(u hookswitch.User) error
	DeleteSignInsOf(userID string) error
	FactorsOf(userID string) ([]hookswitch.Factor, error)
	DeleteFactor(f hookswitch.Factor) error
	Challenge(id string) (hookswitch.Challenge, error)
	UpdateChallenge(c hookswitch.Challenge) error
	AnyUser() (bool, error)
	RolesOf(userID string) ([]hookswitch.RoleAssignment, error)
	InsertRole(a hookswitch.RoleAssignment) error
	DeleteRole(a hookswitch.RoleAssignment) error
	ActiveWith(role hookswitch.Role, limit int) ([]hookswitch.User, error)

	TokenByDigest(digest string) (hookswitch.APIToken, error)
	Tokens() ([]hookswitch.APIToken, error)
	InsertToken(t hookswitch.APIToken, digest string) error
	DeleteToken(id string) error

	Org() (hookswitch.Org, error)
	InsertOrg(org hookswitch.Org) error
	UpdateOrg(org hookswitch.Org) error
	SetupToken(digest string) (hookswitch.SetupToken, error)
	InsertSetupToken(t hookswitch.SetupToken) error
	UseSetupTokens(digest string) error

	Secret(name string) (hookswitch.Secret, error)
	InsertSecret(name string, secret hookswitch.Secret) error
}

// Transact runs fn in a transaction or, for View, on a snapshot. fn is free of I/O and may run again.
type Transact func(ctx context.Context, fn func(Tx) error) error

// Check says what is wrong with a provider's settings, for the providers it knows, and which of its methods cannot send
// passcodes of so many digits.
type Check func(p hookswitch.TelephonyProvider, digits int) []hookswitch.Cause

// Options are what a Service needs. All fields are required.
type Options struct {
	Update Transact
	View   Transact
	Check  Check
	// Passwords is one for the whole process: it bounds the hashes that are made at once.
	Passwords *password.Hasher
	Random    io.Reader
}

// Service changes what an administrator may change. It is safe for concurrent use.
type Service struct {
	update    Transact
	view      Transact
	check     Check
	random    io.Reader
	passwords *password.Hasher
}

// New makes a Service.
func New(o Options) *Service {
	return &Service{update: o.Update, view: o.View, check: o.Check, passwords: o.Passwords, random: o.Random}
}

func (s *Service) event(tx Tx, kind hookswitch.EventType, origin hookswitch.Origin, target hookswitch.Entity, changed ...hookswitch.Datum) hookswitch.Event {
	return eventOf(kind, origin, target, tx.Now(), s.random, changed...)
}

// eventOf tells of a change that was made.
func eventOf(kind hookswitch.EventType, origin hookswitch.Origin, target hookswitch.Entity, now time.Time, random io.Reader, changed ...hookswitch.Datum) hookswitch.Event {
	return hookswitch.Event{
		UUID: hookswitch.NewUUID(now, random), Type: kind, Published: now, Severity: hookswitch.ResultSuccess.Severity(),
		Message: kind.DisplayMessage(), Origin: origin, Result: hookswitch.ResultSuccess, Targets: []hookswitch.Entity{target},
		Debug: append(changed, hookswitch.Datum{Key: "requestId", Value: origin.RequestID}),
	}
}
