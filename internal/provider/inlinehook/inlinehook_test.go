package inlinehook

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
)

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 123456789, time.UTC) }

func message() hookswitch.Message {
	return hookswitch.Message{
		DeliveryID: "dlv1", Channel: hookswitch.SMS, Purpose: hookswitch.SignIn, To: "+12025550142", Code: "654321",
		Text: "Acme: your code is 654321", Language: "pt-BR", Expires: noon().Add(5 * time.Minute),
		Origin: hookswitch.Origin{RequestID: "req1", Method: "POST", URI: "/api/v1/x", IP: "192.0.2.1"},
		User:   hookswitch.User{ID: "00u1", Profile: hookswitch.Profile{Login: "ana@example.com", FirstName: "Ana", LastName: "Lima"}},
	}
}

func hookAt(t *testing.T, uri string, o provider.Options) *Provider {
	t.Helper()
	if o.Allowed == nil {
		o.Allowed = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}
	client, err := provider.NewClient(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	return New(Config{
		Hook: hookswitch.InlineHook{
			ID: "cal1", Name: "Mine", URI: uri, AuthKey: "Authorization", AuthValue: "canary-secret",
			Headers: []hookswitch.HookHeader{{Key: "X-Region", Value: "eu"}},
		},
		Client: client, PublicURL: "https://sms.example.com", Now: noon, Random: rand.Reader,
	})
}

// hook is a provider whose hook answers with the function.
func hook(t *testing.T, serve http.HandlerFunc) *Provider {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	return hookAt(t, server.URL, provider.Options{})
}

func answers(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, body)
	}
}

const successful = `{"commands":[{"type":"com.okta.telephony.action","value":[{"status":"SUCCESSFUL","provider":"VONAGE","transactionId":"SM49","transactionMetadata":"Duration=300ms"}]}]}`

func TestTheRequestIsTheDocumentedOneInBothSpellings(t *testing.T) {
	var got struct {
		payload

		Header http.Header `json:"-"`
	}
	p := hook(t, func(w http.ResponseWriter, r *http.Request) {
		got.Header = r.Header
		if err := json.NewDecoder(r.Body).Decode(&got.payload); err != nil || r.Method != http.MethodPost {
			t.Error(r.Method, err)
		}
		_, _ = io.WriteString(w, successful)
	})
	if _, err := p.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	if len(got.EventID) != 22 {
		t.Errorf("the event's id is %q", got.EventID)
	}
	got.EventID = ""
	want := `{"eventId":"","eventTime":"2026-11-22T12:00:00.123Z","eventType":"com.okta.telephony.provider","eventTypeVersion":"1.0",
		"contentType":"application/json","cloudEventVersion":"0.1","source":"https://sms.example.com/api/v1/inlineHooks/cal1",
		"requestType":"com.okta.user.telephony.mfa-verification","data":{
		"context":{"request":{"id":"req1","method":"POST","url":{"value":"/api/v1/x"},"ipAddress":"192.0.2.1"}},
		"userProfile":{"firstName":"Ana","lastName":"Lima","login":"ana@example.com","userId":"00u1"},
		"messageProfile":{"msgTemplate":"Acme: your code is 654321","messageTemplate":"Acme: your code is 654321","phoneNumber":"+12025550142",
		"otpExpires":"2026-11-22T12:05:00.123Z","deliveryChannel":"SMS","otpCode":"654321","otp":"654321","locale":"pt-BR"}}}`
	text, err := json.Marshal(got.payload)
	if err != nil || string(text) != strings.NewReplacer("\n", "", "\t", "").Replace(want) {
		t.Errorf("%s %v", text, err)
	}
	for key, value := range map[string]string{"Authorization": "canary-secret", "X-Region": "eu", "Accept": "application/json", "Content-Type": "application/json"} {
		if got.Header.Get(key) != value {
			t.Errorf("%s: %q", key, got.Header.Get(key))
		}
	}
}

