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
// is sent. The error is a broken text (see [Compile]) or [ErrNoCode]. Who sends often compiles once.
func SMS(t Template, v Values, languages ...string) (Text, error) {
	if v.Code == "" {
		return Text{}, ErrNoCode
	}
	have := t.languages()
	text, err := t.compile(have[max(0, newMatcher(have).choose(languages))])
	if err != nil {
		return Text{}, err
	}
	return text.sms(v), nil
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
	have := t.languages()
	c := &Compiled{texts: make([]compiledText, len(have)), matcher: newMatcher(have)}
	for i, language := range have {
		var err error
		if c.texts[i], err = t.compile(language); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// languages lists the languages of the texts; that of the template's own text, which may be "", is the first.
func (t Template) languages() []string {
	return append([]string{t.Language}, slices.Sorted(maps.Keys(t.Translations))...)
}

// compile reads the text of one of the languages.
func (t Template) compile(language string) (compiledText, error) {
	text, ok := t.Translations[language]
	if !ok {
		text = t.Text
	}
	parts, faults := parse(text)
	if len(faults) == 0 && !has(parts, codeMacro) {
		faults = []Finding{{Rule: MissingCode, Position: -1}}
	}
	if len(faults) > 0 {
		return compiledText{}, fmt.Errorf("render: template, language %q: %w", canonical(language), faults[0])
	}
	return compiledText{canonical(language), parts}, nil
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
	return c.choose(languages).sms(v), nil
}

func (t compiledText) sms(v Values) Text {
	return Text{Language: t.language, Body: hookswitch.Secret(body(t.parts, v))}
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
