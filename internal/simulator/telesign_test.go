package simulator_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	customerID = "00000000-0000-4000-8000-000000000001"
	apiKey     = "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ=="
)

func (b *bench) telesign(method, path string, form url.Values) reply {
	b.t.Helper()
	return b.do(method, path, strings.NewReader(form.Encode()), func(r *http.Request) {
		r.SetBasicAuth(customerID, apiKey)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	})
}

func (b *bench) text(edit ...func(url.Values)) reply {
	b.t.Helper()
	form := url.Values{
		"phone_number": {"12025550143"}, "message": {"Your code is 482913"}, "message_type": {"OTP"},
		"callback_url": {b.customer.url + "/ts"}, "external_id": {"d-1"},
	}
	for _, f := range edit {
		f(form)
	}
	return b.telesign("POST", "/v1/messaging", form)
}

// status is status.code of an answer or a callback.
func status(v map[string]any) float64 {
	s, _ := v["status"].(map[string]any)
	code, _ := s["code"].(float64)
	return code
}

// report reads a callback and whether Telesign signed it; the check is written
// from Telesign's description.
func report(h hook) (v map[string]any, genuine bool) {
	_ = json.Unmarshal([]byte(h.Body), &v)
	key, _ := base64.StdEncoding.DecodeString(apiKey)
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, h.Body)
	want := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return v, h.Header.Get("Authorization") == "TSA "+customerID+":"+want && h.Header.Get("X-Ts-Authorization") == want
}

func TestTelesignTextsArriveAndAreReported(t *testing.T) {
	b := start(t)
	a := b.must(200, b.text())
	if status(a.JSON) != 290 || a.JSON["external_id"] != "d-1" {
		t.Errorf("answer: %s", a.Text)
	}
	ref := a.JSON["reference_id"].(string)
	if m := b.latest(ana, ""); str(m.Code) != "482913" || m.Provider != "telesign" || m.ProviderReference != ref || m.From != "+15005550020" {
		t.Errorf("message: %+v", m)
	}
	for _, want := range []float64{203, 200} {
		v, genuine := report(b.next())
		if !genuine || status(v) != want || v["reference_id"] != ref || v["external_id"] != "d-1" || v["submit_timestamp"] == nil {
			t.Errorf("report: %v %v, want %v", genuine, v, want)
		}
	}
	if a := b.must(200, b.telesign("GET", "/v1/messaging/"+ref, nil)); status(a.JSON) != 200 {
		t.Errorf("fetched: %s", a.Text)
	}
	if a := b.telesign("GET", "/v1/voice/"+ref, nil); a.Status != 404 {
		t.Errorf("of another product: %d", a.Status)
	}
}

func TestTelesignVoiceSpeaksLinesWithPauses(t *testing.T) {
	b := start(t)
	a := b.must(200, b.telesign("POST", "/v1/voice", url.Values{
		"phone_number": {"12025550143"}, "message": {"Su código es\n4 8 2 9 1 3"}, "message_type": {"OTP"}, "voice": {"f-es-MX"}, "callback_url": {b.customer.url},
	}))
	if status(a.JSON) != 103 {
		t.Errorf("answer: %s", a.Text)
	}
	m := b.latest(ana, "wait=10s")
	if str(m.Code) != "482913" || str(m.Language) != "es-MX" || len(m.Script) != 7 || m.Script[1].Kind != "pause" {
		t.Errorf("message: %+v", m)
	}
	if v, genuine := report(b.next()); !genuine || status(v) != 100 {
		t.Errorf("report: %v %v", genuine, v)
	}
}

