package simulator

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// readTelesign reads what every send has.
func readTelesign(form url.Values) (to, callbackURL string, wrong *fault) {
	v := form.Get("phone_number")
	if v == "" {
		return "", "", faultNoPhone
	}
	to, ok := telesignNumber(v)
	if !ok {
		return "", "", faultPhone
	}
	callbackURL = form.Get("callback_url")
	if form.Has("callback_url") && !validURL(callbackURL) {
		return "", "", faultCallback
	}
	if ip := form.Get("originating_ip"); ip != "" {
		if _, err := netip.ParseAddr(ip); err != nil {
			return "", "", &fault{400, 11010, "Invalid value for parameter originating_ip.", -10001, "Invalid Request: OriginatingIP Parameter"}
		}
	}
	return to, callbackURL, nil
}

// readText reads what Messaging and Voice have: a text of the customer's own.
func readText(form url.Values) *fault {
	own := func(code int, text string) *fault { return &fault{http: 400, code: code, description: text} }
	message, kind, external := form.Get("message"), form.Get("message_type"), form.Get("external_id")
	switch {
	case message == "":
		return own(12009, "Missing Required Parameter message")
	case utf8.RuneCountInString(message) > 1600:
		return own(11009, "Invalid value for parameter message.")
	case kind == "":
		return own(12017, "Missing Required Parameter message_type")
	case !slices.Contains([]string{"OTP", "ARN", "MKT"}, kind):
		return own(11017, "Invalid value for parameter message_type.")
	case len(external) > 100 || strings.ContainsFunc(external, func(r rune) bool { return r > 126 }):
		return own(11016, "Invalid value for parameter external_id")
	case len(form.Get("sender_id")) > 20:
		return own(11013, "Invalid value for parameter sender_id.")
	}
	if e := form.Get("account_lifecycle_event"); e != "" && !slices.Contains([]string{"create", "sign-in", "transact", "update", "delete"}, e) {
		return own(11003, "Invalid value for parameter account_lifecycle_event")
	}
	return nil
}

// createText is POST /v1/messaging.
func (s *Simulator) createText(r *request) answer {
	to, target, wrong := readTelesign(r.form)
	if wrong == nil {
		wrong = readText(r.form)
	}
	if wrong != nil {
		return s.telesignRefuse(r.URL.Path, wrong, nil)
	}
	t := &transaction{product: "messaging", channel: channelSMS, to: to, callbackURL: target, externalID: optional(r.form.Get("external_id"))}
	return s.telesignText(r, t, r.form.Get("message"), "")
}

// voices are what /v1/voice can speak with, "f-" and a language.
// Source: https://standard.telesign.com/api-reference/apis/voice-api/send-a-voice-message/post-voice
var telesignVoices = []string{
	"f-zh-HK", "f-zh-CN", "f-zh-TW", "f-da-DK", "f-nl-NL", "f-en-AU", "f-en-GB", "f-en-US", "f-en-CA", "f-en-IN", "f-fi-FI", "f-fr-FR",
	"f-fr-CA", "f-it-IT", "f-ja-JP", "f-ko-KR", "f-nb-NO", "f-pl-PL", "f-pt-BR", "f-pt-PT", "f-es-MX", "f-es-ES", "f-de-DE", "f-ru-RU", "f-sv-SE",
}

// createVoice is POST /v1/voice.
func (s *Simulator) createVoice(r *request) answer {
	to, target, wrong := readTelesign(r.form)
	if wrong == nil {
		wrong = readText(r.form)
	}
	voice := r.form.Get("voice")
	if voice == "" {
		voice = "f-en-US"
	}
	if wrong == nil && !slices.Contains(telesignVoices, voice) {
		wrong = &fault{http: 400, code: 11009, description: "Invalid value for parameter voice."}
	}
	if wrong != nil {
		return s.telesignRefuse(r.URL.Path, wrong, nil)
	}
	t := &transaction{product: "voice", channel: channelCall, to: to, callbackURL: target, externalID: optional(r.form.Get("external_id"))}
	return s.telesignCall(r, t, r.form.Get("message"), strings.TrimPrefix(voice, "f-"), voice, "")
}

