package twilio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hookswitch"
)

// nowhere is the id of a message that never was.
var nowhere = "SM" + strings.Repeat("0", 32)

// Probe asks for a message that never was: who may not ask is told so, everybody else that it is not there.
func (p *Provider) Probe(ctx context.Context) error {
	_, err := p.Poll(ctx, hookswitch.SMS, nowhere)
	if refused, ok := errors.AsType[*hookswitch.SendError](err); ok && refused.ProviderStatus == strconv.Itoa(http.StatusNotFound) {
		return nil
	}
	return err
}

// SampleCallback is a status of that message, signed like Twilio's.
func (p *Provider) SampleCallback(target string) hookswitch.Callback {
	params := url.Values{"AccountSid": {p.account.SID}, "MessageSid": {nowhere}, "MessageStatus": {"sent"}}
	c := hookswitch.Callback{
		URL: target, Method: http.MethodPost, Body: []byte(params.Encode()),
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
	}
	signed, _ := signedParams(c, params)
	http.Header(c.Header).Set(signatureHeader, sign(p.account.AuthToken.Reveal(), target+signed))
	return c
}
