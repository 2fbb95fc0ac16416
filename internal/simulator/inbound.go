package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// The words by which a person leaves and comes back, as the carriers know
// them by default.
// Source: https://help.twilio.com/articles/223134027
var (
	stopWords  = []string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
	startWords = []string{"START", "YES", "UNSTOP"}
)

// replyBody is what a person sends from a phone.
type replyBody struct {
	To   string `json:"to"`
	Text string `json:"text"`
}

// inboundBody is where a carrier sends what phones send.
type inboundBody struct {
	URL string `json:"url"`
}

// reply sends a text from a phone: STOP and START are obeyed by the carrier,
// and everything is told to the customer's webhook.
func (s *Simulator) reply(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	var body replyBody
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	to, ok := parseNumber(body.To)
	if !ok {
		return nil, problemf(http.StatusBadRequest, "to must be a number that a carrier sends from, such as %s", s.creds.TwilioNumbers[0])
	}
	if body.Text == "" || utf8.RuneCountInString(body.Text) > maxTwilioBody {
		return nil, problemf(http.StatusBadRequest, "text must have 1 to %d characters", maxTwilioBody)
	}
	carrier := s.carrierOf(to)
	if carrier == "" {
		return nil, problemf(http.StatusNotFound, "no carrier has the number %s; reply to the sender of a message", to)
	}
	s.mu.Lock()
	p := s.phone(number)
	stop := slices.Contains(stopWords, keyword(body.Text))
	start := slices.Contains(startWords, keyword(body.Text))
	switch {
	case stop:
		p.optedOut[to] = true
	case start:
		delete(p.optedOut, to)
	}
	m := &message{
		Channel: channelSMS, From: number, To: to, Text: body.Text, Provider: carrier,
		ProviderReference: s.ids.sid("SM"), Direction: directionInbound,
	}
	s.receive(number, m)
	target, l := s.carriers[carrier].inboundURL, s.ids.lane()
	s.mu.Unlock()
	if cb := s.inboundWebhook(carrier, target, m, stop, start); cb != nil {
		s.background(func() { s.deliver(l, cb) })
	}
	return m, nil
}

// keyword is a text as carriers compare it: the whole message, whatever its
// case and the white space around it.
func keyword(text string) string { return strings.ToUpper(strings.TrimSpace(text)) }

// carrierOf is the carrier that has a number.
func (s *Simulator) carrierOf(number string) string {
	switch {
	case s.owns(number):
		return carrierTwilio
	case number == s.creds.TelesignPhoneNumber:
		return carrierTelesign
	}
	return ""
}

// inboundWebhook tells the customer of a text, nil when it did not ask.
// Source: https://www.twilio.com/docs/messaging/guides/webhook-request
func (s *Simulator) inboundWebhook(carrier, target string, m *message, stop, start bool) *callback {
	if target == "" || carrier != carrierTwilio {
		return nil
	}
	v := url.Values{
		"MessageSid": {m.ProviderReference}, "SmsSid": {m.ProviderReference}, "SmsMessageSid": {m.ProviderReference}, "SmsStatus": {"received"},
		"AccountSid": {s.creds.TwilioAccountSID}, "From": {m.From}, "To": {m.To}, "Body": {m.Text}, "NumMedia": {"0"}, "NumSegments": {"1"},
		"ApiVersion": {twilioVersion}, "FromCountry": {country(m.From)}, "ToCountry": {country(m.To)},
	}
	if stop {
		v.Set("OptOutType", "STOP")
	} else if start {
		v.Set("OptOutType", "START")
	}
	return s.twilioWebhook(m.ProviderReference, http.MethodPost, target, v, false)
}

func (s *Simulator) putInbound(r *http.Request) (any, error) {
	c, err := s.pathCarrier(r)
	if err != nil {
		return nil, err
	}
	var body inboundBody
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if body.URL != "" && !validURL(body.URL) {
		return nil, problemf(http.StatusBadRequest, "url must be an http or https address, or empty to stop")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.inboundURL = body.URL
	return body, nil
}

func (s *Simulator) getInbound(r *http.Request) (any, error) {
	c, err := s.pathCarrier(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return inboundBody{URL: c.inboundURL}, nil
}
