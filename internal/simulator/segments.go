package simulator

import (
	"strings"
	"unicode/utf16"
)

// gsm7 is the basic character set of GSM 03.38, gsm7Extended costs two.
// Source: 3GPP TS 23.038, section 6.2.1
const (
	gsm7         = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extended = "^{}\\[~]|€\f"
)

// segments is how many SMS a text takes: 160 septets or 70 UTF-16 units in
// one, 153 or 67 in each of several.
func segments(text string) int {
	septets := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune(gsm7, r):
			septets++
		case strings.ContainsRune(gsm7Extended, r):
			septets += 2
		default:
			return parts(len(utf16.Encode([]rune(text))), 70, 67)
		}
	}
	return parts(septets, 160, 153)
}

func parts(units, single, each int) int {
	if units <= single {
		return 1
	}
	return (units + each - 1) / each
}
