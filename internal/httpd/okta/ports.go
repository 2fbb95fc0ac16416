package okta

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/enroll"
	"hookswitch/internal/render"
	"hookswitch/internal/report"
	"hookswitch/internal/signin"
	"hookswitch/internal/verify"
)

// Ports are the use cases behind the API. Every one is required. Their errors are *hookswitch.Problem where the caller
// can do something about them; anything else becomes a 500. A function that takes seen makes its change only to what that lets pass.
type Ports struct {
	Users       Users
	Factors     Factors
	Providers   Providers
	Tests       Tests
	Hooks       Hooks
	Phones      Phones
	Orgs        Orgs
	Origins     Origins
	Logs        Logs
	Stories     Stories
	Counts      Counts
	Tokens      Tokens
	SignIn      SignIn
	Sessions    Sessions
	Setup       Setup
	Templates   Templates
	Messages    Messages
	Regulations Regulations
}

// Users keeps the people. Package admin does.
type Users interface {
	CreateUser(ctx context.Context, n admin.NewUser, origin hookswitch.Origin) (hookswitch.User, error)
	// User finds by id or login.
	User(ctx context.Context, idOrLogin string) (hookswitch.User, error)
	Users(ctx context.Context, search admin.UserSearch) (admin.UserPage, error)
	UsersWithPhone(ctx context.Context, number string) ([]hookswitch.User, error)
	ChangeUser(ctx context.Context, idOrLogin string, c admin.UserChange, by admin.By) (hookswitch.User, error)
	MoveUser(ctx context.Context, idOrLogin string, step hookswitch.Lifecycle, by admin.By) (hookswitch.User, error)
	// DeleteUser deactivates first; the second time it deletes.
	DeleteUser(ctx context.Context, idOrLogin string, by admin.By) error
	ResetFactors(ctx context.Context, idOrLogin string, by admin.By) error
	RolesOf(ctx context.Context, idOrLogin string) ([]hookswitch.RoleAssignment, error)
	AssignRole(ctx context.Context, idOrLogin string, role hookswitch.Role, by admin.By) (hookswitch.RoleAssignment, error)
	UnassignRole(ctx context.Context, idOrLogin, assignmentID string, by admin.By) error
}

// Factors sets up phones and proves them. Package enroll does.
type Factors interface {
	Factors(ctx context.Context, userID string) ([]hookswitch.Factor, error)
	Factor(ctx context.Context, userID, factorID string) (hookswitch.Factor, error)
	Enroll(ctx context.Context, e enroll.Enrolment) (hookswitch.Factor, error)
	Activate(ctx context.Context, u enroll.Use) (hookswitch.Factor, error)
	// Challenge sends a passcode, Verify takes it.
	Challenge(ctx context.Context, u enroll.Use) (hookswitch.Factor, error)
	Verify(ctx context.Context, u enroll.Use) (hookswitch.Factor, error)
	Resend(ctx context.Context, u enroll.Use) (hookswitch.Factor, error)
	Remove(ctx context.Context, userID, factorID string, origin hookswitch.Origin) error
}

// Providers keeps the carrier accounts. Package admin does.
type Providers interface {
	Providers(ctx context.Context) ([]hookswitch.TelephonyProvider, error)
	Provider(ctx context.Context, id string) (hookswitch.TelephonyProvider, error)
	CreateProvider(ctx context.Context, n admin.NewProvider, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)
	// UpdateProvider changes what change gives and keeps the rest; the methods are one whole.
	UpdateProvider(ctx context.Context, id string, change func(was hookswitch.TelephonyProvider) (admin.NewProvider, error), origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)
	ActivateProvider(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)
	DeactivateProvider(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)
	SetPrimary(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.TelephonyProvider, error)
	DeleteProvider(ctx context.Context, id string, origin hookswitch.Origin) error
}

// Tests sends a message through one provider to see whether it works. Package verify does.
type Tests interface {
	Test(ctx context.Context, t verify.TestSend) (hookswitch.Delivery, error)
}

