package hookswitch

import "time"

// Result is outcome.result of a System Log event.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
type Result string

// The results that Hookswitch writes.
const (
	ResultSuccess   Result = "SUCCESS"
	ResultFailure   Result = "FAILURE"
	ResultDeny      Result = "DENY"
	ResultAllow     Result = "ALLOW"
	ResultUnknown   Result = "UNKNOWN"
	ResultRateLimit Result = "RATE_LIMIT"
	ResultChallenge Result = "CHALLENGE"
)

// EventType names what happened, in Okta's words.
type EventType string

// The telephony events: twelve of Okta's catalogue and system.sms.send_message, which is ours.
const (
	SMSVerification   EventType = "system.sms.send_phone_verification_message"
	SMSFactorVerify   EventType = "system.sms.send_factor_verify_message"
	SMSPasswordReset  EventType = "system.sms.send_password_reset_message"
	SMSAccountUnlock  EventType = "system.sms.send_account_unlock_message"
	SMSPushActivation EventType = "system.sms.send_okta_push_verify_message"
	SMSMessage        EventType = "system.sms.send_message"
	SMSStatus         EventType = "system.sms.receive_status"
	CallVerification  EventType = "system.voice.send_phone_verification_call"
	CallChallenge     EventType = "system.voice.send_mfa_challenge_call"
	CallPasswordReset EventType = "system.voice.send_password_reset_call"
	CallAccountUnlock EventType = "system.voice.send_account_unlock_call"
	CallMessage       EventType = "system.voice.send_call"
	CallStatus        EventType = "system.voice.receive_status"
)

// The other events of a factor's and a provider's life.
const (
	FactorActivated       EventType = "user.mfa.factor.activate"
	FactorDeactivated     EventType = "user.mfa.factor.deactivate"
	FactorUpdated         EventType = "user.mfa.factor.update"
	FactorSuspended       EventType = "user.mfa.factor.suspend"
	FactorUnsuspended     EventType = "user.mfa.factor.unsuspend"
	FactorsReset          EventType = "user.mfa.factor.reset_all"
	AuthByFactor          EventType = "user.authentication.auth_via_mfa"
	SignOnEvaluated       EventType = "policy.evaluate_sign_on"
	SessionStarted        EventType = "user.session.start" // with FAILURE: somebody was refused at the password
	SessionEnded          EventType = "user.session.end"
	SessionsCleared       EventType = "user.session.clear"
	AccountLocked         EventType = "user.account.lock"
	RateLimitViolation    EventType = "system.operation.rate_limit.violation"
	UserCreated           EventType = "user.lifecycle.create"
	UserActivated         EventType = "user.lifecycle.activate"
	UserReactivated       EventType = "user.lifecycle.reactivate"
	UserDeactivated       EventType = "user.lifecycle.deactivate"
	UserSuspension        EventType = "user.lifecycle.suspend"
	UserUnsuspension      EventType = "user.lifecycle.unsuspend"
	UserDeleted           EventType = "user.lifecycle.delete.completed"
	UserUpdated           EventType = "user.account.update_profile"
	UserUnlocked          EventType = "user.account.unlock_by_admin"
	PasswordUpdated       EventType = "user.account.update_password"
	PasswordExpired       EventType = "user.account.expire_password"
	AccountReset          EventType = "user.account.reset_password"
	PrivilegeGranted      EventType = "user.account.privilege.grant"
	PrivilegeRevoked      EventType = "user.account.privilege.revoke"
	TokenCreated          EventType = "system.api_token.create"
	TokenRevoked          EventType = "system.api_token.revoke"
	CallbackRefused       EventType = "system.telephony.callback.refuse" // ours
	ProviderCreated       EventType = "system.telephony.provider.create" // ours, as the five below
	ProviderUpdated       EventType = "system.telephony.provider.update"
	ProviderDeleted       EventType = "system.telephony.provider.delete"
	ProviderActivated     EventType = "system.telephony.provider.activate"
	ProviderDeactivated   EventType = "system.telephony.provider.deactivate"
	ProviderPrimary       EventType = "system.telephony.provider.set_primary"
	ProviderHealthChanged EventType = "system.telephony.provider.health" // a country taken away or given back
)

// SendEvent is the type of the event that tells of a message's sending. Purposes without a type of their own, and the
// call that activates a push authenticator, are told by the generic types.
func SendEvent(channel Channel, purpose Purpose) EventType {
	sms, call := SMSMessage, CallMessage
	//exhaustive:enforce
	switch purpose {
	case Enrollment:
		sms, call = SMSVerification, CallVerification
	case SignIn:
		sms, call = SMSFactorVerify, CallChallenge
	case PasswordReset:
		sms, call = SMSPasswordReset, CallPasswordReset
	case AccountUnlock:
		sms, call = SMSAccountUnlock, CallAccountUnlock
	case PushActivation:
		sms = SMSPushActivation
	case Test, Relayed:
	}
	if channel == Call {
		return call
	}
	return sms
}

// StatusEvent is the type of the event that tells of a message's final status.
func StatusEvent(channel Channel) EventType {
	if channel == Call {
		return CallStatus
	}
	return SMSStatus
}

// Entity is the actor or a target of an event.
type Entity struct {
	ID          string `json:"id"`
	Type        string `json:"type"`
	AlternateID string `json:"alternateId"`
	DisplayName string `json:"displayName"`
}

