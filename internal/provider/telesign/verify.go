package telesign

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"hookswitch"
)

// placeholder is where Telesign writes the passcode into a text of ours.
const placeholder = "$$CODE$$"

// verifyBySMS lets SMS Verify send our passcode, in our words when they contain it, else in its own.
// https://developer.telesign.com/enterprise/reference/sendsmsverifycode
func (p *Provider) verifyBySMS(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	form := ownCode(m)
	setSender(form, m)
	note := ""
	if template, ok := templateOf(m.Text.Reveal(), m.Code.Reveal()); ok {
		form.Set("template", template)
	} else {
		var tag string
		tag, note = speaker(m.Language)
		form.Set("language", tag)
	}
	receipt, err := p.send(ctx, "/v1/verify/sms", form, m)
	receipt.Note, receipt.Feedback = note, err == nil
	return receipt, err
}

// verifyByCall lets Voice Verify speak our passcode, and dials an extension.
// https://developer.telesign.com/enterprise/reference/sendvoiceverifycode
func (p *Provider) verifyByCall(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	form := ownCode(m)
	tag, note := speaker(m.Script.Language)
	form.Set("language", tag)
	if message, ok := spokenAround(m.Script, m.Code.Reveal()); ok {
		form.Set("tts_message", message)
	}
	if m.Extension != "" {
		keys, ok := extension(m.Extension)
		if !ok {
			return hookswitch.Receipt{}, &hookswitch.SendError{Failure: hookswitch.MethodCannot}
		}
		form.Set("extension_type", "1") // keys, not a person at a switchboard
		form.Set("extension_template", keys)
	}
	receipt, err := p.send(ctx, "/v1/verify/call", form, m)
	receipt.Note, receipt.Feedback = note, err == nil
	return receipt, err
}

func ownCode(m hookswitch.Message) url.Values {
	return second(url.Values{
		"phone_number": {number(m)},
		"verify_code":  {m.Code.Reveal()},
		"ucid":         {useCase(m.Purpose)},
	}, m)
}

// useCase is Telesign's code for why a passcode is sent.
func useCase(purpose hookswitch.Purpose) string {
	switch purpose {
	case hookswitch.SignIn, hookswitch.Enrollment, hookswitch.PushActivation:
		return "ATCK"
	case hookswitch.PasswordReset, hookswitch.AccountUnlock:
		return "PWRT"
	default:
		return "OTHR"
	}
}

// templateOf puts the placeholder where the passcode stands in the text. Wherever else its digits stand, even inside a
// longer number, Telesign puts the same digits back. Dollar signs of the text's own must not look like a placeholder.
func templateOf(text, code string) (string, bool) {
	for strings.Contains(text, "$$") {
		text = strings.ReplaceAll(text, "$$", "$")
	}
	if code == "" || !strings.Contains(text, code) {
		return "", false
	}
	return strings.ReplaceAll(text, code, placeholder), true
}

const (
	beforeExtension  = ",," // two seconds for a switchboard to listen
	longestExtension = 28
)

// extension is the keys to dial as Telesign writes them: digits, and commas for pauses of a second. It answers false for
// keys that Telesign does not know.
func extension(keys string) (string, bool) {
	keys = strings.NewReplacer("w", ",", "W", ",").Replace(keys)
	if !strings.HasPrefix(keys, ",") {
		keys = beforeExtension + keys
	}
	if len(keys) > longestExtension || strings.Trim(keys, "0123456789,") != "" {
		return "", false
	}
	return keys, true
}

// Verified tells Verify that the user gave the passcode; without it Telesign takes the message for one of a fraud. The
// other products want to hear nothing. https://developer.telesign.com/enterprise/reference/reportsmsverifycompletion
func (p *Provider) Verified(ctx context.Context, channel hookswitch.Channel, reference string) error {
	if p.account.Methods[channel].Value != VerifyService || !isReference(reference) {
		return nil
	}
	_, err := p.exchange(ctx, http.MethodPut, "/v1/verify/completion/"+reference, nil, nil)
	return err
}
