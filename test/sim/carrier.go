package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"time"

	"hookswitch"
)

// carriers is the network from a process to the carriers.
type carriers struct{ p *process }

var errReset = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}

func unreachable() error { return &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED} }

// RoundTrip hands a request to the simulated carrier, unless something happens on the way there or back.
func (c carriers) RoundTrip(r *http.Request) (*http.Response, error) {
	p, a := c.p, actorOf(r.Context())
	w := p.world
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if p.pass(a) != nil {
		return nil, unreachable()
	}
	x := w.handing(a, r, body)
	if !c.way(r.Context(), a, x) {
		w.history.handed(x)
		return nil, r.Context().Err()
	}
	if w.strikes(a, CrashAtCarrier) {
		p.crash()
		return nil, unreachable()
	}
	response, err := c.exchange(r, body, a, x)
	if w.strikes(a, CrashAfterCall) {
		p.crash()
	}
	if p.pass(a) != nil {
		response, err = nil, errReset
	}
	if ended := r.Context().Err(); err == nil && ended != nil {
		response, err = nil, ended
	}
	if x != nil && x.Fate == accepted && err != nil {
		x.Fate = lost
	}
	w.history.handed(x)
	return response, err
}

// way is how long a request takes to the carrier; false when nobody waits for it any more. A poll may meet the callback
// that brings what it asks for. A message often takes seconds while there is a process whose clock is ahead: to that one
// the lease is lost, or even the deadline passed, and the message still on its way.
func (c carriers) way(ctx context.Context, a *actor, x *handing) bool {
	w := c.p.world
	if x == nil {
		w.post.meets(ctx, a)
	}
	if ahead := w.ahead(c.p.node); x != nil && ahead >= time.Minute && a.chance(0.9) {
		for range 35 {
			if s := w.disk.book.of(a.delivery); s == hookswitch.UnknownFate || s != hookswitch.Sending && ahead < farAhead {
				break
			}
			if !a.sleepIn(ctx, 100*time.Millisecond) {
				return false
			}
		}
	}
	return a.sleepIn(ctx, a.between(2*time.Millisecond, 80*time.Millisecond))
}

// exchange is one request and its answer, with what can go wrong between us and the carrier.
func (c carriers) exchange(r *http.Request, body []byte, a *actor, x *handing) (*http.Response, error) {
	w := c.p.world
	ctx := r.Context()
	faults := []Fault{CarrierSlow, CarrierHangs, Carrier429, Carrier5xx, Carrier401, ResetBefore, ResetAfter, Garbage}
	if x != nil {
		faults = append(faults, CarrierFraud) // nobody is blocked for asking
	}
	fault := w.oneOf(a, faults...)
	mode := ""
	switch fault {
	case ResetBefore:
		return nil, unreachable()
	case CarrierHangs:
		x.set(lost)
		<-ctx.Done()
		return nil, ctx.Err()
	case Carrier429:
		mode = "throttled"
	case Carrier5xx:
		mode = "error500"
	case Carrier401:
		mode = "unauthorized"
	case CarrierFraud:
		mode = "fraud-blocked"
	}
	if mode != "" {
		name := "telesign"
		if strings.Contains(r.URL.Host, "twilio") {
			name = "twilio"
		}
		w.phones("PUT", "/carriers/"+name+"/behavior", `{"mode":"`+mode+`","times":1}`)
	}
	answer := w.simulate(r.Method, r.URL, r.Header, body)
	x.judge(answer)
	switch fault {
	case CarrierSlow:
		if !a.sleepIn(ctx, a.between(500*time.Millisecond, 6*time.Second)) {
			x.set(lost)
			return nil, ctx.Err()
		}
	case ResetAfter:
		x.set(lost)
		return nil, errReset
	case Garbage:
		x.set(lost)
		return response(r, &recorder{status: http.StatusOK, body: []byte("<html>\x00\xff{")}), nil
	}
	return response(r, answer), nil
}

