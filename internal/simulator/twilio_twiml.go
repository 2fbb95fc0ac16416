package simulator

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"unicode/utf8"

	"hookswitch/internal/simulator/twiml"
)

// openTwiML is what a call plays first.
func (s *Simulator) openTwiML(ctx context.Context, c *twilioCall) (spoken, error) {
	if c.url != "" {
		return s.fetchTwiML(ctx, c, c.method, c.url, nil)
	}
	if n := utf8.RuneCountInString(c.twiml); n > twiml.MaxLength {
		return spoken{}, &twiml.Error{Code: twiml.CodeParseFailure, Message: fmt.Sprintf("the Twiml parameter has %d characters; %d are allowed", n, twiml.MaxLength)}
	}
	doc, err := twiml.Parse([]byte(c.twiml))
	return spoken{doc: doc}, err
}

// nextTwiML is where a Redirect or a Gather leads. A relative URL is seen from
// the document's own, and an empty one is the document's own.
func (s *Simulator) nextTwiML(ctx context.Context, c *twilioCall, from spoken, method, target string, digits *string) (spoken, error) {
	u, err := url.Parse(target)
	if err != nil {
		return spoken{}, errors.New("11100: invalid URL format")
	}
	if base, err := url.Parse(from.url); err == nil && from.url != "" {
		u = base.ResolveReference(u)
	}
	if !validURL(u.String()) {
		return spoken{}, errors.New("11100: invalid URL format; a document given inline needs an absolute action")
	}
	return s.fetchTwiML(ctx, c, method, u.String(), digits)
}

// fetchTwiML asks the customer's server what to play.
// Source: https://www.twilio.com/docs/voice/twiml#request-parameters
func (s *Simulator) fetchTwiML(ctx context.Context, c *twilioCall, method, target string, digits *string) (spoken, error) {
	v := url.Values{
		"CallSid": {c.sid}, "AccountSid": {s.creds.TwilioAccountSID}, "From": {c.from}, "To": {c.to}, "Caller": {c.from}, "Called": {c.to},
		"CallStatus": {"in-progress"}, "ApiVersion": {twilioVersion}, "Direction": {"outbound-api"},
	}
	if digits != nil {
		v.Set("Digits", *digits)
		v.Set("msg", "Gather End")
	}
	cb := s.twilioWebhook(c.sid, method, target, v, false)
	cb.kind = "twiml"
	e, body := s.attempt(ctx, cb, 1)
	switch {
	case e.Error != "":
		return spoken{}, errors.New("11200: the server could not be reached")
	case !accepted(e.Status):
		return spoken{}, fmt.Errorf("11200: the server answered %d", e.Status)
	}
	doc, err := twiml.Parse(body)
	return spoken{doc: doc, url: target}, err
}
