package okta

import (
	"context"
	"maps"
	"net/url"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/verify"
)

type providers struct {
	accounts Providers
	tests    Tests
}

func (p providers) operations() []httpd.Operation {
	const path = "/api/v1/telephony-providers"
	about := func(id, summary string) httpd.About {
		return httpd.About{ID: id, Tag: "CustomTelephonyProvider", Summary: summary, Roles: super(), Scopes: []string{"okta.customTelephonyProvider.manage"}}
	}
	looking := func(id, summary string) httpd.About {
		a := about(id, summary)
		a.Roles, a.Scopes = auditors(), []string{"okta.customTelephonyProvider.read"}
		return a
	}
	create := about("createCustomTelephonyProviderCredentials", "Create a telephony provider")
	create.Status = 201
	create.Description = "There is one entry per provider name. It is created inactive."
	test := about("sendTestCustomTelephonyProviderCredential", "Send a test message by a telephony provider")
	test.CanSend = true
	test.Description = "Active or not. What the carrier says of a message that it does not take is in the error's causes. An addition of Hookswitch: a Link header with rel=related leads to the delivery."
	return []httpd.Operation{
		httpd.Op("GET", path, looking("listAllCustomTelephonyProviderCredentials", "List the telephony providers"), p.list),
		httpd.Op("POST", path, create, p.create),
		httpd.Op("GET", path+"/{customTelephonyProviderId}", tagged(looking("getCustomTelephonyProviderCredential", "Retrieve a telephony provider")), p.get),
		httpd.Op("PATCH", path+"/{customTelephonyProviderId}", tagged(about("updateCustomTelephonyProviderCredential", "Update a telephony provider")), p.update),
		httpd.Op("DELETE", path+"/{customTelephonyProviderId}", about("deleteCustomTelephonyProviderCredential", "Delete an inactive telephony provider"), p.remove),
		httpd.Op("POST", path+"/{customTelephonyProviderId}/lifecycle/activate", about("activateCustomTelephonyCredential", "Activate a telephony provider"), p.step(Providers.ActivateProvider)),
		httpd.Op("POST", path+"/{customTelephonyProviderId}/lifecycle/deactivate", about("deactivateCustomTelephonyCredential", "Deactivate a telephony provider"), p.step(Providers.DeactivateProvider)),
		httpd.Op("POST", path+"/{customTelephonyProviderId}/setAsPrimary", about("setAsPrimaryCustomTelephonyCredential", "Make a telephony provider the primary one"), p.step(Providers.SetPrimary)),
		httpd.Op("POST", path+"/{customTelephonyProviderId}/test", test, p.test),
	}
}

// TelephonyProvider is a carrier account on the wire. Its auth token is write-only.
type TelephonyProvider struct {
	ID         string           `json:"id"`
	Primary    bool             `json:"isPrimaryProvider"`
	Enabled    bool             `json:"enabled"`
	Capability string           `json:"providerCapability" enum:"ALL"`
	Name       string           `json:"providerName" enum:"TWILIO,TELESIGN"`
	SID        string           `json:"providerSid" description:"Twilio account SID, or Telesign customer id"`
	Settings   ProviderSettings `json:"providerSettings"`
}

// ProviderSettings is how the account sends: at most one method per channel.
type ProviderSettings struct {
	SMS  httpd.Optional[SMSMethod]  `json:"sms,omitzero"`
	Call httpd.Optional[CallMethod] `json:"call,omitzero"`
}

// SMSMethod is one of the ways to send an SMS.
type SMSMethod struct {
	PhoneNumber string `json:"twilioPhoneNumber,omitzero" maxLength:"64"`
	MessageSID  string `json:"twilioMessageSid,omitzero" maxLength:"64"`
	VerifySID   string `json:"twilioVerifySid,omitzero" maxLength:"64"`
	Service     string `json:"telesignService,omitzero" enum:"telesignMessagingService,telesignVerifyService"`
}

// CallMethod is one of the ways to make a call.
type CallMethod struct {
	PhoneNumber string `json:"twilioPhoneNumber,omitzero" maxLength:"64"`
	CallerID    string `json:"twilioCallerId,omitzero" maxLength:"64"`
	VerifySID   string `json:"twilioVerifySid,omitzero" maxLength:"64"`
	Service     string `json:"telesignService,omitzero" enum:"telesignVoiceService,telesignVerifyService"`
}

