package render

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"hookswitch"
)

// atWorst is what every default text is written for: a name of twenty letters and the longest passcode.
var atWorst = Limits{Segments: 1, Digits: 10, OrgName: strings.Repeat("W", 20)}

// defaultText is one text of one language, for SMS or a call.
type defaultText struct{ tag, name, text string }

func defaultTexts(t *testing.T) []defaultText {
	t.Helper()
	var all []defaultText
	for tag, e := range entries(t) {
		for _, purpose := range Purposes() {
			all = append(all, defaultText{tag, tag + ", SMS, " + string(purpose), e.SMS[purpose]})
			all = append(all, defaultText{tag, tag + ", call, " + string(purpose), e.Voice[purpose]})
		}
	}
	return all
}

func entries(t *testing.T) map[string]entry {
	t.Helper()
	entries, err := readEntries()
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestThereAreDefaultTextsInMoreThanThirtyLanguages(t *testing.T) {
	languages := load(t).Languages()
	if len(languages) < 32 {
		t.Errorf("%d languages", len(languages))
	}
	for _, l := range languages {
		if got := canonical(l.Tag); got != l.Tag {
			t.Errorf("%s is spelled %s", l.Tag, got)
		}
		if l.English == "" || l.Native == "" {
			t.Errorf("%s has no name", l.Tag)
		}
	}
}

func TestNoLanguageMissesAPurposeOrHasOneTwice(t *testing.T) {
	for tag, e := range entries(t) {
		for channel, texts := range map[string]map[hookswitch.Purpose]string{"SMS": e.SMS, "voice": e.Voice} {
			seen := make(map[string]hookswitch.Purpose)
			for _, purpose := range Purposes() {
				text := texts[purpose]
				if text == "" {
					t.Errorf("%s: no %s text for %s", tag, channel, purpose)
				}
				if other, ok := seen[text]; ok {
					t.Errorf("%s: the %s texts for %s and %s are the same", tag, channel, purpose, other)
				}
				seen[text] = purpose
			}
			if len(texts) != len(Purposes()) {
				t.Errorf("%s: %d %s texts for %d purposes", tag, len(texts), channel, len(Purposes()))
			}
		}
		if e.Prompts.Again == "" || e.Prompts.Goodbye == "" {
			t.Errorf("%s: a prompt is missing", tag)
		}
	}
}

func TestEveryDefaultTextFitsOneSegment(t *testing.T) {
	c := load(t)
	for _, purpose := range hookswitch.Purposes() {
		for _, finding := range Check(c.Default(hookswitch.SMS, purpose), atWorst) {
			if finding.Refuses() {
				t.Errorf("%s, %s: %v", purpose, finding.Language, finding)
			}
		}
	}
}

func TestEveryDefaultTextHasTheCodeAndTheNameOnce(t *testing.T) {
	for _, d := range defaultTexts(t) {
		for _, macro := range []string{"${code}", "${org.name}"} {
			if n := strings.Count(d.text, macro); n != 1 {
				t.Errorf("%s: %d times %s", d.name, n, macro)
			}
		}
	}
}

func TestEveryDefaultCallSpellsTheCode(t *testing.T) {
	c := load(t)
	for _, l := range c.Languages() {
		for _, purpose := range hookswitch.Purposes() {
			script, err := c.Voice(purpose, Values{Code: "9076541238", OrgName: "Acme"}, l.Tag)
			if err != nil {
				t.Fatal(err)
			}
			if script.Language != l.Tag || script.Times != 3 || len(script.Again) != 3 {
				t.Errorf("%s, %s: %+v", l.Tag, purpose, script)
			}
			if got := spelled(script); got != "9076541238" {
				t.Errorf("%s, %s says %s", l.Tag, purpose, got)
			}
			for i, piece := range slices.Concat(script.Reading, script.Again) {
				if (piece.Text == "") == (piece.Pause == 0) || strings.Contains(piece.Text, "${") {
					t.Errorf("%s, %s: piece %d is %+v", l.Tag, purpose, i, piece)
				}
				if len(piece.Text) > 1 && strings.ContainsFunc(piece.Text, unicode.IsDigit) {
					t.Errorf("%s, %s: %q has a digit that is not the code's", l.Tag, purpose, piece.Text)
				}
			}
			if !strings.Contains(script.Reading[0].Text, "Acme") {
				t.Errorf("%s, %s does not say who calls: %q", l.Tag, purpose, script.Reading[0].Text)
			}
		}
	}
}

func TestTheVerificationTextServesTestsAndRelayedMessages(t *testing.T) {
	c, v := load(t), Values{Code: "123456", OrgName: "Acme"}
	want, err := c.SMS(hookswitch.Enrollment, v, "de")
	if err != nil {
		t.Fatal(err)
	}
	for _, purpose := range []hookswitch.Purpose{hookswitch.Test, hookswitch.Relayed} {
		if got, err := c.SMS(purpose, v, "de"); err != nil || got != want {
			t.Errorf("%s: %s, %v", purpose, got.Body.Reveal(), err)
		}
	}
}

func TestDefaultTextsAreInTheUsersLanguageOrEnglish(t *testing.T) {
	c, v := load(t), Values{Code: "123456", OrgName: "Acme"}
	for asked, want := range map[string]string{"ja_JP": "ja", "zh-Hant-HK": "zh-HK", "no": "nb", "pt": "pt-BR", "tlh": "en", "": "en", "sr-Latn-ME": "sr-Latn"} {
		text, err := c.SMS(hookswitch.SignIn, v, asked)
		if err != nil || text.Language != want {
			t.Errorf("%q: SMS in %q, %v; want %q", asked, text.Language, err, want)
		}
		if script, err := c.Voice(hookswitch.SignIn, v, asked); err != nil || script.Language != want {
			t.Errorf("%q: call in %q, %v; want %q", asked, script.Language, err, want)
		}
	}
}

func TestADefaultTemplateIsTheCallersOwn(t *testing.T) {
	c := load(t)
	c.Default(hookswitch.SMS, hookswitch.SignIn).Translations["de"] = "changed"
	if got := c.Default(hookswitch.SMS, hookswitch.SignIn).Translations["de"]; got == "changed" {
		t.Error("the catalogue was changed")
	}
}

// scripts is what the letters of a language are, besides the Latin ones of "push" and of names.
var scripts = map[string][]*unicode.RangeTable{
	"Arab": {unicode.Arabic}, "Beng": {unicode.Bengali}, "Cyrl": {unicode.Cyrillic}, "Deva": {unicode.Devanagari},
	"Grek": {unicode.Greek}, "Hans": {unicode.Han}, "Hant": {unicode.Han}, "Hebr": {unicode.Hebrew},
	"Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "Kore": {unicode.Hangul}, "Latn": {unicode.Latin}, "Thai": {unicode.Thai},
}

// accented is every letter beyond a to z that the alphabet of a language with Latin letters has.
var accented = map[string]string{
	"ca": "àçèéíïòóúü", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "en": "", "es": "áéíñóúü", "es-419": "áéíñóúü",
	"et": "äõöüšž", "fi": "äöå", "fil": "ñ", "fr": "àâæçèéêëîïôœùûüÿ", "fr-CA": "àâæçèéêëîïôœùûüÿ", "hr": "čćđšž",
	"hu": "áéíóöőúüű", "id": "", "is": "áðéíóúýþæö", "it": "àèéìòù", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "ms": "",
	"nb": "æøåé", "nl": "éëïóü", "pl": "ąćęłńóśźż", "pt-BR": "àáâãçéêíóôõú", "pt-PT": "àáâãçéêíóôõú", "ro": "ăâîșț",
	"sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sr-Latn": "čćđšž", "sv": "åäöé", "tr": "âçğıiîöşü",
	"vi": "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
}

// Letters of another script look right and are wrong: they cost a search, a voice and sometimes a segment.
func TestDefaultTextsAreWrittenInTheLettersOfTheirLanguage(t *testing.T) {
	for _, d := range defaultTexts(t) {
		script, _ := language.MustParse(d.tag).Script()
		own, ok := scripts[script.String()]
		allowed, latin := accented[d.tag]
		if !ok || latin != (script.String() == "Latn") {
			t.Fatalf("nobody said what the letters of %s are", d.tag)
		}
		if !norm.NFC.IsNormalString(d.text) || strings.TrimSpace(d.text) != d.text || strings.Contains(d.text, "  ") {
			t.Errorf("%s: %q has letters that are not composed, or spaces too many", d.name, d.text)
		}
		for _, r := range strings.ToLower(foreignWords(d.text)) {
			switch {
			case r == ' ', r == 'ー':
			case !unicode.In(r, own...):
				t.Errorf("%s: %q in %q is not of %s", d.name, r, d.text, script)
			case latin && r > unicode.MaxASCII && !strings.ContainsRune(allowed, r):
				t.Errorf("%s: %q in %q is not in the alphabet", d.name, r, d.text)
			}
		}
	}
}

// foreignWords is the words that are not all ASCII; the others are "push", names, or words of the Latin alphabet.
func foreignWords(text string) string {
	text = strings.NewReplacer("${code}", " ", "${org.name}", " ").Replace(text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.Join(slices.DeleteFunc(words, func(word string) bool {
		return !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII })
	}), " ")
}

// A phone takes the direction of a text from its first letter, and a name in Latin letters draws the code that
// follows it to its own side unless a mark stands between them.
func TestATextFromRightToLeftStaysSo(t *testing.T) {
	const mark = "\u200F"
	for tag, e := range entries(t) {
		for purpose, text := range e.SMS {
			first := strings.IndexFunc(text, unicode.IsLetter)
			if rightToLeft(tag) && (first != 0 || !strings.Contains(text, "${org.name}"+mark)) {
				t.Errorf("%s, %s: %q", tag, purpose, text)
			}
			if !rightToLeft(tag) && strings.Contains(text, mark) {
				t.Errorf("%s, %s has a mark from right to left", tag, purpose)
			}
		}
	}
}

func rightToLeft(tag string) bool {
	script, _ := language.MustParse(tag).Script()
	return script.String() == "Arab" || script.String() == "Hebr"
}
