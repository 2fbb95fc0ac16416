package test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// webService is an org's own web service behind a telephony inline hook.
type webService struct {
	*httptest.Server

	mu    sync.Mutex
	serve http.HandlerFunc
	asked []hookRequest
}

type hookRequest struct {
	RequestType string `json:"requestType"`
	Source      string `json:"source"`
	Data        struct {
		Message struct {
			MsgTemplate     string `json:"msgTemplate"`
			MessageTemplate string `json:"messageTemplate"`
			Phone           string `json:"phoneNumber"`
			Code            string `json:"otpCode"`
			OTP             string `json:"otp"`
			Channel         string `json:"deliveryChannel"`
		} `json:"messageProfile"`
	} `json:"data"`
	secret string
}

func startWebService(t *testing.T) *webService {
	s := &webService{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := hookRequest{secret: r.Header.Get("Authorization")}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		s.asked = append(s.asked, asked)
		serve := s.serve
		s.mu.Unlock()
		serve(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// answers makes the service answer with a text.
func (s *webService) answers(body string) {
	s.does(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
}

func (s *webService) does(serve http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serve = serve
}

// last is what it was asked last, and how often it was asked.
func (s *webService) last() (hookRequest, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) == 0 {
		return hookRequest{}, 0
	}
	return s.asked[len(s.asked)-1], len(s.asked)
}

const (
	hooksPath    = "/api/v1/inlineHooks"
	fallbackPath = "/api/v1/telephony/hook-fallback"
	providerPath = "/api/v1/telephony-providers"
)

type telephonyProvider struct {
	ID   string `json:"id"`
	Name string `json:"providerName"`
}

// quiet deactivates every provider, and gives them by name.
func (d *demo) quiet(t testing.TB) map[string]telephonyProvider {
	t.Helper()
	var all []telephonyProvider
	d.call(t, "GET", providerPath, nil).ok(&all)
	byName := map[string]telephonyProvider{}
	for _, a := range slices.Backward(all) { // the primary last
		d.call(t, "POST", providerPath+"/"+a.ID+"/lifecycle/deactivate", nil).ok()
		byName[a.Name] = a
	}
	return byName
}

func hookBody(uri string) map[string]any {
	return map[string]any{
		"name": "My service", "type": "com.okta.telephony.provider", "version": "1.0.0",
		"channel": map[string]any{"type": "HTTP", "version": "1.0.0", "config": map[string]any{
			"uri": uri, "method": "POST", "headers": []map[string]string{{"key": "X-Region", "value": "eu"}},
			"authScheme": map[string]string{"type": "HEADER", "key": "Authorization", "value": "hook-secret"},
		}},
	}
}

type inlineHook struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

const sentByHook = `{"commands":[{"type":"com.okta.telephony.action","value":[{"status":"SUCCESSFUL","provider":"VONAGE","transactionId":"SM49"}]}],"debugContext":{"route":"a"}}`

// An active hook carries every message, and what it says of them is what the log says.
func TestAnActiveHookCarriesTheMessages(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d, service := startDemo(t, url), startWebService(t)
		service.answers(sentByHook)
		u := d.person(t, "ana@example.com")
		var hook inlineHook
		d.call(t, "POST", hooksPath, hookBody(service.URL)).ok(&hook)
		if hook.Status != "INACTIVE" {
			t.Errorf("beside active providers it is %s", hook.Status)
		}
		d.call(t, "POST", hooksPath+"/"+hook.ID+"/lifecycle/activate", nil).refused(400, "E0000001")
		providers := d.quiet(t)
		d.call(t, "POST", hooksPath+"/"+hook.ID+"/lifecycle/activate", nil).ok(&hook)
		d.call(t, "POST", providerPath+"/"+providers["TWILIO"].ID+"/lifecycle/activate", nil).refused(400, "E0000001")

		f := d.active(t, u, "sms", "+12025550170")
		d.challenge(t, u, f).ok()
		asked, _ := service.last()
		m := asked.Data.Message
		if asked.secret != "hook-secret" || asked.RequestType != "com.okta.user.telephony.mfa-verification" || m.Phone != "+12025550170" ||
			m.Channel != "SMS" || !strings.Contains(m.MsgTemplate, m.Code) || m.MessageTemplate != m.MsgTemplate || m.OTP != m.Code || len(m.Code) != 6 ||
			!strings.HasSuffix(asked.Source, hooksPath+"/"+hook.ID) {
			t.Errorf("%+v", asked)
		}
		d.verify(t, u, f, m.Code).ok()
		about := d.events(t, d.settled(t, "+12025550170").ID)
		var lines []string
		for _, e := range about {
			lines = append(lines, e.Type+" "+e.Outcome.Result+" "+e.Debug.Data["transactionId"]+e.Debug.Data["route"])
		}
		want := []string{"inline_hook.executed SUCCESS ", "inline_hook.response.processed SUCCESS a",
			"system.sms.send_factor_verify_message SUCCESS SM49", "system.sms.receive_status SUCCESS SM49"}
		if fmt.Sprint(lines) != fmt.Sprint(want) {
			t.Errorf("%q", lines)
		}

		call := d.active(t, u, "call", "+12025550171")
		d.challenge(t, u, call).ok()
		if asked, _ := service.last(); asked.Data.Message.Channel != "CALL" || asked.Data.Message.MsgTemplate != "" {
			t.Errorf("%+v", asked)
		}
	})
}

// What the hook surely did not send, the chosen fallback sends; what nobody knows it sends only when the org accepts that
// a message comes twice.
func TestTheFallbackOfAHook(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		d, service := startDemo(t, url), startWebService(t)
		u := d.person(t, "ana@example.com")
		providers := d.quiet(t)
		d.call(t, "POST", hooksPath, hookBody(service.URL)).ok()

		failing := map[string]http.HandlerFunc{
			"500":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
			"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", 307) },
			"1 MB": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, strings.Repeat(" ", 1<<20)+sentByHook)
			},
			"error array": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"error":[{"errorSummary":"no credit"}]}`)
			},
			"FAILED": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, strings.Replace(sentByHook, "SUCCESSFUL", "FAILED", 1))
			},
			"no JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		}
		number := 180
		send := func(serve http.HandlerFunc) (answer, string) {
			service.does(serve)
			to := fmt.Sprintf("+1202555%04d", number)
			number++
			_, before := service.last()
			f := d.active(t, u, "sms", to)
			a := d.challenge(t, u, f)
			if _, after := service.last(); after != before+1 {
				t.Errorf("the hook was asked %d times", after-before)
			}
			d.call(t, "DELETE", "/api/v1/users/"+u.ID+"/factors/"+f.ID, nil).ok()
			return a, to
		}
		for name, serve := range failing {
			a, to := send(serve)
			if a.status != 503 || len(d.messages(t, to)) != 0 {
				t.Errorf("%s without a fallback: %d %s", name, a.status, a.body)
			}
			if s := d.settled(t, to); s.State != "FAILED" {
				t.Errorf("%s: %s", name, s.State)
			}
		}
		d.call(t, "PUT", fallbackPath, map[string]any{"fallbackProviderId": providers["TELESIGN"].ID, "acceptDuplicates": false}).ok()
		d.call(t, "DELETE", providerPath+"/"+providers["TELESIGN"].ID, nil).refused(400, "E0000001")
		for name, serve := range failing {
			a, to := send(serve)
			if a.ok(); d.latest(t, to).Provider != "telesign" || len(d.messages(t, to)) != 1 {
				t.Errorf("%s: %+v", name, d.messages(t, to))
			}
		}
		half := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = io.WriteString(w, sentByHook)
		}
		slow := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
		for _, serve := range []http.HandlerFunc{half, slow} {
			started := time.Now()
			a, to := send(serve)
			if a.ok(); len(d.messages(t, to)) != 0 || time.Since(started) > 5*time.Second {
				t.Errorf("after %s: %+v", time.Since(started), d.messages(t, to))
			}
		}
		d.call(t, "PUT", fallbackPath, map[string]any{"fallbackProviderId": providers["TELESIGN"].ID, "acceptDuplicates": true}).ok()
		a, to := send(slow)
		if a.ok(); d.latest(t, to).Provider != "telesign" {
			t.Errorf("%+v", d.messages(t, to))
		}
		d.call(t, "PUT", fallbackPath, map[string]any{"fallbackProviderId": nil, "acceptDuplicates": false}).ok()
	})
}

// A preview shows the hook's own answer, or says why there is none.
func TestAPreviewOfAHook(t *testing.T) {
	d, service := startDemo(t, "sqlite:"+t.TempDir()+"/hookswitch.db"), startWebService(t)
	service.answers(sentByHook)
	var hook inlineHook
	d.call(t, "POST", hooksPath, hookBody(service.URL)).ok(&hook)
	execute := func(body string) answer { return d.call(t, "POST", hooksPath+"/"+hook.ID+"/execute", body) }
	if a := execute(`{"eventType":"com.okta.telephony.provider","requestType":"com.okta.user.telephony.pre-enrollment"}`).ok(); string(a.body) != sentByHook {
		t.Errorf("%s", a.body)
	}
	if asked, _ := service.last(); asked.RequestType != "com.okta.user.telephony.pre-enrollment" || asked.secret != "hook-secret" {
		t.Errorf("%+v", asked)
	}
	service.answers("oops")
	execute(`{}`).refused(400, "E0000001")
	execute(`[]`).refused(400, "E0000001")
	d.call(t, "POST", hooksPath, hookBody("http://192.168.1.1/hook")).refused(400, "E0000001")
	d.call(t, "POST", hooksPath, hookBody("ftp://hooks.example.com/")).refused(400, "E0000001")
}
