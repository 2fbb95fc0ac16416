package phone

import "github.com/nyaruka/phonenumbers"

// callingCode reads the country calling code that digits begin with, or answers 0.
// Codes have one to three digits and none is the beginning of another.
// See https://www.itu.int/pub/T-SP-E.164D.
func callingCode(digits string) int {
	supported := phonenumbers.GetSupportedCallingCodes()
	code := 0
	for i := range min(len(digits), 3) {
		code = code*10 + int(digits[i]-'0')
		if code == 0 {
			return 0
		}
		if supported[code] {
			return code
		}
	}
	return 0
}

func digitsOf(code int) int {
	switch {
	case code < 10:
		return 1
	case code < 100:
		return 2
	}
	return 3
}
