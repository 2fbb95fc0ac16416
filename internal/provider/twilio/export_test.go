package twilio

import (
	"strconv"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
)

// Spoken is what a call says.
func Spoken(script hookswitch.Script, repeatURL string) (markup, note string) {
	return spoken(script, repeatURL)
}

// Voices gives the languages of the table of voices.
func Voices() []string {
	var tags []string
	for tag := range voices {
		tags = append(tags, tag)
	}
	return tags
}

// Codes gives the table of codes.
func Codes() []providertest.Row {
	var rows []providertest.Row
	for _, c := range codes {
		rows = append(rows, providertest.Row{Code: strconv.Itoa(c.code), Meaning: c.meaning, Failure: c.failure})
	}
	return rows
}

// Sign signs like Twilio.
func Sign(token, text string) string { return sign(token, text) }
