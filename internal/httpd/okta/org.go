package okta

import (
	"context"

	"hookswitch/internal/httpd"
)

type orgs struct{ desk Orgs }

func (o orgs) operations() []httpd.Operation {
	return []httpd.Operation{
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
	return WellKnownOrg{ID: org.ID, Pipeline: "idx", Links: WellKnownLinks{Link{Href: call.Links.To()}}}, err
}
