package okta

import (
	"context"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/enroll"
	"hookswitch/internal/httpd"
)

type factors struct{ phones Factors }

func (f factors) operations() []httpd.Operation {
	const path = "/api/v1/users/{userId}/factors"
	read, manage := []string{"okta.users.read"}, []string{"okta.users.manage"}
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{
			ID: "listFactors", Tag: "UserFactor", Summary: "List the factors of a user", Roles: anyAdmin(), Scopes: read,
		}, f.list),
		httpd.Op("POST", path, httpd.About{
			ID: "enrollFactor", Tag: "UserFactor", Summary: "Enroll a phone", Roles: super(), Scopes: manage, CanSend: true,
			Description: "Answers a factor that is PENDING_ACTIVATION, with a passcode on its way; or one that is ACTIVE, with activate=true.",
		}, f.enroll),
		httpd.Op("GET", path+"/{factorId}", httpd.About{
			ID: "getFactor", Tag: "UserFactor", Summary: "Retrieve a factor", Roles: anyAdmin(), Scopes: read,
		}, f.get),
		httpd.Op("DELETE", path+"/{factorId}", httpd.About{
			ID: "unenrollFactor", Tag: "UserFactor", Summary: "Unenroll a phone", Roles: support(), Scopes: manage,
		}, f.remove),
		httpd.Op("POST", path+"/{factorId}/lifecycle/activate", httpd.About{
			ID: "activateFactor", Tag: "UserFactor", Summary: "Activate a factor with its passcode", Roles: super(), Scopes: manage,
		}, f.activate),
		httpd.Op("POST", path+"/{factorId}/resend", httpd.About{
			ID: "resendEnrollFactor", Tag: "UserFactor", Summary: "Send a new passcode in place of the last one", Roles: support(), Scopes: manage, CanSend: true,
		}, f.resend),
		httpd.Op("POST", path+"/{factorId}/verify", httpd.About{
			ID: "verifyFactor", Tag: "UserFactor", Summary: "Send a passcode, or check one", Roles: support(), Scopes: manage, CanSend: true,
			Description: "Without a passCode, or with an empty one, a passcode is sent; with one it is checked.",
		}, f.verify),
	}
}

// UserFactor is a phone that a user has enrolled, on the wire.
type UserFactor struct {
	ID          string        `json:"id"`
	FactorType  string        `json:"factorType" enum:"sms,call"`
	Provider    string        `json:"provider" enum:"OKTA"`
	VendorName  string        `json:"vendorName" enum:"OKTA"`
	Status      string        `json:"status" enum:"PENDING_ACTIVATION,ACTIVE,INACTIVE"`
	Created     httpd.Time    `json:"created"`
	LastUpdated httpd.Time    `json:"lastUpdated"`
	Profile     FactorProfile `json:"profile"`
	Links       FactorLinks   `json:"_links"`
}

// FactorProfile is the phone.
type FactorProfile struct {
	PhoneNumber    string `json:"phoneNumber,omitzero" maxLength:"64" example:"+12025550142" description:"As people write it; answered in E.164"`
	PhoneExtension string `json:"phoneExtension,omitzero" maxLength:"15" example:"1234" description:"Calls only: digits, *, # and pauses (a comma or w)"`
}

// FactorLinks are the links of a factor: what can be done with it next.
type FactorLinks struct {
	Activate *Link `json:"activate,omitzero"`
	Resend   *Link `json:"resend,omitzero"`
	Verify   *Link `json:"verify,omitzero"`
	Factor   *Link `json:"factor,omitzero"`
	Self     *Link `json:"self,omitzero"`
	User     *Link `json:"user,omitzero"`
}

// FactorRequest is a factor as clients send it. They send back what they once got, so what is read-only is accepted, and
// not looked at.
type FactorRequest struct {
	FactorType string         `json:"factorType" enum:"sms,call"`
	Provider   string         `json:"provider" enum:"OKTA"`
	Profile    FactorProfile  `json:"profile"`
	VendorName string         `json:"vendorName" description:"Read-only"`
	ID         string         `json:"id" description:"Read-only"`
	Status     string         `json:"status" description:"Read-only"`
	Created    string         `json:"created" description:"Read-only"`
	Updated    string         `json:"lastUpdated" description:"Read-only"`
	Embedded   jsontext.Value `json:"_embedded" description:"Read-only"`
	Links      jsontext.Value `json:"_links" description:"Read-only"`
}

