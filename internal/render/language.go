package render

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// maxTag is the longest language tag, and maxAccepted the longest Accept-Language header, that are looked at.
const (
	maxTag      = 35 // https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1
	maxAccepted = 512
)

// Choose answers the first of the candidates that one of the languages at hand serves, as that language is spelled
// in have, or "" when none does. A candidate is a language tag (pt-BR), a locale (pt_BR) or an Accept-Language
// header; what cannot be read is passed over. The order of the candidates decides, then how near the languages are
// by CLDR (https://www.unicode.org/reports/tr35/#LanguageMatching): pt-BR is served by pt, nn by nb, zh-HK by zh-Hant.
func Choose(candidates, have []string) string {
	if i := newMatcher(have).choose(candidates); i >= 0 {
		return have[i]
	}
	return ""
}

// matcher finds the nearest of a fixed set of languages. It never changes and is safe for concurrent use.
type matcher struct {
	spelled map[string]int // index in the set by folded tag
	// The tables of CLDR take tens of microseconds to set up, and a language that is at hand as it is asked for
	// does not need them.
	nearest func() cldr
}

type cldr struct {
	language.Matcher
	indexes []int // index in the set by index in the matcher
}

func newMatcher(have []string) *matcher {
	m := &matcher{spelled: make(map[string]int, len(have))}
	for i, h := range slices.Backward(have) { // the first spelling of a language wins
		if h != "" {
			m.spelled[fold(h)] = i
		}
	}
	m.nearest = sync.OnceValue(func() cldr {
		var tags []language.Tag
		var indexes []int
		for i, h := range have {
			if tag, ok := readTag(h); ok {
				tags, indexes = append(tags, tag), append(indexes, i)
			}
		}
		return cldr{language.NewMatcher(tags), indexes}
	})
	return m
}

// choose answers an index in the set, or -1.
func (m *matcher) choose(candidates []string) int {
	for _, candidate := range candidates {
		if candidate == "" || len(candidate) > maxAccepted {
			continue
		}
		if i, ok := m.spelled[fold(candidate)]; ok {
			return i
		}
		if strings.ContainsAny(candidate, ",;") {
			accepted, _, _ := language.ParseAcceptLanguage(candidate) // best first; what is wrong is left out
			for _, tag := range accepted {
				if i := m.match(tag); i >= 0 {
					return i
				}
			}
		} else if tag, ok := readTag(candidate); ok {
			if i := m.match(tag); i >= 0 {
				return i
			}
		}
	}
	return -1
}

func (m *matcher) match(tag language.Tag) int {
	near := m.nearest()
	if len(near.indexes) == 0 {
		return -1
	}
	if _, i, confidence := near.Match(asWritten(tag)); confidence > language.No {
		return near.indexes[i]
	}
	return -1
}

// asWritten answers the language that a speaker reads: Cantonese is written as Chinese, most of it in Hong Kong, and
// CLDR matches the two only by their sound.
func asWritten(tag language.Tag) language.Tag {
	base, script, _ := tag.Raw()
	if base.String() != "yue" {
		return tag
	}
	if script.String() == "Hans" {
		return language.SimplifiedChinese
	}
	return language.MustParse("zh-HK")
}

// readTag reads what it can of a language tag or a locale such as pt_BR.UTF-8.
func readTag(s string) (language.Tag, bool) {
	if len(s) > maxTag {
		return language.Und, false
	}
	s, _, _ = strings.Cut(s, "@")
	tag, _ := language.Parse(s)
	base, _, _ := tag.Raw()
	return tag, base.String() != "und"
}

// canonical answers a tag as BCP 47 spells it, or "" when it is none.
func canonical(s string) string {
	if tag, ok := readTag(s); ok {
		return tag.String()
	}
	return ""
}

// fold makes two spellings of one tag equal where only case and the underscore tell them apart.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_':
			return '-'
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
