package telesign

import (
	"net/http"

	"hookswitch"
	"hookswitch/internal/provider"
	"hookswitch/internal/provider/providertest"
)

// Errors gives the table of errors.
func Errors() []providertest.Row {
	var rows []providertest.Row
	for _, e := range errorCodes {
		rows = append(rows, providertest.Row{Code: e.code.String(), Meaning: e.meaning, Failure: e.failure})
	}
	return rows
}

// Status is a row of the table of statuses.
type Status struct {
	providertest.Row
	Fate hookswitch.Fate
	Word string
}

// Statuses gives the table of statuses.
func Statuses() []Status {
	var rows []Status
	for _, s := range statuses {
		rows = append(rows, Status{providertest.Row{Code: s.code.String(), Meaning: s.meaning, Failure: s.failure}, s.fate, s.word})
	}
	return rows
}

// Sign signs like Telesign.
func Sign(key, text string) string { return sign(key, []byte(text)) }

// ToSign is what digest authentication signs.
func ToSign(method, url, kind, date, nonce, body string) string {
	r := provider.Request{Method: method, URL: url, Body: []byte(body), Header: http.Header{
		"Content-Type": {kind}, "Date": {date}, "X-Ts-Auth-Method": {authMethod}, "X-Ts-Nonce": {nonce},
	}}
	return toSign(&r)
}

// Spoken is what Voice says; SpokenAround is what Voice Verify says.
func Spoken(s hookswitch.Script) string                            { return spoken(s) }
func SpokenAround(s hookswitch.Script, code string) (string, bool) { return spokenAround(s, code) }

// TemplateOf is the text of SMS Verify.
func TemplateOf(text, code string) (string, bool) { return templateOf(text, code) }
