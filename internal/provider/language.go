package provider

import "strings"

// Language is what carriers' tables of languages and voices go by: a language and a region, both in lower case. A script
// counts only for Chinese, where it decides the region.
type Language struct {
	Base   string // ISO 639
	Region string // ISO 3166-1 or UN M.49, "" when not said
}

// ParseLanguage reads a BCP 47 tag as far as tables need it; it never fails.
func ParseLanguage(tag string) Language {
	parts := strings.Split(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	l := Language{Base: parts[0]}
	script := ""
	for _, part := range parts[1:] {
		switch {
		case len(part) == 4 && script == "" && l.Region == "":
			script = part
		case (len(part) == 2 || len(part) == 3) && l.Region == "":
			l.Region = part
		}
	}
	switch l.Base {
	case "zh":
		if l.Region == "" && script == "hant" {
			l.Region = "tw"
		}
	case "no":
		l.Base = "nb"
	case "iw":
		l.Base = "he"
	case "in":
		l.Base = "id"
	case "tl":
		l.Base = "fil"
	}
	return l
}

// Key is the language as tables name it: de, or de-at.
func (l Language) Key() string {
	if l.Region == "" {
		return l.Base
	}
	return l.Base + "-" + l.Region
}

// Find gives the key under which a table has the language: with its region, else without.
func (l Language) Find(has func(key string) bool) (key string, ok bool) {
	if has(l.Key()) {
		return l.Key(), true
	}
	return l.Base, has(l.Base)
}