// Origin is the request that made something happen, and who made it. The zero value means the system itself.
type Origin struct {
	RequestID string `json:"requestId,omitempty"`
	IP        string `json:"ip,omitempty"`
	UserAgent string `json:"userAgent,omitempty"`
	Method    string `json:"method,omitempty"`
	URI       string `json:"uri,omitempty"` // path only: a query may carry what must not be logged
	Languages string `json:"languages,omitempty"`
	Actor     Entity `json:"actor,omitzero"`
	TokenID   string `json:"tokenId,omitempty"`
	SessionID string `json:"sessionId,omitempty"`
}

// SystemActor acts when no request does.
func SystemActor() Entity {
	return Entity{ID: "system", Type: "SystemPrincipal", AlternateID: "system@hookswitch", DisplayName: "Hookswitch"}
}

// UserEntity is a user as actor or target.
func UserEntity(u User) Entity {
	return Entity{ID: u.ID, Type: "User", AlternateID: u.Profile.Login, DisplayName: u.Name()}
}

// Datum is one key of debugContext.debugData. The order in which they are given is kept.
type Datum struct{ Key, Value string }

// Event is one line of the System Log. It never holds a passcode or a secret; phone numbers stand only where Okta puts
// them, in debugData and in the MobilePhone target.
type Event struct {
	UUID      string
	Type      EventType
	Published time.Time
	Severity  string // INFO, WARN, ERROR or DEBUG
	Message   string // displayMessage
	Origin    Origin
	Result    Result
	Reason    string // at most 255 characters
	Targets   []Entity
	Debug     []Datum
}

// Severity is the severity that goes with a result.
func (r Result) Severity() string {
	//exhaustive:enforce
	switch r {
	case ResultFailure:
		return "ERROR"
	case ResultDeny, ResultUnknown, ResultRateLimit:
		return "WARN"
	case ResultSuccess, ResultAllow, ResultChallenge:
		return "INFO"
	default:
		return "INFO"
	}
}

// DisplayMessage is the sentence that the System Log shows for the type.
func (t EventType) DisplayMessage() string {
	switch t {
	case SMSVerification:
		return "Send phone verification SMS"
	case SMSFactorVerify:
		return "Send SMS message for multifactor authentication"
	case SMSPasswordReset:
		return "Send SMS message for password reset"
	case SMSAccountUnlock:
		return "Send SMS message for account unlock"
	case SMSPushActivation:
		return "Send SMS message to activate a push authenticator"
	case SMSMessage:
		return "Send SMS message"
	case SMSStatus:
		return "Receive SMS status"
	case CallVerification:
		return "Send phone verification call"
	case CallChallenge:
		return "Send voice call for multifactor authentication"
	case CallPasswordReset:
		return "Send voice call for password reset"
	case CallAccountUnlock:
		return "Send voice call for account unlock"
	case CallMessage:
		return "Send voice call"
	case CallStatus:
		return "Receive voice call status"
	default:
		return t.otherMessage()
	}
}

func (t EventType) otherMessage() string {
	switch t {
	case FactorActivated:
		return "Activate factor for user"
	case FactorDeactivated:
		return "Reset factor for user"
	case FactorUpdated:
		return "Update factor for user"
	case FactorSuspended:
		return "Disable factor for user"
	case FactorUnsuspended:
		return "Enable factor for user"
	case FactorsReset:
		return "Reset all factors for user"
	case AuthByFactor:
		return "Authentication of user via MFA"
	case SignOnEvaluated:
		return "Evaluation of sign-on policy"
	case SessionStarted:
		return "User sign-in"
	case SessionEnded:
		return "User sign-out"
	case SessionsCleared:
		return "End all sessions of user"
	case AccountLocked:
		return "Lock user account after too many wrong passwords"
	case RateLimitViolation:
		return "Operation rate limit violation"
	case UserCreated:
		return "Create user"
	case UserActivated:
		return "Activate user"
	case UserReactivated:
		return "Reactivate user"
	case UserDeactivated:
		return "Deactivate user"
	case UserSuspension:
		return "Suspend user"
	case UserUnsuspension:
		return "Unsuspend user"
	case UserDeleted:
		return "Delete user"
	case UserUpdated:
		return "Update profile of user"
	case UserUnlocked:
		return "Unlock user account by an administrator"
	case PasswordUpdated:
		return "Update password of user"
	case PasswordExpired:
		return "Expire password of user"
	case AccountReset:
		return "Reset password of user by an administrator"
	case PrivilegeGranted:
		return "Grant administrator role to user"
	case PrivilegeRevoked:
		return "Revoke administrator role of user"
	case TokenCreated:
		return "Create API token"
	case TokenRevoked:
		return "Revoke API token"
	case CallbackRefused:
		return "Refuse telephony callback"
	case ProviderCreated:
		return "Create telephony provider"
	case ProviderUpdated:
		return "Update telephony provider"
	case ProviderDeleted:
		return "Delete telephony provider"
	case ProviderActivated:
		return "Activate telephony provider"
	case ProviderDeactivated:
		return "Deactivate telephony provider"
	case ProviderPrimary:
		return "Set primary telephony provider"
	case ProviderHealthChanged:
		return "Change health of telephony provider"
	default:
		return t.templateMessage()
	}
}