func TestTelesignVerifyBySMSAndCall(t *testing.T) {
	b := start(t)
	a := b.must(200, b.telesign("POST", "/v1/verify/sms", url.Values{
		"phone_number": {"12025550143"}, "verify_code": {"4829137"}, "template": {"Acme: $$CODE$$"}, "ucid": {"ATCK"}, "language": {"en-US"},
	}))
	if status(a.JSON) != 290 || a.JSON["sub_resource"] != "sms" || fmt.Sprint(a.JSON["verify"]) != "map[code_entered: code_state:UNKNOWN]" {
		t.Errorf("answer: %s", a.Text)
	}
	m := b.latest(ana, "")
	if m.Text != "Acme: 4829137" || str(m.Code) != "4829137" {
		t.Errorf("message: %+v", m)
	}
	ref := a.JSON["reference_id"].(string)
	if v := b.must(200, b.telesign("GET", "/v1/verify/"+ref+"?verify_code=4829137", nil)); v.JSON["verify"].(map[string]any)["code_state"] != "VALID" {
		t.Errorf("fetched: %s", v.Text)
	}
	if v := b.must(200, b.telesign("PUT", "/v1/verify/completion/"+ref, nil)); status(v.JSON) != 1900 {
		t.Errorf("completion: %s", v.Text)
	}
	if v := b.telesign("PUT", "/v1/verify/completion/0123", nil); v.Status != 404 || v.JSON["errors"].([]any)[0].(map[string]any)["code"] != -10001.0 {
		t.Errorf("unknown completion: %s", v.Text)
	}

	b.must(200, b.telesign("POST", "/v1/verify/call", url.Values{
		"phone_number": {"12025550143"}, "verify_code": {"482913"}, "tts_message": {"Code $$CODE$$."}, "extension_type": {"1"}, "extension_template": {",,1234"},
	}))
	c := b.latest(ana, "wait=10s&channel=call&after="+m.ID)
	if str(c.Code) != "482913" || str(c.Extension) != "1234" || c.Script[0].Text != "Code 4, 8, 2, 9, 1, 3." {
		t.Errorf("call: %+v", c)
	}
}

func TestTelesignFailuresHaveTheirStatus(t *testing.T) {
	for outcome, want := range map[string]struct{ sms, call float64 }{
		"delivered": {200, 100}, "undelivered": {207, 106}, "unreachable": {210, 106}, "landline": {222, 100},
		"opted-out": {510, 100}, "busy": {200, 107}, "no-answer": {200, 101},
	} {
		t.Run(outcome, func(t *testing.T) {
			b := start(t)
			b.behavior(ana, `{"outcome":"`+outcome+`"}`)
			b.must(200, b.text())
			b.next()
			if v, _ := report(b.next()); status(v) != want.sms {
				t.Errorf("sms: %v, want %v", v, want.sms)
			}
			b.must(200, b.telesign("POST", "/v1/voice", url.Values{
				"phone_number": {"12025550143"}, "message": {"code 1 2 3 4"}, "message_type": {"OTP"}, "callback_url": {b.customer.url},
			}))
			if v, _ := report(b.next()); status(v) != want.call {
				t.Errorf("call: %v, want %v", v, want.call)
			}
		})
	}
}

func TestTelesignParametersAreJudgedAsTelesignDoes(t *testing.T) {
	b := start(t)
	for name, c := range map[string]struct {
		edit func(url.Values)
		code float64
	}{
		"no number":       {set("phone_number"), 12000},
		"bad number":      {set("phone_number", "12025550143x"), 11000},
		"no message":      {set("message"), 12009},
		"long message":    {set("message", strings.Repeat("x", 1601)), 11009},
		"no type":         {set("message_type"), 12017},
		"bad type":        {set("message_type", "otp"), 11017},
		"bad callback":    {set("callback_url", "nowhere"), 11004},
		"long external":   {set("external_id", strings.Repeat("x", 101)), 11016},
		"bad lifecycle":   {set("account_lifecycle_event", "signin"), 11003},
		"bad ip":          {set("originating_ip", "300.1.1.1"), 11010},
		"long sender":     {set("sender_id", strings.Repeat("x", 21)), 11013},
		"number too long": {set("phone_number", "1202555014312345"), 11000},
	} {
		if a := b.text(c.edit); a.Status != 400 || status(a.JSON) != c.code {
			t.Errorf("%s: %d %s, want %v", name, a.Status, a.Text, c.code)
		}
	}
	for name, form := range map[string]url.Values{
		"no number":      {},
		"long code":      {"phone_number": {"12025550143"}, "verify_code": {"12345678"}},
		"code of words":  {"phone_number": {"12025550143"}, "verify_code": {"abcd"}},
		"template alone": {"phone_number": {"12025550143"}, "verify_code": {"1234"}, "template": {"no code"}},
		"unknown use":    {"phone_number": {"12025550143"}, "ucid": {"XXXX"}},
	} {
		a := b.telesign("POST", "/v1/verify/sms", form)
		if a.Status != 400 || status(a.JSON) != 500 || a.JSON["errors"].([]any)[0].(map[string]any)["code"] != -10001.0 {
			t.Errorf("verify, %s: %d %s", name, a.Status, a.Text)
		}
	}
	if m := b.messages(ana); len(m) != 0 {
		t.Errorf("a refused message arrived: %+v", m)
	}
}

