package providertest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
)

// Method is one method of one provider, as the suite needs to know it.
type Method struct {
	Name    string // of its golden files
	New     func(client *provider.Client, carrierURL string) hookswitch.Provider
	Message hookswitch.Message
	// Status and Accepts are an answer by which the carrier accepts the message, Receipt what comes of it.
	Status  int
	Accepts string
	Receipt hookswitch.Receipt
	// Refusal is the body of a refusal in the carrier's form, with words that the carrier explains itself by.
	Refusal func(words string) string
	// Secrets are tokens of the account; the suite knows those of the message itself.
	Secrets []string
}

// Run holds one method to everything that can be asked of any: see the subtests.
func Run(t *testing.T, m Method) {
	t.Run("sends exactly this request", m.sendsExactly)
	t.Run("judges every status", m.judgesStatuses)
	t.Run("judges what cannot be read as unsure", m.judgesUnreadable)
	t.Run("is sure only of what was never written", m.knowsWhatWasWritten)
	t.Run("asks once", m.asksOnce)
	t.Run("keeps to the context", m.keepsToTheContext)
	t.Run("tells no secrets", m.tellsNoSecrets)
	t.Run("leaves the machine for nobody", m.staysHere)
}

func (m Method) sendsExactly(t *testing.T) {
	carrier := NewCarrier(t)
	carrier.Will(Answer(m.Status, m.Accepts))
	receipt, err := m.New(carrier.NewClient(t, nil), carrier.URL).Send(t.Context(), m.Message)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(receipt, m.Receipt) {
		t.Errorf("receipt\ngot  %+v\nwant %+v", receipt, m.Receipt)
	}
	got := carrier.Take()
	if len(got) != 1 {
		t.Fatalf("%d requests, want 1", len(got))
	}
	Golden(t, m.Name+".request", got[0].Text())
}

// statuses is how refusals are judged that the carrier does not explain. Those of a gateway are unsure: something behind
// it had the request.
var statuses = map[int]hookswitch.Failure{
	http.StatusMovedPermanently:      hookswitch.RejectedRequest,
	http.StatusTemporaryRedirect:     hookswitch.RejectedRequest,
	http.StatusBadRequest:            hookswitch.RejectedRequest,
	http.StatusUnauthorized:          hookswitch.Unauthorized,
	http.StatusPaymentRequired:       hookswitch.AccountSuspended,
	http.StatusForbidden:             hookswitch.Unauthorized,
	http.StatusNotFound:              hookswitch.BadSender,
	http.StatusMethodNotAllowed:      hookswitch.RejectedRequest,
	http.StatusRequestTimeout:        hookswitch.ProviderError,
	http.StatusConflict:              hookswitch.RejectedRequest,
	http.StatusGone:                  hookswitch.BadSender,
	http.StatusRequestEntityTooLarge: hookswitch.RejectedRequest,
	http.StatusUnprocessableEntity:   hookswitch.RejectedRequest,
	http.StatusTooManyRequests:       hookswitch.Throttled,
	http.StatusInternalServerError:   hookswitch.ProviderError,
	http.StatusNotImplemented:        hookswitch.ProviderError,
	http.StatusBadGateway:            hookswitch.ConnectionLost,
	http.StatusServiceUnavailable:    hookswitch.ProviderError,
	http.StatusGatewayTimeout:        hookswitch.TimedOut,
	599:                              hookswitch.ProviderError,
}

const page = "<!doctype html><html><body><h1>It does not work</h1></body></html>"

func (m Method) judgesStatuses(t *testing.T) {
	carrier := NewCarrier(t)
	p := m.New(carrier.NewClient(t, nil), carrier.URL)
	for status, want := range statuses {
		for name, script := range map[string]Script{
			"empty":      Answer(status, ""),
			"page":       AnswerAs(status, "text/html", page),
			"other JSON": Answer(status, `{"hello":"world"}`),
			"list":       Answer(status, `[1,2]`),
			"half":       Half(status, `{"code":`),
		} {
			carrier.Will(script)
			failed := m.fails(t, p)
			if failed.Failure != want {
				t.Errorf("%d %s: %s, want %s", status, name, failed.Failure, want)
			}
			if !strings.Contains(failed.ProviderStatus, fmt.Sprint(status)) {
				t.Errorf("%d %s: provider status %q", status, name, failed.ProviderStatus)
			}
		}
	}
}

func (m Method) judgesUnreadable(t *testing.T) {
	carrier := NewCarrier(t)
	p := m.New(carrier.NewClient(t, nil), carrier.URL)
	for name, row := range map[string]struct {
		script Script
		want   hookswitch.Failure
	}{
		"nothing":    {Answer(m.Status, ""), hookswitch.UnreadableAnswer},
		"null":       {Answer(m.Status, "null"), hookswitch.UnreadableAnswer},
		"no id":      {Answer(m.Status, "{}"), hookswitch.UnreadableAnswer},
		"list":       {Answer(m.Status, "[]"), hookswitch.UnreadableAnswer},
		"wrong type": {Answer(m.Status, `{"sid":7,"reference_id":{}}`), hookswitch.UnreadableAnswer},
		"cut JSON":   {Answer(m.Status, m.Accepts[:len(m.Accepts)/2]), hookswitch.UnreadableAnswer},
		"page":       {AnswerAs(m.Status, "text/html", page), hookswitch.UnreadableAnswer},
		"huge":       {Answer(m.Status, `{"x":"`+strings.Repeat("x", 200_000)+`"}`), hookswitch.UnreadableAnswer},
		"garbage":    {Garbage, hookswitch.UnreadableAnswer},
		"half":       {Half(m.Status, m.Accepts), hookswitch.ConnectionLost},
	} {
		carrier.Will(row.script)
		if failed := m.fails(t, p); failed.Failure != row.want {
			t.Errorf("%s: %s, want %s", name, failed.Failure, row.want)
		}
	}
	// What says yes in the carrier's own form is a yes, whatever its type claims.
	carrier.Will(AnswerAs(m.Status, "text/plain", m.Accepts))
	if _, err := p.Send(t.Context(), m.Message); err != nil {
		t.Errorf("an acceptance of the wrong type: %v", err)
	}
}

