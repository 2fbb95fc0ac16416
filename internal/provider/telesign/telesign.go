package telesign

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
)

// DefaultURL is the host of full-service accounts, the only ones that have every product.
const DefaultURL = "https://rest-ww.telesign.com"

// Option is the one option of an account's settings; its value is a service.
const Option = "telesignService"

// The services.
const (
	MessagingService = "telesignMessagingService" // sms
	VoiceService     = "telesignVoiceService"     // call
	VerifyService    = "telesignVerifyService"    // sms, call
)

// Config is what a provider is made of.
type Config struct {
	Account hookswitch.TelephonyProvider // SID is the customer id, AuthToken the API key in base64
	URL     string                       // base URL of the REST API; DefaultURL when empty
	Basic   bool                         // Basic authentication instead of digest
	Client  *provider.Client
	Now     func() time.Time // time.Now when nil
	Nonce   func() string    // random when nil
}

// Provider is one Telesign account. It implements [hookswitch.Provider], [hookswitch.Limited], [hookswitch.Speaker],
// [hookswitch.Poller], [hookswitch.CallbackReader] and [hookswitch.FeedbackTaker].
type Provider struct {
	account hookswitch.TelephonyProvider
	url     string
	basic   bool
	client  *provider.Client
	now     func() time.Time
	nonce   func() string
}

// New makes the provider of an account. It does not judge the settings: [Validate] does.
func New(c Config) *Provider {
	p := &Provider{
		account: c.Account, url: strings.TrimRight(c.URL, "/"), basic: c.Basic, client: c.Client, now: c.Now, nonce: c.Nonce,
	}
	if p.url == "" {
		p.url = DefaultURL
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.nonce == nil {
		p.nonce = rand.Text
	}
	return p
}

// Send hands the message to the product of the channel's service.
func (p *Provider) Send(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	needs := hookswitch.Needs{Channel: m.Channel, Extension: m.Extension != "", Digits: len(m.Code.Reveal())}
	if cannot := p.Cannot(needs); cannot != "" {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: cannot}
	}
	service := p.account.Methods[m.Channel].Value
	var receipt hookswitch.Receipt
	var err error
	switch {
	case service == MessagingService:
		receipt, err = p.sendMessage(ctx, m)
	case service == VoiceService:
		receipt, err = p.placeCall(ctx, m)
	case m.Channel == hookswitch.Call:
		receipt, err = p.verifyByCall(ctx, m)
	default:
		receipt, err = p.verifyBySMS(ctx, m)
	}
	receipt.Method = service
	return receipt, err
}

// Cannot knows the limits: Voice has no way to dial an extension, and Verify takes passcodes of 3 to 7 digits. (Its page
// for calls speaks of 3 to 5, other pages of up to 7 for both channels; a refusal is sure and goes to the next provider.)
func (p *Provider) Cannot(needs hookswitch.Needs) hookswitch.Failure {
	method := p.account.Methods[needs.Channel]
	switch {
	case method.Option != Option || !usable(needs.Channel, method.Value):
		return hookswitch.NotConfigured
	case method.Value == VoiceService && needs.Extension:
		return hookswitch.MethodCannot
	case method.Value == VerifyService && (needs.Digits < 3 || needs.Digits > 7):
		return hookswitch.MethodCannot
	default:
		return ""
	}
}

// send posts a form and makes the receipt of its answer.
func (p *Provider) send(ctx context.Context, resource string, form url.Values, m hookswitch.Message) (hookswitch.Receipt, error) {
	if m.CallbackURL != "" {
		form.Set("callback_url", m.CallbackURL)
	}
	hide := []string{m.Text.Reveal(), m.Code.Reveal(), m.To, form.Get("phone_number"), form.Get("message"), form.Get("tts_message")}
	a, err := p.exchange(ctx, http.MethodPost, resource, []byte(form.Encode()), hide)
	if err != nil {
		return hookswitch.Receipt{}, err
	}
	report := a.report(p.now())
	if report.Fate == hookswitch.StatusLost {
		return hookswitch.Receipt{}, &hookswitch.SendError{
			Failure: report.Failure, ProviderStatus: report.ProviderStatus, ProviderCode: report.ProviderCode,
			Detail: a.said,
		}
	}
	if !isReference(a.ReferenceID) {
		return hookswitch.Receipt{}, &hookswitch.SendError{
			Failure: hookswitch.UnreadableAnswer, Detail: "the answer has no reference id",
		}
	}
	return hookswitch.Receipt{Reference: a.ReferenceID, Report: report}, nil
}

// number is the recipient as Telesign wants it: digits alone.
func number(m hookswitch.Message) string { return strings.TrimPrefix(m.To, "+") }

// exchange makes one signed exchange. Its error is always a [*hookswitch.SendError].
func (p *Provider) exchange(ctx context.Context, method, resource string, body []byte, hide []string) (answer, error) {
	r := provider.Request{Method: method, URL: p.url + resource, Body: body, Header: http.Header{}}
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept", "application/json")
	r.Hide = append(append(r.Hide, hide...), p.authorize(&r)...)
	got, err := p.client.Do(ctx, r)
	if err != nil {
		return answer{}, provider.Failed(err)
	}
	return readAnswer(got, r.Hide)
}