type createProviderIn struct {
	Body CreateProviderRequest `body:"required"`
}

// CreateProviderRequest is a carrier account to add.
type CreateProviderRequest struct {
	Name       string            `json:"providerName" required:"true" enum:"TWILIO,TELESIGN"`
	SID        string            `json:"providerSid" required:"true" maxLength:"255" description:"Twilio account SID, or Telesign customer id"`
	AuthToken  hookswitch.Secret `json:"providerAuthToken" required:"true" maxLength:"255" description:"Twilio auth token, or Telesign API key. Write-only"`
	Capability string            `json:"providerCapability" enum:"ALL"`
	Settings   ProviderSettings  `json:"providerSettings"`
}

type providerIn struct {
	ID string `path:"customTelephonyProviderId" maxLength:"255" description:"The provider's id"`
}

type updateProviderIn struct {
	ID   string                `path:"customTelephonyProviderId" maxLength:"255" description:"The provider's id"`
	Body UpdateProviderRequest `body:"required"`
}

// UpdateProviderRequest is a change of a carrier account; what is left out stays.
type UpdateProviderRequest struct {
	ID        string            `json:"id" description:"The same as in the path, or left out"`
	SID       string            `json:"providerSid" maxLength:"255"`
	AuthToken hookswitch.Secret `json:"providerAuthToken" maxLength:"255" description:"Write-only"`
	Settings  ProviderSettings  `json:"providerSettings" description:"A channel that is left out stays as it is; null removes its method"`
}

type testProviderIn struct {
	ID       string              `path:"customTelephonyProviderId" maxLength:"255" description:"The provider's id"`
	Language string              `header:"Accept-Language" description:"The language of the message"`
	Body     TestProviderRequest `body:"required"`
}

// TestProviderRequest is where a test message goes.
type TestProviderRequest struct {
	Factor    string `json:"factor" required:"true" enum:"SMS,CALL"`
	Phone     string `json:"phoneNumber" required:"true" maxLength:"64" example:"+12025550142"`
	Country   string `json:"countryCodeIso2" maxLength:"2" example:"US" description:"For a number without a country calling code"`
	Extension string `json:"phoneExtension" maxLength:"15" description:"Calls only. Not in Okta's API"`
}

func (p providers) list(ctx context.Context, _ httpd.Call, _ httpd.Nothing) ([]TelephonyProvider, error) {
	found, err := p.accounts.Providers(ctx)
	wire := make([]TelephonyProvider, 0, len(found))
	for _, account := range found {
		wire = append(wire, providerOnWire(account))
	}
	return wire, err
}

func (p providers) get(ctx context.Context, _ httpd.Call, in providerIn) (TelephonyProvider, error) {
	found, err := p.accounts.Provider(ctx, in.ID)
	return providerOnWire(found), err
}

func (p providers) create(ctx context.Context, call httpd.Call, in createProviderIn) (TelephonyProvider, error) {
	methods, err := in.Body.Settings.over(nil)
	if err != nil {
		return TelephonyProvider{}, err
	}
	created, err := p.accounts.CreateProvider(ctx, admin.NewProvider{
		Name: hookswitch.ProviderName(in.Body.Name), SID: in.Body.SID, AuthToken: in.Body.AuthToken, Methods: methods,
	}, call.Origin)
	return providerOnWire(created), err
}

func (p providers) update(ctx context.Context, call httpd.Call, in updateProviderIn) (TelephonyProvider, error) {
	if in.Body.ID != "" && in.Body.ID != in.ID {
		return TelephonyProvider{}, hookswitch.RefuseField(hookswitch.Invalid, "id", "It is not the id in the path.")
	}
	change := func(was hookswitch.TelephonyProvider) (admin.NewProvider, error) {
		if err := call.Unchanged(providerOnWire(was)); err != nil {
			return admin.NewProvider{}, err
		}
		methods, err := in.Body.Settings.over(was.Methods)
		return admin.NewProvider{SID: in.Body.SID, AuthToken: in.Body.AuthToken, Methods: methods}, err
	}
	updated, err := p.accounts.UpdateProvider(ctx, in.ID, change, call.Origin)
	return providerOnWire(updated), err
}

