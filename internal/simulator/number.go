package simulator

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// parseNumber reads a phone number as people and carriers write it: with or
// without the plus, with spaces, dashes, dots and brackets. The answer is
// E.164. It asks for a possible number, not for one in service: the invented
// numbers that documentation uses must work here.
func parseNumber(s string) (string, bool) {
	var b strings.Builder
	b.WriteByte('+')
	for i, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0, r == ' ', r == '-', r == '.', r == '(', r == ')', r == '\u00a0':
		default:
			return "", false
		}
	}
	n := b.String()
	if len(n) < 8 || len(n) > 16 || n[1] == '0' {
		return "", false
	}
	return n, true
}

// possible tells whether the numbering plan of the number's country knows
// numbers of that length.
func possible(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

// country is the number's ISO country, "" when no plan knows it.
func country(e164 string) string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return ""
	}
	if region := phonenumbers.GetRegionCodeForNumber(n); region != "" && region != "ZZ" {
		return region
	}
	return phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
}