// set is what became of a message; nothing for requests that carry none.
func (x *handing) set(f fate) {
	if x != nil {
		x.Fate = f
	}
}

// judge reads from a carrier's answer whether it took the message.
func (x *handing) judge(a *recorder) {
	if x == nil {
		return
	}
	x.Fate = refused
	var read struct {
		SID       string `json:"sid"`
		Reference string `json:"reference_id"`
		Code      int    `json:"code"`
		Status    struct {
			Code int `json:"code"`
		} `json:"status"`
	}
	_ = json.Unmarshal(a.body, &read) // what cannot be read is no acceptance
	// Telesign says in a 200, too, that it blocked a message.
	blocked := read.Status.Code == 130 || read.Status.Code == 230 || read.Status.Code == 510
	if a.status < 300 && !blocked {
		x.Fate, x.Reference = accepted, read.SID+read.Reference
		return
	}
	// Fraud blocks, opt-outs and bad numbers speak for every carrier.
	switch read.Code {
	case 30450, 21216, 21610, 21614, 21211:
		x.Final = true
	}
	x.Final = x.Final || blocked
}

var inCallback = regexp.MustCompile(`/callbacks/[a-z]+/([A-Za-z0-9]+)`)

// handing recognises a request that carries a message; nil for any other.
func (w *world) handing(a *actor, r *http.Request, body []byte) *handing {
	if r.Method != http.MethodPost || !sendPath.MatchString(r.URL.Path) {
		if i := strings.LastIndexByte(r.URL.Path, '/'); i >= 0 { // a poll or feedback: the reference is in the path
			a.delivery = w.history.polled(strings.TrimSuffix(r.URL.Path[i+1:], ".json"))
		}
		return nil
	}
	x := &handing{At: time.Now(), Person: -1, Op: a.op, Fate: refused, Carrier: r.URL.Host}
	text, _ := url.QueryUnescape(string(body))
	if found := inCallback.FindStringSubmatch(text); found != nil {
		x.Delivery = found[1]
	}
	if a.op != nil {
		x.Person = a.op.Person
	}
	a.delivery = x.Delivery
	return x
}

var sendPath = regexp.MustCompile(`(/Messages\.json|/Calls\.json|/v1/messaging|/v1/voice)$`)

// recorder is the writing side of an exchange without a network.
type recorder struct {
	header http.Header
	status int
	body   []byte
}

func (r *recorder) Header() http.Header {
	if r.header == nil {
		r.header = http.Header{}
	}
	return r.header
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	r.body = append(r.body, p...)
	return len(p), nil
}

func response(r *http.Request, a *recorder) *http.Response {
	return &http.Response{
		Status: http.StatusText(a.status), StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.Header(), Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)), Request: r,
	}
}

// serve lets a handler answer a request that never was on a wire.
func serve(ctx context.Context, h http.Handler, method string, u *url.URL, header http.Header, body []byte) *recorder {
	in := (&http.Request{
		Method: method, URL: u, Host: u.Host, RequestURI: u.RequestURI(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), RemoteAddr: "192.0.2.1:1234",
	}).WithContext(ctx)
	out := &recorder{}
	h.ServeHTTP(out, in)
	out.WriteHeader(http.StatusOK)
	return out
}

// simulate is a request that the carriers answer whatever becomes of the one who asked.
func (w *world) simulate(method string, u *url.URL, header http.Header, body []byte) *recorder {
	return serve(w.ctx, w.simulator.Handler(), method, u, header, body)
}

var errPhones = errors.New("the phones do not answer")

// phones asks the simulator's own API.
func (w *world) phones(method, path, body string) []byte {
	u, err := url.Parse("http://phones.test" + path)
	if err != nil {
		w.must(err)
		return nil
	}
	a := w.simulate(method, u, http.Header{"Content-Type": {"application/json"}}, []byte(body))
	if a.status >= 300 {
		w.must(errors.Join(errPhones, errors.New(path+": "+string(a.body))))
	}
	return a.body
}
