package okta

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type users struct{ people Users }

func (u users) operations() []httpd.Operation {
	const path = "/api/v1/users"
	read, manage := []string{"okta.users.read"}, []string{"okta.users.manage"}
	return slices.Concat([]httpd.Operation{
		httpd.Op("POST", path, httpd.About{ID: "createUser", Tag: "User", Summary: "Create a user", Roles: super(), Scopes: manage}, u.create),
		httpd.Op("GET", path, httpd.About{
			ID: "listUsers", Tag: "User", Summary: "List users", Roles: anyAdmin(), Scopes: read,
			Description: "Deactivated users are left out, unless search or filter is given. Follow the next link for more: a page whose " +
				"search is long ends early, and may have few users or none.",
		}, u.list),
		httpd.Op("GET", path+"/{id}", tagged(httpd.About{ID: "getUser", Tag: "User", Summary: "Retrieve a user", Roles: anyAdmin(), Scopes: read}), u.get),
		httpd.Op("POST", path+"/{id}", httpd.About{
			Tagged: true, ID: "updateUser", Tag: "User", Summary: "Update a user", Roles: super(), Scopes: manage,
			Description: "What is absent stays as it is; null empties an attribute.",
		}, u.update),
		httpd.Op("PUT", path+"/{id}", httpd.About{
			Tagged: true, ID: "replaceUser", Tag: "User", Summary: "Replace a user", Roles: super(), Scopes: manage,
			Description: "The profile becomes what is given. The password stays when none is given.",
		}, u.replace),
		httpd.Op("DELETE", path+"/{id}", httpd.About{
			ID: "deleteUser", Tag: "User", Summary: "Delete a user", Roles: super(), Scopes: manage,
			Description: "The first time the user is deactivated, the second time deleted for good.",
		}, u.remove),
	}, u.lifecycle())
}

// User is a user on the wire.
type User struct {
	ID            string           `json:"id"`
	Status        string           `json:"status"`
	Created       httpd.Time       `json:"created"`
	Activated     *httpd.Time      `json:"activated"`
	StatusChanged *httpd.Time      `json:"statusChanged"`
	LastLogin     *httpd.Time      `json:"lastLogin"`
	LastUpdated   httpd.Time       `json:"lastUpdated"`
	Profile       UserProfile      `json:"profile"`
	Credentials   *UserCredentials `json:"credentials,omitzero"`
	Links         UserLinks        `json:"_links"`
}

// UserCredentials tells how a user proves who they are. The password itself is never answered: its object is empty.
type UserCredentials struct {
	Password *UserPassword `json:"password,omitzero"`
	Provider *UserProvider `json:"provider,omitzero"`
}

// UserPassword is the password of a new user.
type UserPassword struct {
	Value hookswitch.Secret `json:"value,omitzero" description:"Write-only"`
}

// UserProvider is who checks the password.
type UserProvider struct {
	Type string `json:"type" enum:"OKTA"`
	Name string `json:"name,omitzero"`
}

// UserLinks are the links of a user.
type UserLinks struct {
	Self *Link `json:"self"`
}

type createUserIn struct {
	Activate  bool              `query:"activate" default:"true" description:"Make the user active at once"`
	NextLogin string            `query:"nextLogin" enum:"changePassword" description:"Not available: refused when it is given"`
	Body      CreateUserRequest `body:"required"`
}

// CreateUserRequest is a person to add.
type CreateUserRequest struct {
	Profile     UserProfile      `json:"profile" required:"true"`
	Credentials *UserCredentials `json:"credentials"`
}

func (u users) create(ctx context.Context, call httpd.Call, in createUserIn) (User, error) {
	if in.NextLogin != "" {
		return User{}, hookswitch.RefuseField(hookswitch.Invalid, "nextLogin", "Passwords that expire at the next sign-in are not available.")
	}
	created, err := u.people.CreateUser(ctx, admin.NewUser{
		Profile: hookswitch.Profile(in.Body.Profile), Activate: in.Activate, Password: in.Body.Credentials.password(),
	}, call.Origin)
	return userOnWire(created, call.Links), err
}

