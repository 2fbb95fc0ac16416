package inlinehook

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"hookswitch"
)

// timeLayout is how Okta writes times.
const timeLayout = "2006-01-02T15:04:05.000Z"

// payload is the request's body.
type payload struct {
	EventID          string `json:"eventId"`
	EventTime        string `json:"eventTime"`
	EventType        string `json:"eventType"`
	EventTypeVersion string `json:"eventTypeVersion"`
	ContentType      string `json:"contentType"`
	CloudVersion     string `json:"cloudEventVersion"`
	Source           string `json:"source"`
	RequestType      string `json:"requestType"`
	Data             data   `json:"data"`
}

type data struct {
	Context        requestContext `json:"context"`
	UserProfile    userProfile    `json:"userProfile"`
	MessageProfile messageProfile `json:"messageProfile"`
}

type requestContext struct {
	Request request `json:"request"`
}

type request struct {
	ID     string `json:"id"`
	Method string `json:"method"`
	URL    struct {
		Value string `json:"value"`
	} `json:"url"`
	IPAddress string `json:"ipAddress"`
}

type userProfile struct {
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Login     string `json:"login"`
	UserID    string `json:"userId"`
}

// messageProfile has the text and the passcode in the spelling of Okta's reference and in that of its Workflows guide.
// The text is not there for calls.
type messageProfile struct {
	MsgTemplate     string `json:"msgTemplate,omitempty"`
	MessageTemplate string `json:"messageTemplate,omitempty"`
	PhoneNumber     string `json:"phoneNumber"`
	PhoneExtension  string `json:"phoneExtension,omitempty"` // not in Okta's API, which has no way to tell it
	OTPExpires      string `json:"otpExpires"`
	DeliveryChannel string `json:"deliveryChannel"`
	OTPCode         string `json:"otpCode"`
	OTP             string `json:"otp"`
	Locale          string `json:"locale"`
}

func (p *Provider) payload(m hookswitch.Message) ([]byte, error) {
	id := make([]byte, 16)
	if _, err := io.ReadFull(p.c.Random, id); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	body := payload{
		EventID: base64.RawURLEncoding.EncodeToString(id), EventTime: p.c.Now().UTC().Format(timeLayout),
		EventType: string(hookswitch.TelephonyHook), EventTypeVersion: "1.0", ContentType: "application/json", CloudVersion: "0.1",
		Source: p.c.PublicURL + "/api/v1/inlineHooks/" + p.c.Hook.ID, RequestType: requestType(m.Purpose),
		Data: data{
			Context: requestContext{Request: request{ID: m.Origin.RequestID, Method: m.Origin.Method, IPAddress: m.Origin.IP}},
			UserProfile: userProfile{
				FirstName: m.User.Profile.FirstName, LastName: m.User.Profile.LastName, Login: m.User.Profile.Login, UserID: m.User.ID,
			},
			MessageProfile: messageProfile{
				MsgTemplate: m.Text.Reveal(), MessageTemplate: m.Text.Reveal(), PhoneNumber: m.To, PhoneExtension: m.Extension,
				OTPExpires: expires(m.Expires), DeliveryChannel: strings.ToUpper(string(m.Channel)),
				OTPCode: m.Code.Reveal(), OTP: m.Code.Reveal(), Locale: m.Language,
			},
		},
	}
	body.Data.Context.Request.URL.Value = m.Origin.URI
	return json.Marshal(body)
}

func expires(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeLayout)
}

// requestType is what the passcode is for. Okta has these four; a test and a message for another identity provider go as
// a challenge.
func requestType(purpose hookswitch.Purpose) string {
	const prefix = "com.okta.user.telephony."
	//exhaustive:enforce
	switch purpose {
	case hookswitch.Enrollment, hookswitch.PushActivation:
		return prefix + "pre-enrollment"
	case hookswitch.AccountUnlock:
		return prefix + "account-unlock"
	case hookswitch.PasswordReset:
		return prefix + "password-reset"
	case hookswitch.SignIn, hookswitch.Test, hookswitch.Relayed:
		return prefix + "mfa-verification"
	default:
		return prefix + "mfa-verification"
	}
}
