package simulator

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// twilioMessage is Twilio's record of an SMS.
type twilioMessage struct {
	sid, to, from, service, body string
	status                       string
	errorCode                    int
	direction                    string
	created, sent, updated       time.Time
	callbackURL                  string
}

// twilioErrorTexts are the messages Twilio shows beside the codes a delivery
// can end with. Source: https://www.twilio.com/docs/api/errors
var twilioErrorTexts = map[int]string{
	21610: "Attempt to send to unsubscribed recipient",
	30003: "Unreachable destination handset",
	30004: "Message blocked",
	30005: "Unknown destination handset",
	30006: "Landline or unreachable carrier",
	30007: "Message filtered",
	30008: "Unknown error",
	30450: "Message delivery blocked",
}

// messageResource is the record as the API shows it.
// Source: https://www.twilio.com/docs/messaging/api/message-resource#message-properties
type messageResource struct {
	SID                 string            `json:"sid"`
	AccountSID          string            `json:"account_sid"`
	MessagingServiceSID *string           `json:"messaging_service_sid"`
	From                *string           `json:"from"`
	To                  string            `json:"to"`
	Body                string            `json:"body"`
	Status              string            `json:"status"`
	ErrorCode           *int              `json:"error_code"`
	ErrorMessage        *string           `json:"error_message"`
	NumSegments         string            `json:"num_segments"`
	NumMedia            string            `json:"num_media"`
	Direction           string            `json:"direction"`
	Price               *string           `json:"price"`
	PriceUnit           string            `json:"price_unit"`
	DateCreated         *string           `json:"date_created"`
	DateSent            *string           `json:"date_sent"`
	DateUpdated         *string           `json:"date_updated"`
	APIVersion          string            `json:"api_version"`
	URI                 string            `json:"uri"`
	SubresourceURIs     map[string]string `json:"subresource_uris"`
}

func (m *twilioMessage) resource(account string) messageResource {
	uri := "/" + twilioVersion + "/Accounts/" + account + "/Messages/" + m.sid
	v := messageResource{
		SID: m.sid, AccountSID: account, MessagingServiceSID: optional(m.service), From: optional(m.from), To: m.to, Body: m.body,
		Status: m.status, NumSegments: strconv.Itoa(segments(m.body)), NumMedia: "0", Direction: m.direction, PriceUnit: "USD",
		DateCreated: rfc2822(m.created), DateSent: rfc2822(m.sent), DateUpdated: rfc2822(m.updated), APIVersion: twilioVersion,
		URI: uri + ".json", SubresourceURIs: map[string]string{"media": uri + "/Media.json", "feedback": uri + "/Feedback.json"},
	}
	if m.errorCode != 0 {
		v.ErrorCode, v.ErrorMessage = &m.errorCode, optional(twilioErrorTexts[m.errorCode])
	}
	return v
}

var (
	shortCode    = regexp.MustCompile(`^[0-9]{3,6}$`)
	alphanumeric = regexp.MustCompile(`^[A-Za-z0-9 &_+-]{0,10}[A-Za-z][A-Za-z0-9 &_+-]{0,10}$`)
)

const maxTwilioBody = 1600

