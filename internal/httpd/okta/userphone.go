package okta

import (
	"context"

	"hookswitch/internal/httpd"
)

func (u users) byPhone() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/telephony/users", httpd.About{
			ID: "listUsersWithPhone", Tag: "User", Summary: "List who enrolled a phone number", Roles: anyAdmin(), Scopes: []string{"okta.users.read"},
			Description: "An addition of Hookswitch, for the help desk: all users whose factors have the number, at most 200.",
		}, u.listWithPhone),
	}
}

type listUsersWithPhoneIn struct {
	Number string `query:"phoneNumber" required:"true" minLength:"1" maxLength:"64" example:"+12025550142" description:"With its country calling code"`
}

func (u users) listWithPhone(ctx context.Context, call httpd.Call, in listUsersWithPhoneIn) ([]User, error) {
	found, err := u.people.UsersWithPhone(ctx, in.Number)
	wire := make([]User, 0, len(found))
	for _, user := range found {
		wire = append(wire, userOnWire(user, call.Links))
	}
	return wire, err
}