func TestACallHasItsExtensionAndNoText(t *testing.T) {
	m := message()
	m.Channel, m.Text, m.Extension, m.Purpose = hookswitch.Call, "", "4711", hookswitch.Enrollment
	body, err := hookAt(t, "https://hooks.example.com", provider.Options{}).payload(m)
	if err != nil || strings.Contains(string(body), "emplate") || !strings.Contains(string(body), `"phoneExtension":"4711"`) ||
		!strings.Contains(string(body), `"deliveryChannel":"CALL"`) || !strings.Contains(string(body), "pre-enrollment") {
		t.Errorf("%s %v", body, err)
	}
}

func TestTheStatusOfTheAnswerIsTheFateOfTheMessage(t *testing.T) {
	with := func(kind, status string) string {
		return fmt.Sprintf(`{"commands":[{"type":%q,"value":[{"status":%q,"transactionId":"SM49"}]}]}`, kind, status)
	}
	for body, want := range map[string]hookswitch.Fate{
		successful: hookswitch.StatusArrived,
		with("com.okta.user.telephony.mfa-verification", "SUCCESSFUL"):                                                       hookswitch.StatusArrived,
		with("com.okta.telephony.action", "PENDING"):                                                                         hookswitch.StatusInterim,
		`{"error":null,"commands":{"type":"com.okta.telephony.action","value":{"status":"PENDING","transactionId":"SM49"}}}`: hookswitch.StatusInterim,
		"\xef\xbb\xbf " + successful:                                                                                         hookswitch.StatusArrived,
	} {
		receipt, err := hook(t, answers(body)).Send(t.Context(), message())
		if err != nil || receipt.Report.Fate != want || receipt.Reference != "SM49" {
			t.Errorf("%s: %+v %v", body, receipt, err)
		}
	}
}

func TestEveryOtherAnswerIsAFailureThatIsNamed(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, successful)
		}
	}
	for name, c := range map[string]struct {
		serve  http.HandlerFunc
		want   hookswitch.Failure
		detail string
	}{
		"failed":                  {answers(`{"commands":[{"type":"com.okta.telephony.action","value":[{"status":"FAILED"}]}]}`), hookswitch.HookFailed, "could not send"},
		"error":                   {answers(`{"error":{"errorSummary":"No 654321 for 2025550142","errorCauses":[{"reason":"credit"}]}}`), hookswitch.HookFailed, "No [hidden] for [hidden]; credit"},
		"error array":             {answers(`{"error":[{"errorSummary":"one"},{"errorSummary":"two"}]}`), hookswitch.HookFailed, "one; two"},
		"error without a summary": {answers(`{"error":{}}`), hookswitch.HookFailed, "The callback service returned an error"},
		"error text":              {answers(`{"error":"broken"}`), hookswitch.HookFailed, "The callback service returned an error"},
		"no JSON":                 {answers(`<html>`), hookswitch.ReplyInvalid, "no JSON object"},
		"empty":                   {answers(``), hookswitch.ReplyInvalid, "no JSON object"},
		"array":                   {answers(`[]`), hookswitch.ReplyInvalid, "no JSON object"},
		"no command":              {answers(`{}`), hookswitch.ReplyInvalid, "no command"},
		"another command":         {answers(`{"commands":[{"type":"com.okta.access.patch","value":[{"status":"SUCCESSFUL"}]}]}`), hookswitch.ReplyInvalid, "no command"},
		"another request":         {answers(`{"commands":[{"type":"com.okta.user.telephony.account-unlock","value":[{"status":"SUCCESSFUL"}]}]}`), hookswitch.ReplyInvalid, "no command"},
		"no value":                {answers(`{"commands":[{"type":"com.okta.telephony.action","value":[]}]}`), hookswitch.ReplyInvalid, "no command"},
		"another status":          {answers(`{"commands":[{"type":"com.okta.telephony.action","value":[{"status":"SENT"}]}]}`), hookswitch.ReplyInvalid, "none of"},
		"1 MB":                    {answers(`{"debugContext":"` + strings.Repeat("a", 1<<20) + `",` + successful[1:]), hookswitch.ReplyInvalid, "256 KB"},
		"half": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = io.WriteString(w, successful)
		}, hookswitch.ConnectionLost, ""},
		"202": {status(202), hookswitch.ReplyInvalid, "202"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, hookswitch.RejectedRequest, "307"},
		"400":              {status(400), hookswitch.RejectedRequest, "400"},
		"401":              {status(401), hookswitch.Unauthorized, "401"},
		"404":              {status(404), hookswitch.RejectedRequest, "404"},
		"429":              {status(429), hookswitch.Throttled, "429"},
		"500":              {status(500), hookswitch.ProviderError, "500"},
		"gateway time-out": {status(504), hookswitch.TimedOut, "504"},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			_, err := hook(t, func(w http.ResponseWriter, r *http.Request) { calls++; c.serve(w, r) }).Send(t.Context(), message())
			var failed *hookswitch.SendError
			if !errors.As(err, &failed) || failed.Failure != c.want || !strings.Contains(failed.Detail, c.detail) {
				t.Errorf("%+v, want %s with %q", failed, c.want, c.detail)
			}
			if calls != 1 {
				t.Errorf("it was called %d times", calls)
			}
		})
	}
}

