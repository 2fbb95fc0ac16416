package simulator_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hookswitch/internal/simulator"
)

const (
	account = "AC00000000000000000000000000000001"
	token   = "simulator-twilio-token"
	service = "MG00000000000000000000000000000001"
	sender  = "+15005550006"
	ana     = "+12025550143"
)

// bench is a simulator on a real listener and a customer's server that keeps
// the webhooks it gets.
type bench struct {
	t        *testing.T
	sim      *simulator.Simulator
	url      string
	customer *customer
	client   *http.Client
}

func start(t *testing.T, options ...simulator.Options) *bench {
	t.Helper()
	var o simulator.Options
	if len(options) > 0 {
		o = options[0]
	}
	b := &bench{t: t, customer: newCustomer(), client: &http.Client{}}
	hooks := httptest.NewServer(b.customer)
	b.customer.url = hooks.URL
	b.sim = simulator.New(o)
	server := httptest.NewServer(b.sim.Handler())
	b.url = server.URL
	t.Cleanup(func() {
		b.sim.Close()
		b.client.CloseIdleConnections()
		server.Close()
		hooks.Close()
	})
	return b
}

// bubble is a bench without a network and without real time: the clock jumps
// to whatever happens next. It fails when anything outlives Close.
func bubble(t *testing.T, test func(*bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := newCustomer()
		c.url = "http://customer.test"
		sim := simulator.New(simulator.Options{Client: &http.Client{Transport: c}, Seed: 1})
		b := &bench{t: t, sim: sim, url: "http://simulator.test", customer: c, client: &http.Client{Transport: sim.Transport()}}
		defer sim.Close()
		test(b)
	})
}

// RoundTrip lets the simulator reach the customer without a network.
func (c *customer) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	in.Host, in.RequestURI = r.URL.Host, r.URL.RequestURI()
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, in)
	return w.Result(), nil
}

// customer is the server behind the callback URLs.
type customer struct {
	url    string
	hooks  chan hook
	mu     sync.Mutex
	answer func(hook) (status int, contentType, body string)
}

// hook is a webhook as it came over the wire.
type hook struct {
	URL    string
	Method string
	Header http.Header
	Body   string
	Form   url.Values
}

func newCustomer() *customer {
	return &customer{hooks: make(chan hook, 4096)}
}

func (c *customer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h := hook{URL: "http://" + r.Host + r.URL.RequestURI(), Method: r.Method, Header: r.Header, Body: string(body)}
	h.Form, _ = url.ParseQuery(h.Body)
	if r.Method == http.MethodGet {
		h.Form = r.URL.Query()
	}
	c.hooks <- h
	c.mu.Lock()
	answer := c.answer
	c.mu.Unlock()
	if answer == nil {
		return
	}
	status, kind, text := answer(h)
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

func (c *customer) answers(f func(hook) (int, string, string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = f
}

// next is the next webhook; the test fails when none comes.
func (b *bench) next() hook {
	b.t.Helper()
	select {
	case h := <-b.customer.hooks:
		return h
	case <-time.After(time.Minute):
		b.t.Fatal("no webhook came")
		return hook{}
	}
}

// genuine checks X-Twilio-Signature, written from Twilio's description and not
// from the simulator's code.
func genuine(h hook) bool {
	signed := h.URL
	if h.Method == http.MethodPost {
		names := make([]string, 0, len(h.Form))
		for name := range h.Form {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			values := append([]string{}, h.Form[name]...)
			sort.Strings(values)
			signed += name + strings.Join(values, name)
		}
	}
	mac := hmac.New(sha1.New, []byte(token))
	_, _ = io.WriteString(mac, signed)
	return hmac.Equal([]byte(base64.StdEncoding.EncodeToString(mac.Sum(nil))), []byte(h.Header.Get("X-Twilio-Signature")))
}

// reply is an answer with its JSON read.
type reply struct {
	Status int
	Header http.Header
	Text   string
	JSON   map[string]any
}

func (b *bench) do(method, path string, body io.Reader, edit func(*http.Request)) reply {
	b.t.Helper()
	r, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if edit != nil {
		edit(r)
	}
	resp, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	a := reply{Status: resp.StatusCode, Header: resp.Header, Text: string(text)}
	_ = json.Unmarshal(text, &a.JSON)
	return a
}

// twilio makes a form request with the account's credentials.
func (b *bench) twilio(method, path string, form url.Values) reply {
	b.t.Helper()
	return b.do(method, path, strings.NewReader(form.Encode()), func(r *http.Request) {
		r.SetBasicAuth(account, token)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	})
}

func (b *bench) message(edit ...func(url.Values)) reply {
	b.t.Helper()
	form := url.Values{"To": {ana}, "From": {sender}, "Body": {"Your code is 482913"}, "StatusCallback": {b.customer.url + "/sms?d=1"}}
	for _, f := range edit {
		f(form)
	}
	return b.twilio("POST", "/2010-04-01/Accounts/"+account+"/Messages.json", form)
}

func (b *bench) call(edit ...func(url.Values)) reply {
	b.t.Helper()
	form := url.Values{
		"To": {ana}, "From": {sender}, "Twiml": {`<Response><Say voice="Polly.Joanna">Your code is 4, 8, 2, 9, 1, 3.</Say></Response>`},
		"StatusCallback": {b.customer.url + "/call"}, "StatusCallbackEvent": {"initiated", "ringing", "answered", "completed"},
	}
	for _, f := range edit {
		f(form)
	}
	return b.twilio("POST", "/2010-04-01/Accounts/"+account+"/Calls.json", form)
}

func set(key string, values ...string) func(url.Values) {
	return func(v url.Values) {
		if len(values) == 0 {
			v.Del(key)
			return
		}
		v[key] = values
	}
}

// control speaks to the phones API.
func (b *bench) control(method, path string, body any) reply {
	b.t.Helper()
	var in io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(body)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	return b.do(method, path, in, nil)
}

func (b *bench) must(status int, a reply) reply {
	b.t.Helper()
	if a.Status != status {
		b.t.Fatalf("got %d %s, want %d", a.Status, a.Text, status)
	}
	return a
}

func (b *bench) behavior(number, body string) {
	b.t.Helper()
	b.must(200, b.control("PUT", "/phones/"+number+"/behavior", body))
}

// phoneMessage is a message of the phones API.
type phoneMessage struct {
	ID, Channel, From, To, Text, Provider, ProviderReference, ReceivedAt, Direction string
	Extension, Code, Language                                                       *string
	Script                                                                          []piece
}

type piece struct {
	Kind, Text, Language, Voice string
	Seconds                     float64
}

func (b *bench) messages(number string) []phoneMessage {
	b.t.Helper()
	var found []phoneMessage
	a := b.must(200, b.control("GET", "/phones/"+number+"/messages", nil))
	if err := json.Unmarshal([]byte(a.Text), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}

func (b *bench) latest(number, query string) phoneMessage {
	b.t.Helper()
	var m phoneMessage
	a := b.must(200, b.control("GET", "/phones/"+number+"/messages/latest?"+query, nil))
	if err := json.Unmarshal([]byte(a.Text), &m); err != nil {
		b.t.Fatal(err)
	}
	return m
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// wait lets the bubble's clock go on.
func wait(d time.Duration) { <-time.After(d) }
