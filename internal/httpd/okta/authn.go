package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/signin"
)

type authns struct{ door SignIn }

// operations cannot be repeated with an Idempotency-Key: their answers hold tokens, which are kept nowhere. A message
// is not sent twice all the same, for the pace of a phone refuses the second.
func (a authns) operations() []httpd.Operation {
	const path = "/api/v1/authn"
	about := func(id, summary, description string) httpd.About {
		return httpd.About{ID: id, Tag: "Authn", Summary: summary, Description: description, Public: true}
	}
	return []httpd.Operation{
		httpd.Op("POST", path, about("authenticate", "Begin to sign in, or see where one stands",
			"With username and password the way in begins; with a stateToken alone the answer tells where it stands. A refusal never tells why."), a.begin),
		httpd.Op("POST", path+"/factors/{factorId}/verify", about("verifyAuthnFactor", "Send a passcode, or check one",
			"Without a passCode, or with an empty one, a passcode is sent; with one it is checked."), a.verify),
		httpd.Op("POST", path+"/factors/{factorId}/verify/resend", about("resendAuthnFactor", "Send a new passcode in place of the last one", ""), a.resend),
		httpd.Op("POST", path+"/previous", about("previousAuthn", "Go back to the choice of the factor", ""), a.previous),
		httpd.Op("POST", path+"/cancel", about("cancelAuthn", "Give up signing in", ""), a.cancel),
	}
}

type beginIn struct {
	Body AuthnRequest `body:"required"`
}

// AuthnRequest is what somebody types to sign in, or the token of a way in that was begun.
type AuthnRequest struct {
	Username   string            `json:"username" maxLength:"255" description:"The login"`
	Password   hookswitch.Secret `json:"password" maxLength:"1024" description:"Write-only"`
	StateToken hookswitch.Secret `json:"stateToken" maxLength:"255"`
	Audience   string            `json:"audience" description:"Not looked at"`
	RelayState string            `json:"relayState" description:"Not looked at"`
	Options    AuthnOptions      `json:"options"`
	Context    AuthnContext      `json:"context"`
}

// AuthnOptions are what clients wish of the way in.
type AuthnOptions struct {
	WarnBeforePasswordExpired bool `json:"warnBeforePasswordExpired" description:"Not looked at: passwords do not expire"`
	MultiOptionalFactorEnroll bool `json:"multiOptionalFactorEnroll" description:"Not looked at: phones are enrolled after the sign-in"`
}

// AuthnContext is what a client knows of its device.
type AuthnContext struct {
	DeviceToken string `json:"deviceToken" maxLength:"32" description:"Not looked at"`
}

func (a authns) begin(ctx context.Context, call httpd.Call, in beginIn) (AuthnTransaction, error) {
	var st signin.State
	var err error
	switch {
	case in.Body.StateToken != "":
		st, err = a.door.Current(ctx, in.Body.StateToken)
	case in.Body.Username == "":
		err = hookswitch.RefuseField(hookswitch.Invalid, "username", "It is required.")
	default:
		st, err = a.door.SignIn(ctx, signin.Credentials{Login: in.Body.Username, Password: in.Body.Password, Origin: call.Origin})
	}
	return stateOnWire(st, call.Links), err
}

// StateTokenRequest names a way in that was begun.
type StateTokenRequest struct {
	StateToken hookswitch.Secret `json:"stateToken" required:"true" maxLength:"255"`
}

// AuthnPassCode is what the person typed, if anything.
type AuthnPassCode struct {
	StateToken     hookswitch.Secret `json:"stateToken" required:"true" maxLength:"255"`
	PassCode       hookswitch.Secret `json:"passCode" maxLength:"64" example:"123456"`
	RememberDevice bool              `json:"rememberDevice" description:"Not looked at: devices are not remembered"`
}

type verifyAuthnIn struct {
	FactorID       string        `path:"factorId" maxLength:"255" description:"The factor's id"`
	RememberDevice bool          `query:"rememberDevice" description:"Not looked at: devices are not remembered"`
	Language       string        `header:"Accept-Language" description:"The language of the message, after those of the user"`
	Body           AuthnPassCode `body:"required"`
}

func (a authns) verify(ctx context.Context, call httpd.Call, in verifyAuthnIn) (AuthnTransaction, error) {
	st, err := a.door.Verify(ctx, signin.Use{
		StateToken: in.Body.StateToken, FactorID: in.FactorID, Passcode: in.Body.PassCode,
		Languages: httpd.Languages(in.Language), Origin: call.Origin,
	})
	return stateOnWire(st, call.Links), err
}

type resendAuthnIn struct {
	FactorID string            `path:"factorId" maxLength:"255" description:"The factor's id"`
	Language string            `header:"Accept-Language" description:"The language of the message, after those of the user"`
	Body     StateTokenRequest `body:"required"`
}

func (a authns) resend(ctx context.Context, call httpd.Call, in resendAuthnIn) (AuthnTransaction, error) {
	st, err := a.door.Resend(ctx, signin.Use{
		StateToken: in.Body.StateToken, FactorID: in.FactorID, Languages: httpd.Languages(in.Language), Origin: call.Origin,
	})
	return stateOnWire(st, call.Links), err
}

type stateTokenIn struct {
	Body StateTokenRequest `body:"required"`
}

func (a authns) previous(ctx context.Context, call httpd.Call, in stateTokenIn) (AuthnTransaction, error) {
	st, err := a.door.Previous(ctx, in.Body.StateToken)
	return stateOnWire(st, call.Links), err
}

// Canceled is the answer to giving up: an empty object.
type Canceled struct{}

func (a authns) cancel(ctx context.Context, _ httpd.Call, in stateTokenIn) (Canceled, error) {
	return Canceled{}, a.door.Cancel(ctx, in.Body.StateToken)
}
