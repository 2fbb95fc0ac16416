package twilio

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"hookswitch"
)

// Bounds of ValidityPeriod, in seconds; Twilio advises against less than 5.
// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
const (
	shortestValidity = 5
	longestValidity  = 36000
)

// sendMessage sends an SMS from a phone number or through a messaging service.
func (p *Provider) sendMessage(ctx context.Context, method hookswitch.Method, m hookswitch.Message) (hookswitch.Receipt, error) {
	form := url.Values{
		"To":   {m.To},
		"Body": {m.Text.Reveal()},
		// A passcode that waits in a queue longer than it is good for only confuses.
		"ValidityPeriod": {strconv.Itoa(p.seconds(m.Expires, shortestValidity, longestValidity))},
	}
	sender := method.Value
	if m.Sender != "" {
		sender = m.Sender
	}
	if isSID(sender, "MG") {
		form.Set("MessagingServiceSid", sender)
	} else {
		form.Set("From", sender)
	}
	if m.CallbackURL != "" {
		form.Set("StatusCallback", m.CallbackURL)
	}
	if m.Attempt > 1 {
		form.Set("Attempt", strconv.Itoa(m.Attempt))
	}
	var created message
	err := p.post(ctx, p.apiURL+"/Messages.json", form, hide(m), &created)
	if err != nil {
		return hookswitch.Receipt{}, err
	}
	return p.accepted(created.Sid, messageReport(created.Status, created.ErrorCode), "SM", "MM")
}

// seconds is how long the passcode is still good, within the bounds.
func (p *Provider) seconds(expires time.Time, least, most int) int {
	if expires.IsZero() {
		return most
	}
	return min(max(int(expires.Sub(p.now()).Seconds()), least), most)
}

// accepted is the receipt for a resource that Twilio created. One that was created as already failed is a refusal; one
// without an id is no answer.
func (p *Provider) accepted(sid string, report hookswitch.Report, prefixes ...string) (hookswitch.Receipt, error) {
	if !slices.ContainsFunc(prefixes, func(prefix string) bool { return isSID(sid, prefix) }) {
		return hookswitch.Receipt{}, &hookswitch.SendError{
			Failure: hookswitch.UnreadableAnswer, Detail: "the answer has no id of the message",
		}
	}
	report.Reference, report.At = sid, p.now()
	if report.Fate == hookswitch.StatusLost {
		return hookswitch.Receipt{}, &hookswitch.SendError{
			Failure: report.Failure, ProviderStatus: report.ProviderStatus, ProviderCode: report.ProviderCode,
		}
	}
	return hookswitch.Receipt{Reference: sid, Report: report}, nil
}

// hide lists what of a message must not appear in errors and traces.
func hide(m hookswitch.Message) []string {
	return []string{m.Text.Reveal(), m.Code.Reveal(), m.To}
}