// UpdateUserRequest is what is to change in a user.
type UpdateUserRequest struct {
	Profile     UserProfileChange `json:"profile"`
	Credentials *UserCredentials  `json:"credentials"`
	UserReadOnly
}

// ReplaceUserRequest is what is to become of a user.
type ReplaceUserRequest struct {
	Profile     UserProfile      `json:"profile" required:"true"`
	Credentials *UserCredentials `json:"credentials"`
	UserReadOnly
}

// UserReadOnly is what clients once got and send back, and may not write.
type UserReadOnly struct {
	ID              jsontext.Value `json:"id" description:"Read-only, like all that follows"`
	Status          jsontext.Value `json:"status"`
	Created         jsontext.Value `json:"created"`
	Activated       jsontext.Value `json:"activated"`
	StatusChanged   jsontext.Value `json:"statusChanged"`
	LastLogin       jsontext.Value `json:"lastLogin"`
	LastUpdated     jsontext.Value `json:"lastUpdated"`
	PasswordChanged jsontext.Value `json:"passwordChanged"`
	Type            jsontext.Value `json:"type"`
	Links           jsontext.Value `json:"_links"`
	Embedded        jsontext.Value `json:"_embedded"`
}

type updateUserIn struct {
	ID   string            `path:"id" maxLength:"255" description:"The user's id or login, or me for the user of the token"`
	Body UpdateUserRequest `body:"required"`
}

func (u users) update(ctx context.Context, call httpd.Call, in updateUserIn) (User, error) {
	is, err := u.people.ChangeUser(ctx, userOf(call, in.ID), admin.UserChange{Profile: in.Body.Profile.apply, Password: in.Body.Credentials.password(), Seen: userSeen(call)}, by(call))
	return userOnWire(is, call.Links), err
}

type replaceUserIn struct {
	ID   string             `path:"id" maxLength:"255" description:"The user's id or login, or me for the user of the token"`
	Body ReplaceUserRequest `body:"required"`
}

func (u users) replace(ctx context.Context, call httpd.Call, in replaceUserIn) (User, error) {
	whole := func(hookswitch.Profile) hookswitch.Profile { return hookswitch.Profile(in.Body.Profile) }
	is, err := u.people.ChangeUser(ctx, userOf(call, in.ID), admin.UserChange{Profile: whole, Password: in.Body.Credentials.password(), Seen: userSeen(call)}, by(call))
	return userOnWire(is, call.Links), err
}

func userSeen(call httpd.Call) []admin.Seen[hookswitch.User] {
	return []admin.Seen[hookswitch.User]{seen(call, func(is hookswitch.User) User { return userOnWire(is, call.Links) })}
}

func (u users) remove(ctx context.Context, call httpd.Call, in userIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, u.people.DeleteUser(ctx, userOf(call, in.ID), by(call))
}

func (c *UserCredentials) password() hookswitch.Secret {
	if c == nil || c.Password == nil {
		return ""
	}
	return c.Password.Value
}

// by is who asks.
func by(call httpd.Call) admin.By {
	return admin.By{Role: call.Caller.Role, UserID: call.Caller.UserID, Origin: call.Origin}
}

type userIn struct {
	ID string `path:"id" maxLength:"255" description:"The user's id or login, or me for the user of the token"`
}

func (u users) get(ctx context.Context, call httpd.Call, in userIn) (User, error) {
	found, err := u.people.User(ctx, userOf(call, in.ID))
	return userOnWire(found, call.Links), err
}

func userOnWire(u hookswitch.User, links httpd.Links) User {
	wire := User{
		ID: u.ID, Status: string(u.Status), Created: httpd.Time(u.Created), Activated: httpd.TimeOrNull(u.Activated),
		StatusChanged: httpd.TimeOrNull(u.StatusChanged), LastLogin: httpd.TimeOrNull(u.LastLogin), LastUpdated: httpd.Time(u.LastUpdated),
		Profile:     UserProfile(u.Profile),
		Credentials: &UserCredentials{Provider: &UserProvider{Type: "OKTA", Name: "OKTA"}},
		Links:       UserLinks{Self: linkTo(links.API("users", u.ID))},
	}
	if u.PasswordHash != "" {
		wire.Credentials.Password = &UserPassword{}
	}
	return wire
}