// Hooks keeps the inline hooks. Package admin does.
type Hooks interface {
	InlineHooks(ctx context.Context) ([]hookswitch.InlineHook, error)
	InlineHook(ctx context.Context, id string) (hookswitch.InlineHook, error)
	CreateInlineHook(ctx context.Context, spec admin.HookSpec, origin hookswitch.Origin) (hookswitch.InlineHook, error)
	// ChangeInlineHook gives a hook what change makes of what it has; an empty secret stays what it was.
	ChangeInlineHook(ctx context.Context, id string, change func(admin.HookSpec) admin.HookSpec, origin hookswitch.Origin, seen ...admin.Seen[hookswitch.InlineHook]) (hookswitch.InlineHook, error)
	ActivateInlineHook(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.InlineHook, error)
	DeactivateInlineHook(ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.InlineHook, error)
	DeleteInlineHook(ctx context.Context, id string, origin hookswitch.Origin) error
	// ExecuteInlineHook asks a hook with a payload of the caller's own and gives its answer, JSON.
	ExecuteInlineHook(ctx context.Context, id string, payload []byte, origin hookswitch.Origin) ([]byte, error)
	HookFallback(ctx context.Context) (hookswitch.HookFallback, error)
	SetHookFallback(ctx context.Context, f hookswitch.HookFallback, origin hookswitch.Origin, seen ...admin.Seen[hookswitch.HookFallback]) error
}

// Phones keeps what phones may be used for. Package admin does.
type Phones interface {
	Phone(ctx context.Context) (admin.Phone, error)
	SetPhone(ctx context.Context, name string, use hookswitch.AllowedFor, origin hookswitch.Origin, seen ...admin.Seen[admin.Phone]) (admin.Phone, error)
	ActivatePhone(ctx context.Context, origin hookswitch.Origin) (admin.Phone, error)
	DeactivatePhone(ctx context.Context, origin hookswitch.Origin) (admin.Phone, error)
	SwitchPhoneMethod(ctx context.Context, channel hookswitch.Channel, active bool, origin hookswitch.Origin) (admin.Phone, error)
	SwitchOrgFactor(ctx context.Context, channel hookswitch.Channel, active bool, origin hookswitch.Origin) (admin.Phone, error)
}

// Orgs keeps the org. Package admin does.
type Orgs interface {
	Org(ctx context.Context) (hookswitch.Org, error)
	// ChangeOrg makes of the org what change makes of it; change may be called again.
	ChangeOrg(ctx context.Context, change func(is *hookswitch.Org), origin hookswitch.Origin, seen ...admin.Seen[hookswitch.Org]) (hookswitch.Org, error)
}

// Origins keeps the trusted origins. Package admin does.
type Origins interface {
	TrustedOrigins(ctx context.Context) ([]hookswitch.TrustedOrigin, error)
	TrustedOrigin(ctx context.Context, id string) (hookswitch.TrustedOrigin, error)
	CreateTrustedOrigin(ctx context.Context, spec admin.OriginSpec, origin hookswitch.Origin) (hookswitch.TrustedOrigin, error)
	ReplaceTrustedOrigin(ctx context.Context, id string, spec admin.OriginSpec, origin hookswitch.Origin, seen ...admin.Seen[hookswitch.TrustedOrigin]) (hookswitch.TrustedOrigin, error)
	SwitchTrustedOrigin(ctx context.Context, id string, active bool, origin hookswitch.Origin) (hookswitch.TrustedOrigin, error)
	DeleteTrustedOrigin(ctx context.Context, id string, origin hookswitch.Origin) error
}

// Logs reads the System Log. Package report does.
type Logs interface {
	Log(ctx context.Context, search report.LogSearch) (report.LogPage, error)
}

// Stories tells what became of messages. Package report does.
type Stories interface {
	Why(ctx context.Context, asked string, limit int) ([]report.Story, error)
}

// Counts counts messages by what became of them. Package report does.
type Counts interface {
	Totals(ctx context.Context, since, until time.Time) (report.Totals, error)
}

