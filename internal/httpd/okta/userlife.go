package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// lifecycle are the steps in the life of an account.
func (u users) lifecycle() []httpd.Operation {
	const path = "/api/v1/users/{id}/lifecycle/"
	manage := []string{"okta.users.manage"}
	about := func(id, summary, description string, roles []hookswitch.Role) httpd.About {
		return httpd.About{ID: id, Tag: "UserLifecycle", Summary: summary, Description: description, Roles: roles, Scopes: manage, Status: 200}
	}
	return []httpd.Operation{
		httpd.Op("POST", path+"activate", about("activateUser", "Activate a user", "From STAGED or DEPROVISIONED.", super()), u.activate),
		httpd.Op("POST", path+"reactivate", about("reactivateUser", "Reactivate a user",
			"From PROVISIONED or RECOVERY, whose status stays: for a user who did not choose a password in time.", super()), u.reactivate),
		httpd.Op("POST", path+"deactivate", about("deactivateUser", "Deactivate a user",
			"The user's sessions end and the user's phones are taken away.", super()), u.step(hookswitch.DeactivateUser)),
		httpd.Op("POST", path+"suspend", about("suspendUser", "Suspend a user", "From ACTIVE. The user's sessions end.", super()), u.step(hookswitch.SuspendUser)),
		httpd.Op("POST", path+"unsuspend", about("unsuspendUser", "Unsuspend a user", "From SUSPENDED to ACTIVE.", super()), u.step(hookswitch.UnsuspendUser)),
		httpd.Op("POST", path+"unlock", about("unlockUser", "Unlock a user", "From LOCKED_OUT to ACTIVE.", support()), u.step(hookswitch.UnlockUser)),
		httpd.Op("POST", path+"expire_password", about("expirePassword", "Expire a password", "To PASSWORD_EXPIRED. The user's sessions end.", support()), u.expire),
		httpd.Op("POST", path+"reset_password", about("resetPassword", "Reset a password",
			"To RECOVERY: the user proves to have the phone, and chooses another password. The user's sessions end.", support()), u.resetPassword),
		httpd.Op("POST", path+"reset_factors", about("resetFactors", "Reset the factors",
			"All phones of the user are taken away.", support()), u.resetFactors),
	}
}

func (u users) step(step hookswitch.Lifecycle) func(context.Context, httpd.Call, userIn) (httpd.Nothing, error) {
	return func(ctx context.Context, call httpd.Call, in userIn) (httpd.Nothing, error) {
		_, err := u.people.MoveUser(ctx, userOf(call, in.ID), step, by(call))
		return httpd.Nothing{}, err
	}
}

// UserActivationToken is the answer of an activation. Okta's has the link of an email; there is none here, but where a
// password is missing, the address at which the user chooses one.
type UserActivationToken struct {
	URL string `json:"activationUrl,omitzero"`
}

func (u users) activate(ctx context.Context, call httpd.Call, in userIn) (UserActivationToken, error) {
	_, err := u.people.MoveUser(ctx, userOf(call, in.ID), hookswitch.ActivateUser, by(call))
	return UserActivationToken{}, err
}

type reactivateIn struct {
	ID        string `path:"id" maxLength:"255" description:"The user's id or login"`
	SendEmail bool   `query:"sendEmail" default:"false" description:"Only false: there is no email"`
}

func (u users) reactivate(ctx context.Context, call httpd.Call, in reactivateIn) (UserActivationToken, error) {
	if in.SendEmail {
		return UserActivationToken{}, errNoEmail()
	}
	_, err := u.people.MoveUser(ctx, userOf(call, in.ID), hookswitch.ReactivateUser, by(call))
	return UserActivationToken{URL: call.Links.To("signin", "forgot-password")}, err
}

func errNoEmail() error {
	return hookswitch.RefuseField(hookswitch.Invalid, "sendEmail", "No email is sent from here. Ask with false, and give the link to the user.")
}

func (u users) expire(ctx context.Context, call httpd.Call, in userIn) (User, error) {
	is, err := u.people.MoveUser(ctx, userOf(call, in.ID), hookswitch.ExpirePassword, by(call))
	return userOnWire(is, call.Links), err
}

type resetPasswordIn struct {
	ID        string `path:"id" maxLength:"255" description:"The user's id or login"`
	SendEmail bool   `query:"sendEmail" required:"true" description:"Only false: there is no email"`
}

// ResetPasswordToken tells where the user chooses another password.
type ResetPasswordToken struct {
	URL string `json:"resetPasswordUrl"`
}

func (u users) resetPassword(ctx context.Context, call httpd.Call, in resetPasswordIn) (ResetPasswordToken, error) {
	if in.SendEmail {
		return ResetPasswordToken{}, errNoEmail()
	}
	_, err := u.people.MoveUser(ctx, userOf(call, in.ID), hookswitch.ResetPassword, by(call))
	return ResetPasswordToken{URL: call.Links.To("signin", "forgot-password")}, err
}

func (u users) resetFactors(ctx context.Context, call httpd.Call, in userIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, u.people.ResetFactors(ctx, userOf(call, in.ID), by(call))
}
