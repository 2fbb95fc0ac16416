package simulator

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookswitch/internal/simulator/twiml"
)

// attempt is one code on its way. Verify has no callback for it: what became
// of it is asked.
type attempt struct {
	sid              string
	verification     *verification
	channel          string
	created, updated time.Time
	converted        bool
	status           string // of the message or call; "" until the network says
	errorCode        int
	codeLength       int
}

// resource is the record as the API shows it.
// Source: https://www.twilio.com/docs/verify/api/list-verification-attempts
func (a *attempt) resource(c Credentials, host string) map[string]any {
	v := a.verification
	confirmed := "unconfirmed"
	if a.converted {
		confirmed = "confirmed"
	}
	data := map[string]any{
		"verification_sid": v.sid, "to": v.to, "status": confirmed, "error_code": nil, "country": country(v.to),
		"code_length": a.codeLength, "locale": optional(v.locale), "mcc": nil, "mnc": nil, "carrier": nil,
	}
	if a.errorCode != 0 {
		data["error_code"] = strconv.Itoa(a.errorCode)
	}
	if a.channel == channelCall {
		data["call_status"] = optional(a.status)
	} else {
		data["message_status"] = optional(a.status)
	}
	return map[string]any{
		"sid": a.sid, "account_sid": c.TwilioAccountSID, "service_sid": c.TwilioVerifySID, "verification_sid": v.sid,
		"date_created": iso8601(a.created), "date_updated": iso8601(a.updated), "conversion_status": a.conversion(),
		"channel": a.channel, "price": map[string]string{"value": "0.0575", "currency": "usd"}, "channel_data": data,
		"url": host + "/v2/Attempts/" + a.sid,
	}
}

func (a *attempt) conversion() string {
	if a.converted {
		return "converted"
	}
	return "unconverted"
}

func (s *Simulator) sendVerifySMS(r *request, v *verification, a *attempt, b phoneBehavior, text string) {
	s.transmit(r.Context(), &sms{
		carrier: carrierTwilio, reference: v.sid, from: s.verifySender(), to: v.to, text: text, language: v.locale, behavior: b,
		progress: func(step smsStep) *callback {
			switch step {
			case smsQueued:
				a.status = "queued"
			case smsSent:
				a.status = "sent"
			case smsDelivered:
				a.status = "delivered"
			case smsUndelivered:
				a.status, a.errorCode = "undelivered", smsErrorCode(b.Outcome)
			}
			a.updated = s.now()
			return nil
		},
	})
}

func (s *Simulator) placeVerifyCall(r *request, v *verification, a *attempt, b phoneBehavior, text, extension string) {
	s.place(r.Context(), dialing{
		carrier: carrierTwilio, reference: v.sid, from: s.verifySender(), to: v.to, extension: extension, timeout: 30 * time.Second, behavior: b,
		open: sayTwice(text, v.locale, ""),
		progress: func(_ *call, state callState) *callback {
			a.status, a.updated = string(state), s.now()
			if state == callAnswered {
				a.status = "in-progress"
			}
			return nil
		},
	})
}

// verifySender is the number Verify's own pool sends from.
func (s *Simulator) verifySender() string {
	return s.creds.TwilioNumbers[len(s.creds.TwilioNumbers)-1]
}

// sayTwice is the call of a carrier that speaks a plain text: said, a pause,
// said again.
func sayTwice(text, language, voice string) func(context.Context) (spoken, error) {
	return func(context.Context) (spoken, error) {
		pieces := twiml.Say(text, language, voice)
		again := slices.Concat(pieces, []twiml.Piece{{Kind: twiml.KindPause, Seconds: 1}}, pieces)
		return spoken{doc: &twiml.Document{Steps: []twiml.Step{twiml.Speak{Pieces: again}}}}, nil
	}
}

// spaced is a code as it is read out: "4, 8, 2".
func spaced(code string) string { return strings.Join(strings.Split(code, ""), ", ") }

func (s *Simulator) fetchAttempt(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.verify.attempts.get(r.PathValue("sid"))
	if !ok {
		return twilioNotFound(r)
	}
	return jsonAnswer(http.StatusOK, a.resource(s.creds, home(r)))
}

// attemptsOf is the attempts that a request's filters let pass, newest first.
// Guarded by mu.
func (s *Simulator) attemptsOf(r *request) []*attempt {
	q := r.URL.Query()
	var found []*attempt
	s.verify.attempts.newestFirst(func(a *attempt) bool {
		v := a.verification
		if matches(q, "VerificationSid", v.sid) && matches(q, "ChannelData.To", v.to) && matches(q, "Channel", a.channel) &&
			matches(q, "VerifyServiceSid", s.creds.TwilioVerifySID) && matches(q, "Status", a.conversion()) &&
			(q.Get("Country") == "" || q.Get("Country") == country(v.to)) &&
			within(a.created, q.Get("DateCreatedAfter"), q.Get("DateCreatedBefore")) {
			found = append(found, a)
		}
		return true
	})
	return found
}

// within applies the two date filters; one that cannot be read lets nothing
// be lost.
func within(t time.Time, after, before string) bool {
	if from, err := time.Parse(time.RFC3339, after); err == nil && t.Before(from) {
		return false
	}
	if to, err := time.Parse(time.RFC3339, before); err == nil && t.After(to) {
		return false
	}
	return true
}

func (s *Simulator) listAttempts(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.attemptsOf(r)
	rows, page, size := twilioPage(r, all)
	shown := []map[string]any{}
	for _, a := range rows {
		shown = append(shown, a.resource(s.creds, home(r)))
	}
	link := func(page int) string {
		q := r.URL.Query()
		q.Set("Page", strconv.Itoa(page))
		q.Set("PageSize", strconv.Itoa(size))
		return home(r) + r.URL.Path + "?" + q.Encode()
	}
	meta := map[string]any{
		"key": "attempts", "page": page, "page_size": size, "url": link(page), "first_page_url": link(0),
		"previous_page_url": nil, "next_page_url": nil,
	}
	if (page+1)*size < len(all) {
		meta["next_page_url"] = link(page + 1)
	}
	if page > 0 {
		meta["previous_page_url"] = link(page - 1)
	}
	return jsonAnswer(http.StatusOK, map[string]any{"attempts": shown, "meta": meta})
}

func (s *Simulator) summarizeAttempts(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.attemptsOf(r)
	converted := 0
	for _, a := range all {
		if a.converted {
			converted++
		}
	}
	rate := "0.0"
	if len(all) > 0 {
		rate = strconv.FormatFloat(100*float64(converted)/float64(len(all)), 'f', 1, 64)
	}
	return jsonAnswer(http.StatusOK, map[string]any{
		"total_attempts": len(all), "total_converted": converted, "total_unconverted": len(all) - converted,
		"conversion_rate_percentage": rate, "url": home(r) + "/v2/Attempts/Summary",
	})
}