// Tokens keeps the API tokens. Package admin does.
type Tokens interface {
	Tokens(ctx context.Context) ([]hookswitch.APIToken, error)
	// CreateToken answers the token itself, this once.
	CreateToken(ctx context.Context, name, userID string, role hookswitch.Role, origin hookswitch.Origin) (hookswitch.Secret, hookswitch.APIToken, error)
	RevokeToken(ctx context.Context, id string, origin hookswitch.Origin) error
}

// SignIn is the way in. Package signin is.
type SignIn interface {
	SignIn(ctx context.Context, c signin.Credentials) (signin.State, error)
	Current(ctx context.Context, stateToken hookswitch.Secret) (signin.State, error)
	// Verify sends a passcode or takes it.
	Verify(ctx context.Context, u signin.Use) (signin.State, error)
	Resend(ctx context.Context, u signin.Use) (signin.State, error)
	Previous(ctx context.Context, stateToken hookswitch.Secret) (signin.State, error)
	Cancel(ctx context.Context, stateToken hookswitch.Secret) error
}

// Sessions keeps who is in. Package signin does.
type Sessions interface {
	// StartSession ends the session of the cookie before, if it is one.
	StartSession(ctx context.Context, sessionToken, before hookswitch.Secret, origin hookswitch.Origin) (signin.Entry, error)
	Session(ctx context.Context, id string) (signin.Entry, error)
	RefreshSession(ctx context.Context, id string) (signin.Entry, error)
	EndSession(ctx context.Context, id string, origin hookswitch.Origin) error
	EndSessions(ctx context.Context, userID string, origin hookswitch.Origin) error
}

// Setup makes the first administrator. Package admin does.
type Setup interface {
	RedeemSetup(ctx context.Context, token hookswitch.Secret, profile hookswitch.Profile, password hookswitch.Secret, origin hookswitch.Origin) (hookswitch.User, error)
}

// Templates keeps the SMS templates of Okta's API. Package admin does, and what follows here.
type Templates interface {
	SMSTemplates(ctx context.Context) ([]hookswitch.Template, error)
	SMSTemplate(ctx context.Context, id string) (hookswitch.Template, error)
	CreateSMSTemplate(ctx context.Context, n admin.NewTemplate, origin hookswitch.Origin) (hookswitch.Template, error)
	ReplaceSMSTemplate(ctx context.Context, id string, n admin.NewTemplate, origin hookswitch.Origin, seen ...admin.Seen[hookswitch.Template]) (hookswitch.Template, error)
	UpdateSMSTemplate(ctx context.Context, id string, c admin.TemplateChange, origin hookswitch.Origin, seen ...admin.Seen[hookswitch.Template]) (hookswitch.Template, error)
	DeleteSMSTemplate(ctx context.Context, id string, origin hookswitch.Origin) error
}

// Messages keeps what messages of single purposes say.
type Messages interface {
	Messages(ctx context.Context, channel hookswitch.Channel) ([]admin.InForce, error)
	Message(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose) (admin.InForce, error)
	DefaultMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose) (admin.InForce, error)
	SetMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose, n admin.NewTemplate, origin hookswitch.Origin, seen ...admin.Seen[admin.InForce]) (admin.InForce, error)
	RemoveMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose, origin hookswitch.Origin) error
	Preview(ctx context.Context, channel hookswitch.Channel, n admin.NewTemplate) (admin.Preview, error)
	MessageSettings(ctx context.Context) (admin.MessageSettings, error)
	SetMessageSettings(ctx context.Context, is admin.MessageSettings, origin hookswitch.Origin, seen ...admin.Seen[admin.MessageSettings]) error
}

// Regulations keeps what countries demand of messages; the country "" is all others.
type Regulations interface {
	Regulations(ctx context.Context) (render.Regulations, error)
	Regulation(ctx context.Context, country string) (render.Regulation, error)
	SetRegulation(ctx context.Context, is render.Regulation, origin hookswitch.Origin, seen ...admin.Seen[render.Regulation]) (render.Regulation, error)
	DeleteRegulation(ctx context.Context, country string, origin hookswitch.Origin) error
}
