package twilio_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider/twilio"
)

// form is a callback as Twilio makes it, signed with the token of the tests.
func form(target string, params url.Values) hookswitch.Callback {
	return signedFor(target, target, params)
}

// signedFor is a callback to one URL with a signature over another.
func signedFor(target, signed string, params url.Values) hookswitch.Callback {
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	text := signed
	for _, name := range names {
		values := slices.Clone(params[name])
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			text += name + value
		}
	}
	return hookswitch.Callback{
		URL: target, Method: http.MethodPost, Body: []byte(params.Encode()),
		Header: map[string][]string{
			"Content-Type":       {"application/x-www-form-urlencoded; charset=UTF-8"},
			"X-Twilio-Signature": {twilio.Sign(token, text)},
		},
	}
}

func reader() *twilio.Provider {
	return newProvider(nil, "", by("twilioPhoneNumber", "+15005550006"), by("twilioCallerId", "+15005550006"))
}

// The example of Twilio's own documentation. https://www.twilio.com/docs/usage/security#validating-requests
func TestTheSignatureIsTwilios(t *testing.T) {
	got := twilio.Sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2"+
		"CallSidCA1234567890ABCDECaller+14158675309Digits1234From+14158675309To+18005551212")
	if got != "RSOYDt4T1cUTdK1PDd93/VVr8B8=" {
		t.Errorf("got %s", got)
	}
}

func TestAStatusOfAMessageIsRead(t *testing.T) {
	report, err := reader().ReadCallback(form("https://id.example/cb/d1?k=%20v", url.Values{
		"MessageSid": {messageSID}, "SmsSid": {messageSID}, "MessageStatus": {"undelivered"}, "SmsStatus": {"undelivered"},
		"AccountSid": {accountSID}, "From": {"+15005550006"}, "To": {"+12025550123"}, "ApiVersion": {"2010-04-01"},
		"ErrorCode": {"30003"}, "RawDlrDoneDate": {"2603011201"}, "SomethingNew": {"é & ü"},
	}))
	want := hookswitch.Report{
		Reference: messageSID, Fate: hookswitch.StatusLost, Word: hookswitch.WordUndelivered, ProviderStatus: "undelivered",
		ProviderCode: "30003", Failure: hookswitch.InactiveNumber, At: noon(),
	}
	if err != nil || report != want {
		t.Errorf("got %+v %v, want %+v", report, err, want)
	}
}

func TestAStatusOfACallIsRead(t *testing.T) {
	report, err := reader().ReadCallback(form("https://id.example/cb/d1", url.Values{
		"CallSid": {callSID}, "CallStatus": {"in-progress"}, "Timestamp": {"Sun, 01 Mar 2026 12:00:07 +0000"},
		"CallbackSource": {"call-progress-events"}, "SequenceNumber": {"2"}, "Direction": {"outbound-api"},
	}))
	if err != nil || report.Reference != callSID || report.Fate != hookswitch.StatusArrived || !report.At.Equal(noon().Add(7*time.Second)) {
		t.Errorf("got %+v %v", report, err)
	}
}

func TestThePortMayBeNamedOrNot(t *testing.T) {
	params := url.Values{"MessageSid": {messageSID}, "MessageStatus": {"sent"}}
	for _, row := range []struct {
		target, signed string
		ok             bool
	}{
		{"https://id.example/cb?a=1", "https://id.example:443/cb?a=1", true},
		{"https://id.example:443/cb", "https://id.example/cb", true},
		{"http://id.example/cb", "http://id.example:80/cb", true},
		{"http://id.example:80/cb", "http://id.example/cb", true},
		{"https://id.example:8443/cb", "https://id.example:8443/cb", true},
		{"https://[2001:db8::1]/cb", "https://[2001:db8::1]:443/cb", true},
		{"https://id.example:8443/cb", "https://id.example/cb", false},
		{"https://id.example/cb", "http://id.example/cb", false},
		{"https://id.example/cb", "https://other.example/cb", false},
		{"https://id.example/cb?a=1", "https://id.example/cb", false},
	} {
		_, err := reader().ReadCallback(signedFor(row.target, row.signed, params))
		if row.ok != (err == nil) || !row.ok && !errors.Is(err, hookswitch.ErrForged) {
			t.Errorf("%s signed as %s: %v", row.target, row.signed, err)
		}
	}
}

