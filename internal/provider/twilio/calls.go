package twilio

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"hookswitch"
)

const (
	// ringSeconds is shorter than Twilio's 60: after about half a minute a mailbox answers, and a passcode must not be
	// spoken to one.
	ringSeconds = 30
	// callSeconds ends a call in which somebody keeps pressing keys at our expense.
	callSeconds = 300
	// beforeExtension gives a switchboard two seconds to listen.
	beforeExtension = "wwww"
)

// placeCall calls from a phone number or a verified caller id; Twilio knows both as From.
// https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
func (p *Provider) placeCall(ctx context.Context, from string, m hookswitch.Message) (hookswitch.Receipt, error) {
	markup, note := spoken(m.Script, m.RepeatURL)
	form := url.Values{
		"To":        {m.To},
		"From":      {from},
		"Twiml":     {markup},
		"Timeout":   {strconv.Itoa(ringSeconds)},
		"TimeLimit": {strconv.Itoa(callSeconds)},
	}
	if m.Extension != "" {
		form.Set("SendDigits", keys(m.Extension))
	}
	if m.CallbackURL != "" {
		form.Set("StatusCallback", m.CallbackURL)
		form.Set("StatusCallbackMethod", "POST")
		form["StatusCallbackEvent"] = []string{"initiated", "ringing", "answered", "completed"}
	}
	var created call
	err := p.post(ctx, p.apiURL+"/Calls.json", form, append(hide(m), markup), &created)
	if err != nil {
		return hookswitch.Receipt{}, err
	}
	receipt, err := p.accepted(created.Sid, callReport(created), "CA")
	receipt.Note = note
	return receipt, err
}

// keys is the extension as SendDigits, after a pause unless it begins with one of its own.
func keys(extension string) string {
	if strings.HasPrefix(strings.ToLower(extension), "w") {
		return extension
	}
	return beforeExtension + extension
}
