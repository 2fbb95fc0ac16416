package okta

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

func (a authenticators) methods() []httpd.Operation {
	const path = "/api/v1/authenticators/{authenticatorId}/methods"
	return []httpd.Operation{
		httpd.Op("GET", path, authenticatorLooking("listAuthenticatorMethods", "List all methods of an authenticator"), a.listMethods),
		httpd.Op("GET", path+"/{methodType}", authenticatorLooking("getAuthenticatorMethod", "Retrieve an authenticator method"), a.getMethod),
		httpd.Op("PUT", path+"/{methodType}", authenticatorAbout("replaceAuthenticatorMethod", "Replace an authenticator method"), a.replaceMethod),
		httpd.Op("POST", path+"/{methodType}/lifecycle/activate", authenticatorAbout("activateAuthenticatorMethod", "Activate an authenticator method"), a.switchMethod(true)),
		httpd.Op("POST", path+"/{methodType}/lifecycle/deactivate", authenticatorAbout("deactivateAuthenticatorMethod", "Deactivate an authenticator method"), a.switchMethod(false)),
	}
}

// AuthenticatorMethod is a way to reach a phone.
type AuthenticatorMethod struct {
	Type   string         `json:"type" enum:"sms,voice"`
	Status string         `json:"status" enum:"ACTIVE,INACTIVE"`
	Links  LifecycleLinks `json:"_links"`
}

// AuthenticatorMethodRequest is a method as clients send it.
type AuthenticatorMethodRequest struct {
	Type   string         `json:"type" enum:"sms,voice" description:"The same as in the path, or left out"`
	Status string         `json:"status" enum:"ACTIVE,INACTIVE" description:"Stays as it is when it is left out"`
	Links  jsontext.Value `json:"_links" description:"Read-only"`
}

func (a authenticators) listMethods(ctx context.Context, call httpd.Call, in authenticatorIn) ([]AuthenticatorMethod, error) {
	phone, err := a.find(ctx, in.ID)
	return []AuthenticatorMethod{
		methodOnWire(phone, hookswitch.SMS, call.Links), methodOnWire(phone, hookswitch.Call, call.Links),
	}, err
}

type methodIn struct {
	ID   string `path:"authenticatorId" maxLength:"255" description:"The authenticator's id"`
	Type string `path:"methodType" enum:"sms,voice" description:"The method"`
}

func (a authenticators) getMethod(ctx context.Context, call httpd.Call, in methodIn) (AuthenticatorMethod, error) {
	phone, err := a.find(ctx, in.ID)
	return methodOnWire(phone, channelOf(in.Type), call.Links), err
}

type replaceMethodIn struct {
	ID   string                     `path:"authenticatorId" maxLength:"255" description:"The authenticator's id"`
	Type string                     `path:"methodType" enum:"sms,voice" description:"The method"`
	Body AuthenticatorMethodRequest `body:"required"`
}

func (a authenticators) replaceMethod(ctx context.Context, call httpd.Call, in replaceMethodIn) (AuthenticatorMethod, error) {
	phone, err := a.find(ctx, in.ID)
	if err != nil {
		return AuthenticatorMethod{}, err
	}
	if in.Body.Type != "" && in.Body.Type != in.Type {
		return AuthenticatorMethod{}, hookswitch.RefuseField(hookswitch.Invalid, "type", "It is not the method in the path.")
	}
	if in.Body.Status != "" {
		phone, err = a.phones.SwitchPhoneMethod(ctx, channelOf(in.Type), in.Body.Status == "ACTIVE", call.Origin)
	}
	return methodOnWire(phone, channelOf(in.Type), call.Links), err
}

func (a authenticators) switchMethod(active bool) func(context.Context, httpd.Call, methodIn) (AuthenticatorMethod, error) {
	return func(ctx context.Context, call httpd.Call, in methodIn) (AuthenticatorMethod, error) {
		if _, err := a.find(ctx, in.ID); err != nil {
			return AuthenticatorMethod{}, err
		}
		phone, err := a.phones.SwitchPhoneMethod(ctx, channelOf(in.Type), active, call.Origin)
		return methodOnWire(phone, channelOf(in.Type), call.Links), err
	}
}

// channelOf is the channel of a method of the phone authenticator, which calls a call voice.
func channelOf(methodType string) hookswitch.Channel {
	if methodType == "voice" {
		return hookswitch.Call
	}
	return hookswitch.SMS
}

func methodOnWire(p admin.Phone, channel hookswitch.Channel, links httpd.Links) AuthenticatorMethod {
	name := "sms"
	if channel == hookswitch.Call {
		name = "voice"
	}
	active := p.MethodActive(channel)
	return AuthenticatorMethod{
		Type: name, Status: statusOf(active), Links: lifecycleLinks(links.API("authenticators", p.ID, "methods", name), active, "GET", "PUT"),
	}
}
