package phone

import (
	"errors"

	"github.com/nyaruka/phonenumbers"
)

// Problem says why a text is no phone number or no extension. It is an error that
// may be shown to anybody: it never holds the text it is about.
type Problem uint8

// What can be wrong with a number, then with an extension.
const (
	none Problem = iota
	// Empty: no digit at all.
	Empty
	// TooLong: more characters, or more digits, than any number has.
	TooLong
	// TooShort: too few digits to be a number of its country.
	TooShort
	// BadCharacter: a letter or another sign that no number has.
	BadCharacter
	// NoCountry: no calling code and no default region, or one that does not exist.
	NoCountry
	// Unassigned: no country has given out such a number.
	Unassigned
	// ExtensionTooLong: more than fifteen keys and pauses.
	ExtensionTooLong
	// ExtensionBadCharacter: a sign that is neither a key of a telephone nor a pause.
	ExtensionBadCharacter
	// ExtensionNoKey: pauses only.
	ExtensionNoKey
)

// Error is a sentence a person can act on.
func (p Problem) Error() string {
	switch p {
	case Empty:
		return "the phone number is empty"
	case TooLong:
		return "the phone number is too long"
	case TooShort:
		return "the phone number is too short"
	case BadCharacter:
		return "the phone number has a character that phone numbers do not have; letters and extensions are not part of it"
	case NoCountry:
		return "the phone number needs a valid country calling code, such as +1 or +44"
	case Unassigned:
		return "the phone number is not in use in any country"
	case ExtensionTooLong:
		return "the extension is longer than 15 characters"
	case ExtensionBadCharacter:
		return "the extension may only have digits, *, # and pauses (a comma or w)"
	case ExtensionNoKey:
		return "the extension has no digit"
	}
	return "not a phone number"
}

func problemOf(err error) Problem {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return NoCountry
	case errors.Is(err, phonenumbers.ErrTooShortAfterIDD), errors.Is(err, phonenumbers.ErrTooShortNSN),
		errors.Is(err, phonenumbers.ErrNotANumber):
		return TooShort
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return TooLong
	}
	return Unassigned
}

func reasonUnassigned(number *phonenumbers.PhoneNumber) Problem {
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return TooShort
	case phonenumbers.TOO_LONG:
		return TooLong
	}
	return Unassigned
}
