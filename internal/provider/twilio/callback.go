package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"hookswitch"
)

const signatureHeader = "X-Twilio-Signature"

// ReadCallback reads a status callback of a message or a call.
// https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
// https://www.twilio.com/docs/voice/api/call-resource#statuscallback
func (p *Provider) ReadCallback(c hookswitch.Callback) (hookswitch.Report, error) {
	params, err := p.authentic(c)
	if err != nil {
		return hookswitch.Report{}, err
	}
	report, err := readStatus(params)
	if err != nil {
		return hookswitch.Report{}, err
	}
	report.At = p.now()
	if at, err := time.Parse(time.RFC1123Z, params.Get("Timestamp")); err == nil {
		report.At = at
	}
	return report, nil
}

func readStatus(params url.Values) (hookswitch.Report, error) {
	code := parseNumber(params.Get("ErrorCode"))
	var report hookswitch.Report
	switch sid, callSid := first(params, "MessageSid", "SmsSid"), params.Get("CallSid"); {
	case isSID(sid, "SM") || isSID(sid, "MM"):
		report = messageReport(first(params, "MessageStatus", "SmsStatus"), code)
		report.Reference = sid
	case isSID(callSid, "CA"):
		report = callReport(call{
			Status: params.Get("CallStatus"), Duration: parseNumber(params.Get("CallDuration")),
			SIP: parseNumber(params.Get("SipResponseCode")), ErrorCode: code,
		})
		report.Reference = callSid
	default:
		return report, hookswitch.ErrUnreadable
	}
	if report.ProviderStatus == "" {
		return hookswitch.Report{}, hookswitch.ErrUnreadable
	}
	return report, nil
}

func first(params url.Values, names ...string) string {
	for _, name := range names {
		if value := params.Get(name); value != "" {
			return value
		}
	}
	return ""
}

// Reply answers the key press of a [spoken] call with the reading, once more, and the offer again. A script without a
// reading, of a process that does not have the words any more, ends the call.
func (p *Provider) Reply(c hookswitch.Callback, script hookswitch.Script, repeatURL string) (string, []byte, error) {
	if _, err := p.authentic(c); err != nil {
		return "", nil, err
	}
	script.Times = 1
	markup, _ := spoken(script, repeatURL)
	return "text/xml; charset=utf-8", []byte(markup), nil
}

// authentic checks the signature and gives the parameters of the body.
// https://www.twilio.com/docs/usage/security#validating-requests
func (p *Provider) authentic(c hookswitch.Callback) (url.Values, error) {
	params, readable := bodyParams(c)
	given := header(c, signatureHeader)
	if given == "" || p.account.AuthToken == "" {
		return nil, hookswitch.ErrForged
	}
	signed, hashed := signedParams(c, params)
	ok := 0
	for _, target := range withAndWithoutPort(c.URL) {
		expected := sign(p.account.AuthToken.Reveal(), target+signed)
		ok |= subtle.ConstantTimeCompare([]byte(expected), []byte(given))
	}
	if ok != 1 || !hashed {
		return nil, hookswitch.ErrForged
	}
	if !readable {
		return nil, hookswitch.ErrUnreadable
	}
	return params, nil
}

func sign(token, text string) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signedParams is what follows the URL in the signed text: names and values of a form, sorted, a repeated value once. Of
// any other body Twilio signs the URL alone, which then carries the body's hash.
func signedParams(c hookswitch.Callback, params url.Values) (signed string, hashed bool) {
	if !isForm(c) {
		return "", len(c.Body) == 0 || bodyHashMatches(c)
	}
	var out strings.Builder
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		values := slices.Clone(params[name])
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			out.WriteString(name)
			out.WriteString(value)
		}
	}
	return out.String(), true
}

func bodyHashMatches(c hookswitch.Callback) bool {
	u, err := url.Parse(c.URL)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(c.Body)
	given := strings.ToLower(u.Query().Get("bodySHA256"))
	return subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(given)) == 1
}

// bodyParams reads the parameters: the form, or of a GET the query.
func bodyParams(c hookswitch.Callback) (url.Values, bool) {
	if c.Method == http.MethodGet {
		u, err := url.Parse(c.URL)
		if err != nil {
			return nil, false
		}
		return u.Query(), true
	}
	if !isForm(c) {
		return nil, false
	}
	params, err := url.ParseQuery(string(c.Body))
	return params, err == nil
}

func isForm(c hookswitch.Callback) bool {
	kind, _, err := mime.ParseMediaType(header(c, "Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded" && c.Method != http.MethodGet
}

func header(c hookswitch.Callback, name string) string { return http.Header(c.Header).Get(name) }

// withAndWithoutPort gives the ways in which Twilio may have written the URL when it signed it: as it was given, and with
// the default port named or left out.
func withAndWithoutPort(raw string) []string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return []string{raw}
	}
	port := "443"
	if u.Scheme == "http" {
		port = "80"
	}
	start := strings.Index(raw, "://") + len("://")
	end := start + len(u.Host)
	if start < len("://") || end > len(raw) || raw[start:end] != u.Host {
		return []string{raw}
	}
	switch u.Port() {
	case "":
		return []string{raw, raw[:end] + ":" + port + raw[end:]}
	case port:
		return []string{raw, raw[:end-len(port)-1] + raw[end:]}
	default:
		return []string{raw}
	}
}
