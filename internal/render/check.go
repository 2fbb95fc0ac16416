package render

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"hookswitch"
	"hookswitch/internal/smstext"
)

// What is larger is refused before it is read. Three segments have 459 characters at the most.
const (
	maxText      = 4096 // bytes of one text
	maxLanguages = 200
	// A sentence is said three times, and about 15 characters take a second.
	maxSentence = 300
)

// Limits is what a template may become once it is filled. What lies outside the ranges is taken as the nearest inside.
type Limits struct {
	Segments    int    // 1 to 3
	Digits      int    // of the passcode, 4 to 10
	OrgName     string // the longest name that ${org.name} can become
	Domain      string // of the autofill line, "" when it is off
	Regulations Regulations
}

func (l Limits) segments() int { return min(max(l.Segments, 1), 3) }

// units is how many units a text may take.
func (l Limits) units(e smstext.Encoding) int {
	if l.segments() > 1 {
		return l.segments() * e.Concatenated()
	}
	return e.Single()
}

// values is the substitution that takes most room. A sample passcode of that length is as long as any.
func (l Limits) values() Values {
	const sample = "1234567890"
	return Values{Code: hookswitch.Secret(sample[:min(max(l.Digits, 4), len(sample))]), OrgName: l.OrgName, Domain: l.Domain}
}

// Check tells everything that is to be said about a template before it is saved: the first offence against each rule
// in each text, the template's own text first and then by language. The template may be saved when no finding
// refuses it. A template that was saved under other limits is not checked again until it changes.
func Check(t Template, l Limits) []Finding {
	return check(t, func(text string, parts []part) []Finding { return checkLength(text, parts, l) })
}

// CheckVoice is [Check] for the sentence of a call, which has no segments but must come to an end.
func CheckVoice(t Template, l Limits) []Finding {
	return check(t, func(_ string, parts []part) []Finding { return checkSentence(parts, l) })
}

// measure tells whether a text is too long.
type measure func(text string, parts []part) []Finding

func check(t Template, long measure) []Finding {
	if len(t.Translations) > maxLanguages {
		return []Finding{{Rule: TooManyLanguages, Position: -1}}
	}
	findings := checkText(t.Text, long)
	spelled := slices.Sorted(maps.Keys(t.Translations))
	seen := make(map[string]string, len(spelled)+1)
	if t.Language != "" {
		tag, _ := language.Parse(t.Language)
		seen[identity(tag)] = t.Language
	}
	for _, s := range spelled {
		found := checkLanguage(s, seen)
		found = append(found, checkText(t.Translations[s], long)...)
		for i := range found {
			found[i].Language = s
		}
		findings = append(findings, found...)
	}
	return findings
}

func checkLanguage(spelled string, seen map[string]string) []Finding {
	if len(spelled) > maxTag {
		return []Finding{{Rule: UnknownLanguage, Position: -1}}
	}
	tag, err := language.Parse(spelled)
	if base, _, _ := tag.Raw(); err != nil || base.String() == "und" {
		return []Finding{{Rule: UnknownLanguage, Position: -1}}
	}
	id := identity(tag)
	if other, ok := seen[id]; ok {
		return []Finding{{Rule: LanguageTwice, Position: -1, Other: other}}
	}
	seen[id] = spelled
	return nil
}

// identity is the same for two tags that mean one language: pt-BR and pt_br, iw and he, nb and no, zh-TW and
// zh-Hant-TW. It differs for a language and its variety in one country, pt and pt-BR, which may both have a text.
func identity(tag language.Tag) string {
	tag, _ = language.All.Canonicalize(tag)
	base, _, region := tag.Raw()
	script, _ := tag.Script()
	parts := []string{base.String(), script.String(), region.String()}
	for _, variant := range tag.Variants() {
		parts = append(parts, variant.String())
	}
	for _, extension := range tag.Extensions() {
		parts = append(parts, extension.String())
	}
	return strings.Join(parts, "-")
}

func checkText(text string, long measure) []Finding {
	if len(text) > maxText {
		return []Finding{{Rule: TooBig, Position: -1}}
	}
	var findings []Finding
	if finding, ok := firstBadCharacter(text); ok {
		findings = append(findings, finding)
	}
	parts, faults := parse(text)
	findings = append(findings, firstOfEach(faults)...)
	if !has(parts, codeMacro) {
		findings = append(findings, Finding{Rule: MissingCode, Position: -1})
	}
	return append(findings, long(text, parts)...)
}

func firstOfEach(faults []Finding) []Finding {
	var first []Finding
	for _, fault := range faults {
		if !slices.ContainsFunc(first, func(f Finding) bool { return f.Rule == fault.Rule }) {
			first = append(first, fault)
		}
	}
	return first
}

func firstBadCharacter(text string) (Finding, bool) {
	position := 0
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return Finding{Rule: NotUTF8, Position: position}, true
			}
		}
		if unicode.IsControl(r) && r != '\n' && r != '\r' || overrides(r) {
			return Finding{Rule: ControlCharacter, Position: position, Character: nameOf(r)}, true
		}
		position++
	}
	return Finding{}, false
}

// checkLength counts what the text becomes in the worst case and tells what makes it UCS-2.
func checkLength(text string, parts []part, l Limits) []Finding {
	filled := fillWorst(parts, l)
	finding := Finding{
		Position: -1, Encoding: filled.info.Encoding, Count: filled.info.Units, Limit: l.units(filled.info.Encoding), Country: filled.country,
	}
	if finding.Encoding == smstext.UCS2 {
		for foreign := range smstext.Foreign(text) {
			finding.Position, finding.Character = foreign.Index, nameOf(foreign.Rune)
			break
		}
		if finding.Character == "" {
			for foreign := range smstext.Foreign(filled.text) {
				finding.Character = nameOf(foreign.Rune)
				break
			}
		}
	}
	switch {
	case filled.info.Segments > l.segments():
		finding.Rule = TooLong
	case finding.Encoding == smstext.UCS2:
		finding.Rule = NeedsUCS2
	default:
		return nil
	}
	return []Finding{finding}
}

func checkSentence(parts []part, l Limits) []Finding {
	var said strings.Builder
	v := l.values()
	expand(&said, parts, v.Code.Reveal(), clean(v.OrgName))
	if n := utf8.RuneCountInString(said.String()); n > maxSentence {
		return []Finding{{Rule: TooLongToSay, Position: -1, Count: n, Limit: maxSentence}}
	}
	return nil
}

// filled is a text in the worst case.
type filled struct {
	text    string
	info    smstext.Info
	country string // whose regulation it follows
}

// fillWorst fills the text once for every regulation and answers the one that takes most.
func fillWorst(parts []part, l Limits) filled {
	var worst filled
	for i, regulation := range append(Regulations{{}}, l.Regulations...) {
		v := l.values()
		v.Regulation = regulation
		text := body(parts, v)
		info := smstext.Count(text)
		if i == 0 || share(info) > share(worst.info) {
			worst = filled{text, info, regulation.Country}
		}
	}
	return worst
}

// share compares texts of both encodings by how much of their segments they fill.
func share(i smstext.Info) int {
	return i.Segments<<16 + i.Units*smstext.GSM7.Single()/i.Encoding.Single()
}

// overrides tells the marks that turn letters and digits around whatever they are, and with them the code.
func overrides(r rune) bool { return r == '\u202D' || r == '\u202E' }
