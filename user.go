package hookswitch

import "time"

// UserStatus is the state of an account, in Okta's words.
type UserStatus string

// The states of an account. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
const (
	UserStaged          UserStatus = "STAGED"
	UserProvisioned     UserStatus = "PROVISIONED"
	UserActive          UserStatus = "ACTIVE"
	UserRecovery        UserStatus = "RECOVERY"
	UserPasswordExpired UserStatus = "PASSWORD_EXPIRED"
	UserLockedOut       UserStatus = "LOCKED_OUT"
	UserSuspended       UserStatus = "SUSPENDED"
	UserDeprovisioned   UserStatus = "DEPROVISIONED"
)

// Profile is what is known of a person: Okta's base attributes, in which clients keep what they like.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/
type Profile struct {
	FirstName         string `json:",omitzero"`
	LastName          string `json:",omitzero"`
	DisplayName       string `json:",omitzero"`
	Email             string `json:",omitzero"`
	Login             string `json:",omitzero"` // identifies the account, without regard to case
	MobilePhone       string `json:",omitzero"`
	PrimaryPhone      string `json:",omitzero"`
	Locale            string `json:",omitzero"` // for example en_US
	PreferredLanguage string `json:",omitzero"` // for example pt-BR
	Timezone          string `json:",omitzero"`
	SecondEmail       string `json:",omitzero"`
	MiddleName        string `json:",omitzero"`
	HonorificPrefix   string `json:",omitzero"`
	HonorificSuffix   string `json:",omitzero"`
	NickName          string `json:",omitzero"`
	Title             string `json:",omitzero"`
	UserType          string `json:",omitzero"`
	ProfileURL        string `json:",omitzero"`
	Organization      string `json:",omitzero"`
	Division          string `json:",omitzero"`
	Department        string `json:",omitzero"`
	CostCenter        string `json:",omitzero"`
	EmployeeNumber    string `json:",omitzero"`
	Manager           string `json:",omitzero"`
	ManagerID         string `json:",omitzero"`
	StreetAddress     string `json:",omitzero"`
	City              string `json:",omitzero"`
	State             string `json:",omitzero"`
	ZipCode           string `json:",omitzero"`
	CountryCode       string `json:",omitzero"` // ISO 3166-1 alpha-2
	PostalAddress     string `json:",omitzero"`
}

// ProfileAttribute is one attribute of a profile.
type ProfileAttribute struct {
	Name  string // Okta's
	Value string
	Most  int // characters
}

// Attributes lists all attributes, those without a value too, always in the same order.
func (p Profile) Attributes() []ProfileAttribute {
	fields := p.fields()
	all := make([]ProfileAttribute, len(fields))
	for i, f := range fields {
		all[i] = ProfileAttribute{f.name, *f.value, f.most}
	}
	return all
}

// Set gives an attribute a value, by Okta's name; false when there is no such attribute.
func (p *Profile) Set(name, value string) bool {
	for _, f := range p.fields() {
		if f.name == name {
			*f.value = value
			return true
		}
	}
	return false
}

type profileField struct {
	name  string
	value *string
	most  int
}

func (p *Profile) fields() []profileField {
	return []profileField{
		{"firstName", &p.FirstName, 100},
		{"lastName", &p.LastName, 100},
		{"displayName", &p.DisplayName, 100},
		{"email", &p.Email, 100},
		{"login", &p.Login, 100},
		{"mobilePhone", &p.MobilePhone, 100},
		{"primaryPhone", &p.PrimaryPhone, 100},
		{"locale", &p.Locale, 100},
		{"preferredLanguage", &p.PreferredLanguage, 100},
		{"timezone", &p.Timezone, 100},
		{"secondEmail", &p.SecondEmail, 100},
		{"middleName", &p.MiddleName, 255},
		{"honorificPrefix", &p.HonorificPrefix, 255},
		{"honorificSuffix", &p.HonorificSuffix, 255},
		{"nickName", &p.NickName, 255},
		{"title", &p.Title, 255},
		{"userType", &p.UserType, 255},
		{"profileUrl", &p.ProfileURL, 255},
		{"organization", &p.Organization, 255},
		{"division", &p.Division, 255},
		{"department", &p.Department, 255},
		{"costCenter", &p.CostCenter, 255},
		{"employeeNumber", &p.EmployeeNumber, 255},
		{"manager", &p.Manager, 255},
		{"managerId", &p.ManagerID, 255},
		{"streetAddress", &p.StreetAddress, 1024},
		{"city", &p.City, 128},
		{"state", &p.State, 128},
		{"zipCode", &p.ZipCode, 50},
		{"countryCode", &p.CountryCode, 2},
		{"postalAddress", &p.PostalAddress, 4096},
	}
}

// User is a person who may own factors, or an administrator, or both.
type User struct {
	ID            string
	Status        UserStatus
	Profile       Profile
	PasswordHash  string // argon2id in PHC form; empty when no password was set
	Created       time.Time
	Activated     time.Time
	StatusChanged time.Time
	LastUpdated   time.Time
	LastLogin     time.Time
	Version       int64
}

// Name is the person's name for people to read: the display name, else first and last name, else the login.
func (u User) Name() string {
	if u.Profile.DisplayName != "" {
		return u.Profile.DisplayName
	}
	if u.Profile.FirstName != "" || u.Profile.LastName != "" {
		return joinWords(u.Profile.FirstName, u.Profile.LastName)
	}
	return u.Profile.Login
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// Role is what an administrator may do.
type Role string

// The administrator roles. https://developer.okta.com/docs/api/openapi/okta-management/guides/roles/
const (
	SuperAdmin    Role = "SUPER_ADMIN"
	ReadOnlyAdmin Role = "READ_ONLY_ADMIN"
	HelpDeskAdmin Role = "HELP_DESK_ADMIN"
)

// Roles lists the administrator roles, the one that may do most first.
func Roles() []Role { return []Role{SuperAdmin, HelpDeskAdmin, ReadOnlyAdmin} }

// Label is what Okta calls the role for people.
func (r Role) Label() string {
	//exhaustive:enforce
	switch r {
	case SuperAdmin:
		return "Super Organization Administrator"
	case ReadOnlyAdmin:
		return "Read-only Administrator"
	case HelpDeskAdmin:
		return "Help Desk Administrator"
	default:
		return string(r)
	}
}

// RoleAssignment gives a user an administrator role.
type RoleAssignment struct {
	ID          string
	UserID      string
	Role        Role
	Created     time.Time
	LastUpdated time.Time
}

// APIToken lets its bearer act as the administrator UserID with the role Role. Only a digest of the token is stored.
type APIToken struct {
	ID          string
	Name        string
	UserID      string // empty for the bootstrap token
	Role        Role
	Created     time.Time
	LastUpdated time.Time
	ExpiresAt   time.Time // zero: never
}

// Caller is who makes a request, once it is known.
type Caller struct {
	Actor   Entity
	UserID  string // empty for the bootstrap token
	Role    Role   // "" for a user who is no administrator
	TokenID string // empty when a session makes the request
	// SessionID is empty when an API token makes the request.
	SessionID string
}
