package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"hookswitch"
)

// Template is a text with its translations. The macros are ${code}, which every text needs, and ${org.name}
// (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Template/).
type Template struct {
	Text string // for every language without a translation
	// Language is the BCP 47 tag of Text, in a custom template that of the org. When it is "", nobody who asks for
	// the language of Text is known to be served by it, and a translation that suits a later choice goes first.
	Language     string
	Translations map[string]string // text by language tag, as the administrator spelled it
}

// Values is what a message is filled with. They are text: a macro or markup in them is never expanded.
type Values struct {
	Code       hookswitch.Secret
	OrgName    string
	Domain     string     // host for the autofill line, "" for none
	Regulation Regulation // what the country of the phone demands; zero for nothing
}

// Speaks tells whether a translation is in the language itself, whatever its spelling; pt and pt-BR are two.
func (t Template) Speaks(tag string) bool {
	wanted, err := language.Parse(tag)
	if err != nil {
		return false
	}
	for spelled := range t.Translations {
		if have, err := language.Parse(spelled); err == nil && len(spelled) <= maxTag && identity(have) == identity(wanted) {
			return true
		}
	}
	return false
}

type macro uint8

// What a part of a text is.
const (
	plain macro = iota
	codeMacro
	orgNameMacro
)

var macroNames = [...]string{codeMacro: "code", orgNameMacro: "org.name"}

// part is a run of words as they stand, or a macro.
type part struct {
	macro macro
	words string
}

// parse splits a text in one pass from left to right. What is wrong with the braces or the macros is reported and
// stays in the text as words, so that a preview can show it.
func parse(text string) ([]part, []Finding) {
	var parts []part
	var faults []Finding
	fault := func(rule Rule, at int) {
		faults = append(faults, Finding{Rule: rule, Position: utf8.RuneCountInString(text[:at])})
	}
	start, opened := 0, -1
	for i := 0; i < len(text); {
		switch {
		case strings.HasPrefix(text[i:], "${"):
			end := i + 2 + strings.IndexAny(text[i+2:]+"{", "{}$\n")
			if end >= len(text) || text[end] != '}' {
				fault(UnbalancedBrace, i)
				i += 2
				continue
			}
			found := macroNamed(text[i+2 : end])
			if found == plain {
				fault(UnknownMacro, i)
				i = end + 1
				continue
			}
			if start < i {
				parts = append(parts, part{words: text[start:i]})
			}
			parts = append(parts, part{macro: found})
			i = end + 1
			start = i
			continue
		case text[i] == '{':
			if opened >= 0 {
				fault(UnbalancedBrace, opened)
			}
			opened = i
		case text[i] == '}' && opened < 0:
			fault(UnbalancedBrace, i)
		case text[i] == '}':
			// Okta's console writes macros without the dollar sign, so they are pasted that way.
			if macroNamed(text[opened+1:i]) != plain {
				fault(MacroWithoutDollar, opened)
			}
			opened = -1
		}
		i++
	}
	if opened >= 0 {
		fault(UnbalancedBrace, opened)
	}
	if start < len(text) {
		parts = append(parts, part{words: text[start:]})
	}
	return parts, faults
}

func macroNamed(name string) macro {
	for m := codeMacro; int(m) < len(macroNames); m++ {
		if macroNames[m] == name {
			return m
		}
	}
	return plain
}

func has(parts []part, m macro) bool {
	for _, p := range parts {
		if p.macro == m {
			return true
		}
	}
	return false
}

// expand writes the parts once, from left to right; what it writes is not read again.
func expand(b *strings.Builder, parts []part, code, orgName string) {
	for _, p := range parts {
		switch p.macro {
		case codeMacro:
			b.WriteString(code)
		case orgNameMacro:
			b.WriteString(orgName)
		default:
			b.WriteString(p.words)
		}
	}
}

// clean makes a value fit to stand in a line of text: control characters, which could begin a line of their own,
// become spaces, and marks that could turn the digits of the code around are dropped.
func clean(value string) string {
	if strings.IndexFunc(value, unfit) < 0 && utf8.ValidString(value) {
		return value
	}
	return strings.Map(func(r rune) rune {
		switch {
		case reorders(r):
			return -1
		case unfit(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(value, "\uFFFD"))
}

func unfit(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || reorders(r)
}

// reorders tells the embeddings, overrides and isolates of https://www.unicode.org/reports/tr9/#Directional_Formatting_Codes;
// the plain marks (LRM, RLM, ALM) only lean and are welcome.
func reorders(r rune) bool {
	return '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069'
}
