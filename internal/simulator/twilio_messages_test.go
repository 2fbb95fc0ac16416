package simulator_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestMessageReachesThePhoneWithItsCode(t *testing.T) {
	b := start(t)
	a := b.must(201, b.message())
	if a.JSON["status"] != "queued" || a.JSON["num_segments"] != "1" || a.JSON["error_code"] != nil || a.JSON["date_sent"] != nil {
		t.Errorf("resource: %s", a.Text)
	}
	sid, _ := a.JSON["sid"].(string)
	m := b.latest(ana, "")
	if m.Text != "Your code is 482913" || str(m.Code) != "482913" || m.Channel != "sms" || m.From != sender || m.To != ana ||
		m.Provider != "twilio" || m.ProviderReference != sid || m.Direction != "outbound" || m.Extension != nil {
		t.Errorf("message: %+v", m)
	}
}

func TestMessageCallbacksAreSentThenDeliveredAndSigned(t *testing.T) {
	b := start(t)
	a := b.must(201, b.message())
	for _, want := range []string{"sent", "delivered"} {
		h := b.next()
		if !genuine(h) {
			t.Errorf("%s: the signature is wrong", want)
		}
		if h.Form.Get("MessageStatus") != want || h.Form.Get("MessageSid") != a.JSON["sid"] || h.Form.Get("AccountSid") != account || h.Form.Get("To") != ana {
			t.Errorf("got %v, want %s", h.Form, want)
		}
	}
	fetched := b.must(200, b.twilio("GET", a.JSON["uri"].(string), nil))
	if fetched.JSON["status"] != "delivered" || fetched.JSON["date_sent"] == nil {
		t.Errorf("fetched: %s", fetched.Text)
	}
}

func TestMessagingServiceAcceptsThenQueues(t *testing.T) {
	b := start(t)
	a := b.must(201, b.message(set("From"), set("MessagingServiceSid", service)))
	if a.JSON["status"] != "accepted" || a.JSON["from"] != nil || a.JSON["messaging_service_sid"] != service {
		t.Errorf("resource: %s", a.Text)
	}
	for _, want := range []string{"queued", "sent", "delivered"} {
		if h := b.next(); h.Form.Get("MessageStatus") != want || h.Form.Get("MessagingServiceSid") != service || h.Form.Get("From") != sender {
			t.Errorf("got %v, want %s", h.Form, want)
		}
	}
}

func TestBadCredentialsAreRefusedAsTwilioDoes(t *testing.T) {
	b := start(t)
	for name, edit := range map[string]func(*http.Request){
		"none":  nil,
		"token": func(r *http.Request) { r.SetBasicAuth(account, "wrong") },
		"user":  func(r *http.Request) { r.SetBasicAuth("AC00000000000000000000000000000002", token) },
	} {
		a := b.do("POST", "/2010-04-01/Accounts/"+account+"/Messages.json", strings.NewReader(""), edit)
		if a.Status != 401 || a.JSON["code"] != 20003.0 || a.JSON["status"] != 401.0 || a.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %s", name, a.Status, a.Text)
		}
	}
	a := b.twilio("POST", "/2010-04-01/Accounts/AC00000000000000000000000000000002/Messages.json", nil)
	if a.Status != 401 {
		t.Errorf("another account: %d %s", a.Status, a.Text)
	}
}