func TestWhatTheHookSaysIsKeptWithoutThePasscode(t *testing.T) {
	body := `{"commands":[{"type":"com.okta.telephony.action","value":[{"status":"SUCCESSFUL","provider":"V654321","transactionId":"id-654321\u0000","transactionMetadata":"to +12025550142"}]}],
		"debugContext":{"otp":"\u0036\u00354321","nested":{"code":654321,"secret":"canary-secret"},"none":null,"route":"a"}}`
	receipt, err := hook(t, answers(body)).Send(t.Context(), message())
	if err != nil || receipt.Reference != "id-[hidden]" || receipt.Note != "by V[hidden]" {
		t.Errorf("%+v %v", receipt, err)
	}
	want := []hookswitch.Datum{
		{Key: "hookStatus", Value: "SUCCESSFUL"}, {Key: "hookProvider", Value: "V[hidden]"}, {Key: "hookTransactionMetadata", Value: "to [hidden]"},
		{Key: "nested", Value: `{"code":[hidden],"secret":"[hidden]"}`}, {Key: "otp", Value: "[hidden]"}, {Key: "route", Value: "a"},
	}
	if fmt.Sprint(receipt.Debug) != fmt.Sprint(want) {
		t.Errorf("%+v", receipt.Debug)
	}
}

func TestAHookHasThreeSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := hookAt(t, "https://hooks.example.com", provider.Options{Transport: silence{}})
		started := time.Now()
		_, err := p.Send(context.Background(), message())
		var failed *hookswitch.SendError
		if !errors.As(err, &failed) || failed.Failure != hookswitch.TimedOut || time.Since(started) != 3*time.Second {
			t.Errorf("%v after %s", err, time.Since(started))
		}
	})
}

// silence takes requests and never answers.
type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestOnlyAllowedAddressesAreCalled(t *testing.T) {
	for _, uri := range []string{"http://127.0.0.1:1/x", "https://127.0.0.1:1/x", "https://169.254.169.254/latest", "http://hooks.example.com/"} {
		p := hookAt(t, uri, provider.Options{Allowed: []netip.Prefix{}})
		_, err := p.Send(t.Context(), message())
		var failed *hookswitch.SendError
		if !errors.As(err, &failed) || failed.Failure != hookswitch.Unreachable {
			t.Errorf("%s: %v", uri, err)
		}
	}
}

func FuzzReadReply(f *testing.F) {
	f.Add([]byte(successful))
	f.Add([]byte(`{"error":[{"errorSummary":"one","errorCauses":[{"reason":"x"}]}],"debugContext":{"a":[1,{"b":"654321"}]}}`))
	f.Add([]byte(`{"commands":[{"type":"com.okta.telephony.action","value":{"status":"pending"}}],"debugContext":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := readReply(body, "com.okta.user.telephony.mfa-verification")
		if !r.failed && r.status == "" && r.problem == "" {
			t.Error("it is neither an answer nor a problem")
		}
		for _, datum := range r.debug([]string{"654321"}) {
			if strings.Contains(datum.Key+" "+datum.Value, "654321") || len([]rune(datum.Value)) > maxText || strings.ContainsRune(datum.Value, 0) {
				t.Errorf("%q", datum)
			}
		}
	})
}
