package render

import (
	"strings"
	"time"
	"unicode"

	"hookswitch"
)

// How a call says a passcode. The digits come slowly enough to be written down, in groups that can be kept in mind.
const (
	betweenDigits = 400 * time.Millisecond
	betweenGroups = time.Second
	aroundCode    = 700 * time.Millisecond // before and after the digits
	beforeGoodbye = 4 * time.Second        // the time to press a key
	readings      = 3
	longestGroup  = 3
)

// Voice is the script of a call in the first of the languages that there are default texts in, or in English; the
// script tells which. The languages are read as by [Choose]. The error is [ErrNoCode].
func (c *Catalogue) Voice(p hookswitch.Purpose, v Values, languages ...string) (hookswitch.Script, error) {
	return c.Say(c.voice[TextOf(p)], v, languages...)
}

// Say is [Catalogue.Voice] with a custom sentence; the prompts at the end of the call are the default ones of the same
// language.
func (c *Catalogue) Say(sentence *Compiled, v Values, languages ...string) (hookswitch.Script, error) {
	if v.Code == "" {
		return hookswitch.Script{}, ErrNoCode
	}
	return c.script(sentence.choose(languages), v), nil
}

func (c *Catalogue) script(text compiledText, v Values) hookswitch.Script {
	if text.language == "" {
		text.language = English // nobody said what it is, and a voice needs a language
	}
	said := c.promptsIn(text.language)
	return hookswitch.Script{
		Language: text.language,
		Reading:  reading(text.parts, v),
		Times:    readings,
		Again:    []hookswitch.Piece{{Text: said.Again}, {Pause: beforeGoodbye}, {Text: said.Goodbye}},
	}
}

// promptsIn answers the prompts in the nearest language that there are any in.
func (c *Catalogue) promptsIn(language string) prompts {
	if said, ok := c.prompts[language]; ok {
		return said
	}
	return c.prompts[c.voice[hookswitch.Enrollment].choose([]string{language}).language]
}

// reading is the sentence once, with the passcode digit by digit. Pieces are words, not markup: what a name holds is
// said as it stands.
func reading(parts []part, v Values) []hookswitch.Piece {
	var pieces []hookswitch.Piece
	var words strings.Builder
	say := func() {
		s := strings.TrimSpace(words.String())
		if len(pieces) > 0 { // the full stop behind the digits is nothing to say
			s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
		}
		if s != "" {
			pieces = append(pieces, hookswitch.Piece{Text: s})
		}
		words.Reset()
	}
	pause := func(length time.Duration) {
		pieces = append(pieces, hookswitch.Piece{Pause: length})
	}
	for _, p := range parts {
		switch p.macro {
		case orgNameMacro:
			words.WriteString(clean(v.OrgName))
		case codeMacro:
			say()
			if len(pieces) > 0 {
				pause(aroundCode)
			}
			pieces = append(pieces, spell(v.Code.Reveal())...)
			pause(aroundCode)
		default:
			words.WriteString(p.words)
		}
	}
	say()
	return pieces
}

// spell says a passcode digit by digit. A digit stays the ASCII digit: the voice says it in its own language.
func spell(code string) []hookswitch.Piece {
	digits := strings.Split(strings.Join(strings.Fields(clean(code)), ""), "")
	pieces := make([]hookswitch.Piece, 0, 2*len(digits))
	for i, digit := range digits {
		if i > 0 {
			length := betweenDigits
			if beginsGroup(i, len(digits)) {
				length = betweenGroups
			}
			pieces = append(pieces, hookswitch.Piece{Pause: length})
		}
		pieces = append(pieces, hookswitch.Piece{Text: digit})
	}
	return pieces
}

// beginsGroup tells whether the i-th of n digits begins a group. Groups have at most three digits and are as even as
// can be, the longer ones first: four digits are two and two.
func beginsGroup(i, n int) bool {
	groups := (n + longestGroup - 1) / longestGroup
	short, long := n/groups, n%groups // long groups have one digit more
	if border := long * (short + 1); i >= border {
		return (i-border)%short == 0
	}
	return i%(short+1) == 0
}