// telesignCode is what the Verify APIs send: 3 to 7 digits. The page of Voice
// Verify says 3 to 5, the one of SMS Verify up to 7; the wider range holds for
// both here.
var telesignCode = regexp.MustCompile(`^[0-9]{3,7}$`)

// readCode reads what the Verify APIs have: a code and a text around it.
func (s *Simulator) readCode(form url.Values, textKey, digitsRead string) (code, text string, wrong *fault) {
	bad := func(what string) *fault {
		return &fault{http: 400, verifyCode: -10001, verifyText: "Invalid Request: " + what + " Parameter"}
	}
	code = form.Get("verify_code")
	if !form.Has("verify_code") {
		s.mu.Lock()
		code = s.ids.code(len(digitsRead))
		s.mu.Unlock()
	} else if !telesignCode.MatchString(code) {
		return "", "", bad("VerifyCode")
	}
	text = form.Get(textKey)
	switch {
	case form.Has(textKey) && !strings.Contains(text, "$$CODE$$"):
		return "", "", bad(textKey)
	case utf8.RuneCountInString(text) > 1600:
		return "", "", bad(textKey)
	case form.Get("language") != "" && !telesignLanguage.MatchString(form.Get("language")):
		return "", "", bad("Language")
	case form.Get("ucid") != "" && !slices.Contains(telesignUses, form.Get("ucid")):
		return "", "", bad("UCID")
	}
	return code, text, nil
}

