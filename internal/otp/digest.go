package otp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"unicode"
)

// Digest is what is stored instead of a code: HMAC-SHA-256 under a secret key of the org
// (32 random bytes), over the challenge's id and the code. It is bound to the challenge,
// so that a row copied to another challenge matches nothing. A code has too few digits for
// a salted hash to protect it: the key does.
func Digest(key []byte, challengeID string, code Code) []byte {
	return digest(key, challengeID, []byte(code.Reveal()))
}

// Match tells whether input is the code that was digested. It takes what people type and
// paste: spaces, dashes and invisible marks anywhere, full-width or Arabic-Indic digits.
// The time it takes does not depend on the code, nor on how much of it was right.
func Match(stored, key []byte, challengeID, input string) bool {
	var buffer [MaxDigits]byte
	digits, ok := normalize(buffer[:0], input)
	same := hmac.Equal(stored, digest(key, challengeID, digits))
	return same && ok
}

func digest(key []byte, challengeID string, digits []byte) []byte {
	mac := hmac.New(sha256.New, key)
	// The length of the id keeps it and the code apart.
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(challengeID)))
	mac.Write(length[:])
	mac.Write([]byte(challengeID))
	mac.Write(digits)
	return mac.Sum(nil)
}

// maxInput bounds what is read of a typed code, in bytes: ten full-width digits with a
// separator around each fit.
const maxInput = 80

// normalize appends the digits of input in ASCII to dst. It is not ok when there is
// anything that is no part of a code, or more or fewer digits than a code can have.
func normalize(dst []byte, input string) (digits []byte, ok bool) {
	if len(input) > maxInput {
		return dst, false
	}
	for _, r := range input {
		digit, isDigit := asciiDigit(r)
		switch {
		case isDigit && len(dst) == MaxDigits:
			return dst, false
		case isDigit:
			dst = append(dst, digit)
		case unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Cf):
			// Between the digits, or pasted along with a right-to-left message.
		default:
			return dst, false
		}
	}
	return dst, len(dst) >= MinDigits
}

// asciiDigit knows the digits of the keyboards people use: ASCII, full-width, Arabic-Indic
// and its Persian and Urdu form.
func asciiDigit(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '\uFF10', '\u0660', '\u06F0'} {
		if r >= zero && r <= zero+9 {
			return byte(r-zero) + '0', true
		}
	}
	return 0, false
}