func (p providers) remove(ctx context.Context, call httpd.Call, in providerIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, p.accounts.DeleteProvider(ctx, in.ID, call.Origin)
}

type providerStep func(p Providers, ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)

// step is an operation that takes no more than the provider's id.
func (p providers) step(take providerStep) func(context.Context, httpd.Call, providerIn) (TelephonyProvider, error) {
	return func(ctx context.Context, call httpd.Call, in providerIn) (TelephonyProvider, error) {
		changed, err := take(p.accounts, ctx, in.ID, call.Origin)
		return providerOnWire(changed), err
	}
}

func (p providers) test(ctx context.Context, call httpd.Call, in testProviderIn) (httpd.Pointer, error) {
	account, err := p.accounts.Provider(ctx, in.ID)
	if err != nil {
		return httpd.Pointer{}, err
	}
	channel := hookswitch.SMS
	if in.Body.Factor == "CALL" {
		channel = hookswitch.Call
	}
	made, err := p.tests.Test(ctx, verify.TestSend{
		Provider: account, Channel: channel, Phone: in.Body.Phone, Country: in.Body.Country, Extension: in.Body.Extension,
		Languages: httpd.Languages(in.Language), Origin: call.Origin,
	})
	return httpd.Pointer{Path: "/deliveries", Query: url.Values{"q": {made.ID}}}, err
}

func providerOnWire(p hookswitch.TelephonyProvider) TelephonyProvider {
	wire := TelephonyProvider{
		ID: p.ID, Primary: p.Primary, Enabled: p.Enabled, Capability: "ALL", Name: string(p.Name), SID: p.SID,
	}
	if m, ok := p.Methods[hookswitch.SMS]; ok {
		wire.Settings.SMS = httpd.Some(SMSMethod{})
		set(wire.Settings.SMS.Value.options(), m)
	}
	if m, ok := p.Methods[hookswitch.Call]; ok {
		wire.Settings.Call = httpd.Some(CallMethod{})
		set(wire.Settings.Call.Value.options(), m)
	}
	return wire
}

// over is the methods that remain when these settings are laid over others.
func (s ProviderSettings) over(now map[hookswitch.Channel]hookswitch.Method) (map[hookswitch.Channel]hookswitch.Method, error) {
	methods := maps.Clone(now)
	if methods == nil {
		methods = map[hookswitch.Channel]hookswitch.Method{}
	}
	err := lay(methods, hookswitch.SMS, s.SMS.Given, s.SMS.Null, s.SMS.Value.options())
	if err == nil {
		err = lay(methods, hookswitch.Call, s.Call.Given, s.Call.Null, s.Call.Value.options())
	}
	return methods, err
}

// option is one way to send, in the words of the API, and where its value stands on the wire.
type option struct {
	name  string
	value *string
}

func (m *SMSMethod) options() []option {
	return []option{
		{"twilioPhoneNumber", &m.PhoneNumber}, {"twilioMessageSid", &m.MessageSID}, {"twilioVerifySid", &m.VerifySID}, {"telesignService", &m.Service},
	}
}

func (m *CallMethod) options() []option {
	return []option{
		{"twilioPhoneNumber", &m.PhoneNumber}, {"twilioCallerId", &m.CallerID}, {"twilioVerifySid", &m.VerifySID}, {"telesignService", &m.Service},
	}
}

func set(options []option, m hookswitch.Method) {
	for _, o := range options {
		if o.name == m.Option {
			*o.value = m.Value
		}
	}
}

func lay(methods map[hookswitch.Channel]hookswitch.Method, channel hookswitch.Channel, given, null bool, options []option) error {
	if !given {
		return nil
	}
	delete(methods, channel)
	if null {
		return nil
	}
	for _, o := range options {
		if *o.value == "" {
			continue
		}
		if _, second := methods[channel]; second {
			return hookswitch.RefuseField(hookswitch.Invalid, "providerSettings."+string(channel), "Choose one method, not several.")
		}
		methods[channel] = hookswitch.Method{Option: o.name, Value: *o.value}
	}
	if _, chosen := methods[channel]; !chosen {
		return hookswitch.RefuseField(hookswitch.Invalid, "providerSettings."+string(channel), "Choose a method, or leave the channel out.")
	}
	return nil
}
