package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
)

type setups struct{ founder Setup }

func (s setups) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("POST", "/api/v1/setup", httpd.About{
			ID: "setUp", Tag: "Setup", Summary: "Make the first administrator", Public: true, Status: 201,
			Description: "Ours. With the token of the link that the first start prints: good once, for 30 minutes, while there is no user.",
		}, s.redeem),
	}
}

type setupIn struct {
	Body SetupRequest `body:"required"`
}

// SetupRequest is the first administrator, and the token that allows to make one.
type SetupRequest struct {
	Token       hookswitch.Secret `json:"token" required:"true" maxLength:"255"`
	Profile     UserProfile       `json:"profile" required:"true"`
	Credentials UserCredentials   `json:"credentials" required:"true"`
}

func (s setups) redeem(ctx context.Context, call httpd.Call, in setupIn) (User, error) {
	var password hookswitch.Secret
	if p := in.Body.Credentials.Password; p != nil {
		password = p.Value
	}
	made, err := s.founder.RedeemSetup(ctx, in.Body.Token, hookswitch.Profile(in.Body.Profile), password, call.Origin)
	return userOnWire(made, call.Links), err
}
