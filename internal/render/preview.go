package render

import (
	"maps"
	"slices"
	"strings"

	"hookswitch"
	"hookswitch/internal/smstext"
)

// LanguagePreview is how one text of a template looks on the phone, and what it costs.
type LanguagePreview struct {
	Language string // as the template spells it; that of the template's own text may be ""
	Text     string // filled with a sample passcode
	Country  string // whose regulation is in the text, because with it the text takes most room
	smstext.Info
	Limit   int                 // how many units it may take
	Forcing []smstext.Character // what in Text keeps it from being GSM-7
}

// Preview shows every text of a template in the worst case that the limits allow, the template's own text first and
// then by language. It shows a template that is still being written: what is wrong with its macros stays as it
// stands, and what is not UTF-8 becomes U+FFFD. A text too large to be saved is cut.
func Preview(t Template, l Limits) []LanguagePreview {
	previews := []LanguagePreview{previewText(t.Language, t.Text, l)}
	spelled := slices.Sorted(maps.Keys(t.Translations))
	for _, s := range spelled[:min(len(spelled), maxLanguages)] {
		previews = append(previews, previewText(s, t.Translations[s], l))
	}
	return previews
}

func previewText(language, text string, l Limits) LanguagePreview {
	parts, _ := parse(bounded(text))
	worst := fillWorst(parts, l)
	return LanguagePreview{
		Language: language, Text: worst.text, Country: worst.country, Info: worst.info, Limit: l.units(worst.info.Encoding),
		Forcing: slices.Collect(smstext.Foreign(worst.text)),
	}
}

func bounded(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxText)], "\uFFFD")
}

// PreviewVoice is what a call says in each language of a template, in the order of [Preview], with a sample passcode.
func (c *Catalogue) PreviewVoice(t Template, l Limits) []hookswitch.Script {
	preview := func(language, text string) hookswitch.Script {
		parts, _ := parse(bounded(text))
		return c.script(compiledText{language, parts}, l.values())
	}
	scripts := []hookswitch.Script{preview(t.Language, t.Text)}
	spelled := slices.Sorted(maps.Keys(t.Translations))
	for _, s := range spelled[:min(len(spelled), maxLanguages)] {
		scripts = append(scripts, preview(canonical(s), t.Translations[s]))
	}
	return scripts
}
