package admin

import (
	"context"
	"regexp"
	"strings"

	"hookswitch"
)

// MessageSettings are what an org sets for the texts of all messages.
type MessageSettings struct {
	Segments       int    // how many an SMS may take, 1 to 3
	AutofillDomain string // host of the line from which a browser fills in the passcode; "" for none
}

// maxSegments bounds what an org may allow: each segment is paid for.
const maxSegments = 3

// hostName is what can stand in the autofill line: a host in ASCII, without a port.
// https://wicg.github.io/sms-one-time-codes/#syntax
var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// MessageSettings reads the settings of messages.
func (t *Texts) MessageSettings(ctx context.Context) (MessageSettings, error) {
	w, err := t.read(ctx)
	return settingsOf(w.org), err
}

func settingsOf(org hookswitch.Org) MessageSettings {
	return MessageSettings{max(org.Segments, 1), org.AutofillDomain}
}

// SetMessageSettings changes them. Templates that were saved before are sent as they are.
func (t *Texts) SetMessageSettings(ctx context.Context, is MessageSettings, origin hookswitch.Origin, seen ...Seen[MessageSettings]) error {
	var causes []hookswitch.Cause
	if is.Segments < 1 || is.Segments > maxSegments {
		causes = append(causes, hookswitch.Cause{Field: "segments", Text: "It must be 1, 2 or 3."})
	}
	if is.AutofillDomain != "" && (len(is.AutofillDomain) > 253 || !hostName.MatchString(is.AutofillDomain)) {
		causes = append(causes, hookswitch.Cause{Field: "autofillDomain", Text: "It must be a host name in lower case, such as login.example.com."})
	}
	if len(causes) > 0 {
		return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	return t.change(ctx, func(w wording) (write, error) {
		if err := unchanged(seen, settingsOf(w.org)); err != nil {
			return nil, err
		}
		if settingsOf(w.org) == is {
			return nil, nil
		}
		return func(tx WordsTx, org *hookswitch.Org) (hookswitch.Event, error) {
			was := settingsOf(*org)
			var fields []string
			if was.Segments != is.Segments {
				fields = append(fields, "segments")
			}
			if was.AutofillDomain != is.AutofillDomain {
				fields = append(fields, "autofillDomain")
			}
			org.Segments, org.AutofillDomain = is.Segments, is.AutofillDomain
			return t.event(tx, hookswitch.MessageSettingsUpdated, origin, hookswitch.OrgEntity(*org),
				hookswitch.Datum{Key: "changed", Value: strings.Join(fields, ", ")}), nil
		}, nil
	})
}
