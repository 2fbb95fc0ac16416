package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/scim"
)

// reader answers what a filter asks of events. It holds the table of attributes, made once.
type reader struct{ known map[string]attribute }

// values looks an attribute of an event up; the step of authentication is always there and 0.
func (r reader) values(e *hookswitch.Event, path string) []any {
	if path == "authenticationContext.authenticationStep" {
		return []any{0}
	}
	var all []any
	if key, ok := strings.CutPrefix(path, debugData); ok {
		for _, d := range e.Debug {
			if d.Key == key {
				all = append(all, d.Value)
			}
		}
		if key == "requestUri" {
			all = append(all, e.Origin.URI)
		}
		return all
	}
	if a, ok := r.known[path]; ok {
		for _, value := range a.values(e) {
			all = append(all, value)
		}
	}
	return all
}

// asWritten tells whether the values of an attribute stand in the stored event as they are.
func (r reader) asWritten(path string) bool {
	return r.known[path].stored || strings.HasPrefix(path, debugData)
}

func (r reader) matches(e *hookswitch.Event, filter scim.Expr, words []string) bool {
	return holds(e, words) && filter.Match(func(path string) []any { return r.values(e, path) })
}

// The bounds of a keyword search. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
const (
	mostWords   = 10
	longestWord = 40
)

// Words reads a keyword search: every word, and every part of a hyphenated one, must stand in an event.
func Words(query string) ([]string, error) {
	fields := strings.Fields(strings.ToLower(query))
	if len(fields) > mostWords {
		return nil, hookswitch.RefuseField(hookswitch.BadSearch, "q", fmt.Sprintf("It may have at most %d keywords.", mostWords))
	}
	var words []string
	for _, field := range fields {
		if utf8.RuneCountInString(field) > longestWord {
			return nil, hookswitch.RefuseField(hookswitch.BadSearch, "q", fmt.Sprintf("A keyword may have at most %d characters.", longestWord))
		}
		words = append(words, strings.FieldsFunc(field, func(r rune) bool { return r == '-' })...)
	}
	return words, nil
}

// holds tells whether every word, in lower case, stands in one of the event's values.
func holds(e *hookswitch.Event, words []string) bool {
	if len(words) == 0 {
		return true
	}
	o := &e.Origin
	values := []string{
		string(e.Type), string(e.Result), e.UUID, e.Message, e.Severity, e.Reason, o.IP, o.UserAgent, o.URI, o.RequestID, o.TokenID,
		o.SessionID, o.Actor.ID, o.Actor.Type, o.Actor.AlternateID, o.Actor.DisplayName,
	}
	for _, t := range e.Targets {
		values = append(values, t.ID, t.Type, t.AlternateID, t.DisplayName)
	}
	for _, d := range e.Debug {
		values = append(values, d.Value)
	}
	for i := range values {
		values[i] = strings.ToLower(values[i])
	}
	for _, word := range words {
		if !stands(word, values) {
			return false
		}
	}
	return true
}

func stands(word string, values []string) bool {
	for _, v := range values {
		if strings.Contains(v, word) {
			return true
		}
	}
	return false
}
