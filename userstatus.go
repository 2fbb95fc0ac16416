package hookswitch

import "slices"

// Lifecycle is what an administrator does to an account.
type Lifecycle string

// The ways an administrator moves an account.
const (
	ActivateUser   Lifecycle = "activate"
	ReactivateUser Lifecycle = "reactivate"
	DeactivateUser Lifecycle = "deactivate"
	SuspendUser    Lifecycle = "suspend"
	UnsuspendUser  Lifecycle = "unsuspend"
	UnlockUser     Lifecycle = "unlock"
	ExpirePassword Lifecycle = "expire_password"
	ResetPassword  Lifecycle = "reset_password"
)

// After is the state of an account after a step of its life; false when the step is not open to it.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserLifecycle/
func (s UserStatus) After(l Lifecycle) (UserStatus, bool) {
	for _, row := range userSteps() {
		if row.step != l {
			continue
		}
		if slices.Contains(row.from, s) {
			return row.to, true
		}
	}
	return s, false
}

type userStep struct {
	step Lifecycle
	to   UserStatus
	from []UserStatus
}

func userSteps() []userStep {
	return []userStep{
		{ActivateUser, UserActive, []UserStatus{UserStaged, UserProvisioned, UserDeprovisioned}},
		// Whoever did not choose a password in time begins anew, where they were.
		{ReactivateUser, UserProvisioned, []UserStatus{UserProvisioned}},
		{ReactivateUser, UserRecovery, []UserStatus{UserRecovery}},
		{DeactivateUser, UserDeprovisioned, []UserStatus{
			UserStaged, UserProvisioned, UserActive, UserRecovery, UserPasswordExpired, UserLockedOut, UserSuspended,
		}},
		{SuspendUser, UserSuspended, []UserStatus{UserActive}},
		{UnsuspendUser, UserActive, []UserStatus{UserSuspended}},
		{UnlockUser, UserActive, []UserStatus{UserLockedOut}},
		{ExpirePassword, UserPasswordExpired, []UserStatus{UserActive, UserStaged, UserProvisioned, UserRecovery, UserPasswordExpired}},
		{ResetPassword, UserRecovery, []UserStatus{UserActive, UserStaged, UserProvisioned, UserRecovery, UserPasswordExpired, UserLockedOut}},
	}
}

// Event is the type of the event that tells of a step.
func (l Lifecycle) Event() EventType {
	//exhaustive:enforce
	switch l {
	case ActivateUser:
		return UserActivated
	case ReactivateUser:
		return UserReactivated
	case DeactivateUser:
		return UserDeactivated
	case SuspendUser:
		return UserSuspension
	case UnsuspendUser:
		return UserUnsuspension
	case UnlockUser:
		return UserUnlocked
	case ExpirePassword:
		return PasswordExpired
	case ResetPassword:
		return AccountReset
	default:
		return EventType(l)
	}
}
