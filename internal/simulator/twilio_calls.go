package simulator

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// twilioCall is Twilio's record of a call.
type twilioCall struct {
	sid, to, from      string
	status             string
	created, updated   time.Time
	started, ended     time.Time
	duration           int
	twiml, url, method string
	callbackURL        string
	callbackMethod     string
	callbackEvents     []string
	live               *call
}

// resource is the record as the API shows it.
// Source: https://www.twilio.com/docs/voice/api/call-resource#call-properties
func (c *twilioCall) resource(account string) map[string]any {
	uri := "/" + twilioVersion + "/Accounts/" + account + "/Calls/" + c.sid
	v := map[string]any{
		"sid": c.sid, "account_sid": account, "api_version": twilioVersion, "to": c.to, "to_formatted": c.to,
		"from": c.from, "from_formatted": c.from, "status": c.status, "direction": "outbound-api",
		"phone_number_sid": nil, "parent_call_sid": nil, "answered_by": nil, "caller_name": "", "forwarded_from": nil,
		"group_sid": nil, "trunk_sid": nil, "queue_time": "0", "price": nil, "price_unit": "USD", "duration": nil,
		"date_created": rfc2822(c.created), "date_updated": rfc2822(c.updated),
		"start_time": rfc2822(c.started), "end_time": rfc2822(c.ended), "uri": uri + ".json",
		"subresource_uris": map[string]string{"notifications": uri + "/Notifications.json", "recordings": uri + "/Recordings.json", "events": uri + "/Events.json"},
	}
	if !c.ended.IsZero() {
		v["duration"] = strconv.Itoa(c.duration)
	}
	return v
}

// callEvents are the values of StatusCallbackEvent; without one only
// completed is told.
var callEvents = []string{"initiated", "ringing", "answered", "completed"}

func (s *Simulator) createCall(r *request) answer {
	c, d, refusal := s.readCall(r.form)
	if refusal != nil {
		return *refusal
	}
	s.mu.Lock()
	c.sid = s.ids.sid("CA")
	c.status = "queued"
	c.created = s.now()
	c.updated = c.created
	d.behavior = s.behaviorOf(s.phone(c.to))
	s.twilio.calls.put(c.sid, c)
	a := jsonAnswer(http.StatusCreated, c.resource(s.creds.TwilioAccountSID))
	s.mu.Unlock()
	d.carrier, d.reference = carrierTwilio, c.sid
	d.open = func(ctx context.Context) (spoken, error) { return s.openTwiML(ctx, c) }
	d.ask = func(ctx context.Context, from spoken, method, target string, digits *string) (spoken, error) {
		return s.nextTwiML(ctx, c, from, method, target, digits)
	}
	d.progress = func(live *call, state callState) *callback { return s.progressCall(c, live, state) }
	d.forgery = func() *callback { return s.forgeCallStatus(c, d.behavior.Outcome) }
	s.place(r.Context(), d)
	return a
}

// progressCall moves a record and makes its callback. Guarded by mu.
func (s *Simulator) progressCall(c *twilioCall, live *call, state callState) *callback {
	c.live = live
	c.updated = s.now()
	event := "completed"
	switch state {
	case callInitiated:
		event = "initiated"
	case callRinging:
		event, c.status = "ringing", "ringing"
	case callAnswered:
		event, c.status, c.started = "answered", "in-progress", s.now()
	default:
		c.status, c.ended, c.duration = string(state), s.now(), live.duration()
		if c.started.IsZero() {
			c.started = c.ended
		}
	}
	if c.callbackURL == "" || !slices.Contains(c.callbackEvents, event) {
		return nil
	}
	status := c.status
	if state == callInitiated {
		status = "initiated"
	}
	return s.callStatus(c, status, live.sequence, event == "completed", false)
}

// callStatus makes a status callback of a call.
// Source: https://www.twilio.com/docs/voice/api/call-resource#statuscallback
func (s *Simulator) callStatus(c *twilioCall, status string, sequence int, final, forged bool) *callback {
	v := url.Values{
		"CallSid": {c.sid}, "AccountSid": {s.creds.TwilioAccountSID}, "From": {c.from}, "To": {c.to}, "Caller": {c.from}, "Called": {c.to},
		"CallStatus": {status}, "ApiVersion": {twilioVersion}, "Direction": {"outbound-api"},
		"Timestamp": {*rfc2822(s.now())}, "CallbackSource": {"call-progress-events"}, "SequenceNumber": {strconv.Itoa(sequence)},
	}
	if final {
		v.Set("CallDuration", strconv.Itoa(c.duration))
		v.Set("Duration", strconv.Itoa((c.duration+59)/60))
		v.Set("SipResponseCode", sipCode(status))
	}
	return s.twilioWebhook(c.sid, c.callbackMethod, c.callbackURL, v, forged)
}

func sipCode(status string) string {
	switch status {
	case "busy":
		return "486"
	case "no-answer", "canceled":
		return "487"
	case "failed":
		return "503"
	}
	return "200"
}

// forgeCallStatus claims the opposite of the truth.
func (s *Simulator) forgeCallStatus(c *twilioCall, outcome string) *callback {
	if c.callbackURL == "" {
		return nil
	}
	status := "completed"
	if outcome == outcomeDelivered {
		status = "failed"
	}
	return s.callStatus(c, status, 3, true, true)
}

func (s *Simulator) fetchCall(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.twilio.calls.get(sidParam(r))
	if !ok {
		return twilioNotFound(r)
	}
	return jsonAnswer(http.StatusOK, c.resource(s.creds.TwilioAccountSID))
}

func (s *Simulator) listCalls(r *request) answer {
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	s.twilio.calls.newestFirst(func(c *twilioCall) bool {
		if matches(q, "To", c.to) && matches(q, "From", c.from) && matches(q, "Status", c.status) {
			all = append(all, c.resource(s.creds.TwilioAccountSID))
		}
		return true
	})
	rows, page, size := twilioPage(r, all)
	return twilioList(r, "calls", rows, len(rows), len(all), page, size)
}

// updateCall ends a call: Status=canceled before it is answered, completed at
// any time.
func (s *Simulator) updateCall(r *request) answer {
	s.mu.Lock()
	c, ok := s.twilio.calls.get(sidParam(r))
	s.mu.Unlock()
	if !ok {
		return twilioNotFound(r)
	}
	switch r.form.Get("Status") {
	case "canceled", "completed":
	default:
		return twilioRefuse(http.StatusBadRequest, 21220, "The simulator ends calls (Status=canceled or completed) and changes nothing else of them")
	}
	s.mu.Lock()
	live := c.live
	s.mu.Unlock()
	if live == nil || s.command(r.Context(), live, command{verb: "cancel"}) != nil {
		return twilioRefuse(http.StatusBadRequest, 21220, "Unable to update record. Call is not in-progress. Cannot redirect.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return jsonAnswer(http.StatusOK, c.resource(s.creds.TwilioAccountSID))
}

// sidParam is the last part of a path: the API's paths end in ".json", which
// is no part of the id.
func sidParam(r *request) string { return strings.TrimSuffix(r.PathValue("sid"), ".json") }