func (s *Simulator) createMessage(r *request) answer {
	m, refusal := s.readMessage(r.form)
	if refusal != nil {
		return *refusal
	}
	now := s.now()
	m.direction, m.created, m.updated = "outbound-api", now, now
	m.status = "queued"
	if m.service != "" {
		m.status = "accepted"
	}
	s.mu.Lock()
	p := s.phone(m.to)
	if m.service != "" && s.optedOut(p, s.creds.TwilioNumbers...) || m.service == "" && s.optedOut(p, m.from) {
		s.mu.Unlock()
		return twilioRefuse(http.StatusBadRequest, 21610, "Attempt to send to unsubscribed recipient")
	}
	b := s.behaviorOf(p)
	switch b.Outcome {
	case outcomeOptedOut:
		s.mu.Unlock()
		return twilioRefuse(http.StatusBadRequest, 21610, "Attempt to send to unsubscribed recipient")
	case outcomeLandline:
		s.mu.Unlock()
		return twilioRefuse(http.StatusBadRequest, 21614, "'To' number: %s, is not a valid mobile number", m.to)
	}
	m.sid = s.ids.sid("SM")
	s.twilio.messages.put(m.sid, m)
	// The answer shows the message as it was taken; from here it moves on.
	a := jsonAnswer(http.StatusCreated, m.resource(s.creds.TwilioAccountSID))
	if m.from == "" {
		m.from = s.creds.TwilioNumbers[0]
	}
	s.mu.Unlock()
	s.transmit(r.Context(), &sms{
		carrier: carrierTwilio, reference: m.sid, from: m.from, to: m.to, text: m.body, behavior: b, queued: m.service != "",
		progress: func(step smsStep) *callback { return s.progressMessage(m, b.Outcome, step) },
		forgery:  func() *callback { return s.forgeMessageStatus(m, b.Outcome) },
	})
	return a
}

