package hookswitch

// Channel is how a passcode travels; its values are Okta's factor types.
type Channel string

// The two channels.
const (
	SMS  Channel = "sms"
	Call Channel = "call"
)

// Channels lists both channels in the order in which they are shown.
func Channels() []Channel { return []Channel{SMS, Call} }

// Other is the channel to offer when this one cannot reach the phone.
func (c Channel) Other() Channel {
	if c == SMS {
		return Call
	}
	return SMS
}

// Purpose is what a message is for. It selects the text and the type of the send_* event.
type Purpose string

// The purposes of a message.
const (
	Enrollment     Purpose = "enrollment"
	SignIn         Purpose = "sign-in"
	PasswordReset  Purpose = "password-reset"
	AccountUnlock  Purpose = "account-unlock"
	PushActivation Purpose = "push-activation"
	Test           Purpose = "test"    // an administrator's test send
	Relayed        Purpose = "relayed" // a message for another identity provider
)

// Purposes lists every purpose.
func Purposes() []Purpose {
	return []Purpose{Enrollment, SignIn, PasswordReset, AccountUnlock, PushActivation, Test, Relayed}
}
