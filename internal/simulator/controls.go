package simulator

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
)

var errCallOver = errors.New("the call is over")

// commandWait bounds how long a call may be busy (fetching TwiML) before a
// command to it is given up.
const commandWait = 20 * time.Second

// command does something to a call and returns when it took effect.
func (s *Simulator) command(ctx context.Context, c *call, cmd command) error {
	ctx, cancel := context.WithTimeout(ctx, commandWait)
	defer cancel()
	cmd.done = make(chan struct{})
	select {
	case c.commands <- cmd:
	case <-c.ended:
		return errCallOver
	case <-s.ctx.Done():
		return errCallOver
	case <-ctx.Done():
		return ctx.Err()
	}
	<-cmd.done
	return nil
}

// pathCall finds the call of a path.
func (s *Simulator) pathCall(r *http.Request) (*call, callState, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.phones[number]; ok {
		for _, c := range p.calls {
			if c.id == r.PathValue("id") {
				return c, c.state, nil
			}
		}
	}
	return nil, "", problemf(http.StatusNotFound, "%s has no such call", number)
}

// controlCall is POST /phones/{e164}/calls/{id}/{verb}: what a person does to
// a ringing or answered call. The answer is the call.
func (s *Simulator) controlCall(r *http.Request) (any, error) {
	c, state, err := s.pathCall(r)
	if err != nil {
		return nil, err
	}
	cmd := command{verb: r.PathValue("verb")}
	needs := callRinging
	switch cmd.verb {
	case "answer", "decline", "ring":
	case "hangup":
		needs = state // at any time
	case "digits":
		needs = callAnswered
		var body struct {
			Digits string `json:"digits"`
		}
		if err := decode(r, &body); err != nil {
			return nil, err
		}
		if body.Digits == "" || len(body.Digits) > 32 || strings.Trim(body.Digits, "0123456789*#") != "" {
			return nil, problemf(http.StatusBadRequest, "digits are 1 to 32 of 0-9, * and #")
		}
		cmd.digits = body.Digits
	default:
		return nil, problemf(http.StatusNotFound, "a call can be told to answer, decline, ring, hangup and take digits")
	}
	if state != needs {
		return nil, problemf(http.StatusConflict, "the call is %s; %s needs one that is %s", state, cmd.verb, needs)
	}
	if err := s.command(r.Context(), c, cmd); err != nil {
		return nil, problemf(http.StatusConflict, "%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return c.view(), nil
}

// listCallsOf is GET /phones/{e164}/calls, oldest first.
func (s *Simulator) listCallsOf(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []callView{}
	if p, ok := s.phones[number]; ok {
		for _, c := range p.calls {
			if c.shown() {
				found = append(found, c.view())
			}
		}
	}
	return found, nil
}