var telesignLanguage = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?$`)

var telesignUses = []string{
	"ATCK", "BACF", "BACS", "CHBK", "CLDR", "LEAD", "OTHR", "PWRT", "RESV", "RXPF", "SHIP", "THEF", "TRVF", "UNKN",
}

// createVerifySMS is POST /v1/verify/sms.
func (s *Simulator) createVerifySMS(r *request) answer {
	to, target, wrong := readTelesign(r.form)
	var code, text string
	if wrong == nil {
		code, text, wrong = s.readCode(r.form, "template", "1234567")
	}
	if wrong != nil {
		return s.telesignRefuse(r.URL.Path, wrong, nil)
	}
	language := r.form.Get("language")
	if text == "" {
		text = verifyText("Telesign", "$$CODE$$", language)
	}
	t := &transaction{product: "verify", channel: channelSMS, to: to, callbackURL: target, code: code}
	return s.telesignText(r, t, strings.ReplaceAll(text, "$$CODE$$", code), language)
}

var telesignExtension = regexp.MustCompile(`^[0-9,]{1,28}$`)

// createVerifyCall is POST /v1/verify/call.
func (s *Simulator) createVerifyCall(r *request) answer {
	to, target, wrong := readTelesign(r.form)
	var code, text string
	if wrong == nil {
		code, text, wrong = s.readCode(r.form, "tts_message", "12345")
	}
	kind, extension := r.form.Get("extension_type"), r.form.Get("extension_template")
	if wrong == nil && (kind != "" || extension != "") && (kind != "1" && kind != "2" || !telesignExtension.MatchString(extension)) {
		wrong = &fault{http: 400, verifyCode: -10001, verifyText: "Invalid Request: Extension Parameter"}
	}
	if wrong != nil {
		return s.telesignRefuse(r.URL.Path, wrong, nil)
	}
	language := r.form.Get("language")
	if text == "" {
		text = verifyText("Telesign", "$$CODE$$", language)
	}
	if language == "" {
		language = "en-US"
	}
	t := &transaction{product: "verify", channel: channelCall, to: to, callbackURL: target, code: code}
	return s.telesignCall(r, t, strings.ReplaceAll(text, "$$CODE$$", spaced(code)), language, "", strings.ReplaceAll(extension, ",", ""))
}

// telesignText sends an SMS and answers the transaction as it was taken.
func (s *Simulator) telesignText(r *request, t *transaction, text, language string) answer {
	from := r.form.Get("sender_id")
	if from == "" {
		from = s.creds.TelesignPhoneNumber
	}
	s.mu.Lock()
	p := s.phone(t.to)
	b := s.behaviorOf(p)
	if s.optedOut(p, s.creds.TelesignPhoneNumber) {
		b.Outcome = outcomeOptedOut
	}
	s.newTransaction(t, 290)
	a := jsonAnswer(http.StatusOK, t.resource())
	s.mu.Unlock()
	s.transmit(r.Context(), &sms{
		carrier: carrierTelesign, reference: t.reference, from: from, to: t.to, text: text, language: language, behavior: b,
		progress: func(step smsStep) *callback {
			switch step {
			case smsSent:
				s.setStatus(t, 203)
			case smsDelivered:
				s.setStatus(t, 200)
			case smsUndelivered:
				s.setStatus(t, telesignFailure(b.Outcome))
			}
			return s.telesignCallback(t)
		},
		forgery: func() *callback { return s.forgeTelesign(t, b.Outcome) },
	})
	return a
}

// telesignFailure is how Telesign explains a text that did not arrive.
func telesignFailure(outcome string) int {
	switch outcome {
	case outcomeUnreachable:
		return 210
	case outcomeLandline:
		return 222
	case outcomeOptedOut:
		return 510
	}
	return 207
}

// telesignCall places a call and answers the transaction as it was taken.
func (s *Simulator) telesignCall(r *request, t *transaction, text, language, voice, extension string) answer {
	s.mu.Lock()
	b := s.behaviorOf(s.phone(t.to))
	s.newTransaction(t, 103)
	v := t.resource()
	if t.product == "verify" {
		v["voice"] = map[string]string{"caller_id": s.creds.TelesignPhoneNumber}
	}
	a := jsonAnswer(http.StatusOK, v)
	s.mu.Unlock()
	s.place(r.Context(), dialing{
		carrier: carrierTelesign, reference: t.reference, from: s.creds.TelesignPhoneNumber, to: t.to, extension: extension,
		timeout: 30 * time.Second, behavior: b, open: sayTwice(text, language, voice),
		progress: func(_ *call, state callState) *callback {
			code, final := telesignCallStatus(state)
			if t.status.Code == 100 {
				return nil // answered is told, and nothing after it
			}
			s.setStatus(t, code)
			if !final {
				return nil
			}
			return s.telesignCallback(t)
		},
		forgery: func() *callback { return s.forgeTelesign(t, b.Outcome) },
	})
	return a
}

func telesignCallStatus(state callState) (code int, final bool) {
	switch state {
	case callAnswered, callCompleted:
		return 100, true
	case callBusy:
		return 107, true
	case callNoAnswer:
		return 101, true
	case callFailed:
		return 106, true
	case callCanceled:
		return 108, true
	}
	return 103, false
}

// telesignCallback makes a delivery report. Guarded by mu.
func (s *Simulator) telesignCallback(t *transaction) *callback {
	if t.callbackURL == "" {
		return nil
	}
	v := t.resource()
	v["submit_timestamp"] = telesignTime(t.submitted)
	return s.telesignWebhook(t.reference, t.callbackURL, jsonAnswer(0, v).body, false)
}

// forgeTelesign claims the opposite of the truth.
func (s *Simulator) forgeTelesign(t *transaction, outcome string) *callback {
	if t.callbackURL == "" {
		return nil
	}
	lie := 207
	switch {
	case t.channel == channelCall && outcome == outcomeDelivered:
		lie = 106
	case t.channel == channelCall:
		lie = 100
	case outcome == outcomeUndelivered || outcome == outcomeUnreachable || outcome == outcomeLandline || outcome == outcomeOptedOut:
		lie = 200
	}
	told := *t
	told.status = telesignStatus{Code: lie, Description: telesignTexts[lie], UpdatedOn: telesignTime(s.now())}
	v := told.resource()
	v["submit_timestamp"] = telesignTime(t.submitted)
	return s.telesignWebhook(t.reference, t.callbackURL, jsonAnswer(0, v).body, true)
}
