package twiml

import (
	"encoding/xml"
	"slices"
	"strings"
	"time"
	"unicode"
)

// say reads a Say verb: its text and, for the voices that understand it, the
// SSML inside (https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml).
func (p *parser) say(e xml.StartElement) ([]Piece, error) {
	a, err := p.attributes(e, "voice", "language", "loop")
	if err != nil {
		return nil, err
	}
	voice, language := a["voice"], a["language"]
	if voice == "" {
		voice = "man"
	}
	language, err = checkVoice(voice, language)
	if err != nil {
		return nil, p.fail(CodeSayVoice, "Say: %v", err)
	}
	loop, err := p.loop(a, CodeSayLoop)
	if err != nil {
		return nil, err
	}
	s := &speech{p: p, voice: voice, language: language, ssml: speaksSSML(voice), rate: 1}
	if err := s.inside(e, 0); err != nil {
		return nil, err
	}
	s.flush()
	if len(s.pieces) == 0 {
		return nil, p.fail(CodeSayText, "Say: there is nothing to say")
	}
	return slices.Repeat(s.pieces, loop), nil
}

// speech turns text and SSML into pieces.
type speech struct {
	p        *parser
	voice    string
	language string
	ssml     bool
	spell    bool
	rate     float64
	text     strings.Builder
	seconds  float64
	pieces   []Piece
}

// maxDepth is far deeper than any real SSML.
const maxDepth = 16

// ssmlAttributes is the SSML that Polly and Google voices understand.
var ssmlAttributes = map[string][]string{
	"break":    {"strength", "time"},
	"effect":   {"name", "phonation", "vocal-tract-length"}, // amazon:effect
	"emphasis": {"level"},
	"lang":     {"lang"},
	"mark":     {"name"},
	"p":        nil,
	"phoneme":  {"alphabet", "ph"},
	"prosody":  {"volume", "rate", "pitch"},
	"s":        nil,
	"say-as":   {"interpret-as", "role", "format"},
	"sub":      {"alias"},
	"w":        {"role"},
}

func (s *speech) inside(e xml.StartElement, depth int) error {
	if depth > maxDepth {
		return s.p.fail(CodeSchema, "<%s> is nested too deep", e.Name.Local)
	}
	for {
		t, err := s.p.token(e)
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			s.say(string(t))
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := s.element(t, depth); err != nil {
				return err
			}
		}
	}
}

func (s *speech) element(e xml.StartElement, depth int) error {
	name := e.Name.Local
	allowed, known := ssmlAttributes[name]
	if !known {
		return s.p.fail(CodeSchema, "<%s> may not stand inside <Say>", name)
	}
	if !s.ssml {
		return s.p.fail(CodeSchema, "the voice %q does not understand SSML (<%s>); use a Polly or Google voice", s.voice, name)
	}
	a, err := s.p.attributes(e, allowed...)
	if err != nil {
		return err
	}
	spell, rate, language := s.spell, s.rate, s.language
	restore := func() { s.spell, s.rate, s.language = spell, rate, language }
	switch name {
	case "break":
		seconds, ok := breakSeconds(a)
		if !ok {
			return s.p.fail(CodeSchema, "break: time is like 500ms or 2s, up to 10s")
		}
		s.pause(seconds)
	case "say-as":
		switch a["interpret-as"] {
		case "":
			return s.p.fail(CodeSchema, "say-as needs interpret-as")
		case "digits", "characters", "spell-out", "telephone", "verbatim":
			s.spell = true
		case "cardinal", "number", "ordinal", "fraction", "unit", "date", "time", "address", "interjection", "expletive", "currency", "bleep", "duration":
		default:
			return s.p.fail(CodeSchema, "say-as: interpret-as %q is not known", a["interpret-as"])
		}
	case "prosody":
		s.rate *= prosodyRate(a["rate"])
	case "lang":
		if l := a["lang"]; l != "" {
			s.flush()
			s.language = l
			defer restore()
			defer s.flush()
			return s.inside(e, depth+1)
		}
	case "sub":
		s.say(a["alias"])
		return s.p.skip(e)
	case "p", "s":
		defer s.pause(0.3)
	}
	defer restore()
	return s.inside(e, depth+1)
}

// say adds words to the piece being spoken.
func (s *speech) say(text string) {
	words := strings.Join(strings.Fields(text), " ")
	if words == "" {
		return
	}
	if s.spell {
		words = spellOut(words)
	}
	if s.text.Len() > 0 {
		s.text.WriteByte(' ')
	}
	s.text.WriteString(words)
	s.seconds += Seconds(words) / s.rate
}

func (s *speech) pause(seconds float64) {
	s.flush()
	if seconds > 0 {
		s.pieces = append(s.pieces, Piece{Kind: KindPause, Seconds: seconds})
	}
}

func (s *speech) flush() {
	if s.text.Len() == 0 {
		return
	}
	s.pieces = append(s.pieces, Piece{
		Kind: KindSay, Text: s.text.String(), Language: s.language, Voice: s.voice, Seconds: round(s.seconds),
	})
	s.text.Reset()
	s.seconds = 0
}

// Say is the pieces of a plain text: a line break is a longer pause. Other
// carriers than Twilio use it, their calls being plain text.
func Say(text, language, voice string) []Piece {
	var pieces []Piece
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if len(pieces) > 0 {
			pieces = append(pieces, Piece{Kind: KindPause, Seconds: 1})
		}
		pieces = append(pieces, Piece{Kind: KindSay, Text: line, Language: language, Voice: voice, Seconds: round(Seconds(line))})
	}
	return pieces
}

// Seconds estimates how long a text takes to say: about 15 letters a second,
// half a second for a digit, a fifth for an ideograph or a comma.
func Seconds(text string) float64 {
	total := 0.3
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			total += 0.45
		case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), unicode.Is(unicode.Hangul, r), unicode.IsPunct(r):
			total += 0.2
		default:
			total += 0.065
		}
	}
	return total
}

func round(seconds float64) float64 { return float64(int(seconds*10+0.5)) / 10 }

func spellOut(words string) string {
	var b strings.Builder
	for _, r := range words {
		if unicode.IsSpace(r) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func prosodyRate(rate string) float64 {
	switch rate {
	case "x-slow":
		return 0.5
	case "slow":
		return 0.75
	case "fast":
		return 1.25
	case "x-fast":
		return 1.5
	}
	return 1
}

func breakSeconds(a map[string]string) (float64, bool) {
	if v, ok := a["time"]; ok {
		d, err := time.ParseDuration(v)
		if err != nil || d < 0 || d > 10*time.Second {
			return 0, false
		}
		return d.Seconds(), true
	}
	switch a["strength"] {
	case "none":
		return 0, true
	case "x-weak", "weak":
		return 0.3, true
	case "", "medium":
		return 0.5, true
	case "strong":
		return 0.8, true
	case "x-strong":
		return 1.2, true
	}
	return 0, false
}
