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

// Profile is what is known of a person. Login identifies the account and is compared without regard to case.
type Profile struct {
	Login             string
	Email             string
	FirstName         string
	LastName          string
	DisplayName       string
	MobilePhone       string
	PrimaryPhone      string
	Locale            string // for example en_US
	PreferredLanguage string // for example pt-BR
	Timezone          string
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
