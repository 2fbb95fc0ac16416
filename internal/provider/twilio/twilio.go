package twilio

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/provider"
)

// The official hosts.
const (
	DefaultAPIURL    = "https://api.twilio.com"
	DefaultVerifyURL = "https://verify.twilio.com"
)

// The options of an account's settings, one per channel.
const (
	OptionPhoneNumber = "twilioPhoneNumber" // sms, call
	OptionMessageSID  = "twilioMessageSid"  // sms: a messaging service
	OptionCallerID    = "twilioCallerId"    // call
	OptionVerifySID   = "twilioVerifySid"   // sms, call
)

// Config is what a provider is made of.
type Config struct {
	Account   hookswitch.TelephonyProvider
	APIURL    string // base URL of the REST API; DefaultAPIURL when empty
	VerifyURL string // base URL of Verify; DefaultVerifyURL when empty
	Client    *provider.Client
	Now       func() time.Time // time.Now when nil
}

// Provider is one Twilio account. It implements [hookswitch.Provider], [hookswitch.Limited], [hookswitch.Speaker],
// [hookswitch.Poller], [hookswitch.CallbackReader], [hookswitch.Replier] and [hookswitch.FeedbackTaker].
type Provider struct {
	account   hookswitch.TelephonyProvider
	apiURL    string // up to and with the account
	verifyURL string
	client    *provider.Client
	now       func() time.Time
}

// New makes the provider of an account. It does not judge the settings: [Validate] does.
func New(c Config) *Provider {
	p := &Provider{account: c.Account, client: c.Client, now: c.Now}
	if p.now == nil {
		p.now = time.Now
	}
	p.apiURL = base(c.APIURL, DefaultAPIURL) + "/2010-04-01/Accounts/" + url.PathEscape(c.Account.SID)
	p.verifyURL = base(c.VerifyURL, DefaultVerifyURL) + "/v2"
	return p
}

func base(configured, official string) string {
	if configured == "" {
		return official
	}
	return strings.TrimRight(configured, "/")
}

// Send hands the message to the API of the channel's method.
func (p *Provider) Send(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	method := p.account.Methods[m.Channel]
	cannot := p.Cannot(hookswitch.Needs{Channel: m.Channel, Extension: m.Extension != "", Digits: len(m.Code)})
	var receipt hookswitch.Receipt
	var err error
	switch {
	case cannot != "":
		return receipt, &hookswitch.SendError{Failure: cannot}
	case method.Option == OptionVerifySID:
		receipt, err = p.sendByVerify(ctx, method.Value, m)
	case m.Channel == hookswitch.Call:
		receipt, err = p.placeCall(ctx, method.Value, m)
	default:
		receipt, err = p.sendMessage(ctx, method, m)
	}
	receipt.Method = method.Option
	return receipt, err
}

// Cannot knows the one limit: Verify sends passcodes of 4 to 10 characters. Every method for calls dials extensions.
func (p *Provider) Cannot(needs hookswitch.Needs) hookswitch.Failure {
	method := p.account.Methods[needs.Channel]
	switch {
	case !usable(needs.Channel, method.Option):
		return hookswitch.NotConfigured
	case method.Option == OptionVerifySID && (needs.Digits < 4 || needs.Digits > 10):
		return hookswitch.MethodCannot
	default:
		return ""
	}
}

// post sends a form with the account's credentials and reads a JSON answer into out.
func (p *Provider) post(ctx context.Context, target string, form url.Values, hide []string, out any) error {
	return p.exchange(ctx, provider.Request{
		Method: http.MethodPost, URL: target, Body: []byte(form.Encode()), Hide: hide,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
	}, out)
}

func (p *Provider) get(ctx context.Context, target string, out any) error {
	return p.exchange(ctx, provider.Request{Method: http.MethodGet, URL: target, Header: http.Header{}}, out)
}

// exchange makes one exchange. Its error is always a [*hookswitch.SendError].
func (p *Provider) exchange(ctx context.Context, r provider.Request, out any) error {
	token := p.account.AuthToken.Reveal()
	credentials := base64.StdEncoding.EncodeToString([]byte(p.account.SID + ":" + token))
	r.Header.Set("Authorization", "Basic "+credentials)
	r.Header.Set("Accept", "application/json")
	r.Hide = append(r.Hide, token, credentials)
	answer, err := p.client.Do(ctx, r)
	if err != nil {
		return provider.Failed(err)
	}
	if answer.Status < 200 || answer.Status > 299 {
		return refusal(answer, r.Hide)
	}
	return readAnswer(answer, out)
}
