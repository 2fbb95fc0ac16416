package okta

import (
	"context"
	"errors"

	"hookswitch"
	"hookswitch/internal/enroll"
	"hookswitch/internal/httpd"
	"hookswitch/internal/phone"
)

type enrollments struct {
	phones  Phones
	factors Factors
}

func (e enrollments) operations() []httpd.Operation {
	const path = "/api/v1/users/{userId}/authenticator-enrollments"
	read, manage := []string{"okta.users.read"}, []string{"okta.users.manage"}
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/users/{userId}/factors/catalog", httpd.About{
			ID: "listSupportedFactors", Tag: "UserFactor", Summary: "List what a user could enroll", Roles: anyAdmin(), Scopes: read,
		}, e.catalog),
		httpd.Op("GET", path, httpd.About{
			ID: "listAuthenticatorEnrollments", Tag: "UserAuthenticatorEnrollments", Summary: "List the phones of a user", Roles: anyAdmin(), Scopes: read,
		}, e.list),
		httpd.Op("POST", path+"/phone", httpd.About{
			ID: "createAuthenticatorEnrollment", Tag: "UserAuthenticatorEnrollments", Summary: "Enroll a phone that is active at once", Roles: super(), Scopes: manage,
			Description: "By SMS, or by call where the org does not use SMS.",
		}, e.create),
		httpd.Op("GET", path+"/{enrollmentId}", httpd.About{
			ID: "getAuthenticatorEnrollment", Tag: "UserAuthenticatorEnrollments", Summary: "Retrieve a phone of a user", Roles: anyAdmin(), Scopes: read,
		}, e.get),
		httpd.Op("DELETE", path+"/{enrollmentId}", httpd.About{
			ID: "deleteAuthenticatorEnrollment", Tag: "UserAuthenticatorEnrollments", Summary: "Unenroll a phone of a user", Roles: support(), Scopes: manage,
		}, e.remove),
	}
}

// SupportedFactor is a factor that a user has, or could enroll.
type SupportedFactor struct {
	FactorType string      `json:"factorType" enum:"sms,call"`
	Provider   string      `json:"provider" enum:"OKTA"`
	VendorName string      `json:"vendorName" enum:"OKTA"`
	Status     string      `json:"status" enum:"NOT_SETUP,PENDING_ACTIVATION,ACTIVE,INACTIVE"`
	Enrollment string      `json:"enrollment" enum:"OPTIONAL"`
	Links      EnrollLinks `json:"_links"`
}

// EnrollLinks lead to the enrollment.
type EnrollLinks struct {
	Enroll *Link `json:"enroll"`
}

func (e enrollments) catalog(ctx context.Context, call httpd.Call, in userFactorsIn) ([]SupportedFactor, error) {
	userID := userOf(call, in.UserID)
	has, err := e.factors.Factors(ctx, userID)
	if err != nil {
		return nil, err
	}
	authenticator, err := e.phones.Phone(ctx)
	if err != nil {
		return nil, err
	}
	all := []SupportedFactor{}
	for _, channel := range hookswitch.Channels() {
		if !authenticator.Permits(channel, hookswitch.Enrollment) {
			continue
		}
		status := "NOT_SETUP"
		for _, f := range has {
			if f.Channel == channel && status != string(hookswitch.FactorActive) {
				status = string(f.Status)
			}
		}
		all = append(all, SupportedFactor{
			FactorType: string(channel), Provider: "OKTA", VendorName: "OKTA", Status: status, Enrollment: "OPTIONAL",
			Links: EnrollLinks{linkTo(call.Links.API("users", userID, "factors"), "POST")},
		})
	}
	return all, nil
}

// Enrollment is a phone of a user, as the authenticator's enrollment.
type Enrollment struct {
	ID          string            `json:"id"`
	Type        string            `json:"type" enum:"phone"`
	Key         string            `json:"key" enum:"phone_number"`
	Status      string            `json:"status" enum:"PENDING_ACTIVATION,ACTIVE,INACTIVE"`
	Name        string            `json:"name"`
	Created     httpd.Time        `json:"created"`
	LastUpdated httpd.Time        `json:"lastUpdated"`
	Profile     EnrollmentProfile `json:"profile"`
	Links       EnrollmentLinks   `json:"_links"`
}

