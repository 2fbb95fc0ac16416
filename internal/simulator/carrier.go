package simulator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	carrierTwilio   = "twilio"
	carrierTelesign = "telesign"
)

var carrierNames = []string{carrierTwilio, carrierTelesign}

// carrierState is what can be set on a carrier while it runs.
type carrierState struct {
	rule       rule[carrierBehavior]
	inboundURL string
}

func (s *Simulator) pathCarrier(r *http.Request) (*carrierState, error) {
	c, ok := s.carriers[r.PathValue("carrier")]
	if !ok {
		return nil, problemf(http.StatusNotFound, "the carriers are %s", strings.Join(carrierNames, " and "))
	}
	return c, nil
}

// request is a carrier's view of one API request: read whole, not yet trusted.
type request struct {
	*http.Request
	body []byte
	form url.Values // of a form-encoded body; nil when it was none
}

// carrierAPI is how one carrier words the answers that every endpoint shares.
type carrierAPI struct {
	name         string
	authenticate func(*request) (answer, bool)
	unreadable   func(*request) answer
	down         func(*request) answer
	failing      func(*request) answer
	throttled    func(*request) answer
	unauthorized func(*request) answer
}

// endpoint is one operation of a carrier. blocked is what the carrier's fraud
// protection answers; operations that send nothing have none.
type endpoint struct {
	handle  func(*request) answer
	blocked func(*request) answer
}

// serve makes a handler of an endpoint: read, journal, misbehave as asked,
// authenticate, handle.
func (s *Simulator) serve(api carrierAPI, e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		began := s.now()
		behavior := s.drawMode(api.name)
		if behavior.Mode == modeDown {
			a := api.down(&request{Request: hr})
			s.note(requestEntry(api.name, hr, nil, began, a))
			refuse(w, a)
			return
		}
		r := &request{Request: hr}
		r.body, _ = io.ReadAll(io.LimitReader(hr.Body, maxBody))
		// A carrier does not stop because its customer gave up: what was asked
		// is done, and the answer goes nowhere.
		if latency := time.Duration(behavior.LatencyMs) * time.Millisecond; latency > 0 && !sleep(s.ctx, latency) {
			abort(w)
			return
		}
		a := s.respond(api, e, r, behavior.Mode)
		s.note(requestEntry(api.name, hr, r.body, began, a))
		switch behavior.Mode {
		case modeHang:
			s.hang(hr.Context())
			abort(w)
		case modeReset:
			abort(w)
		default:
			a.write(w)
		}
	}
}

// respond is the answer to a request under a mode. A reset and a garbled
// answer come after the work was done, as in life: the message is on its way
// and the sender cannot know. A hang does nothing.
func (s *Simulator) respond(api carrierAPI, e endpoint, r *request, mode string) answer {
	switch mode {
	case modeHang:
		return answer{}
	case modeError500:
		return api.failing(r)
	case modeThrottled:
		return api.throttled(r)
	case modeUnauthorized:
		return api.unauthorized(r)
	}
	if a, ok := api.authenticate(r); !ok {
		return a
	}
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		form, err := parseForm(r.body)
		if err != nil || len(r.body) >= maxBody {
			return api.unreadable(r)
		}
		r.form = form
	}
	if mode == modeFraudBlocked && e.blocked != nil {
		return e.blocked(r)
	}
	a := e.handle(r)
	if mode == modeGarbage {
		return answer{status: http.StatusOK, header: http.Header{"Content-Type": {"text/html"}}, body: []byte("<html><body>\x00\xff{\"sid\": <h1>It works!</h1>")}
	}
	return a
}

func (s *Simulator) drawMode(carrier string) carrierBehavior {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.carriers[carrier]
	b, ok := c.rule.draw(s.now())
	if !ok {
		return carrierBehavior{Mode: modeUp}
	}
	if b.Times != nil {
		s.publishCarriers() // one time less
	}
	return b
}

// hang waits until the client gives up or the simulator ends.
func (s *Simulator) hang(client context.Context) {
	select {
	case <-client.Done():
	case <-s.ctx.Done():
	}
}

// down is the panic value by which Transport learns of a carrier that is down.
var errDown = errors.New("the carrier is down")

// refuse is what a carrier that is down does. Both carriers live behind one
// port, so the port cannot be closed: over TCP the answer is the carrier's own
// "service unavailable", which like a refused connection promises that nothing
// was sent; Transport makes a refused connection of it.
func refuse(w http.ResponseWriter, a answer) {
	if _, ok := w.(*memoryWriter); ok {
		panic(errDown)
	}
	w.Header().Set("Connection", "close")
	a.write(w)
}

// abort resets the connection, after the request was read and without an
// answer.
func abort(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset instead of an orderly end
	}
	_ = conn.Close()
}
