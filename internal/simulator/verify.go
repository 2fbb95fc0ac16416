package simulator

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// The limits of Twilio Verify.
// Source: https://www.twilio.com/docs/verify/api/verification and
// https://www.twilio.com/docs/verify/api/rate-limits-and-timeouts
const (
	verifyLifetime  = 10 * time.Minute
	verifyMaxSends  = 5
	verifyMaxChecks = 5
)

// verifyName is what the service's messages call the customer.
const verifyName = "Simulator"

// verifyStore is what Verify remembers. Guarded by mu.
type verifyStore struct {
	verifications recent[*verification]
	attempts      recent[*attempt]
	pending       map[string]*verification // by number
}

func newVerifyStore() verifyStore {
	return verifyStore{
		verifications: newRecent[*verification](recordLimit),
		attempts:      newRecent[*attempt](recordLimit),
		pending:       map[string]*verification{},
	}
}

// verification is one number being verified. Twilio forgets it when it is
// approved, canceled or ten minutes old.
type verification struct {
	sid, to, channel, code string
	locale                 string
	status                 string // pending, approved, canceled, expired, max_attempts_reached
	created, updated       time.Time
	attempts               []*attempt
	checks                 int
}

// resource is the record as the API shows it.
// Source: https://www.twilio.com/docs/verify/api/verification#verification-response-properties
func (v *verification) resource(c Credentials, host string) map[string]any {
	attempts := []map[string]any{}
	for _, a := range v.attempts {
		attempts = append(attempts, map[string]any{"attempt_sid": a.sid, "channel": strings.ToUpper(a.channel), "time": iso8601(a.created)})
	}
	return map[string]any{
		"sid": v.sid, "service_sid": c.TwilioVerifySID, "account_sid": c.TwilioAccountSID, "to": v.to, "channel": v.channel,
		"status": v.status, "valid": v.status == "approved", "lookup": map[string]any{}, "amount": nil, "payee": nil, "sna": nil,
		"send_code_attempts": attempts, "date_created": iso8601(v.created), "date_updated": iso8601(v.updated),
		"url": host + "/v2/Services/" + c.TwilioVerifySID + "/Verifications/" + v.sid,
	}
}

