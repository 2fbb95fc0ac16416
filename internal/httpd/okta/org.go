package okta

import (
	"cmp"
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/httpd"
)

type orgs struct{ desk Orgs }

func (o orgs) operations() []httpd.Operation {
	const path = "/api/v1/org"
	change := tagged(httpd.About{
		ID: "updateOrgSettings", Tag: "OrgSetting", Summary: "Update the org", Roles: super(), Scopes: []string{"okta.orgs.manage"},
		Description: "What is left out stays.",
	})
	replace := change
	replace.ID, replace.Summary, replace.Description = "replaceOrgSettings", "Replace the org", "What is left out is emptied."
	return []httpd.Operation{
		httpd.Op("GET", path, tagged(httpd.About{
			ID: "getOrgSettings", Tag: "OrgSetting", Summary: "Retrieve the org", Roles: auditors(), Scopes: []string{"okta.orgs.read"},
		}), o.get),
		httpd.Op("POST", path, change, o.change(false)),
		httpd.Op("PUT", path, replace, o.change(true)),
		httpd.Op("GET", "/.well-known/okta-organization", httpd.About{
			ID: "getWellknownOrgMetadata", Tag: "OrgSetting", Summary: "Retrieve what everybody may know of the org", Public: true,
		}, o.wellKnown),
	}
}

// WellKnownOrg is what everybody may know of the org.
type WellKnownOrg struct {
	ID       string            `json:"id"`
	Pipeline string            `json:"pipeline" enum:"idx,v1" description:"Which of Okta's engines this one stands for"`
	Settings WellKnownSettings `json:"settings"`
	Links    WellKnownLinks    `json:"_links"`
}

// WellKnownSettings are what clients ask before they show a page of Okta's own.
type WellKnownSettings struct {
	Analytics    bool `json:"analyticsCollectionEnabled"`
	BugReporting bool `json:"bugReportingEnabled"`
	OM           bool `json:"omEnabled"`
}

// WellKnownLinks lead to the org.
type WellKnownLinks struct {
	Organization Link `json:"organization"`
}

func (o orgs) wellKnown(ctx context.Context, call httpd.Call, _ httpd.Nothing) (WellKnownOrg, error) {
	org, err := o.desk.Org(ctx)
	return WellKnownOrg{ID: org.ID, Pipeline: pipelineOf(org), Links: WellKnownLinks{Link{Href: call.Links.To()}}}, err
}

func pipelineOf(org hookswitch.Org) string {
	return string(cmp.Or(org.Pipeline, hookswitch.IdentityEngine))
}

// OrgSetting is the org on the wire, as Okta's general settings have it.
type OrgSetting struct {
	ID           string     `json:"id"`
	Status       string     `json:"status" enum:"ACTIVE"`
	Created      httpd.Time `json:"created"`
	Name         string     `json:"companyName" description:"What ${org.name} becomes in messages"`
	Address1     string     `json:"address1,omitzero"`
	Address2     string     `json:"address2,omitzero"`
	City         string     `json:"city,omitzero"`
	State        string     `json:"state,omitzero"`
	PostalCode   string     `json:"postalCode,omitzero"`
	Country      string     `json:"country,omitzero"`
	Phone        string     `json:"phoneNumber,omitzero"`
	SupportPhone string     `json:"supportPhoneNumber,omitzero"`
	Website      string     `json:"website,omitzero"`
	SupportURL   string     `json:"endUserSupportHelpURL,omitzero"`
	Links        OrgLinks   `json:"_links"`
}

// OrgLinks lead to what else there is of the org.
type OrgLinks struct {
	Self     Link `json:"self"`
	Settings Link `json:"settings"`
}

// OrgSettingRequest is the org as clients send it, with what they once got and may not write.
type OrgSettingRequest struct {
	Name         *string        `json:"companyName" maxLength:"100" description:"What ${org.name} becomes in messages"`
	Address1     *string        `json:"address1" maxLength:"255"`
	Address2     *string        `json:"address2" maxLength:"255"`
	City         *string        `json:"city" maxLength:"255"`
	State        *string        `json:"state" maxLength:"255"`
	PostalCode   *string        `json:"postalCode" maxLength:"255"`
	Country      *string        `json:"country" maxLength:"255"`
	Phone        *string        `json:"phoneNumber" maxLength:"255"`
	SupportPhone *string        `json:"supportPhoneNumber" maxLength:"255"`
	Website      *string        `json:"website" maxLength:"255"`
	SupportURL   *string        `json:"endUserSupportHelpURL" maxLength:"255"`
	ID           string         `json:"id" description:"Read-only"`
	Status       string         `json:"status" description:"Read-only"`
	Subdomain    string         `json:"subdomain" description:"Read-only"`
	Created      string         `json:"created" description:"Read-only"`
	LastUpdated  string         `json:"lastUpdated" description:"Read-only"`
	ExpiresAt    string         `json:"expiresAt" description:"Read-only"`
	Links        jsontext.Value `json:"_links" description:"Read-only"`
}

func (o orgs) get(ctx context.Context, call httpd.Call, _ httpd.Nothing) (OrgSetting, error) {
	org, err := o.desk.Org(ctx)
	return orgOnWire(org, call.Links), err
}

type orgIn struct {
	Body OrgSettingRequest `body:"required"`
}

// change updates the org, or replaces it: then what is left out is emptied.
func (o orgs) change(whole bool) func(context.Context, httpd.Call, orgIn) (OrgSetting, error) {
	return func(ctx context.Context, call httpd.Call, in orgIn) (OrgSetting, error) {
		onWire := func(is hookswitch.Org) OrgSetting { return orgOnWire(is, call.Links) }
		org, err := o.desk.ChangeOrg(ctx, func(is *hookswitch.Org) {
			b, c := in.Body, &is.Contact
			for _, field := range []struct{ from, to *string }{
				{b.Name, &is.Name}, {b.Address1, &c.Address1}, {b.Address2, &c.Address2}, {b.City, &c.City}, {b.State, &c.State},
				{b.PostalCode, &c.PostalCode}, {b.Country, &c.Country}, {b.Phone, &c.Phone}, {b.SupportPhone, &c.SupportPhone},
				{b.Website, &c.Website}, {b.SupportURL, &c.SupportURL},
			} {
				if field.from != nil || whole {
					*field.to = or(field.from)
				}
			}
		}, call.Origin, seen(call, onWire))
		return onWire(org), err
	}
}

func orgOnWire(org hookswitch.Org, links httpd.Links) OrgSetting {
	c := org.Contact
	return OrgSetting{
		ID: org.ID, Status: "ACTIVE", Created: httpd.Time(hookswitch.MadeAt(org.ID, hookswitch.OrgID)), Name: org.Name,
		Address1: c.Address1, Address2: c.Address2, City: c.City, State: c.State, PostalCode: c.PostalCode, Country: c.Country,
		Phone: c.Phone, SupportPhone: c.SupportPhone, Website: c.Website, SupportURL: c.SupportURL,
		Links: OrgLinks{Self: Link{Href: links.API("org")}, Settings: Link{Href: links.API("telephony", "settings")}},
	}
}