// PassCode is what the person typed.
type PassCode struct {
	PassCode hookswitch.Secret `json:"passCode" maxLength:"64" example:"123456"`
}

// VerifyResult is what a verification came to.
type VerifyResult struct {
	FactorResult string         `json:"factorResult" enum:"CHALLENGE,SUCCESS"`
	Profile      *FactorProfile `json:"profile,omitzero"`
	Links        *FactorLinks   `json:"_links,omitzero"`
}

type userFactorsIn struct {
	UserID string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
}

func (f factors) list(ctx context.Context, call httpd.Call, in userFactorsIn) ([]UserFactor, error) {
	found, err := f.phones.Factors(ctx, userOf(call, in.UserID))
	wire := make([]UserFactor, 0, len(found))
	for _, factor := range found {
		wire = append(wire, factorOnWire(factor, call.Links))
	}
	return wire, err
}

type factorIn struct {
	UserID   string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	FactorID string `path:"factorId" maxLength:"255" description:"The factor's id"`
}

func (f factors) get(ctx context.Context, call httpd.Call, in factorIn) (UserFactor, error) {
	found, err := f.phones.Factor(ctx, userOf(call, in.UserID), in.FactorID)
	return factorOnWire(found, call.Links), err
}

func (f factors) remove(ctx context.Context, call httpd.Call, in factorIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, f.phones.Remove(ctx, userOf(call, in.UserID), in.FactorID, call.Origin)
}

type enrollIn struct {
	UserID      string        `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	UpdatePhone bool          `query:"updatePhone" default:"false" description:"Replace the phone that is set up"`
	Activate    bool          `query:"activate" default:"false" description:"Vouch for the phone: active at once, without a passcode"`
	Lifetime    int           `query:"tokenLifetimeSeconds" minimum:"1" maximum:"86400" description:"How long the passcode is good; at most what the org allows, which is also the default"`
	TemplateID  string        `query:"templateId" maxLength:"255" description:"SMS only: the custom SMS template to use; one that does not exist is the default text"`
	Language    string        `header:"Accept-Language" description:"The language of the message, after those of the user"`
	Body        FactorRequest `body:"required"`
}

func (f factors) enroll(ctx context.Context, call httpd.Call, in enrollIn) (UserFactor, error) {
	var missing []hookswitch.Cause
	if in.Body.FactorType == "" {
		missing = append(missing, hookswitch.Cause{Field: "factorType", Text: "It is required: sms or call."})
	}
	if in.Body.Profile.PhoneNumber == "" {
		missing = append(missing, hookswitch.Cause{Field: "profile.phoneNumber", Text: "It is required."})
	}
	if missing != nil {
		return UserFactor{}, &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: missing}
	}
	enrolled, err := f.phones.Enroll(ctx, enroll.Enrolment{
		UserID: userOf(call, in.UserID), Channel: hookswitch.Channel(in.Body.FactorType),
		Phone: in.Body.Profile.PhoneNumber, Extension: in.Body.Profile.PhoneExtension,
		UpdatePhone: in.UpdatePhone, Activate: in.Activate, Lifetime: time.Duration(in.Lifetime) * time.Second,
		Languages: httpd.Languages(in.Language), Template: in.TemplateID, Origin: call.Origin,
	})
	return factorOnWire(enrolled, call.Links), err
}

type passCodeIn struct {
	UserID   string   `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	FactorID string   `path:"factorId" maxLength:"255" description:"The factor's id"`
	Body     PassCode `body:"optional"`
}