// readMessage validates what Twilio validates, in its order.
func (s *Simulator) readMessage(form url.Values) (*twilioMessage, *answer) {
	to, from, service, body := form.Get("To"), form.Get("From"), form.Get("MessagingServiceSid"), form.Get("Body")
	switch {
	case to == "":
		return nil, twilioDeny(21604, "A 'To' phone number is required.")
	case from == "" && service == "":
		return nil, twilioDeny(21603, "A 'From' phone number is required.")
	case body == "":
		return nil, twilioDeny(21602, "Message body is required.")
	case utf8.RuneCountInString(body) > maxTwilioBody:
		return nil, twilioDeny(21617, "The concatenated message body exceeds the %d character limit", maxTwilioBody)
	case shortCode.MatchString(to):
		return nil, twilioDeny(21265, "'To' number cannot be a Short Code: %s", to)
	}
	number, ok := parseNumber(to)
	if !ok || !s.dialable(number) || number == magicInvalid {
		return nil, twilioDeny(21211, "The 'To' number %s is not a valid phone number.", to)
	}
	if service != "" && service != s.creds.TwilioMessagingSID {
		return nil, twilioDeny(21705, "The Messaging Service Sid %s is invalid.", service)
	}
	if from != "" {
		if code, text := s.checkFrom(from, number); code != 0 {
			return nil, twilioDeny(code, "%s", text)
		}
	}
	switch number {
	case magicUnroutable:
		return nil, twilioDeny(21612, "The 'To' phone number: %s, is not currently reachable using the 'From' phone number: %s via SMS.", number, from)
	case magicNotAllowed:
		return nil, twilioDeny(21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %s.", number)
	case magicBlocked:
		return nil, twilioDeny(21610, "Attempt to send to unsubscribed recipient")
	case magicNotTextable:
		return nil, twilioDeny(21614, "'To' number: %s, is not a valid mobile number", number)
	}
	if v := form.Get("ValidityPeriod"); v != "" {
		if n, err := strconv.Atoi(v); err != nil || n < 1 || n > 36000 {
			return nil, twilioDeny(21624, "Invalid validity period value")
		}
	}
	callbackURL := form.Get("StatusCallback")
	if callbackURL != "" && !validURL(callbackURL) {
		return nil, twilioDeny(21609, "The 'StatusCallback' URL %s is not a valid URL.", callbackURL)
	}
	return &twilioMessage{to: number, from: from, service: service, body: body, callbackURL: callbackURL}, nil
}

// checkFrom judges a sender; 0 means it is fine.
func (s *Simulator) checkFrom(from, to string) (code int, text string) {
	number, ok := parseNumber(from)
	switch {
	case from == magicInvalid:
		return 21212, "The 'From' number " + from + " is not a valid phone number, shortcode, or alphanumeric sender ID."
	case from == magicQueueFull:
		return 21611, "This 'From' number has exceeded the maximum number of queued messages"
	case ok && from[0] == '+' && number == to:
		return 21266, "'To' and 'From' number cannot be the same: " + from
	case ok && from[0] == '+' && s.owns(number):
		return 0, ""
	case ok && from[0] == '+':
		return 21606, "The 'From' phone number provided (" + from + ") is not a valid message-capable Twilio phone number for this destination/account."
	case alphanumeric.MatchString(from):
		return 21267, "Alphanumeric Sender ID cannot be used as the 'From' number on this account."
	}
	return 21212, "The 'From' number " + from + " is not a valid phone number, shortcode, or alphanumeric sender ID."
}

// optedOut tells whether a phone told one of the senders to stop. Guarded by mu.
func (s *Simulator) optedOut(p *phone, senders ...string) bool {
	return slices.ContainsFunc(senders, func(n string) bool { return p.optedOut[n] })
}

// progressMessage moves a record and makes its callback. Guarded by mu.
func (s *Simulator) progressMessage(m *twilioMessage, outcome string, step smsStep) *callback {
	switch step {
	case smsQueued:
		m.status = "queued"
	case smsSent:
		m.status, m.sent = "sent", s.now()
	case smsDelivered:
		m.status = "delivered"
	case smsUndelivered:
		m.status, m.errorCode = "undelivered", smsErrorCode(outcome)
	}
	m.updated = s.now()
	return s.messageStatus(m, m.status, m.errorCode, false)
}

// smsErrorCode is how Twilio explains a text that did not arrive.
func smsErrorCode(outcome string) int {
	switch outcome {
	case outcomeUnreachable:
		return 30003
	case outcomeLandline:
		return 30006
	case outcomeOptedOut:
		return 21610
	}
	return 30008
}

// messageStatus makes a status callback.
// Source: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
func (s *Simulator) messageStatus(m *twilioMessage, status string, errorCode int, forged bool) *callback {
	if m.callbackURL == "" {
		return nil
	}
	v := url.Values{
		"MessageSid": {m.sid}, "SmsSid": {m.sid}, "MessageStatus": {status}, "SmsStatus": {status},
		"AccountSid": {s.creds.TwilioAccountSID}, "From": {m.from}, "To": {m.to}, "ApiVersion": {twilioVersion},
	}
	if m.service != "" {
		v.Set("MessagingServiceSid", m.service)
	}
	if errorCode != 0 {
		v.Set("ErrorCode", strconv.Itoa(errorCode))
	}
	if status == "delivered" || status == "undelivered" {
		v.Set("RawDlrDoneDate", s.now().UTC().Format("0601021504"))
	}
	return s.twilioWebhook(m.sid, http.MethodPost, m.callbackURL, v, forged)
}

// forgeMessageStatus claims the opposite of the truth.
func (s *Simulator) forgeMessageStatus(m *twilioMessage, outcome string) *callback {
	if outcome == outcomeUndelivered || outcome == outcomeUnreachable {
		return s.messageStatus(m, "delivered", 0, true)
	}
	return s.messageStatus(m, "undelivered", 30003, true)
}

func (s *Simulator) fetchMessage(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.twilio.messages.get(sidParam(r))
	if !ok {
		return twilioNotFound(r)
	}
	return jsonAnswer(http.StatusOK, m.resource(s.creds.TwilioAccountSID))
}

func (s *Simulator) listTwilioMessages(r *request) answer {
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []messageResource{}
	s.twilio.messages.newestFirst(func(m *twilioMessage) bool {
		if matches(q, "To", m.to) && matches(q, "From", m.from) {
			all = append(all, m.resource(s.creds.TwilioAccountSID))
		}
		return true
	})
	rows, page, size := twilioPage(r, all)
	return twilioList(r, "messages", rows, len(rows), len(all), page, size)
}

// matches applies one filter of a list; an absent one lets everything pass.
func matches(q url.Values, key, value string) bool {
	want := q.Get(key)
	if want == "" {
		return true
	}
	if n, ok := parseNumber(want); ok {
		want = n
	}
	return want == value
}
