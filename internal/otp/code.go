// Package otp makes one-time passcodes, keeps them out of sight, and compares what a
// person typed with the keyed digest that is stored in their place.
package otp

import (
	"fmt"
	"io"

	"hookswitch"
)

// Code is a passcode in clear. However it is printed, logged or encoded, it shows a
// placeholder; only Reveal gives the digits. The zero value is no code.
//
// The digits are behind a pointer because package fmt asks no methods of unexported fields
// and of %p: there it prints an address.
type Code struct{ digits *string }

const hidden = "[code]"

// New draws a passcode of so many decimal digits from random, which is crypto/rand.Reader
// in the product (OWASP ASVS 5.0, 6.5.3). Every code is equally likely: a byte of 250 or
// more is thrown away, because 256 is no multiple of ten.
// It refuses a number of digits outside [MinDigits] and [MaxDigits].
func New(random io.Reader, digits int) (Code, error) {
	if digits < MinDigits || digits > MaxDigits {
		return Code{}, hookswitch.RefuseField(hookswitch.Invalid, "digits", digitsRange)
	}
	var drawn [MaxDigits]byte
	var pool [16]byte
	for filled := 0; filled < digits; {
		if _, err := io.ReadFull(random, pool[:]); err != nil {
			return Code{}, fmt.Errorf("otp: no randomness: %w", err)
		}
		for _, b := range pool {
			if b < 250 && filled < digits {
				drawn[filled] = '0' + b%10
				filled++
			}
		}
	}
	return codeOf(string(drawn[:digits])), nil
}

func codeOf(digits string) Code { return Code{&digits} }

// Reveal gives the digits, none for the zero value. Each call is a place to review.
func (c Code) Reveal() string {
	if c.digits == nil {
		return ""
	}
	return *c.digits
}

// String hides the code.
func (Code) String() string { return hidden }

// GoString hides the code from %#v.
func (Code) GoString() string { return hidden }

// Format hides the code from every verb, also from those that make no sense for it.
func (Code) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, hidden) }

// MarshalText hides the code from structured logs and every encoding by text.
func (Code) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalJSON hides the code.
func (Code) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }
