package okta

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type authenticators struct{ phones Phones }

func authenticatorAbout(id, summary string) httpd.About {
	return httpd.About{ID: id, Tag: "Authenticator", Summary: summary, Roles: super(), Scopes: []string{"okta.authenticators.manage"}}
}

func authenticatorLooking(id, summary string) httpd.About {
	a := authenticatorAbout(id, summary)
	a.Roles, a.Scopes = auditors(), []string{"okta.authenticators.read"}
	return a
}

func (a authenticators) operations() []httpd.Operation {
	const path = "/api/v1/authenticators"
	create := authenticatorAbout("createAuthenticator", "Create an authenticator")
	create.Description = "Always refused: there is one authenticator, phone_number, from the beginning."
	return []httpd.Operation{
		httpd.Op("GET", path, authenticatorLooking("listAuthenticators", "List all authenticators"), a.list),
		httpd.Op("POST", path, create, a.create),
		httpd.Op("GET", path+"/{authenticatorId}", tagged(authenticatorLooking("getAuthenticator", "Retrieve an authenticator")), a.get),
		httpd.Op("PUT", path+"/{authenticatorId}", tagged(authenticatorAbout("replaceAuthenticator", "Replace an authenticator")), a.replace),
		httpd.Op("POST", path+"/{authenticatorId}/lifecycle/activate", authenticatorAbout("activateAuthenticator", "Activate an authenticator"), a.step(Phones.ActivatePhone)),
		httpd.Op("POST", path+"/{authenticatorId}/lifecycle/deactivate", authenticatorAbout("deactivateAuthenticator", "Deactivate an authenticator"), a.step(Phones.DeactivatePhone)),
	}
}

// Authenticator is a means to sign in, on the wire.
type Authenticator struct {
	Type        string                `json:"type" enum:"phone"`
	ID          string                `json:"id"`
	Key         string                `json:"key" enum:"phone_number"`
	Status      string                `json:"status" enum:"ACTIVE,INACTIVE"`
	Name        string                `json:"name"`
	Created     httpd.Time            `json:"created"`
	LastUpdated httpd.Time            `json:"lastUpdated"`
	Settings    AuthenticatorSettings `json:"settings"`
	Links       LifecycleLinks        `json:"_links"`
}

// AuthenticatorSettings are what an authenticator may be used for.
type AuthenticatorSettings struct {
	AllowedFor string `json:"allowedFor" enum:"any,none,recovery,sso" description:"sso is to sign in, recovery to reset a password or unlock an account"`
}

// LifecycleLinks are what can be done with something that is active or not.
type LifecycleLinks struct {
	Self       *Link `json:"self"`
	Methods    *Link `json:"methods,omitzero"`
	Activate   *Link `json:"activate,omitzero"`
	Deactivate *Link `json:"deactivate,omitzero"`
}

func lifecycleLinks(self string, active bool, methods ...string) LifecycleLinks {
	links := LifecycleLinks{Self: linkTo(self, methods...)}
	if active {
		links.Deactivate = linkTo(self+"/lifecycle/deactivate", "POST")
	} else {
		links.Activate = linkTo(self+"/lifecycle/activate", "POST")
	}
	return links
}

func statusOf(active bool) string {
	if active {
		return "ACTIVE"
	}
	return "INACTIVE"
}

// AuthenticatorRequest is an authenticator as clients send it. They send back what they once got, so what is read-only is
// accepted, and not looked at.
type AuthenticatorRequest struct {
	Key          string                `json:"key" required:"true" enum:"custom_app,custom_otp,duo,external_idp,google_otp,okta_email,okta_password,okta_verify,onprem_mfa,phone_number,security_key,security_question,smart_card_idp,symantec_vip,tac,webauthn,yubikey_token"`
	Name         string                `json:"name" required:"true" maxLength:"255" example:"Phone"`
	Settings     AuthenticatorSettings `json:"settings"`
	Type         string                `json:"type" description:"Read-only"`
	ID           string                `json:"id" description:"Read-only"`
	Status       string                `json:"status" description:"Read-only: see the lifecycle operations"`
	Provider     jsontext.Value        `json:"provider" description:"Of other authenticators"`
	AgreeToTerms bool                  `json:"agreeToTerms" description:"Of other authenticators"`
	Created      string                `json:"created" description:"Read-only"`
	LastUpdated  string                `json:"lastUpdated" description:"Read-only"`
	Links        jsontext.Value        `json:"_links" description:"Read-only"`
}

func (a authenticators) list(ctx context.Context, call httpd.Call, _ httpd.Nothing) ([]Authenticator, error) {
	phone, err := a.phones.Phone(ctx)
	return []Authenticator{authenticatorOnWire(phone, call.Links)}, err
}

type createAuthenticatorIn struct {
	Activate bool                 `query:"activate" default:"true" description:"Whether it is active at once"`
	Body     AuthenticatorRequest `body:"required"`
}

func (a authenticators) create(_ context.Context, _ httpd.Call, in createAuthenticatorIn) (Authenticator, error) {
	if in.Body.Key != phoneKey {
		return Authenticator{}, hookswitch.RefuseField(hookswitch.Invalid, "key", "It must be phone_number: there are no other authenticators here.")
	}
	return Authenticator{}, hookswitch.RefuseField(hookswitch.AlreadyExists, "key", "An authenticator with this key already exists.")
}

const phoneKey = "phone_number"

type authenticatorIn struct {
	ID string `path:"authenticatorId" maxLength:"255" description:"The authenticator's id"`
}

// find refuses every id but that of the one authenticator.
func (a authenticators) find(ctx context.Context, id string) (admin.Phone, error) {
	phone, err := a.phones.Phone(ctx)
	if err == nil && phone.ID != id {
		err = hookswitch.Refuse(hookswitch.NotFound, "There is no such authenticator.")
	}
	return phone, err
}

func (a authenticators) get(ctx context.Context, call httpd.Call, in authenticatorIn) (Authenticator, error) {
	phone, err := a.find(ctx, in.ID)
	return authenticatorOnWire(phone, call.Links), err
}

type replaceAuthenticatorIn struct {
	ID   string               `path:"authenticatorId" maxLength:"255" description:"The authenticator's id"`
	Body AuthenticatorRequest `body:"required"`
}

func (a authenticators) replace(ctx context.Context, call httpd.Call, in replaceAuthenticatorIn) (Authenticator, error) {
	if _, err := a.find(ctx, in.ID); err != nil {
		return Authenticator{}, err
	}
	if in.Body.Key != phoneKey {
		return Authenticator{}, hookswitch.RefuseField(hookswitch.Invalid, "key", "It cannot be changed.")
	}
	use := hookswitch.AllowedFor(in.Body.Settings.AllowedFor)
	if use == "" {
		use = hookswitch.AllowedForAny
	}
	phone, err := a.phones.SetPhone(ctx, in.Body.Name, use, call.Origin,
		seen(call, func(is admin.Phone) Authenticator { return authenticatorOnWire(is, call.Links) }))
	return authenticatorOnWire(phone, call.Links), err
}

func (a authenticators) step(take func(Phones, context.Context, hookswitch.Origin) (admin.Phone, error)) func(context.Context, httpd.Call, authenticatorIn) (Authenticator, error) {
	return func(ctx context.Context, call httpd.Call, in authenticatorIn) (Authenticator, error) {
		if _, err := a.find(ctx, in.ID); err != nil {
			return Authenticator{}, err
		}
		phone, err := take(a.phones, ctx, call.Origin)
		return authenticatorOnWire(phone, call.Links), err
	}
}

func authenticatorOnWire(p admin.Phone, links httpd.Links) Authenticator {
	self := links.API("authenticators", p.ID)
	wire := Authenticator{
		Type: "phone", ID: p.ID, Key: phoneKey, Status: statusOf(!p.Inactive), Name: p.Name,
		Created: httpd.Time(p.Created), LastUpdated: httpd.Time(p.LastUpdated),
		Settings: AuthenticatorSettings{AllowedFor: string(p.AllowedFor)}, Links: lifecycleLinks(self, !p.Inactive, "GET", "PUT"),
	}
	wire.Links.Methods = linkTo(self+"/methods", "GET")
	return wire
}
