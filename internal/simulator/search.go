package simulator

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// search is a parsed query: every term must match.
type search []term

type term struct {
	key  string // "" searches everything
	want string // folded
	not  bool
}

var searchKeys = []string{"to", "from", "text", "code", "channel", "provider", "is"}

// maxTerms bounds a query.
const maxTerms = 20

// parseSearch reads words and key:value pairs; quotes keep spaces together,
// "!" in front turns a term round. Keys: to, from, text, code, channel,
// provider; is:inbound finds what phones sent.
func parseSearch(q string) (search, error) {
	var terms search
	for q = strings.TrimLeftFunc(q, unicode.IsSpace); q != ""; q = strings.TrimLeftFunc(q, unicode.IsSpace) {
		var t term
		var err error
		if t, q, err = parseTerm(q); err != nil {
			return nil, err
		}
		if terms = append(terms, t); len(terms) > maxTerms {
			return nil, fmt.Errorf("a search has at most %d terms", maxTerms)
		}
	}
	return terms, nil
}

func parseTerm(q string) (t term, rest string, err error) {
	if q, t.not = strings.CutPrefix(q, "!"); q == "" {
		return t, "", fmt.Errorf("after ! there must be a word")
	}
	if i := strings.IndexFunc(q, func(r rune) bool { return !unicode.IsLetter(r) }); i > 0 && q[i] == ':' {
		t.key, q = strings.ToLower(q[:i]), q[i+1:]
		if !slices.Contains(searchKeys, t.key) {
			return t, "", fmt.Errorf("the search key %q is not one of %s", t.key, strings.Join(searchKeys, ", "))
		}
	}
	var word string
	if quoted, ok := strings.CutPrefix(q, `"`); ok {
		if word, rest, ok = strings.Cut(quoted, `"`); !ok {
			return t, "", fmt.Errorf("a quote is not closed")
		}
	} else if i := strings.IndexFunc(q, unicode.IsSpace); i >= 0 {
		word, rest = q[:i], q[i:]
	} else {
		word = q
	}
	if word == "" {
		return t, "", fmt.Errorf("a search term is empty")
	}
	t.want = strings.ToLower(word)
	return t, rest, nil
}

func (s search) match(m *message) bool {
	for _, t := range s {
		if t.match(m) == t.not {
			return false
		}
	}
	return true
}

func (t term) match(m *message) bool {
	in := func(v string) bool { return strings.Contains(strings.ToLower(v), t.want) }
	number := func(v string) bool {
		if n, ok := parseNumber(t.want); ok {
			return v == n || strings.Contains(v, strings.TrimPrefix(n, "+"))
		}
		return in(v)
	}
	code := ""
	if m.Code != nil {
		code = *m.Code
	}
	switch t.key {
	case "to":
		return number(m.To)
	case "from":
		return number(m.From)
	case "text":
		return in(m.Text)
	case "code":
		return code == t.want
	case "channel":
		return m.Channel == t.want
	case "provider":
		return m.Provider == t.want
	case "is":
		return m.Direction == t.want
	}
	return in(m.Text) || in(m.To) || in(m.From) || code == t.want
}
