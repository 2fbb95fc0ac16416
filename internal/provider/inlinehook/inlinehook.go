package inlinehook

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
)

// timeLimit is how long a hook may take, from the call to the last byte of its answer.
// https://developer.okta.com/docs/concepts/inline-hooks/#timeout-behavior
const timeLimit = 3 * time.Second

// method is what stands in an attempt for the method of a provider's settings.
const method = "inlineHook"

// Config is what a provider is made of. All fields are required.
type Config struct {
	Hook      hookswitch.InlineHook
	Client    *provider.Client
	PublicURL string // without a slash at its end
	Now       func() time.Time
	Random    io.Reader
}

// Provider is one telephony hook. It implements [hookswitch.Provider].
type Provider struct{ c Config }

// New makes the provider of a hook.
func New(c Config) *Provider { return &Provider{c} }

// Entry is how a hook stands among the telephony providers: the primary one, and able to do everything.
func Entry(h hookswitch.InlineHook) hookswitch.TelephonyProvider {
	way := hookswitch.Method{Option: method}
	return hookswitch.TelephonyProvider{
		ID: h.ID, Name: hookswitch.HookProvider, Enabled: true, Primary: true, Created: h.Created, LastUpdated: h.LastUpdated, Version: h.Version,
		Methods: map[hookswitch.Channel]hookswitch.Method{hookswitch.SMS: way, hookswitch.Call: way},
	}
}

// Send asks the hook to send the message, once.
func (p *Provider) Send(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	payload, err := p.payload(m)
	if err != nil {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: hookswitch.RejectedRequest}
	}
	hide := []string{m.Text.Reveal(), m.Code.Reveal(), m.To, strings.TrimPrefix(m.To, "+"), p.c.Hook.AuthValue.Reveal()}
	body, err := p.Ask(ctx, payload, hide...)
	if err != nil {
		return hookswitch.Receipt{}, err
	}
	return p.judge(readReply(body, requestType(m.Purpose)), hide)
}

// Ask posts a payload to the hook and gives its answer, a JSON object. The error is a [*hookswitch.SendError], in which
// nothing of hide is left.
func (p *Provider) Ask(ctx context.Context, payload []byte, hide ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	header := http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}
	for _, h := range p.c.Hook.Headers {
		header.Set(h.Key, h.Value)
	}
	header.Set(p.c.Hook.AuthKey, p.c.Hook.AuthValue.Reveal())
	answer, err := p.c.Client.Do(ctx, provider.Request{
		Method: http.MethodPost, URL: p.c.Hook.URI, Header: header, Body: payload, Limit: provider.HookBodyLimit,
		Hide: append(hide, p.c.Hook.AuthValue.Reveal()),
	})
	if err != nil {
		return nil, broken(err)
	}
	if answer.Status != http.StatusOK {
		return nil, &hookswitch.SendError{
			Failure: byStatus(answer.Status), ProviderStatus: strconv.Itoa(answer.Status),
			Detail: "The hook answered with HTTP status " + strconv.Itoa(answer.Status) + ".",
		}
	}
	if !object(answer.Body) {
		return nil, &hookswitch.SendError{Failure: hookswitch.ReplyInvalid, ProviderStatus: "200", Detail: "The hook's answer is no JSON object."}
	}
	return answer.Body, nil
}

// broken judges an exchange without a whole answer. An answer that is too long is an answer, only none that is allowed.
func broken(err error) *hookswitch.SendError {
	failed := provider.Failed(err)
	var fault *provider.Error
	if errors.As(err, &fault) && fault.Failure == hookswitch.UnreadableAnswer && fault.Status == strconv.Itoa(http.StatusOK) {
		failed.Failure, failed.Detail = hookswitch.ReplyInvalid, "The hook's answer is longer than 256 KB."
	}
	return failed
}

// byStatus judges a status other than 200; redirects are not followed.
func byStatus(status int) hookswitch.Failure {
	switch status {
	case http.StatusPaymentRequired, http.StatusNotFound, http.StatusGone:
		return hookswitch.RejectedRequest // of a carrier they would say more
	}
	if status > 200 && status < 300 {
		return hookswitch.ReplyInvalid
	}
	return provider.ByStatus(status)
}

// judge makes a receipt or an error of what the hook said.
func (p *Provider) judge(r reply, hide []string) (hookswitch.Receipt, error) {
	debug := r.debug(hide)
	status := r.status
	failed := func(failure hookswitch.Failure, detail string) (hookswitch.Receipt, error) {
		return hookswitch.Receipt{}, &hookswitch.SendError{
			Failure: failure, ProviderStatus: status, Detail: fit(detail, hide), Debug: debug,
		}
	}
	if r.failed {
		return failed(hookswitch.HookFailed, r.summary)
	}
	report := hookswitch.Report{ProviderStatus: status, At: p.c.Now()}
	switch r.status {
	case "SUCCESSFUL":
		report.Fate, report.Word = hookswitch.StatusArrived, hookswitch.WordDelivered
	case "PENDING":
		report.Fate, report.Word = hookswitch.StatusInterim, hookswitch.WordSent
	case "FAILED":
		return failed(hookswitch.HookFailed, "The hook says that it could not send the message.")
	default:
		return failed(hookswitch.ReplyInvalid, r.problem)
	}
	receipt := hookswitch.Receipt{Method: method, Reference: fitID(r.transactionID, hide), Report: report, Debug: debug}
	receipt.Report.Reference = receipt.Reference
	if r.provider != "" {
		receipt.Note = "by " + fit(r.provider, hide)
	}
	return receipt, nil
}
