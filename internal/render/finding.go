package render

import (
	"fmt"
	"unicode"

	"hookswitch"
	"hookswitch/internal/smstext"
)

// Rule is a rule of templates. Its value is stable: the API answers it.
type Rule string

// The rules. All but NeedsUCS2 refuse a template.
const (
	TooManyLanguages   Rule = "too-many-languages"
	UnknownLanguage    Rule = "unknown-language"  // no BCP 47 tag of a language
	LanguageTwice      Rule = "language-twice"    // one language in two spellings: see Finding.Other
	TooBig             Rule = "too-big"           // more bytes than any SMS; nothing else was looked at
	NotUTF8            Rule = "not-utf-8"         //
	ControlCharacter   Rule = "control-character" // only line ends are allowed
	UnknownMacro       Rule = "unknown-macro"     // only ${code} and ${org.name} exist
	MacroWithoutDollar Rule = "macro-without-dollar"
	UnbalancedBrace    Rule = "unbalanced-brace"
	MissingCode        Rule = "missing-code"
	TooLong            Rule = "too-long"        // more segments than allowed once the macros are filled
	TooLongToSay       Rule = "too-long-to-say" // a sentence of a call that nobody would listen to
	NeedsUCS2          Rule = "needs-ucs2"      // only told: a segment has 70 instead of 160 characters
)

// Finding is one thing that [Check] has to say about a template. It is an error in words for an administrator.
type Finding struct {
	Rule     Rule
	Language string // of the text, as the template spells it; "" for its own text
	Other    string // the language that the same text has as well
	// Position is that of the character that is meant: how many characters of the text are before it. It is -1 when
	// none is, or when it came in with a value.
	Position  int
	Character string
	Encoding  smstext.Encoding
	Count     int    // SMS characters after the worst substitution (an extended GSM-7 character and an emoji are two), or those of a sentence
	Limit     int    // how many there may be
	Country   string // whose regulation makes the text longest; "" without one
}

// Refuses tells whether the template must not be saved.
func (f Finding) Refuses() bool { return f.Rule != NeedsUCS2 }

// Cause is the finding as a reason to refuse a request whose template is in the field "template" and its
// translations below "translations", as in Okta's API.
func (f Finding) Cause() hookswitch.Cause {
	field := "template"
	switch {
	case f.Rule == TooManyLanguages:
		field = "translations"
	case f.Language != "" && len(f.Language) <= maxTag:
		field = "translations." + f.Language
	case f.Language != "":
		field = "translations"
	}
	return hookswitch.Cause{Field: field, Text: f.Error()}
}

// Error is a sentence that an administrator can act on.
func (f Finding) Error() string {
	switch f.Rule {
	case TooManyLanguages:
		return fmt.Sprintf("there are more than %d translations", maxLanguages)
	case UnknownLanguage:
		return "this is not the tag of a language, such as pt or pt-BR"
	case LanguageTwice:
		return "this is the same language as " + f.Other
	case TooBig:
		return fmt.Sprintf("the text is larger than %d bytes", maxText)
	case NotUTF8:
		return fmt.Sprintf("the text is not valid UTF-8 at character %d", f.Position)
	case ControlCharacter:
		return fmt.Sprintf("the text has the control character %s at character %d", f.Character, f.Position)
	case UnknownMacro:
		return fmt.Sprintf("the macro at character %d is unknown: there are ${code} and ${org.name}", f.Position)
	case MacroWithoutDollar:
		return fmt.Sprintf("the macro at character %d is written ${code} or ${org.name}, with the dollar sign", f.Position)
	case UnbalancedBrace:
		return fmt.Sprintf("the brace at character %d has no partner", f.Position)
	case MissingCode:
		return "the text has no ${code}"
	case TooLong:
		return f.tooLong()
	case TooLongToSay:
		return fmt.Sprintf("the sentence has %d characters once its macros are filled, and %d are allowed", f.Count, f.Limit)
	case NeedsUCS2:
		return f.needsUCS2()
	}
	return string(f.Rule)
}

func (f Finding) tooLong() string {
	s := fmt.Sprintf("the text takes %d %s characters once its macros are filled, and %d are allowed", f.Count, f.Encoding, f.Limit)
	if f.Country != "" {
		s += " (with the regulation of " + f.Country + ")"
	}
	if f.Character != "" {
		s += "; " + f.needsUCS2()
	}
	return s
}

func (f Finding) needsUCS2() string {
	s := fmt.Sprintf("%s at character %d is not in the GSM-7 alphabet", f.Character, f.Position)
	if f.Position < 0 {
		s = fmt.Sprintf("%s, which a value brings in, is not in the GSM-7 alphabet", f.Character)
	}
	return s + ", so that a segment has 70 characters instead of 160"
}

// nameOf writes a character so that it can be seen: letters and signs in quotes, all others by their number.
func nameOf(r rune) string {
	if !unicode.IsGraphic(r) || unicode.IsSpace(r) || unicode.IsMark(r) {
		return fmt.Sprintf("%U", r)
	}
	return fmt.Sprintf("%q", string(r))
}