// EnrollmentProfile is the phone.
type EnrollmentProfile struct {
	PhoneNumber string `json:"phoneNumber" required:"true" maxLength:"64" example:"+12025550142" description:"Masked in answers, unless discloseIdentifiers names phone"`
}

// EnrollmentLinks lead to what belongs to an enrollment.
type EnrollmentLinks struct {
	Self          *Link `json:"self"`
	User          *Link `json:"user"`
	Authenticator *Link `json:"authenticator"`
}

type createEnrollmentIn struct {
	UserID string            `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	Body   EnrollmentRequest `body:"required"`
}

// EnrollmentRequest is a phone that an administrator vouches for.
type EnrollmentRequest struct {
	AuthenticatorID string            `json:"authenticatorId" required:"true" maxLength:"255" description:"The id of the phone authenticator"`
	Profile         EnrollmentProfile `json:"profile"`
}

func (e enrollments) create(ctx context.Context, call httpd.Call, in createEnrollmentIn) (Enrollment, error) {
	authenticator, err := e.phones.Phone(ctx)
	if err != nil {
		return Enrollment{}, err
	}
	if in.Body.AuthenticatorID != authenticator.ID {
		return Enrollment{}, hookswitch.RefuseField(hookswitch.Invalid, "authenticatorId", "It is not the id of the phone authenticator.")
	}
	channel := hookswitch.SMS
	if !authenticator.Offers(channel) {
		channel = hookswitch.Call
	}
	made, err := e.factors.Enroll(ctx, enroll.Enrolment{
		UserID: userOf(call, in.UserID), Channel: channel, Phone: in.Body.Profile.PhoneNumber, Activate: true, Origin: call.Origin,
	})
	return enrollmentOnWire(made, authenticator.ID, authenticator.Name, "", call.Links), err
}

type listEnrollmentsIn struct {
	UserID   string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	Disclose string `query:"discloseIdentifiers" maxLength:"64" description:"phone: numbers are not masked"`
}

func (e enrollments) list(ctx context.Context, call httpd.Call, in listEnrollmentsIn) ([]Enrollment, error) {
	found, err := e.factors.Factors(ctx, userOf(call, in.UserID))
	authenticator, failed := e.phones.Phone(ctx)
	all := []Enrollment{}
	for _, f := range found {
		all = append(all, enrollmentOnWire(f, authenticator.ID, authenticator.Name, in.Disclose, call.Links))
	}
	return all, errors.Join(err, failed)
}

type enrollmentIn struct {
	UserID   string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	ID       string `path:"enrollmentId" maxLength:"255" description:"The enrollment's id: that of the factor"`
	Disclose string `query:"discloseIdentifiers" maxLength:"64" description:"phone: numbers are not masked"`
}

func (e enrollments) get(ctx context.Context, call httpd.Call, in enrollmentIn) (Enrollment, error) {
	f, err := e.factors.Factor(ctx, userOf(call, in.UserID), in.ID)
	if err != nil {
		return Enrollment{}, err
	}
	authenticator, err := e.phones.Phone(ctx)
	return enrollmentOnWire(f, authenticator.ID, authenticator.Name, in.Disclose, call.Links), err
}

type removeEnrollmentIn struct {
	UserID string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
	ID     string `path:"enrollmentId" maxLength:"255" description:"The enrollment's id: that of the factor"`
}

func (e enrollments) remove(ctx context.Context, call httpd.Call, in removeEnrollmentIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, e.factors.Remove(ctx, userOf(call, in.UserID), in.ID, call.Origin)
}

func enrollmentOnWire(f hookswitch.Factor, authenticatorID, name, disclose string, links httpd.Links) Enrollment {
	number := phone.Mask(f.Phone)
	if disclose == "phone" {
		number = f.Phone
	}
	return Enrollment{
		ID: f.ID, Type: "phone", Key: phoneKey, Status: string(f.Status), Name: name,
		Created: httpd.Time(f.Created), LastUpdated: httpd.Time(f.LastUpdated), Profile: EnrollmentProfile{number},
		Links: EnrollmentLinks{
			Self: linkTo(links.API("users", f.UserID, "authenticator-enrollments", f.ID), "GET", "DELETE"),
			User: linkTo(links.API("users", f.UserID), "GET"), Authenticator: linkTo(links.API("authenticators", authenticatorID), "GET"),
		},
	}
}
