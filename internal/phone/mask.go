package phone

import "strings"

// Mask writes a number for the people it may belong to: enough to know which of
// their phones is meant, too little to call it. Numbers of the North American plan
// look as Okta writes them, +1 XXX-XXX-1337; others keep their calling code and
// their last digits, +44 XXXXXX0123. Short numbers show two digits instead of four.
// What is no E.164 number is hidden whole.
func Mask(e164 string) string {
	code, national := split(e164)
	if code == "" {
		return "XXX"
	}
	shown := 4
	if len(national) < 8 {
		shown = 2
	}
	shown = min(shown, len(national)/2)
	last := national[len(national)-shown:]
	if code == "+1" && len(national) == 10 {
		return "+1 XXX-XXX-" + last
	}
	return code + " " + strings.Repeat("X", len(national)-shown) + last
}

// Redact writes a number for logs: its calling code and its last two digits,
// +1***23, the same length for every number of a country. What is no E.164 number
// becomes ***.
func Redact(e164 string) string {
	code, national := split(e164)
	if len(national) < 4 {
		return code + "***"
	}
	return code + "***" + national[len(national)-2:]
}

// split answers the calling code with its plus and the digits after it, both empty
// when e164 is not E.164.
func split(e164 string) (code, national string) {
	if !isPlusDigits(e164) {
		return "", ""
	}
	number := callingCode(e164[1:])
	if number == 0 {
		return "", ""
	}
	end := 1 + digitsOf(number)
	return e164[:end], e164[end:]
}