func iso8601(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// home is the address a request came to: links in answers lead back here.
func home(r *request) string { return "http://" + r.Host }

// alive is a verification that can still be checked. Guarded by mu.
func (s *Simulator) alive(v *verification) bool {
	if v.status == "pending" && s.now().Sub(v.created) >= verifyLifetime {
		v.status, v.updated = "expired", s.now()
		s.settleVerification(v)
	}
	return v.status == "pending"
}

// settleVerification forgets a verification that is over. Guarded by mu.
func (s *Simulator) settleVerification(v *verification) {
	if s.verify.pending[v.to] == v {
		delete(s.verify.pending, v.to)
	}
}

// sweepVerifications drops the expired ones when they grow many. Guarded by mu.
func (s *Simulator) sweepVerifications() {
	if len(s.verify.pending) < recordLimit {
		return
	}
	for _, v := range s.verify.pending {
		s.alive(v)
	}
}

var customCode = regexp.MustCompile(`^[A-Za-z0-9]{4,10}$`)

func (s *Simulator) createVerification(r *request) answer {
	if r.PathValue("service") != s.creds.TwilioVerifySID {
		return twilioNotFound(r)
	}
	to, refusal := readVerification(r.form)
	if refusal != nil {
		return *refusal
	}
	form := r.form
	channel := form.Get("Channel")
	s.mu.Lock()
	v, again := s.verify.pending[to]
	if again && !s.alive(v) {
		again = false
	}
	if again && len(v.attempts) >= verifyMaxSends {
		s.mu.Unlock()
		return twilioRefuse(http.StatusTooManyRequests, 60203, "Max send attempts reached")
	}
	b := s.behaviorOf(s.phone(to))
	if b.Outcome == outcomeLandline && channel == channelSMS {
		s.mu.Unlock()
		return twilioRefuse(http.StatusForbidden, 60205, "SMS is not supported by landline phone number")
	}
	now := s.now()
	if !again {
		s.sweepVerifications()
		v = &verification{sid: s.ids.sid("VE"), to: to, status: "pending", created: now, code: s.ids.code(6)}
		s.verify.verifications.put(v.sid, v)
		s.verify.pending[to] = v
	}
	v.channel, v.updated, v.locale = channel, now, form.Get("Locale")
	if code := form.Get("CustomCode"); code != "" {
		v.code = code
	}
	a := &attempt{sid: s.ids.sid("VL"), verification: v, channel: channel, created: now, updated: now, codeLength: len(v.code)}
	v.attempts = append(v.attempts, a)
	s.verify.attempts.put(a.sid, a)
	shown := jsonAnswer(http.StatusCreated, v.resource(s.creds, home(r)))
	name, code, locale := form.Get("CustomFriendlyName"), v.code, v.locale
	s.mu.Unlock()
	if name == "" {
		name = verifyName
	}
	if channel == channelSMS {
		s.sendVerifySMS(r, v, a, b, verifyText(name, code, locale))
	} else {
		s.placeVerifyCall(r, v, a, b, verifyText(name, spaced(code), locale), dialled(form.Get("SendDigits")))
	}
	return shown
}

// fetchService is the Verify service: custom codes are on.
func (s *Simulator) fetchService(r *request) answer {
	sid := s.creds.TwilioVerifySID
	if r.PathValue("service") != sid {
		return twilioNotFound(r)
	}
	return jsonAnswer(http.StatusOK, map[string]any{
		"sid": sid, "account_sid": s.creds.TwilioAccountSID, "friendly_name": verifyName, "code_length": 6, "custom_code_enabled": true,
		"lookup_enabled": false, "psd2_enabled": false, "skip_sms_to_landlines": false, "dtmf_input_required": false,
		"do_not_share_warning_enabled": false, "tts_name": nil, "default_template_sid": nil, "url": home(r) + r.URL.Path,
	})
}

// readVerification validates what Verify validates, in its order.
func readVerification(form url.Values) (to string, refusal *answer) {
	forbid := func(code int, format string, args ...any) (string, *answer) {
		a := twilioRefuse(http.StatusForbidden, code, format, args...)
		return "", &a
	}
	for _, key := range []string{"To", "Channel"} {
		if form.Get(key) == "" {
			return "", twilioDeny(60200, "Missing required parameter %s in the post body", key)
		}
	}
	switch form.Get("Channel") {
	case channelSMS, channelCall:
	case "email", "whatsapp", "sna", "auto", "push", "totp":
		return forbid(60223, "Delivery channel disabled: %s", strings.ToUpper(form.Get("Channel")))
	default:
		return "", twilioDeny(60200, "Invalid parameter `Channel`: %s", form.Get("Channel"))
	}
	number, ok := parseNumber(form.Get("To"))
	if !ok || !possible(number) || number == magicInvalid {
		return "", twilioDeny(60200, "Invalid parameter `To`: %s", form.Get("To"))
	}
	if number == magicNotAllowed {
		return forbid(60605, "The destination country has been blocked by the account's geo permissions")
	}
	if code := form.Get("CustomCode"); form.Has("CustomCode") && !customCode.MatchString(code) {
		return "", twilioDeny(60200, "Invalid parameter: CustomCode")
	}
	if locale := form.Get("Locale"); locale != "" && !verifyLocales[strings.ToLower(locale)] {
		return "", twilioDeny(60200, "Invalid parameter `Locale`: %s", locale)
	}
	if !validDigits(form.Get("SendDigits")) {
		return "", twilioDeny(60200, "Invalid parameter: SendDigits")
	}
	if utf8.RuneCountInString(form.Get("CustomFriendlyName")) > 30 {
		return "", twilioDeny(60200, "Invalid parameter: CustomFriendlyName")
	}
	return number, nil
}

// verificationOf finds a verification by its SID or its number; Verify knows
// only those that are pending.
func (s *Simulator) verificationOf(r *request) (*verification, bool) {
	if r.PathValue("service") != s.creds.TwilioVerifySID {
		return nil, false
	}
	key := r.PathValue("sid")
	if key == "" {
		key = r.form.Get("VerificationSid")
	}
	if v, ok := s.verify.verifications.get(key); ok {
		return v, s.alive(v)
	}
	to, ok := parseNumber(key)
	if key == "" {
		to, ok = parseNumber(r.form.Get("To"))
	}
	v := s.verify.pending[to]
	return v, ok && v != nil && s.alive(v)
}

func (s *Simulator) fetchVerification(r *request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.verificationOf(r)
	if !ok {
		return twilioNotFound(r)
	}
	return jsonAnswer(http.StatusOK, v.resource(s.creds, home(r)))
}

// updateVerification is the feedback of a customer who checks codes himself.
func (s *Simulator) updateVerification(r *request) answer {
	status := r.form.Get("Status")
	if status != "approved" && status != "canceled" {
		return twilioRefuse(http.StatusBadRequest, 60200, "Invalid parameter `Status`: %s", status)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.verificationOf(r)
	if !ok {
		return twilioNotFound(r)
	}
	s.finishVerification(v, status)
	return jsonAnswer(http.StatusOK, v.resource(s.creds, home(r)))
}

// finishVerification approves or cancels; an approval converts the last
// attempt. Guarded by mu.
func (s *Simulator) finishVerification(v *verification, status string) {
	v.status, v.updated = status, s.now()
	if status == "approved" {
		last := v.attempts[len(v.attempts)-1]
		last.converted, last.updated = true, s.now()
	}
	s.settleVerification(v)
}

func (s *Simulator) checkVerification(r *request) answer {
	code := r.form.Get("Code")
	switch {
	case code == "":
		return twilioRefuse(http.StatusBadRequest, 60200, "Missing required parameter Code in the post body")
	case !r.form.Has("To") && !r.form.Has("VerificationSid"):
		return twilioRefuse(http.StatusBadRequest, 60200, "Either To or VerificationSid is required")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.verificationOf(r)
	if !ok {
		return twilioNotFound(r)
	}
	if v.checks >= verifyMaxChecks {
		v.status, v.updated = "max_attempts_reached", s.now()
		s.settleVerification(v)
		return twilioRefuse(http.StatusTooManyRequests, 60202, "Max check attempts reached")
	}
	v.checks++
	if same(code, v.code) {
		s.finishVerification(v, "approved")
	}
	return jsonAnswer(http.StatusCreated, map[string]any{
		"sid": v.sid, "service_sid": s.creds.TwilioVerifySID, "account_sid": s.creds.TwilioAccountSID, "to": v.to, "channel": v.channel,
		"status": v.status, "valid": v.status == "approved", "amount": nil, "payee": nil, "sna_attempts_error_codes": []any{},
		"date_created": iso8601(v.created), "date_updated": iso8601(v.updated),
	})
}