func (m Method) knowsWhatWasWritten(t *testing.T) {
	carrier := NewCarrier(t)
	p := m.New(carrier.NewClient(t, nil), carrier.URL)
	for name, script := range map[string]Script{"closed": Close, "reset": Reset} {
		carrier.Will(script)
		if failed := m.fails(t, p); failed.Failure != hookswitch.ConnectionLost || failed.Failure.Traits().Sure {
			t.Errorf("%s after the request was written: %s", name, failed.Failure)
		}
	}
	for name, script := range map[string]Script{"hanging": Hang, "slow": Slow(m.Status, m.Accepts)} {
		carrier.Will(script)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		_, err := p.Send(ctx, m.Message)
		cancel()
		if failed := asSendError(t, err); failed.Failure != hookswitch.TimedOut || failed.Failure.Traits().Sure {
			t.Errorf("%s after the request was written: %s", name, failed.Failure)
		}
	}
	nobody := m.New(carrier.NewClient(t, nil), "http://127.0.0.1:1")
	if failed := m.fails(t, nobody); failed.Failure != hookswitch.Unreachable {
		t.Errorf("nobody listens: %s", failed.Failure)
	}
}

func (m Method) asksOnce(t *testing.T) {
	carrier := NewCarrier(t)
	p := m.New(carrier.NewClient(t, nil), carrier.URL)
	for name, script := range map[string]Script{
		"reset": Reset, "closed": Close, "throttled": Answer(429, ""), "broken": Answer(500, ""), "redirect": Answer(307, ""),
	} {
		carrier.Will(script)
		m.fails(t, p)
		if got := len(carrier.Take()); got != 1 {
			t.Errorf("%s: asked %d times", name, got)
		}
	}
}

func (m Method) keepsToTheContext(t *testing.T) {
	carrier := NewCarrier(t)
	p := m.New(carrier.NewClient(t, nil), carrier.URL)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := p.Send(over, m.Message)
	if failed := asSendError(t, err); failed.Failure != hookswitch.Unreachable {
		t.Errorf("context over before the start: %s", failed.Failure)
	}
	if got := len(carrier.Take()); got != 0 {
		t.Errorf("%d requests after the context was over", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	carrier.Will(func(conn net.Conn, r Request) { cancel(); Hang(conn, r) })
	_, err = p.Send(ctx, m.Message)
	if failed := asSendError(t, err); failed.Failure != hookswitch.TimedOut {
		t.Errorf("context over after the request was written: %s", failed.Failure)
	}
}

// secrets are the values that must be in the request alone.
func (m Method) secrets() []string {
	all := append([]string{m.Message.To, strings.TrimPrefix(m.Message.To, "+")}, m.Secrets...)
	for _, secret := range []string{m.Message.Code.Reveal(), m.Message.Text.Reveal()} {
		if secret != "" {
			all = append(all, secret)
		}
	}
	return all
}

func (m Method) tellsNoSecrets(t *testing.T) {
	carrier := NewCarrier(t)
	var told []string
	p := m.New(carrier.NewClient(t, func(tr provider.Trace) { told = append(told, fmt.Sprintf("%+v", tr)) }), carrier.URL)
	echo := m.Refusal(strings.Join(m.secrets(), " and "))
	for _, script := range []Script{
		Answer(400, echo), Answer(401, echo), Answer(429, echo), Answer(500, echo), Answer(m.Status, echo),
		AnswerAs(400, "text/html", echo), Half(400, echo), Garbage, Reset, Answer(m.Status, m.Accepts),
	} {
		carrier.Will(script)
		receipt, err := p.Send(t.Context(), m.Message)
		told = append(told, fmt.Sprintf("%+v", receipt))
		if err != nil {
			told = append(told, err.Error(), fmt.Sprintf("%+v %#v", err, err), fmt.Sprintf("%+v", asSendError(t, err)))
		}
	}
	for _, text := range told {
		for _, secret := range m.secrets() {
			if strings.Contains(text, secret) {
				t.Errorf("a secret (%d characters) is told in: %s", len(secret), strings.ReplaceAll(text, secret, "<here>"))
			}
		}
	}
}

func (m Method) staysHere(t *testing.T) {
	carrier := NewCarrier(t)
	away := m.New(carrier.NewClient(t, nil), "") // the carrier's official hosts
	failed := m.fails(t, away)
	if failed.Failure != hookswitch.Unreachable || !strings.Contains(failed.Detail, errLeaves.Error()) {
		t.Errorf("got %s: %s", failed.Failure, failed.Detail)
	}
}

func (m Method) fails(t *testing.T, p hookswitch.Provider) *hookswitch.SendError {
	t.Helper()
	receipt, err := p.Send(t.Context(), m.Message)
	if receipt.Reference != "" {
		t.Errorf("a failed send has the reference %q", receipt.Reference)
	}
	return asSendError(t, err)
}

func asSendError(t *testing.T, err error) *hookswitch.SendError {
	t.Helper()
	var failed *hookswitch.SendError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want a *hookswitch.SendError", err)
	}
	return failed
}
