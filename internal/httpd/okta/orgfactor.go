package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type orgFactors struct{ phones Phones }

func (o orgFactors) operations() []httpd.Operation {
	const path = "/api/v1/org/factors/{factorId}"
	about := func(id, summary string) httpd.About {
		return httpd.About{
			ID: id, Tag: "OrgFactor", Summary: summary, Roles: super(), Scopes: []string{"okta.factors.manage"},
			Description: "Not in Okta's published document; Terraform uses it. The same switches as the methods of the phone authenticator.",
		}
	}
	get := about("getOrgFactor", "Retrieve a factor of the org")
	get.Roles, get.Scopes = auditors(), []string{"okta.factors.read"}
	return []httpd.Operation{
		httpd.Op("GET", path, get, o.get),
		httpd.Op("POST", path+"/lifecycle/activate", about("activateOrgFactor", "Activate a factor of the org"), o.turn(true)),
		httpd.Op("POST", path+"/lifecycle/deactivate", about("deactivateOrgFactor", "Deactivate a factor of the org"), o.turn(false)),
	}
}

// OrgFactor is a kind of factor that the org offers or not.
type OrgFactor struct {
	ID         string         `json:"id" enum:"okta_sms,okta_call"`
	Provider   string         `json:"provider" enum:"OKTA"`
	FactorType string         `json:"factorType" enum:"sms,call"`
	Status     string         `json:"status" enum:"ACTIVE,INACTIVE"`
	Links      LifecycleLinks `json:"_links"`
}

type orgFactorIn struct {
	ID string `path:"factorId" enum:"okta_sms,okta_call" description:"The kind of factor"`
}

func (in orgFactorIn) channel() hookswitch.Channel {
	if in.ID == "okta_call" {
		return hookswitch.Call
	}
	return hookswitch.SMS
}

func (o orgFactors) get(ctx context.Context, call httpd.Call, in orgFactorIn) (OrgFactor, error) {
	phone, err := o.phones.Phone(ctx)
	return orgFactorOnWire(phone, in, call.Links), err
}

func (o orgFactors) turn(active bool) func(context.Context, httpd.Call, orgFactorIn) (OrgFactor, error) {
	return func(ctx context.Context, call httpd.Call, in orgFactorIn) (OrgFactor, error) {
		phone, err := o.phones.SwitchOrgFactor(ctx, in.channel(), active, call.Origin)
		return orgFactorOnWire(phone, in, call.Links), err
	}
}

func orgFactorOnWire(p admin.Phone, in orgFactorIn, links httpd.Links) OrgFactor {
	active := p.Offers(in.channel())
	return OrgFactor{
		ID: in.ID, Provider: "OKTA", FactorType: string(in.channel()), Status: statusOf(active),
		Links: lifecycleLinks(links.API("org", "factors", in.ID), active, "GET"),
	}
}
