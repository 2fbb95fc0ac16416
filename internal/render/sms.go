package render

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hookswitch"
)

// ErrNoCode is answered when a message is asked for without a passcode.
var ErrNoCode = errors.New("render: no passcode")

// Text is an SMS, ready to be sent.
type Text struct {
	Language string // BCP 47 tag of the words; "" when the template does not say
	Body     hookswitch.Secret
}

// SMS fills the template in the first of the languages that it has, or with its own text when it has none of them.
// The languages are read as by [Choose], and the length is not looked at: a template that was good when it was saved
// is sent. The error is a broken template (see [Compile]) or [ErrNoCode].
func SMS(t Template, v Values, languages ...string) (Text, error) {
	c, err := Compile(t)
	if err != nil {
		return Text{}, err
	}
	return c.SMS(v, languages...)
}

// Compiled is a template made ready for many messages. It never changes and is safe for concurrent use.
type Compiled struct {
	texts   []compiledText // the template's own text is the first
	matcher *matcher
}

type compiledText struct {
	language string
	parts    []part
}

// Compile reads a template. The error names the language and the first fault of a text that has no code or whose
// macros are broken; [Check] finds all of them.
func Compile(t Template) (*Compiled, error) {
	spelled := slices.Sorted(maps.Keys(t.Translations))
	c := &Compiled{texts: make([]compiledText, 0, 1+len(spelled))}
	if err := c.add(t.Language, t.Text); err != nil {
		return nil, err
	}
	for _, language := range spelled {
		if err := c.add(language, t.Translations[language]); err != nil {
			return nil, err
		}
	}
	c.matcher = newMatcher(append([]string{t.Language}, spelled...))
	return c, nil
}

func (c *Compiled) add(language, text string) error {
	parts, faults := parse(text)
	if len(faults) == 0 && !has(parts, codeMacro) {
		faults = []Finding{{Rule: MissingCode, Position: -1}}
	}
	if len(faults) > 0 {
		faults[0].Language = language
		return fmt.Errorf("render: template, language %q: %w", canonical(language), faults[0])
	}
	c.texts = append(c.texts, compiledText{canonical(language), parts})
	return nil
}

// choose answers the text for the first of the languages that is at hand, else the template's own.
func (c *Compiled) choose(languages []string) compiledText {
	return c.texts[max(0, c.matcher.choose(languages))]
}

// SMS is [SMS] with the template read before.
func (c *Compiled) SMS(v Values, languages ...string) (Text, error) {
	if v.Code == "" {
		return Text{}, ErrNoCode
	}
	text := c.choose(languages)
	return Text{Language: text.language, Body: hookswitch.Secret(body(text.parts, v))}, nil
}

// body is the whole SMS: what the country wants before the text, the text, what the country wants after it, and the
// line that lets a browser fill in the code, which must be the last
// (https://wicg.github.io/sms-one-time-codes/#parsing).
func body(parts []part, v Values) string {
	code, orgName, domain := clean(v.Code.Reveal()), clean(v.OrgName), clean(v.Domain)
	var b strings.Builder
	b.Grow(256)
	b.WriteString(v.Regulation.BrandPrefix)
	expand(&b, parts, code, orgName)
	b.WriteString(v.Regulation.OptOutSuffix)
	if domain != "" {
		b.WriteString("\n@" + domain + " #" + code)
	}
	return b.String()
}
