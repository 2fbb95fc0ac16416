package okta

import (
	"cmp"
	"context"
	"slices"

	"hookswitch"
	"hookswitch/internal/httpd"
)

type tokens struct{ keyring Tokens }

func (t tokens) operations() []httpd.Operation {
	const path = "/api/v1/api-tokens"
	read, manage := []string{"okta.apiTokens.read"}, []string{"okta.apiTokens.manage"}
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{ID: "listApiTokens", Tag: "ApiToken", Summary: "List the API tokens", Roles: auditors(), Scopes: read}, t.list),
		httpd.Op("POST", path, httpd.About{
			ID: "createApiToken", Tag: "ApiToken", Summary: "Create an API token", Roles: super(), Scopes: manage, Status: 201,
			Description: "Ours. The token acts for the caller's user, or for the installation when the caller's own token does, " +
				"with no more than the user's current role. It is shown this once.",
		}, t.create),
		httpd.Op("GET", path+"/{apiTokenId}", httpd.About{ID: "getApiToken", Tag: "ApiToken", Summary: "Retrieve an API token", Roles: auditors(), Scopes: read}, t.get),
		httpd.Op("DELETE", path+"/{apiTokenId}", httpd.About{ID: "revokeApiToken", Tag: "ApiToken", Summary: "Revoke an API token", Roles: super(), Scopes: manage}, t.revoke),
		httpd.Op("DELETE", path+"/current", httpd.About{ID: "revokeCurrentApiToken", Tag: "ApiToken", Summary: "Revoke the API token of this request", Roles: anyAdmin(), Scopes: manage}, t.revokeCurrent),
	}
}

// APIToken is an API token on the wire, without what it is.
type APIToken struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	UserID      string        `json:"userId,omitzero"`
	Created     httpd.Time    `json:"created"`
	LastUpdated httpd.Time    `json:"lastUpdated"`
	ExpiresAt   httpd.Time    `json:"expiresAt,omitzero"`
	Links       APITokenLinks `json:"_link"`
}

// APITokenLinks are the links of an API token.
type APITokenLinks struct {
	Self *Link `json:"self"`
}

type newTokenIn struct {
	Body APITokenRequest `body:"required"`
}

// APITokenRequest is a token to make.
type APITokenRequest struct {
	Name string `json:"name" required:"true" maxLength:"255"`
	Role string `json:"role" enum:"SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN" description:"What it may do; the caller's role by default"`
}

// NewAPIToken is a token that was just made.
type NewAPIToken struct {
	Token string   `json:"token" description:"The token itself, this once"`
	Is    APIToken `json:"apiToken"`
}

func (t tokens) create(ctx context.Context, call httpd.Call, in newTokenIn) (NewAPIToken, error) {
	role := cmp.Or(hookswitch.Role(in.Body.Role), call.Caller.Role)
	token, made, err := t.keyring.CreateToken(ctx, in.Body.Name, call.Caller.UserID, role, call.Origin)
	return NewAPIToken{Token: token.Reveal(), Is: tokenOnWire(made, call.Links)}, err
}

type tokenIn struct {
	ID string `path:"apiTokenId" maxLength:"255" description:"The token's id"`
}

func (t tokens) list(ctx context.Context, call httpd.Call, _ httpd.Nothing) ([]APIToken, error) {
	found, err := t.keyring.Tokens(ctx)
	wire := make([]APIToken, 0, len(found))
	for _, token := range found {
		wire = append(wire, tokenOnWire(token, call.Links))
	}
	return wire, err
}

func (t tokens) get(ctx context.Context, call httpd.Call, in tokenIn) (APIToken, error) {
	found, err := t.keyring.Tokens(ctx)
	if err != nil {
		return APIToken{}, err
	}
	i := slices.IndexFunc(found, func(token hookswitch.APIToken) bool { return token.ID == in.ID })
	if i < 0 {
		return APIToken{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such API token.")
	}
	return tokenOnWire(found[i], call.Links), nil
}

func (t tokens) revoke(ctx context.Context, call httpd.Call, in tokenIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, t.keyring.RevokeToken(ctx, in.ID, call.Origin)
}

func (t tokens) revokeCurrent(ctx context.Context, call httpd.Call, _ httpd.Nothing) (httpd.Nothing, error) {
	return httpd.Nothing{}, t.keyring.RevokeToken(ctx, call.Caller.TokenID, call.Origin)
}

func tokenOnWire(t hookswitch.APIToken, links httpd.Links) APIToken {
	return APIToken{
		ID: t.ID, Name: t.Name, UserID: t.UserID, Created: httpd.Time(t.Created), LastUpdated: httpd.Time(t.LastUpdated),
		ExpiresAt: httpd.Time(t.ExpiresAt), Links: APITokenLinks{Self: linkTo(links.API("api-tokens", t.ID), "GET", "DELETE")},
	}
}
