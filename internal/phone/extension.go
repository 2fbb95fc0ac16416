package phone

import "unicode"

// MaxExtension is how many keys and pauses an extension may have, as in Okta's
// phoneExtension (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/).
const MaxExtension = 15

// ParseExtension reads the keys that are pressed after a call is answered: digits, *
// and #, and pauses. It answers them in the alphabet that carriers dial
// (https://www.twilio.com/docs/voice/api/call-resource, SendDigits): w waits half a
// second and W one second; a comma, which phones use for a pause, becomes W.
// Spaces and dashes are dropped. No extension at all is the empty string.
// The error is always a [Problem].
func ParseExtension(input string) (string, error) {
	if len(input) > maxInput {
		return "", ExtensionTooLong
	}
	var buffer [MaxExtension]byte
	keys, pressed := buffer[:0], false
	for _, r := range input {
		key, isDigit := asciiDigit(r)
		switch {
		case isDigit:
			pressed = true
		case r == '*', r == '#':
			key, pressed = byte(r), true
		case r == 'w', r == 'W':
			key = byte(r)
		case r == ',':
			key = 'W'
		case r == '-', r == ' ', r > 0x7F && unicode.In(r, unicode.Zs, unicode.Pd, unicode.Cf):
			continue
		default:
			return "", ExtensionBadCharacter
		}
		if len(keys) == MaxExtension {
			return "", ExtensionTooLong
		}
		keys = append(keys, key)
	}
	if len(keys) > 0 && !pressed {
		return "", ExtensionNoKey
	}
	return string(keys), nil
}