func TestARepeatedParameterIsSignedOnceAndSorted(t *testing.T) {
	c := form("https://id.example/cb", url.Values{
		"MessageSid": {messageSID}, "MessageStatus": {"sent"}, "MediaUrl": {"b", "a", "b"}, "media": {"x"}, "Z": {""},
	})
	if _, err := reader().ReadCallback(c); err != nil {
		t.Error(err)
	}
}

func TestAForgedCallbackIsRefused(t *testing.T) {
	params := url.Values{"MessageSid": {messageSID}, "MessageStatus": {"delivered"}}
	good := form("https://id.example/cb", params)
	for name, change := range map[string]func(c *hookswitch.Callback){
		"no signature":    func(c *hookswitch.Callback) { delete(c.Header, "X-Twilio-Signature") },
		"empty signature": func(c *hookswitch.Callback) { c.Header["X-Twilio-Signature"] = []string{""} },
		"other signature": func(c *hookswitch.Callback) { c.Header["X-Twilio-Signature"] = []string{twilio.Sign("x", "y")} },
		"other body": func(c *hookswitch.Callback) {
			c.Body = []byte(strings.Replace(string(c.Body), "delivered", "failed", 1))
		},
		"more body":      func(c *hookswitch.Callback) { c.Body = append(c.Body, "&a=b"...) },
		"no body":        func(c *hookswitch.Callback) { c.Body = nil },
		"other type":     func(c *hookswitch.Callback) { c.Header["Content-Type"] = []string{"application/json"} },
		"no type":        func(c *hookswitch.Callback) { delete(c.Header, "Content-Type") },
		"other URL":      func(c *hookswitch.Callback) { c.URL = "https://id.example/cb2" },
		"other method":   func(c *hookswitch.Callback) { c.Method = http.MethodGet },
		"unreadable URL": func(c *hookswitch.Callback) { c.URL = "https://[::1" },
	} {
		c := good
		c.Header = http.Header(good.Header).Clone()
		c.Body = slices.Clone(good.Body)
		change(&c)
		if report, err := reader().ReadCallback(c); !errors.Is(err, hookswitch.ErrForged) || report != (hookswitch.Report{}) {
			t.Errorf("%s: %+v %v", name, report, err)
		}
	}
}