// digest signs a request from Telesign's description.
func digest(r *http.Request, body, date, nonce, key string) {
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Date", date)
	r.Header.Set("X-Ts-Auth-Method", "HMAC-SHA256")
	r.Header.Set("X-Ts-Nonce", nonce)
	raw, _ := base64.StdEncoding.DecodeString(key)
	mac := hmac.New(sha256.New, raw)
	_, _ = fmt.Fprintf(mac, "%s\napplication/x-www-form-urlencoded\n%s\nx-ts-auth-method:HMAC-SHA256\nx-ts-nonce:%s\n%s\n%s", r.Method, date, nonce, body, r.URL.Path)
	r.Header.Set("Authorization", "TSA "+customerID+":"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

func TestTelesignDigestIsVerified(t *testing.T) {
	b := start(t)
	body := "phone_number=12025550143&message=code+123456&message_type=OTP"
	now := time.Now().UTC().Format(http.TimeFormat)
	send := func(path string, edit func(*http.Request)) reply {
		return b.do("POST", path, strings.NewReader(body), edit)
	}
	good := func(r *http.Request) { digest(r, body, now, "nonce-000001", apiKey) }
	b.must(200, send("/v1/messaging", good))
	for name, c := range map[string]struct {
		edit           func(*http.Request)
		code, negative float64
	}{
		"nothing":       {func(*http.Request) {}, 10009, -30004},
		"format":        {func(r *http.Request) { r.Header.Set("Authorization", "TSA") }, 10028, -30005},
		"another way":   {func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 10028, -30005},
		"customer":      {func(r *http.Request) { r.SetBasicAuth("nobody", apiKey) }, 10015, -30000},
		"basic key":     {func(r *http.Request) { r.SetBasicAuth(customerID, "bad") }, 10022, -30015},
		"digest key":    {func(r *http.Request) { digest(r, body, now, "nonce-000002", "YmFk") }, 10008, -30006},
		"other body":    {func(r *http.Request) { digest(r, body+"&x=1", now, "nonce-000003", apiKey) }, 10008, -30006},
		"no date":       {func(r *http.Request) { good(r); r.Header.Del("Date") }, 10007, -30007},
		"bad date":      {func(r *http.Request) { digest(r, body, "yesterday", "nonce-000004", apiKey) }, 10005, -30009},
		"old date":      {func(r *http.Request) { digest(r, body, "Tue, 31 Jan 2023 11:36:42 GMT", "nonce-000005", apiKey) }, 10004, -30010},
		"method":        {func(r *http.Request) { good(r); r.Header.Set("X-Ts-Auth-Method", "MD5") }, 10006, -30008},
		"long nonce":    {func(r *http.Request) { digest(r, body, now, strings.Repeat("n", 65), apiKey) }, 10003, -30011},
		"replayed once": {good, 10002, -30012},
	} {
		t.Run(name, func(t *testing.T) {
			if a := send("/v1/messaging", c.edit); a.Status != 401 || status(a.JSON) != c.code {
				t.Errorf("messaging: %d %s, want %v", a.Status, a.Text, c.code)
			}
			if c.code == 10002 {
				send("/v1/verify/sms", func(r *http.Request) { digest(r, body, now, "nonce-verify", apiKey) })
				c.edit = func(r *http.Request) { digest(r, body, now, "nonce-verify", apiKey) }
			}
			a := send("/v1/verify/sms", c.edit)
			if a.Status != 401 || a.JSON["errors"].([]any)[0].(map[string]any)["code"] != c.negative {
				t.Errorf("verify: %d %s, want %v", a.Status, a.Text, c.negative)
			}
		})
	}
}

func TestTelesignCarrierModes(t *testing.T) {
	for mode, want := range map[string]struct {
		http int
		code float64
	}{
		"down": {503, 10000}, "error500": {500, 10000}, "throttled": {429, 10019}, "unauthorized": {401, 10022}, "fraud-blocked": {200, 230},
	} {
		b := start(t)
		b.must(200, b.control("PUT", "/carriers/telesign/behavior", `{"mode":"`+mode+`"}`))
		if a := b.text(); a.Status != want.http || status(a.JSON) != want.code {
			t.Errorf("%s: %d %s", mode, a.Status, a.Text)
		}
		if len(b.messages(ana)) != 0 {
			t.Errorf("%s: it arrived", mode)
		}
		b.must(201, b.message())
	}
}

func TestTelesignCallbackBehaviors(t *testing.T) {
	b := start(t)
	b.behavior(ana, `{"callbacks":"forged"}`)
	b.must(200, b.text())
	if v, genuine := report(b.next()); genuine || status(v) != 207 {
		t.Errorf("forged: %v %v", genuine, v)
	}
	for _, want := range []float64{203, 200} {
		if v, genuine := report(b.next()); !genuine || status(v) != want {
			t.Errorf("genuine: %v %v", genuine, v)
		}
	}
}
