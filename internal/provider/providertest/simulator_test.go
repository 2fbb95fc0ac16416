package providertest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
	"hookswitch/internal/provider/telesign"
	"hookswitch/internal/provider/twilio"
	"hookswitch/internal/simulator"
)

const (
	ana    = "+12025550143"
	public = "https://id.example"
)

// world is a provider, the carrier it talks to and the phones, without a network and without real time.
type world struct {
	t        *testing.T
	sim      *simulator.Simulator
	provider hookswitch.Provider

	mu      sync.Mutex
	reports []hookswitch.Report
	pressed int
}

// inWorld runs a test in a bubble in which the clock jumps to whatever happens next.
func inWorld(t *testing.T, name hookswitch.ProviderName, sms, call hookswitch.Method, test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t}
		w.sim = simulator.New(simulator.Options{Client: &http.Client{Transport: w}, Seed: 1})
		defer w.sim.Close()
		client, err := provider.NewClient(provider.Options{Transport: w.sim.Transport()})
		if err != nil {
			t.Fatal(err)
		}
		known := simulator.DefaultCredentials()
		account := hookswitch.TelephonyProvider{Name: name, Methods: map[hookswitch.Channel]hookswitch.Method{hookswitch.SMS: sms, hookswitch.Call: call}}
		if name == hookswitch.Twilio {
			account.SID, account.AuthToken = known.TwilioAccountSID, hookswitch.Secret(known.TwilioAuthToken)
			w.provider = twilio.New(twilio.Config{Account: account, Client: client})
		} else {
			account.SID, account.AuthToken = known.TelesignCustomerID, hookswitch.Secret(known.TelesignAPIKey)
			w.provider = telesign.New(telesign.Config{Account: account, Client: client})
		}
		test(w)
	})
}