// Without a token everybody could sign.
func TestAnAccountWithoutATokenBelievesNothing(t *testing.T) {
	a := account(by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
	a.AuthToken = ""
	c := form("https://id.example/cb", url.Values{})
	c.Header["X-Twilio-Signature"] = []string{twilio.Sign("", "https://id.example/cb")}
	if _, err := twilio.New(twilio.Config{Account: a}).ReadCallback(c); !errors.Is(err, hookswitch.ErrForged) {
		t.Error(err)
	}
}

func TestASignedCallbackThatSaysNothingIsUnreadable(t *testing.T) {
	for name, params := range map[string]url.Values{
		"empty":           {},
		"no id":           {"MessageStatus": {"sent"}},
		"no status":       {"MessageSid": {messageSID}},
		"an id of a kind": {"MessageSid": {verifySID}, "MessageStatus": {"sent"}},
		"a short id":      {"MessageSid": {"SM1"}, "MessageStatus": {"sent"}},
		"call, no status": {"CallSid": {callSID}},
	} {
		if _, err := reader().ReadCallback(form("https://id.example/cb", params)); !errors.Is(err, hookswitch.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of a body that is no form Twilio signs the URL alone, which carries the body's hash.
func TestABodyOfJSONIsHeldToItsHash(t *testing.T) {
	body := []byte(`{"MessageSid":"x"}`)
	sum := sha256.Sum256(body)
	for name, row := range map[string]struct {
		hash string
		want error
	}{
		"its own":   {hex.EncodeToString(sum[:]), hookswitch.ErrUnreadable}, // believed, but no status comes that way
		"another's": {strings.Repeat("0", 64), hookswitch.ErrForged},
		"none":      {"", hookswitch.ErrForged},
	} {
		target := "https://id.example/cb?bodySHA256=" + row.hash
		_, err := reader().ReadCallback(hookswitch.Callback{
			URL: target, Method: http.MethodPost, Body: body,
			Header: map[string][]string{"Content-Type": {"application/json"}, "X-Twilio-Signature": {twilio.Sign(token, target)}},
		})
		if !errors.Is(err, row.want) {
			t.Errorf("%s hash: %v", name, err)
		}
	}
}

func TestACallbackByGETCarriesItsParametersInTheURL(t *testing.T) {
	target := "https://id.example/cb?MessageSid=" + messageSID + "&MessageStatus=delivered"
	report, err := reader().ReadCallback(hookswitch.Callback{
		URL: target, Method: http.MethodGet, Header: map[string][]string{"X-Twilio-Signature": {twilio.Sign(token, target)}},
	})
	if err != nil || report.Fate != hookswitch.StatusArrived {
		t.Errorf("got %+v %v", report, err)
	}
}

func TestAKeyPressIsAnsweredWithOneReading(t *testing.T) {
	press := form("https://id.example/repeat/d1", url.Values{"CallSid": {callSID}, "Digits": {"5"}})
	kind, body, err := reader().Reply(press, script(), "https://id.example/repeat/d1")
	if err != nil || kind != "text/xml; charset=utf-8" {
		t.Fatal(kind, err)
	}
	if !strings.Contains(string(body), ">8 <") || strings.Contains(string(body), "loop") {
		t.Errorf("not one reading: %s", body)
	}
	if !strings.Contains(string(body), "<Gather") {
		t.Errorf("no offer to hear it again: %s", body)
	}
	_, body, err = reader().Reply(press, hookswitch.Script{}, "https://id.example/repeat/d1")
	if err != nil || !strings.Contains(string(body), "<Hangup/>") {
		t.Errorf("without a script: %s %v", body, err)
	}
	press.Body = append(press.Body, "&x=y"...)
	if _, body, err := reader().Reply(press, script(), ""); !errors.Is(err, hookswitch.ErrForged) || body != nil {
		t.Errorf("forged: %s %v", body, err)
	}
}

func FuzzReadCallback(f *testing.F) {
	f.Add("https://id.example/cb", "MessageSid="+messageSID+"&MessageStatus=delivered&ErrorCode=30003", "application/x-www-form-urlencoded", true)
	f.Add("https://id.example:443/cb?bodySHA256=0", `{"a":1}`, "application/json", true)
	f.Add("http://[::1]:80/%zz", "CallSid="+callSID+"&CallStatus=completed&CallDuration=0", "application/x-www-form-urlencoded;", false)
	f.Fuzz(func(t *testing.T, target, body, kind string, signed bool) {
		c := hookswitch.Callback{
			URL: target, Method: http.MethodPost, Body: []byte(body),
			Header: map[string][]string{"Content-Type": {kind}, "X-Twilio-Signature": {twilio.Sign("other", target+body)}},
		}
		if signed {
			params, _ := url.ParseQuery(body)
			good := form(target, params)
			c.Header["X-Twilio-Signature"] = good.Header["X-Twilio-Signature"]
		}
		report, err := reader().ReadCallback(c)
		switch {
		case !signed && !errors.Is(err, hookswitch.ErrForged):
			t.Fatalf("a forged callback was not refused: %v", err)
		case err == nil && (report.Reference == "" || report.Fate == "" || report.Word == "" || report.ProviderStatus == ""):
			t.Fatalf("half a report: %+v", report)
		case err == nil && report.Fate == hookswitch.StatusLost && report.Failure == "":
			t.Fatalf("lost without a failure: %+v", report)
		case err != nil && !errors.Is(err, hookswitch.ErrForged) && !errors.Is(err, hookswitch.ErrUnreadable):
			t.Fatalf("another error: %v", err)
		}
	})
}
