package okta

import (
	"context"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/scim"
)

type trustedOrigins struct{ desk Origins }

func (o trustedOrigins) operations() []httpd.Operation {
	const path = "/api/v1/trustedOrigins"
	about := func(id, summary string) httpd.About {
		return httpd.About{ID: id, Tag: "TrustedOrigin", Summary: summary, Roles: super(), Scopes: []string{"okta.trustedOrigins.manage"}}
	}
	looking := func(id, summary string) httpd.About {
		a := about(id, summary)
		a.Roles, a.Scopes = auditors(), []string{"okta.trustedOrigins.read"}
		return a
	}
	list := looking("listTrustedOrigins", "List all trusted origins")
	list.Description = "The operator's own, from the setting HOOKSWITCH_TRUSTED_ORIGINS, are not among them."
	create := about("createTrustedOrigin", "Create a trusted origin")
	create.Description = "Active at once. Its pages may use the API with their visitors' sessions (CORS), or browsers may be led to it after they signed in (REDIRECT)."
	return []httpd.Operation{
		httpd.Op("GET", path, list, o.list),
		httpd.Op("POST", path, create, o.create),
		httpd.Op("GET", path+"/{trustedOriginId}", tagged(looking("getTrustedOrigin", "Retrieve a trusted origin")), o.get),
		httpd.Op("PUT", path+"/{trustedOriginId}", tagged(about("replaceTrustedOrigin", "Replace a trusted origin")), o.replace),
		httpd.Op("DELETE", path+"/{trustedOriginId}", about("deleteTrustedOrigin", "Delete a trusted origin"), o.remove),
		httpd.Op("POST", path+"/{trustedOriginId}/lifecycle/activate", about("activateTrustedOrigin", "Activate a trusted origin"), o.turn(true)),
		httpd.Op("POST", path+"/{trustedOriginId}/lifecycle/deactivate", about("deactivateTrustedOrigin", "Deactivate a trusted origin"), o.turn(false)),
	}
}

// TrustedOrigin is another site that is trusted, on the wire.
type TrustedOrigin struct {
	ID            string               `json:"id"`
	Name          string               `json:"name"`
	Origin        string               `json:"origin"`
	Scopes        []TrustedOriginScope `json:"scopes"`
	Status        string               `json:"status" enum:"ACTIVE,INACTIVE"`
	Created       httpd.Time           `json:"created"`
	CreatedBy     string               `json:"createdBy"`
	LastUpdated   httpd.Time           `json:"lastUpdated"`
	LastUpdatedBy string               `json:"lastUpdatedBy"`
	Links         LifecycleLinks       `json:"_links"`
}

// TrustedOriginScope is what an origin is trusted with.
type TrustedOriginScope struct {
	Type string `json:"type" enum:"CORS,REDIRECT"`
}

// TrustedOriginRequest is a trusted origin as clients send it, with what they once got and may not write.
type TrustedOriginRequest struct {
	Name          string                      `json:"name" required:"true" maxLength:"255"`
	Origin        string                      `json:"origin" required:"true" maxLength:"255" example:"https://app.example.com" description:"A scheme, a host and, if you like, a port"`
	Scopes        []TrustedOriginScopeRequest `json:"scopes" required:"true"`
	ID            string                      `json:"id" description:"Read-only"`
	Status        string                      `json:"status" description:"Read-only: see the lifecycle operations"`
	Created       string                      `json:"created" description:"Read-only"`
	CreatedBy     string                      `json:"createdBy" description:"Read-only"`
	LastUpdated   string                      `json:"lastUpdated" description:"Read-only"`
	LastUpdatedBy string                      `json:"lastUpdatedBy" description:"Read-only"`
	Links         jsontext.Value              `json:"_links" description:"Read-only"`
}

// TrustedOriginScopeRequest is what an origin is to be trusted with. Clients send allowedOktaApps with scopes that we do
// not have.
type TrustedOriginScopeRequest struct {
	Type            string         `json:"type" enum:"CORS,REDIRECT"`
	AllowedOktaApps jsontext.Value `json:"allowedOktaApps" description:"Not looked at: of IFRAME_EMBED, which is not available"`
}

func (r TrustedOriginRequest) spec() (admin.OriginSpec, error) {
	spec := admin.OriginSpec{Name: r.Name, Origin: r.Origin}
	for i, scope := range r.Scopes {
		switch scope.Type {
		case "CORS":
			spec.CORS = true
		case "REDIRECT":
			spec.Redirect = true
		default:
			return spec, hookswitch.RefuseField(hookswitch.Invalid, "scopes["+strconv.Itoa(i)+"].type", "It must be CORS or REDIRECT.")
		}
	}
	return spec, nil
}

type listOriginsIn struct {
	Query  string       `query:"q" maxLength:"255" description:"What the name or the origin begins with"`
	Filter string       `query:"filter" example:"status eq \"ACTIVE\"" description:"In the filter language, on name, origin, status and type (of the scopes)"`
	After  httpd.Cursor `query:"after" description:"Where the next page begins, from a next link"`
	Limit  int          `query:"limit" default:"20" minimum:"1" maximum:"200"`
}

