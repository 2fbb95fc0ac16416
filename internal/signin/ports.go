package signin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/verify"
)

// Tx is what this package asks of a store transaction. Every Update* and Delete* compares what was read, every Insert*
// fails when the row is there: the whole function runs again when the race was lost. Reading by a token's digest
// answers Unauthenticated when there is nothing.
type Tx interface {
	verify.LimitTx

	User(id string) (hookswitch.User, error)
	UserByLogin(login string) (hookswitch.User, error)
	UpdateUser(u hookswitch.User) error
	RolesOf(userID string) ([]hookswitch.RoleAssignment, error)
	FactorsOf(userID string) ([]hookswitch.Factor, error)

	WrongPasswords(userID string) (int, error)
	UpdateWrongPasswords(userID string, was, is int) error

	Authn(digest string) (hookswitch.Authn, error)
	InsertAuthn(a hookswitch.Authn) error
	UpdateAuthn(a hookswitch.Authn) error
	DeleteAuthn(a hookswitch.Authn) error

	SessionToken(digest string) (hookswitch.SessionToken, error)
	InsertSessionToken(t hookswitch.SessionToken) error
	DeleteSessionToken(digest string) error

	Session(digest string) (hookswitch.Session, error)
	SessionByID(id string) (hookswitch.Session, error)
	InsertSession(s hookswitch.Session) error
	ProlongSession(s hookswitch.Session) error
	DeleteSession(s hookswitch.Session) error
	DeleteSignInsOf(userID string) error
	SweepSignIns(limit int) (swept int, err error)
}

// Transact runs fn in a transaction or, for View, on a snapshot. fn is free of I/O and may run again.
type Transact func(ctx context.Context, fn func(Tx) error) error

// Verifier is what this package asks of package verify.
type Verifier interface {
	Issue(ctx context.Context, ask verify.Ask) (verify.Issued, error)
	Check(ctx context.Context, answer verify.Answer) (hookswitch.Factor, error)
}

// Passwords compares a password with a hash; an empty hash takes as long as any other and matches nothing.
type Passwords interface {
	Matches(ctx context.Context, password hookswitch.Secret, hash string) (bool, error)
}
