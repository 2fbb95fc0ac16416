package hookswitch

import (
	"fmt"
	"io"
)

// Secret is a value that must not appear in a log, an error, an event or an answer: a provider's token, a passcode on
// its way to a carrier. Every way of printing it gives a placeholder; only Reveal gives the value.
type Secret string

const redacted = "[secret]"

// Reveal gives the value. Each call is a place to review.
func (s Secret) Reveal() string { return string(s) }

// String hides the value.
func (Secret) String() string { return redacted }

// Format hides the value from every verb. An unexported field cannot protect itself: never print a struct that has one.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the value from JSON and from structured logs.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
