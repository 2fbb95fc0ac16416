package phone

import (
	"unicode"
	"unicode/utf8"
)

const (
	// maxInput bounds what is looked at, in bytes. The longest honest input is
	// fifteen full-width digits with a separator after each.
	maxInput = 100
	// maxDigits leaves room for an international prefix before the number.
	maxDigits = 24
	// maxE164Digits is the limit of ITU-T E.164, section 6.1.
	maxE164Digits = 15
)

// normalize appends the digits of input in ASCII to dst, after a plus when input
// has one. Signs that only group digits are dropped.
func normalize(dst []byte, input string) ([]byte, Problem) {
	if len(input) > maxInput {
		return nil, TooLong
	}
	digits := 0
	for _, r := range input {
		if digit, ok := asciiDigit(r); ok {
			if digits++; digits > maxDigits {
				return nil, TooLong
			}
			dst = append(dst, digit)
			continue
		}
		switch {
		case r == '+' || r == '\uFF0B':
			if len(dst) > 0 {
				return nil, BadCharacter
			}
			dst = append(dst, '+')
		case !groups(r):
			return nil, BadCharacter
		}
	}
	if digits == 0 {
		return nil, Empty
	}
	return dst, none
}

// asciiDigit knows the digits of the keyboards people use: ASCII, full-width
// (Japanese, Chinese), Arabic-Indic and its Persian and Urdu form.
func asciiDigit(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '\uFF10', '\u0660', '\u06F0'} {
		if r >= zero && r <= zero+9 {
			return byte(r-zero) + '0', true
		}
	}
	return 0, false
}

// groups tells the signs people put between digits, and the invisible ones that
// come along when a number is copied from a contact.
func groups(r rune) bool {
	switch r {
	case '-', '.', '/', '(', ')', '[', ']', ' ', '\t',
		'\u2212',                     // minus sign
		'\uFF08', '\uFF09', '\uFF0E', // full-width brackets and full stop
		'\uFF0F', '\u30FC', // full-width slash, Japanese long vowel mark typed for a dash
		'\u00B7', '\u2022': // middle dot, bullet
		return true
	case utf8.RuneError:
		return false
	}
	// Space separators, dashes, and marks without width (direction, joiners, BOM).
	return r > 0x7F && unicode.In(r, unicode.Zs, unicode.Pd, unicode.Cf)
}
