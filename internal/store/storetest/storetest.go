// Package storetest is the suite that every database of the store passes.
package storetest

import (
	"testing"

	"hookswitch/internal/store"
)

// Open opens one and the same database, as often as it is called; each is closed when the test ends, if the test has
// not done so.
type Open func(t testing.TB, opts store.Options) *store.DB
