// Package phone reads the telephone numbers that people type, tells what kind
// of line they reach, and writes them for machines (E.164), for people (masked)
// and for logs (redacted).
//
// What is known of the world's numbering plans comes from libphonenumber's
// metadata. It is never complete, so an operator's [Overrides] are asked first.
package phone

import (
	"github.com/nyaruka/phonenumbers"
)

// Number is a telephone number that can be dialled from anywhere.
type Number struct {
	// E164 is "+", the country calling code and the national number, digits
	// only, at most fifteen of them: +12025550123.
	// See https://www.itu.int/rec/T-REC-E.164.
	E164 string
	// Region is the country or territory as two letters of ISO 3166-1, such as
	// "US" or "GG". It is empty for numbers of no country (+800, +881, +882 ...).
	Region string
	// CountryCode is the calling code without the plus: 1, 44, 998.
	CountryCode int
	// Line is the kind of line behind the number's range. Numbers can be ported,
	// so it is a good guess and not a proof.
	Line LineType
}

// Parse reads a number as people write it: with spaces, dashes, dots, slashes
// and brackets, with a leading 00 or the region's own international prefix, with
// full-width or Arabic-Indic digits, and with the invisible marks that phones add
// when a contact is copied. Letters are refused, and so are extensions, which
// have a field of their own (see [ParseExtension]).
//
// defaultRegion (ISO 3166-1, two letters) is the country of numbers written
// without a calling code; when it is empty, such numbers are refused.
// The error is always a [Problem].
func Parse(input, defaultRegion string) (Number, error) {
	return Overrides{}.Parse(input, defaultRegion)
}

// Parse is [Parse] with the operator's corrections: a number under one of the
// prefixes has that line type, also when the metadata does not know the number.
func (o Overrides) Parse(input, defaultRegion string) (Number, error) {
	var buffer [maxDigits + 1]byte
	dialled, problem := normalize(buffer[:0], input)
	if problem != none {
		return Number{}, problem
	}
	text := string(dialled)
	if text[0] == '+' {
		return o.international(text)
	}
	number, err := o.national(text, defaultRegion)
	// 00 is tried only after the region's own rules: in some countries it begins
	// a longer prefix, such as Australia's 0011.
	if err != nil && len(text) > 2 && text[:2] == "00" {
		return o.international("+" + text[2:])
	}
	return number, err
}

// international reads "+" and digits. A text that is E.164 already is the usual
// case and is judged as it stands; only when that fails is the library asked to
// take out what people add, such as the trunk zero of "+44 (0)20".
func (o Overrides) international(text string) (Number, error) {
	if code := callingCode(text[1:]); code > 0 && len(text)-1 <= maxE164Digits {
		if number, ok := o.judge(text, code); ok {
			return number, nil
		}
	}
	return o.parse(text, "")
}

func (o Overrides) national(text, region string) (Number, error) {
	if phonenumbers.GetCountryCodeForRegion(region) == 0 {
		return Number{}, NoCountry
	}
	return o.parse(text, region)
}

func (o Overrides) parse(text, region string) (Number, error) {
	parsed, err := phonenumbers.Parse(text, region)
	if err != nil {
		return Number{}, problemOf(err)
	}
	e164 := phonenumbers.Format(parsed, phonenumbers.E164)
	if len(e164)-1 > maxE164Digits {
		return Number{}, TooLong
	}
	if number, ok := o.judge(e164, int(parsed.GetCountryCode())); ok {
		return number, nil
	}
	return Number{}, reasonUnassigned(parsed)
}

// judge says what a number in E.164 is, and whether it is one at all.
func (o Overrides) judge(e164 string, code int) (Number, bool) {
	number := Number{E164: e164, CountryCode: code}
	national := e164[1+digitsOf(code):]
	if national == "" {
		return Number{}, false
	}
	parsed := protoOf(code, national)
	number.Region = regionOf(parsed)
	if line, ok := o.lookup(e164); ok {
		number.Line = line
		return number, true
	}
	number.Line = lineTypeOf(phonenumbers.GetNumberType(parsed))
	if number.Line == Unknown {
		return Number{}, false
	}
	if fictional(code, national, number.Line) {
		number.Line = Mobile
	}
	return number, true
}

// fictional tells the numbers that nobody has and that documentation, tests and
// the simulator use. They stand for mobile phones, so that every channel works.
//
//   - 555-0100 to 555-0199 in every geographic area code of the North American
//     plan are kept for fiction (https://nationalnanpa.com/number_resource_info/555_numbers.html).
//   - +1 500 555 0000 to 0099 are Twilio's test numbers; the plan has 500 as
//     personal numbers (https://www.twilio.com/docs/iam/test-credentials).
func fictional(code int, national string, line LineType) bool {
	if code != 1 || len(national) != 10 {
		return false
	}
	if national[:8] == "50055500" {
		return true
	}
	switch line {
	case FixedLine, Mobile, FixedOrMobile:
		return national[3:8] == "55501"
	}
	return false
}

// protoOf builds the library's form of a number, which keeps leading zeros (they
// belong to the number in Italy and elsewhere) beside the value.
func protoOf(code int, national string) *phonenumbers.PhoneNumber {
	var value uint64
	for i := range len(national) {
		value = value*10 + uint64(national[i]-'0')
	}
	country := int32(code)
	number := &phonenumbers.PhoneNumber{CountryCode: &country, NationalNumber: &value}
	zeros := 0
	for zeros < len(national)-1 && national[zeros] == '0' {
		zeros++
	}
	if zeros > 0 {
		leading, count := true, int32(zeros)
		number.ItalianLeadingZero, number.NumberOfLeadingZeros = &leading, &count
	}
	return number
}

// regionOf falls back to the main country of a calling code for numbers that only
// an override knows.
func regionOf(number *phonenumbers.PhoneNumber) string {
	region := phonenumbers.GetRegionCodeForNumber(number)
	if region == "" {
		region = phonenumbers.GetRegionCodeForCountryCode(int(number.GetCountryCode()))
	}
	if len(region) != 2 || region == phonenumbers.UNKNOWN_REGION {
		return ""
	}
	return region
}

// IsRegion tells whether the code is that of a country with a numbering plan, in ISO 3166-1 alpha-2.
func IsRegion(code string) bool { return phonenumbers.GetCountryCodeForRegion(code) != 0 }

// IsPrefix tells whether the text is the beginning of an E.164 number: + and a country calling code, or more of it.
func IsPrefix(text string) bool { return isPlusDigits(text) && callingCode(text[1:]) != 0 }