func TestMessageParametersAreJudgedAsTwilioDoes(t *testing.T) {
	b := start(t)
	for name, c := range map[string]struct {
		edit []func(url.Values)
		code float64
	}{
		"no To":                  {[]func(url.Values){set("To")}, 21604},
		"no From":                {[]func(url.Values){set("From")}, 21603},
		"no Body":                {[]func(url.Values){set("Body")}, 21602},
		"Body too long":          {[]func(url.Values){set("Body", strings.Repeat("x", 1601))}, 21617},
		"To is no number":        {[]func(url.Values){set("To", "ana")}, 21211},
		"To is too short":        {[]func(url.Values){set("To", "+120255501")}, 21211},
		"To is a short code":     {[]func(url.Values){set("To", "12345")}, 21265},
		"From is not ours":       {[]func(url.Values){set("From", "+15005550011")}, 21606},
		"From is no number":      {[]func(url.Values){set("From", "???")}, 21212},
		"From is letters":        {[]func(url.Values){set("From", "ACME")}, 21267},
		"From is To":             {[]func(url.Values){set("To", sender)}, 21266},
		"unknown service":        {[]func(url.Values){set("From"), set("MessagingServiceSid", "MG00000000000000000000000000000002")}, 21705},
		"bad callback":           {[]func(url.Values){set("StatusCallback", "ftp://x")}, 21609},
		"bad validity":           {[]func(url.Values){set("ValidityPeriod", "0")}, 21624},
		"region off":             {[]func(url.Values){set("To", "+15005550003")}, 21408},
		"unreachable from here":  {[]func(url.Values){set("To", "+15005550002")}, 21612},
		"magic opted out":        {[]func(url.Values){set("To", "+15005550004")}, 21610},
		"magic landline":         {[]func(url.Values){set("To", "+15005550009")}, 21614},
		"magic invalid receiver": {[]func(url.Values){set("To", "+15005550001")}, 21211},
	} {
		a := b.message(c.edit...)
		if a.Status != 400 || a.JSON["code"] != c.code || a.JSON["status"] != 400.0 || !strings.HasPrefix(a.JSON["more_info"].(string), "https://www.twilio.com/docs/errors/2") {
			t.Errorf("%s: %d %s, want code %v", name, a.Status, a.Text, c.code)
		}
	}
	if m := b.messages(ana); len(m) != 0 {
		t.Errorf("a refused message arrived: %+v", m)
	}
}

func TestPhoneOutcomesOfMessages(t *testing.T) {
	for outcome, want := range map[string]struct {
		status string
		code   string
	}{
		"delivered": {"delivered", ""}, "undelivered": {"undelivered", "30008"}, "unreachable": {"undelivered", "30003"},
		"busy": {"delivered", ""}, "no-answer": {"delivered", ""},
	} {
		t.Run(outcome, func(t *testing.T) {
			b := start(t)
			b.behavior(ana, `{"outcome":"`+outcome+`"}`)
			b.must(201, b.message())
			b.next()
			h := b.next()
			if h.Form.Get("MessageStatus") != want.status || h.Form.Get("ErrorCode") != want.code {
				t.Errorf("got %v, want %+v", h.Form, want)
			}
			if arrived := len(b.messages(ana)) == 1; arrived != (want.status == "delivered") {
				t.Errorf("arrived: %v", arrived)
			}
		})
	}
	for outcome, code := range map[string]float64{"landline": 21614, "opted-out": 21610} {
		b := start(t)
		b.behavior(ana, `{"outcome":"`+outcome+`"}`)
		if a := b.message(); a.Status != 400 || a.JSON["code"] != code {
			t.Errorf("%s: %d %s", outcome, a.Status, a.Text)
		}
	}
}

func TestUnknownResourcesAreNotFound(t *testing.T) {
	b := start(t)
	for _, path := range []string{"/Messages/SM00000000000000000000000000000000.json", "/Calls/CA0.json", "/Nothing.json"} {
		if a := b.twilio("GET", "/2010-04-01/Accounts/"+account+path, nil); a.Status != 404 || a.JSON["code"] != 20404.0 {
			t.Errorf("%s: %d %s", path, a.Status, a.Text)
		}
	}
}

func TestMessagesAreListedByNumberNewestFirst(t *testing.T) {
	b := start(t)
	b.message(set("Body", "one"))
	b.message(set("Body", "two"))
	b.message(set("To", "+12025550199"))
	a := b.must(200, b.twilio("GET", "/2010-04-01/Accounts/"+account+"/Messages.json?To=%2B12025550143&PageSize=1", nil))
	rows := a.JSON["messages"].([]any)
	if len(rows) != 1 || rows[0].(map[string]any)["body"] != "two" || a.JSON["next_page_uri"] == nil {
		t.Errorf("page: %s", a.Text)
	}
	a = b.must(200, b.twilio("GET", a.JSON["next_page_uri"].(string), nil))
	if rows = a.JSON["messages"].([]any); len(rows) != 1 || rows[0].(map[string]any)["body"] != "one" || a.JSON["next_page_uri"] != nil {
		t.Errorf("last page: %s", a.Text)
	}
}
