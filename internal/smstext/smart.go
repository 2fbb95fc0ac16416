package smstext

import "strings"

// Replacement is a character that Smart replaced.
type Replacement struct {
	Character
	With string // "" when it was left out
}

// Smart replaces what word processors and phones put into a text (curly quotes, long
// dashes, no-break spaces, tabs, full-width letters) by its plain form, and says what it
// changed. It does so only when the whole text then travels in GSM-7: a text that needs
// UCS-2 anyway, a Japanese one for example, is left as it is. Letters never lose their
// accents.
func Smart(text string) (string, []Replacement) {
	var replacements []Replacement
	for c := range Foreign(text) {
		with, ok := plain(c.Rune)
		if !ok {
			return text, nil
		}
		replacements = append(replacements, Replacement{c, with})
	}
	if replacements == nil {
		return text, nil
	}
	var b strings.Builder
	b.Grow(len(text))
	done := 0
	for _, r := range replacements {
		b.WriteString(text[done:r.Byte])
		b.WriteString(r.With)
		done = r.Byte + len(string(r.Rune))
	}
	b.WriteString(text[done:])
	return b.String(), replacements
}

// plain answers what says the same in GSM-7.
func plain(r rune) (string, bool) {
	switch {
	case r >= '\uFF01' && r <= '\uFF5E': // full-width forms of ASCII
		ascii := r - 0xFEE0
		if ascii == '`' {
			return "'", true
		}
		return string(ascii), true
	case r >= '\u2000' && r <= '\u200A': // spaces of all widths
		return " ", true
	}
	switch r {
	case '\t', '\u00A0', '\u1680', '\u202F', '\u205F', '\u3000':
		return " ", true
	case '\u2028', '\u2029', '\v', '\u0085': // line and paragraph separators
		return "\n", true
	case '\u00AD', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF': // no width, no meaning in GSM-7
		return "", true
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2043', '\u2212', '\uFE58', '\uFE63':
		return "-", true
	case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032', '\u2035', '\u00B4', '`', '\u02B9', '\u02BB', '\u02BC', '\u2039', '\u203A':
		return "'", true
	case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033', '\u2036', '\u00AB', '\u00BB', '\u02BA', '\u301D', '\u301E', '\u301F':
		return `"`, true
	case '\u2026':
		return "...", true
	case '\u2022', '\u00B7', '\u2219', '\u25CF':
		return "*", true
	case '\u2044', '\u2215':
		return "/", true
	case '\u00D7':
		return "x", true
	}
	return "", false
}