// RoundTrip is our server, as the carrier reaches it.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	answer := httptest.NewRecorder()
	c := hookswitch.Callback{URL: r.URL.String(), Method: r.Method, Header: r.Header, Body: body}
	if strings.HasPrefix(r.URL.Path, "/repeat") {
		kind, markup, err := w.provider.(hookswitch.Replier).Reply(c, script(), public+"/repeat/d1")
		if err != nil {
			w.t.Errorf("reply: %v", err)
		}
		answer.Header().Set("Content-Type", kind)
		_, _ = answer.Write(markup)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.pressed++
		return answer.Result(), nil
	}
	report, err := w.provider.(hookswitch.CallbackReader).ReadCallback(c)
	if err != nil {
		w.t.Errorf("callback: %v", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reports = append(w.reports, report)
	return answer.Result(), nil
}

// control asks the simulator's own API.
func (w *world) control(method, path, body string) string {
	w.t.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	answer := httptest.NewRecorder()
	w.sim.Handler().ServeHTTP(answer, request)
	if answer.Code > 299 {
		w.t.Fatalf("%s %s: %d %s", method, path, answer.Code, answer.Body)
	}
	return answer.Body.String()
}

type received struct {
	Channel, Text, Language, ProviderReference string
	Code, Extension                            *string
}

// latest waits for a message on Ana's phone.
func (w *world) latest() received {
	w.t.Helper()
	var m received
	if err := json.Unmarshal([]byte(w.control("GET", "/phones/"+ana+"/messages/latest?wait=60s", "")), &m); err != nil {
		w.t.Fatal(err)
	}
	return m
}

// settled waits until nothing more happens and gives the fate that the callbacks tell: the first final one.
func (w *world) settled() (hookswitch.Report, bool) {
	<-time.After(3 * time.Minute) // of the bubble's time
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.reports {
		if r.Fate != hookswitch.StatusInterim {
			return r, true
		}
	}
	return hookswitch.Report{}, false
}

func script() hookswitch.Script {
	reading := []hookswitch.Piece{{Text: "Hello. Your code is"}, {Pause: time.Second}}
	for _, digit := range "482913" {
		reading = append(reading, hookswitch.Piece{Text: string(digit)}, hookswitch.Piece{Pause: time.Second})
	}
	return hookswitch.Script{
		Language: "en-US", Reading: reading, Times: 3, Again: []hookswitch.Piece{{Text: "To hear it again, press any key."}},
	}
}

func message(channel hookswitch.Channel) hookswitch.Message {
	m := hookswitch.Message{
		DeliveryID: "d1", Attempt: 1, Channel: channel, Purpose: hookswitch.SignIn, To: ana, Country: "US", Code: "482913",
		Language: "en-US", Expires: time.Now().Add(5 * time.Minute), CallbackURL: public + "/callbacks/d1?k=a%2Fb",
	}
	if channel == hookswitch.SMS {
		m.Text = "Acme: your code is 482913."
		return m
	}
	m.Script, m.RepeatURL = script(), public+"/repeat/d1"
	return m
}

// way is one method of one provider.
type way struct {
	provider hookswitch.ProviderName
	channel  hookswitch.Channel
	method   hookswitch.Method
	extends  bool // dials extensions
	calls    bool // calls us back
	feedback bool
}

func ways() []way {
	number, service, verify := "+15005550006", "MG00000000000000000000000000000001", "VA00000000000000000000000000000001"
	by := func(option, value string) hookswitch.Method { return hookswitch.Method{Option: option, Value: value} }
	return []way{
		{hookswitch.Twilio, hookswitch.SMS, by(twilio.OptionPhoneNumber, number), false, true, false},
		{hookswitch.Twilio, hookswitch.SMS, by(twilio.OptionMessageSID, service), false, true, false},
		{hookswitch.Twilio, hookswitch.SMS, by(twilio.OptionVerifySID, verify), false, false, true},
		{hookswitch.Twilio, hookswitch.Call, by(twilio.OptionPhoneNumber, number), true, true, false},
		{hookswitch.Twilio, hookswitch.Call, by(twilio.OptionCallerID, "+15005550010"), true, true, false},
		{hookswitch.Twilio, hookswitch.Call, by(twilio.OptionVerifySID, verify), true, false, true},
		{hookswitch.Telesign, hookswitch.SMS, by(telesign.Option, telesign.MessagingService), false, true, false},
		{hookswitch.Telesign, hookswitch.SMS, by(telesign.Option, telesign.VerifyService), false, true, true},
		{hookswitch.Telesign, hookswitch.Call, by(telesign.Option, telesign.VoiceService), false, true, false},
		{hookswitch.Telesign, hookswitch.Call, by(telesign.Option, telesign.VerifyService), true, true, true},
	}
}

func eachWay(t *testing.T, test func(*world, way)) {
	for _, v := range ways() {
		t.Run(fmt.Sprintf("%s %s %s %s", v.provider, v.channel, v.method.Option, v.method.Value), func(t *testing.T) {
			inWorld(t, v.provider, v.method, v.method, func(w *world) { test(w, v) })
		})
	}
}

// fate is what callbacks told, or else a poll.
func (w *world) fate(v way, receipt hookswitch.Receipt) hookswitch.Report {
	w.t.Helper()
	report, told := w.settled()
	if told != v.calls {
		w.t.Errorf("told by a callback: %v", told)
	}
	polled, err := w.provider.(hookswitch.Poller).Poll(w.t.Context(), v.channel, receipt.Reference)
	if err != nil {
		w.t.Fatalf("poll: %v", err)
	}
	if told && (polled.Fate != report.Fate || polled.Reference != report.Reference) {
		w.t.Errorf("the callback tells %+v, the poll %+v", report, polled)
	}
	if !told {
		return polled
	}
	return report
}

func TestEveryMethodBringsThePasscodeToThePhone(t *testing.T) {
	eachWay(t, func(w *world, v way) {
		m := message(v.channel)
		if v.extends {
			m.Extension = "123"
		}
		receipt, err := w.provider.Send(w.t.Context(), m)
		if err != nil {
			w.t.Fatalf("%v: %+v", err, err)
		}
		if receipt.Note != "" || receipt.Feedback != v.feedback || receipt.Report.Fate != hookswitch.StatusInterim {
			w.t.Errorf("receipt %+v", receipt)
		}
		got := w.latest()
		if got.Code == nil || *got.Code != "482913" || got.Channel != string(v.channel) || got.ProviderReference == "" {
			w.t.Errorf("received %+v", got)
		}
		if v.extends && (got.Extension == nil || *got.Extension != "123") {
			w.t.Errorf("extension %v", got.Extension)
		}
		if fate := w.fate(v, receipt); fate.Fate != hookswitch.StatusArrived {
			w.t.Errorf("fate %+v", fate)
		}
		taker, ok := w.provider.(hookswitch.FeedbackTaker)
		if !ok {
			w.t.Fatal("the provider takes no feedback")
		}
		for range 2 {
			if err := taker.Verified(w.t.Context(), v.channel, receipt.Reference); err != nil {
				w.t.Errorf("feedback: %v", err)
			}
		}
	})
}

func TestAMessageThatIsLostIsToldWithItsReason(t *testing.T) {
	for outcome, want := range map[string]map[hookswitch.Channel][]hookswitch.Failure{
		"undelivered": {hookswitch.SMS: {hookswitch.FailedUnexplained, hookswitch.InactiveNumber, hookswitch.BlockedByCarrier}, hookswitch.Call: {hookswitch.FailedUnexplained, hookswitch.ProviderError, hookswitch.InactiveNumber}},
		"unreachable": {hookswitch.SMS: {hookswitch.InactiveNumber}, hookswitch.Call: {hookswitch.InactiveNumber, hookswitch.ProviderError, hookswitch.FailedUnexplained}},
		"landline":    {hookswitch.SMS: {hookswitch.NotTextable}},
		"opted-out":   {hookswitch.SMS: {hookswitch.OptedOut}},
		"busy":        {hookswitch.Call: {hookswitch.Busy}},
		"no-answer":   {hookswitch.Call: {hookswitch.NotAnswered}},
	} {
		t.Run(outcome, func(t *testing.T) {
			eachWay(t, func(w *world, v way) {
				expected, ok := want[v.channel]
				if !ok {
					return
				}
				w.control("PUT", "/phones/"+ana+"/behavior", fmt.Sprintf(`{"outcome":%q}`, outcome))
				var failure hookswitch.Failure
				receipt, err := w.provider.Send(w.t.Context(), message(v.channel))
				if refused, ok := errors.AsType[*hookswitch.SendError](err); ok {
					failure = refused.Failure
				} else {
					failure = w.fate(v, receipt).Failure
				}
				if !slices.Contains(expected, failure) {
					w.t.Errorf("%q, want one of %v", failure, expected)
				}
			})
		})
	}
}

func TestACarrierInTroubleIsJudgedByWhatItDoes(t *testing.T) {
	for mode, want := range map[string]hookswitch.Failure{
		"down": hookswitch.Unreachable, "error500": hookswitch.ProviderError, "throttled": hookswitch.Throttled,
		"unauthorized": hookswitch.Unauthorized, "fraud-blocked": hookswitch.BlockedFraud, "hang": hookswitch.TimedOut,
		"reset": hookswitch.ConnectionLost, "garbage": hookswitch.UnreadableAnswer,
	} {
		t.Run(mode, func(t *testing.T) {
			eachWay(t, func(w *world, v way) {
				w.control("PUT", "/carriers/"+strings.ToLower(string(v.provider))+"/behavior", fmt.Sprintf(`{"mode":%q}`, mode))
				ctx, cancel := context.WithTimeout(w.t.Context(), 4*time.Second)
				defer cancel()
				started := time.Now()
				_, err := w.provider.Send(ctx, message(v.channel))
				var failed *hookswitch.SendError
				if !errors.As(err, &failed) || failed.Failure != want {
					w.t.Errorf("%+v, want %s", err, want)
				}
				if took := time.Since(started); mode == "hang" && took != 4*time.Second {
					w.t.Errorf("gave up after %s", took)
				}
			})
		})
	}
}

func TestAKeyRepeatsTheReadingOnTheCall(t *testing.T) {
	number := hookswitch.Method{Option: twilio.OptionPhoneNumber, Value: "+15005550006"}
	inWorld(t, hookswitch.Twilio, hookswitch.Method{}, number, func(w *world) {
		defer w.watch()() // a call lasts as long as it takes only when somebody listens
		if _, err := w.provider.Send(w.t.Context(), message(hookswitch.Call)); err != nil {
			w.t.Fatal(err)
		}
		w.latest()
		var calls []struct{ ID string }
		text := w.control("GET", "/phones/"+ana+"/calls", "")
		if err := json.Unmarshal([]byte(text), &calls); err != nil || len(calls) == 0 {
			w.t.Fatalf("calls: %s %v", text, err)
		}
		<-time.After(44 * time.Second) // past the three readings, into the wait for a key
		w.control("POST", "/phones/"+ana+"/calls/"+calls[0].ID+"/digits", `{"digits":"5"}`)
		if fate, ok := w.settled(); !ok || fate.Fate != hookswitch.StatusArrived {
			w.t.Errorf("fate %+v", fate)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.pressed != 1 {
			w.t.Errorf("asked %d times what to say next", w.pressed)
		}
	})
}

// watch opens the phones page.
func (w *world) watch() (stop func()) {
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, "http://simulator.test/phones/events", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := w.sim.Transport().RoundTrip(request)
	if err != nil {
		w.t.Fatal(err)
	}
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = io.Copy(io.Discard, page.Body) })
	return func() {
		page.Body.Close()
		reading.Wait()
	}
}
