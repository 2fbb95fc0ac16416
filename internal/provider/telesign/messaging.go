package telesign

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"hookswitch"
)

// sendMessage sends our text by SMS. https://developer.telesign.com/enterprise/reference/sendsms
func (p *Provider) sendMessage(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	form := ownText(m)
	form.Set("message", m.Text.Reveal())
	setSender(form, m)
	for name, id := range map[string]string{"dlt_entity_id": m.DLTEntityID, "dlt_template_id": m.DLTTemplateID} {
		if id != "" {
			form.Set(name, id)
		}
	}
	return p.send(ctx, "/v1/messaging", form, m)
}

// setSender says whom the SMS comes from, when the country has a sender that is not Twilio's alone.
func setSender(form url.Values, m hookswitch.Message) {
	if m.Sender != "" && !twilioService.MatchString(m.Sender) {
		form.Set("sender_id", strings.TrimPrefix(m.Sender, "+"))
	}
}

// twilioService is the id of a messaging service, which stands among the senders of a country.
var twilioService = regexp.MustCompile(`^MG[0-9a-f]{32}$`)

// ownText is what Messaging and Voice, which carry texts of ours, have in common.
func ownText(m hookswitch.Message) url.Values {
	form := url.Values{"phone_number": {number(m)}, "message_type": {"OTP"}}
	if event := lifecycle(m.Purpose); event != "" {
		form.Set("account_lifecycle_event", event)
	}
	if m.DeliveryID != "" {
		form.Set("external_id", m.DeliveryID)
	}
	return second(form, m)
}

// second tells Telesign that another carrier failed before: it routes such messages differently.
func second(form url.Values, m hookswitch.Message) url.Values {
	if m.Attempt > 1 {
		form.Set("is_primary", strconv.FormatBool(false))
	}
	return form
}

func lifecycle(purpose hookswitch.Purpose) string {
	switch purpose {
	case hookswitch.SignIn:
		return "sign-in"
	case hookswitch.Enrollment, hookswitch.PasswordReset, hookswitch.AccountUnlock, hookswitch.PushActivation:
		return "update"
	default:
		return ""
	}
}
