package render

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hookswitch"
)

// English is the language that speaks when no other serves.
const English = "en"

//go:embed texts/*.json
var files embed.FS

// Catalogue is the default texts of every language, for SMS and calls. It never changes and is safe for concurrent use.
type Catalogue struct {
	sms, voice map[hookswitch.Purpose]*Compiled
	defaults   map[hookswitch.Channel]map[hookswitch.Purpose]Template
	prompts    map[string]prompts // by language tag
	languages  []Language
}

// Language is a language that there are default texts in.
type Language struct {
	Tag     string // BCP 47
	English string // its name in English
	Native  string // its name in itself
}

// entry is one file of texts/, the words of one language. The file's name is the language's BCP 47 tag.
type entry struct {
	English string                        `json:"english"`
	Native  string                        `json:"native"`
	SMS     map[hookswitch.Purpose]string `json:"sms"`
	Voice   map[hookswitch.Purpose]string `json:"voice"` // one reading; the digits are said where ${code} stands
	Prompts prompts                       `json:"prompts"`
}

// prompts end a call.
type prompts struct {
	Again   string `json:"again"` // tells that a key press repeats the reading
	Goodbye string `json:"goodbye"`
}

// Purposes lists the purposes that have texts of their own; for the others, test sends and messages for another
// identity provider, see [TextOf].
func Purposes() []hookswitch.Purpose {
	return []hookswitch.Purpose{
		hookswitch.Enrollment, hookswitch.SignIn, hookswitch.PasswordReset, hookswitch.AccountUnlock, hookswitch.PushActivation,
	}
}

// TextOf is the purpose whose texts serve p: its own, or [hookswitch.Enrollment].
func TextOf(p hookswitch.Purpose) hookswitch.Purpose {
	switch p {
	case hookswitch.SignIn, hookswitch.PasswordReset, hookswitch.AccountUnlock, hookswitch.PushActivation:
		return p
	}
	return hookswitch.Enrollment
}

// Load reads the default texts. The error is a fault in the program's own data.
func Load() (*Catalogue, error) {
	entries, err := readEntries()
	if err != nil {
		return nil, err
	}
	c := &Catalogue{
		sms:      make(map[hookswitch.Purpose]*Compiled),
		voice:    make(map[hookswitch.Purpose]*Compiled),
		defaults: map[hookswitch.Channel]map[hookswitch.Purpose]Template{hookswitch.SMS: {}, hookswitch.Call: {}},
		prompts:  make(map[string]prompts, len(entries)),
	}
	for _, tag := range slices.Sorted(maps.Keys(entries)) {
		e := entries[tag]
		c.prompts[tag] = e.Prompts
		c.languages = append(c.languages, Language{tag, e.English, e.Native})
	}
	for _, purpose := range Purposes() {
		sms := gather(entries, func(e entry) string { return e.SMS[purpose] })
		voice := gather(entries, func(e entry) string { return e.Voice[purpose] })
		c.defaults[hookswitch.SMS][purpose], c.defaults[hookswitch.Call][purpose] = sms, voice
		if c.sms[purpose], err = Compile(sms); err != nil {
			return nil, fmt.Errorf("%w (SMS, %s)", err, purpose)
		}
		if c.voice[purpose], err = Compile(voice); err != nil {
			return nil, fmt.Errorf("%w (voice, %s)", err, purpose)
		}
	}
	return c, nil
}

// gather makes a template of one text per language, with English as its own text.
func gather(entries map[string]entry, text func(entry) string) Template {
	t := Template{Language: English, Text: text(entries[English]), Translations: make(map[string]string, len(entries))}
	for language, e := range entries {
		if language != English {
			t.Translations[language] = text(e)
		}
	}
	return t
}

func readEntries() (map[string]entry, error) {
	list, err := files.ReadDir("texts")
	if err != nil {
		return nil, fmt.Errorf("render: default texts: %w", err)
	}
	entries := make(map[string]entry, len(list))
	for _, file := range list {
		data, err := files.ReadFile("texts/" + file.Name())
		if err != nil {
			return nil, fmt.Errorf("render: default texts: %w", err)
		}
		var e entry
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("render: default texts: %s: %w", file.Name(), err)
		}
		entries[strings.TrimSuffix(file.Name(), ".json")] = e
	}
	return entries, nil
}

// Languages lists the languages of the default texts in the order of their tags.
func (c *Catalogue) Languages() []Language { return slices.Clone(c.languages) }

// Default is the default template of a purpose: the text of its SMS, or the sentence of its call. The caller may change
// it.
func (c *Catalogue) Default(channel hookswitch.Channel, p hookswitch.Purpose) Template {
	t := c.defaults[channel][TextOf(p)]
	t.Translations = maps.Clone(t.Translations)
	return t
}

// SMS fills the default text of a purpose. Its language is chosen as by [SMS]; the error is [ErrNoCode].
func (c *Catalogue) SMS(p hookswitch.Purpose, v Values, languages ...string) (Text, error) {
	return c.sms[TextOf(p)].SMS(v, languages...)
}