func (f factors) activate(ctx context.Context, call httpd.Call, in passCodeIn) (UserFactor, error) {
	if in.Body.PassCode == "" {
		return UserFactor{}, hookswitch.RefuseField(hookswitch.Invalid, "passCode", "It is required.")
	}
	active, err := f.phones.Activate(ctx, enroll.Use{
		UserID: userOf(call, in.UserID), FactorID: in.FactorID, Passcode: in.Body.PassCode, Origin: call.Origin,
	})
	return factorOnWire(active, call.Links), err
}

type resendIn struct {
	UserID   string        `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	FactorID string        `path:"factorId" maxLength:"255" description:"The factor's id"`
	Template string        `query:"templateId" maxLength:"255" description:"SMS only: the custom SMS template to use; one that does not exist is the default text"`
	Language string        `header:"Accept-Language" description:"The language of the message, after those of the user"`
	Body     FactorRequest `body:"optional"`
}

func (f factors) resend(ctx context.Context, call httpd.Call, in resendIn) (UserFactor, error) {
	sent, err := f.phones.Resend(ctx, enroll.Use{
		UserID: userOf(call, in.UserID), FactorID: in.FactorID, Languages: httpd.Languages(in.Language),
		Template: in.Template, Origin: call.Origin,
	})
	return factorOnWire(sent, call.Links), err
}

type verifyIn struct {
	UserID   string   `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	FactorID string   `path:"factorId" maxLength:"255" description:"The factor's id"`
	Lifetime int      `query:"tokenLifetimeSeconds" minimum:"1" maximum:"86400" description:"How long the passcode is good; at most what the org allows, which is also the default"`
	Template string   `query:"templateId" maxLength:"255" description:"SMS only: the custom SMS template to use; one that does not exist is the default text"`
	Language string   `header:"Accept-Language" description:"The language of the message, after those of the user"`
	Body     PassCode `body:"optional"`
}

func (f factors) verify(ctx context.Context, call httpd.Call, in verifyIn) (VerifyResult, error) {
	use := enroll.Use{UserID: userOf(call, in.UserID), FactorID: in.FactorID, Origin: call.Origin}
	if in.Body.PassCode != "" {
		use.Passcode = in.Body.PassCode
		_, err := f.phones.Verify(ctx, use)
		return VerifyResult{FactorResult: "SUCCESS"}, err
	}
	use.Lifetime, use.Languages, use.Template = time.Duration(in.Lifetime)*time.Second, httpd.Languages(in.Language), in.Template
	sent, err := f.phones.Challenge(ctx, use)
	if err != nil {
		return VerifyResult{}, err
	}
	self := call.Links.API("users", sent.UserID, "factors", sent.ID)
	return VerifyResult{
		FactorResult: "CHALLENGE",
		Profile:      &FactorProfile{PhoneNumber: sent.Phone, PhoneExtension: sent.Extension},
		Links:        &FactorLinks{Verify: linkTo(self+"/verify", "POST"), Factor: linkTo(self, "GET", "DELETE")},
	}, nil
}

func factorOnWire(f hookswitch.Factor, links httpd.Links) UserFactor {
	self := links.API("users", f.UserID, "factors", f.ID)
	wire := UserFactor{
		ID: f.ID, FactorType: string(f.Channel), Provider: "OKTA", VendorName: "OKTA", Status: string(f.Status),
		Created: httpd.Time(f.Created), LastUpdated: httpd.Time(f.LastUpdated),
		Profile: FactorProfile{PhoneNumber: f.Phone, PhoneExtension: f.Extension},
		Links:   FactorLinks{Self: linkTo(self, "GET", "DELETE"), User: linkTo(links.API("users", f.UserID), "GET")},
	}
	switch f.Status {
	case hookswitch.FactorPendingActivation:
		wire.Links.Activate = linkTo(self+"/lifecycle/activate", "POST")
		// One object, as in Okta's document and SDKs; its Authn API has an array here.
		wire.Links.Resend = linkTo(self+"/resend", "POST")
		wire.Links.Resend.Name = string(f.Channel)
	case hookswitch.FactorActive:
		wire.Links.Verify = linkTo(self+"/verify", "POST")
	case hookswitch.FactorInactive: // an administrator may only take it away
	}
	return wire
}
