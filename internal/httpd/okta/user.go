package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type users struct{ people Users }

func (u users) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("POST", "/api/v1/users", httpd.About{
			ID: "createUser", Tag: "User", Summary: "Create a user", Roles: super(), Scopes: []string{"okta.users.manage"},
		}, u.create),
		httpd.Op("GET", "/api/v1/users", httpd.About{
			ID: "listUsers", Tag: "User", Summary: "List users", Roles: anyAdmin(), Scopes: []string{"okta.users.read"},
			Description: "In the order in which they were created. Follow the next link for more.",
		}, u.list),
		httpd.Op("GET", "/api/v1/users/{id}", httpd.About{
			ID: "getUser", Tag: "User", Summary: "Retrieve a user", Roles: anyAdmin(), Scopes: []string{"okta.users.read"},
		}, u.get),
	}
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

// UserProfile is what is known of a person.
type UserProfile struct {
	FirstName         string `json:"firstName,omitzero" maxLength:"100"`
	LastName          string `json:"lastName,omitzero" maxLength:"100"`
	DisplayName       string `json:"displayName,omitzero" maxLength:"100"`
	Email             string `json:"email,omitzero" maxLength:"100"`
	Login             string `json:"login" required:"true" minLength:"5" maxLength:"100" description:"Names the user; letter case does not matter"`
	MobilePhone       string `json:"mobilePhone,omitzero" maxLength:"100"`
	PrimaryPhone      string `json:"primaryPhone,omitzero" maxLength:"100"`
	Locale            string `json:"locale,omitzero" maxLength:"100" example:"en_US"`
	PreferredLanguage string `json:"preferredLanguage,omitzero" maxLength:"100" example:"pt-BR"`
	Timezone          string `json:"timezone,omitzero" maxLength:"100"`
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
	n := admin.NewUser{Profile: in.Body.Profile.profile(), Activate: in.Activate}
	if c := in.Body.Credentials; c != nil && c.Password != nil {
		n.Password = c.Password.Value
	}
	created, err := u.people.CreateUser(ctx, n, call.Origin)
	return userOnWire(created, call.Links), err
}

type userIn struct {
	ID string `path:"id" maxLength:"255" description:"The user's id or login, or me for the user of the token"`
}

func (u users) get(ctx context.Context, call httpd.Call, in userIn) (User, error) {
	found, err := u.people.User(ctx, userOf(call, in.ID))
	return userOnWire(found, call.Links), err
}

type listUsersIn struct {
	After  httpd.Cursor `query:"after" description:"Where the next page begins, from a next link"`
	Limit  int          `query:"limit" default:"200" minimum:"1" maximum:"200"`
	Query  string       `query:"q" description:"Not available: refused when it is given"`
	Search string       `query:"search" description:"Not available: refused when it is given"`
	Filter string       `query:"filter" description:"Not available: refused when it is given"`
}

func (u users) list(ctx context.Context, call httpd.Call, in listUsersIn) (httpd.Page[User], error) {
	for name, text := range map[string]string{"q": in.Query, "search": in.Search, "filter": in.Filter} {
		if text != "" { // better no answer than all users
			return httpd.Page[User]{}, hookswitch.RefuseField(hookswitch.BadSearch, name, "Users cannot be searched by it.")
		}
	}
	found, err := u.people.Users(ctx, string(in.After), in.Limit+1)
	if err != nil {
		return httpd.Page[User]{}, err
	}
	page := httpd.Page[User]{Items: make([]User, 0, len(found))}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		page.Next = httpd.Cursor(found[in.Limit-1].ID)
	}
	for _, user := range found {
		page.Items = append(page.Items, userOnWire(user, call.Links))
	}
	return page, nil
}

func userOnWire(u hookswitch.User, links httpd.Links) User {
	p := u.Profile
	wire := User{
		ID: u.ID, Status: string(u.Status), Created: httpd.Time(u.Created), Activated: httpd.TimeOrNull(u.Activated),
		StatusChanged: httpd.TimeOrNull(u.StatusChanged), LastLogin: httpd.TimeOrNull(u.LastLogin), LastUpdated: httpd.Time(u.LastUpdated),
		Profile: UserProfile{
			FirstName: p.FirstName, LastName: p.LastName, DisplayName: p.DisplayName, Email: p.Email, Login: p.Login,
			MobilePhone: p.MobilePhone, PrimaryPhone: p.PrimaryPhone, Locale: p.Locale, PreferredLanguage: p.PreferredLanguage, Timezone: p.Timezone,
		},
		Credentials: &UserCredentials{Provider: &UserProvider{Type: "OKTA", Name: "OKTA"}},
		Links:       UserLinks{Self: linkTo(links.API("users", u.ID))},
	}
	if u.PasswordHash != "" {
		wire.Credentials.Password = &UserPassword{}
	}
	return wire
}

func (p UserProfile) profile() hookswitch.Profile {
	return hookswitch.Profile{
		Login: p.Login, Email: p.Email, FirstName: p.FirstName, LastName: p.LastName, DisplayName: p.DisplayName,
		MobilePhone: p.MobilePhone, PrimaryPhone: p.PrimaryPhone, Locale: p.Locale, PreferredLanguage: p.PreferredLanguage, Timezone: p.Timezone,
	}
}
