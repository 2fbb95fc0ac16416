package okta

import (
	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/phone"
	"hookswitch/internal/signin"
)

// AuthnTransaction is where somebody stands on the way in, on the wire.
// https://developer.okta.com/docs/reference/api/authn/#authentication-transaction-model
type AuthnTransaction struct {
	StateToken   string        `json:"stateToken,omitzero" description:"Until SUCCESS: names the way in; whoever has it goes on"`
	ExpiresAt    httpd.Time    `json:"expiresAt"`
	Status       string        `json:"status" enum:"MFA_REQUIRED,MFA_CHALLENGE,SUCCESS"`
	SessionToken string        `json:"sessionToken,omitzero" description:"At SUCCESS: good once, for a session"`
	Embedded     AuthnEmbedded `json:"_embedded"`
	Links        *AuthnLinks   `json:"_links,omitzero"`
}

// AuthnEmbedded is who is on the way in, and by which phones.
type AuthnEmbedded struct {
	User    AuthnUser     `json:"user"`
	Factors []AuthnFactor `json:"factors,omitempty" description:"MFA_REQUIRED: those to choose from"`
	Factor  *AuthnFactor  `json:"factor,omitzero" description:"MFA_CHALLENGE: the one that a passcode was sent to"`
	Policy  *AuthnPolicy  `json:"policy,omitzero"`
}

// AuthnUser is as much of a user as is told before the session.
type AuthnUser struct {
	ID      string       `json:"id"`
	Profile AuthnProfile `json:"profile"`
}

// AuthnProfile is as much of a profile as is told before the session.
type AuthnProfile struct {
	Login     string `json:"login"`
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Locale    string `json:"locale"`
	TimeZone  string `json:"timeZone"`
}

// AuthnFactor is a phone that a passcode can be sent to.
type AuthnFactor struct {
	ID         string            `json:"id"`
	FactorType string            `json:"factorType" enum:"sms,call"`
	Provider   string            `json:"provider" enum:"OKTA"`
	VendorName string            `json:"vendorName" enum:"OKTA"`
	Profile    AuthnPhone        `json:"profile"`
	Links      *AuthnFactorLinks `json:"_links,omitzero"`
}

// AuthnPhone is a phone number, masked: the person has proved a password only.
type AuthnPhone struct {
	PhoneNumber string `json:"phoneNumber" example:"+1 XXX-XXX-0142"`
}

// AuthnFactorLinks are what can be done with a factor.
type AuthnFactorLinks struct {
	Verify *Link `json:"verify"`
}

// AuthnPolicy is what the sign-on policy says of devices: they are not remembered.
type AuthnPolicy struct {
	AllowRememberDevice     bool     `json:"allowRememberDevice"`
	RememberDeviceLifetime  int      `json:"rememberDeviceLifetimeInMinutes"`
	RememberDeviceByDefault bool     `json:"rememberDeviceByDefault"`
	FactorsPolicyInfo       struct{} `json:"factorsPolicyInfo"`
}

// AuthnLinks are what can be done next.
type AuthnLinks struct {
	Next   *Link  `json:"next,omitzero"`
	Prev   *Link  `json:"prev,omitzero"`
	Cancel *Link  `json:"cancel"`
	Resend []Link `json:"resend,omitempty" description:"One for each way that the passcode can be sent again"`
}

func stateOnWire(st signin.State, links httpd.Links) AuthnTransaction {
	wire := AuthnTransaction{
		StateToken: st.StateToken.Reveal(), ExpiresAt: httpd.Time(st.Expires), Status: string(st.Status), SessionToken: st.SessionToken.Reveal(),
		Embedded: AuthnEmbedded{User: AuthnUser{ID: st.User.ID, Profile: AuthnProfile{
			Login: st.User.Profile.Login, FirstName: st.User.Profile.FirstName, LastName: st.User.Profile.LastName,
			Locale: st.User.Profile.Locale, TimeZone: st.User.Profile.Timezone,
		}}},
	}
	//exhaustive:enforce
	switch st.Status {
	case hookswitch.MFARequired:
		wire.Links = &AuthnLinks{Cancel: linkTo(links.API("authn", "cancel"), "POST")}
		wire.Embedded.Policy = &AuthnPolicy{}
		for _, f := range st.Factors {
			choice := authnFactor(f)
			choice.Links = &AuthnFactorLinks{Verify: linkTo(links.API("authn", "factors", f.ID, "verify"), "POST")}
			wire.Embedded.Factors = append(wire.Embedded.Factors, choice)
		}
	case hookswitch.MFAChallenge:
		challenged := authnFactor(st.Factor)
		verify := links.API("authn", "factors", st.Factor.ID, "verify")
		next, again := linkTo(verify, "POST"), linkTo(verify+"/resend", "POST")
		next.Name, again.Name = "verify", string(st.Factor.Channel)
		wire.Embedded.Factor, wire.Embedded.Policy = &challenged, &AuthnPolicy{}
		wire.Links = &AuthnLinks{
			Next: next, Prev: linkTo(links.API("authn", "previous"), "POST"),
			Cancel: linkTo(links.API("authn", "cancel"), "POST"), Resend: []Link{*again},
		}
	case hookswitch.AuthnSuccess, hookswitch.AuthnGone:
	}
	return wire
}

func authnFactor(f hookswitch.Factor) AuthnFactor {
	return AuthnFactor{
		ID: f.ID, FactorType: string(f.Channel), Provider: "OKTA", VendorName: "OKTA",
		Profile: AuthnPhone{PhoneNumber: phone.Mask(f.Phone)},
	}
}