// originAttributes are what a filter may name.
func originAttributes(path string) (scim.Attribute, bool) {
	switch path {
	case "name", "origin", "status", "type":
		return scim.Attribute{Path: path}, true
	}
	return scim.Attribute{}, false
}

func (o trustedOrigins) list(ctx context.Context, call httpd.Call, in listOriginsIn) (httpd.Page[TrustedOrigin], error) {
	var filter scim.Expr
	if in.Filter != "" {
		var err error
		if filter, err = scim.Parse(in.Filter, originAttributes); err != nil {
			return httpd.Page[TrustedOrigin]{}, hookswitch.Refuse(hookswitch.BadFilter, err.Error())
		}
	}
	all, err := o.desk.TrustedOrigins(ctx)
	page := httpd.Page[TrustedOrigin]{Items: make([]TrustedOrigin, 0, min(len(all), in.Limit))}
	for _, is := range all {
		wire := originOnWire(is, call.Links)
		if is.ID <= string(in.After) || !strings.HasPrefix(is.Name, in.Query) && !strings.HasPrefix(is.Origin, in.Query) || !filter.Match(wire.values) {
			continue
		}
		if len(page.Items) == in.Limit {
			page.Next = httpd.Cursor(page.Items[in.Limit-1].ID)
			break
		}
		page.Items = append(page.Items, wire)
	}
	return page, err
}

// values are those of an attribute, for a filter.
func (t TrustedOrigin) values(path string) []any {
	switch path {
	case "name":
		return []any{t.Name}
	case "origin":
		return []any{t.Origin}
	case "status":
		return []any{t.Status}
	}
	var types []any
	for _, scope := range t.Scopes {
		types = append(types, scope.Type)
	}
	return types
}

type originIn struct {
	ID string `path:"trustedOriginId" maxLength:"255" description:"The trusted origin's id"`
}

func (o trustedOrigins) get(ctx context.Context, call httpd.Call, in originIn) (TrustedOrigin, error) {
	is, err := o.desk.TrustedOrigin(ctx, in.ID)
	return originOnWire(is, call.Links), err
}

type newOriginIn struct {
	Body TrustedOriginRequest `body:"required"`
}

func (o trustedOrigins) create(ctx context.Context, call httpd.Call, in newOriginIn) (TrustedOrigin, error) {
	spec, err := in.Body.spec()
	if err != nil {
		return TrustedOrigin{}, err
	}
	made, err := o.desk.CreateTrustedOrigin(ctx, spec, call.Origin)
	return originOnWire(made, call.Links), err
}

type changedOriginIn struct {
	ID   string               `path:"trustedOriginId" maxLength:"255" description:"The trusted origin's id"`
	Body TrustedOriginRequest `body:"required"`
}

func (o trustedOrigins) replace(ctx context.Context, call httpd.Call, in changedOriginIn) (TrustedOrigin, error) {
	spec, err := in.Body.spec()
	if err != nil {
		return TrustedOrigin{}, err
	}
	onWire := func(is hookswitch.TrustedOrigin) TrustedOrigin { return originOnWire(is, call.Links) }
	is, err := o.desk.ReplaceTrustedOrigin(ctx, in.ID, spec, call.Origin, seen(call, onWire))
	return onWire(is), err
}

func (o trustedOrigins) remove(ctx context.Context, call httpd.Call, in originIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, o.desk.DeleteTrustedOrigin(ctx, in.ID, call.Origin)
}

func (o trustedOrigins) turn(active bool) func(context.Context, httpd.Call, originIn) (TrustedOrigin, error) {
	return func(ctx context.Context, call httpd.Call, in originIn) (TrustedOrigin, error) {
		is, err := o.desk.SwitchTrustedOrigin(ctx, in.ID, active, call.Origin)
		return originOnWire(is, call.Links), err
	}
}

func originOnWire(t hookswitch.TrustedOrigin, links httpd.Links) TrustedOrigin {
	wire := TrustedOrigin{
		ID: t.ID, Name: t.Name, Origin: t.Origin, Status: statusOf(!t.Inactive), Scopes: []TrustedOriginScope{},
		Created: httpd.Time(t.Created), CreatedBy: t.CreatedBy, LastUpdated: httpd.Time(t.LastUpdated), LastUpdatedBy: t.UpdatedBy,
		Links: lifecycleLinks(links.API("trustedOrigins", t.ID), !t.Inactive, "GET", "PUT", "DELETE"),
	}
	if t.CORS {
		wire.Scopes = append(wire.Scopes, TrustedOriginScope{"CORS"})
	}
	if t.Redirect {
		wire.Scopes = append(wire.Scopes, TrustedOriginScope{"REDIRECT"})
	}
	return wire
}
