package smstext

import "iter"

// The GSM 7-bit default alphabet and its extension table, TS 23.038, 6.2.1 and 6.2.1.1.
// National tables are left out: carriers do not offer them.
const (
	basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extension = "\f^{}\\[~]|€"
)

// widths is the number of septets of each character up to the last Greek capital, 0 for
// those outside the alphabet. The euro sign is the only one beyond.
var widths = widthsOf()

func widthsOf() (table ['Ω' + 1]uint8) {
	for _, r := range basic {
		table[r] = 1
	}
	for _, r := range extension {
		if r != '€' {
			table[r] = 2
		}
	}
	return table
}

func septets(r rune) int {
	switch {
	case uint32(r) < uint32(len(widths)):
		return int(widths[r])
	case r == '€':
		return 2
	}
	return 0
}

// Character is a character and where it stands in its text.
type Character struct {
	Rune  rune // U+FFFD for a byte that is no UTF-8
	Byte  int  // offset in bytes, from 0
	Index int  // number of characters before it
}

// Foreign walks over the characters that are not in GSM-7, each of which forces the whole
// text into UCS-2.
func Foreign(text string) iter.Seq[Character] {
	return func(yield func(Character) bool) {
		index := 0
		for i, r := range text {
			if septets(r) == 0 && !yield(Character{r, i, index}) {
				return
			}
			index++
		}
	}
}
