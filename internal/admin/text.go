package admin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/render"
)

// Texts composes messages from the default texts.
type Texts struct {
	catalogue *render.Catalogue
}

// NewTexts makes Texts of the default texts.
func NewTexts(catalogue *render.Catalogue) Texts { return Texts{catalogue} }

// SMS composes a text message in the first of the languages that there is a text in; it tells which.
func (t Texts) SMS(_ context.Context, purpose hookswitch.Purpose, languages []string, code hookswitch.Secret, org hookswitch.Org) (hookswitch.Secret, string, error) {
	text, err := t.catalogue.SMS(purpose, render.Values{Code: code, OrgName: org.Name}, languages...)
	return text.Body, text.Language, err
}

// Call composes what a call says.
func (t Texts) Call(_ context.Context, purpose hookswitch.Purpose, languages []string, code hookswitch.Secret, org hookswitch.Org) (hookswitch.Script, error) {
	return t.catalogue.Voice(purpose, render.Values{Code: code, OrgName: org.Name}, languages...)
}
