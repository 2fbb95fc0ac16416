package okta

import (
	"context"

	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type messageSettings struct{ desk Messages }

func (s messageSettings) operations() []httpd.Operation {
	const path = "/api/v1/templates/settings"
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{
			Tagged: true, ID: "getMessageSettings", Tag: "Template", Summary: "Retrieve the settings of messages", Roles: auditors(), Scopes: []string{"okta.templates.read"},
		}, s.get),
		httpd.Op("PUT", path, httpd.About{
			Tagged: true, ID: "replaceMessageSettings", Tag: "Template", Summary: "Replace the settings of messages", Roles: super(), Scopes: []string{"okta.templates.manage"},
			Description: "A template that was saved before is sent as it is; the next time that it is edited it has to fit.",
		}, s.set),
	}
}

// MessageSettings are what an org sets for all messages.
type MessageSettings struct {
	Segments       int    `json:"segments" minimum:"1" maximum:"3" description:"How many segments an SMS may take"`
	AutofillDomain string `json:"autofillDomain" maxLength:"253" example:"login.example.com" description:"Adds the line from which a browser fills in the passcode; empty for none"`
}

func (s messageSettings) get(ctx context.Context, _ httpd.Call, _ httpd.Nothing) (MessageSettings, error) {
	is, err := s.desk.MessageSettings(ctx)
	return MessageSettings(is), err
}

type messageSettingsIn struct {
	Body MessageSettings `body:"required"`
}

func (s messageSettings) set(ctx context.Context, call httpd.Call, in messageSettingsIn) (MessageSettings, error) {
	return in.Body, s.desk.SetMessageSettings(ctx, admin.MessageSettings(in.Body), call.Origin,
		seen(call, func(is admin.MessageSettings) MessageSettings { return MessageSettings(is) }))
}
