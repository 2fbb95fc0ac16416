// Package okta is the face that Okta's SDKs, Terraform and scripts know: the management API for telephony. Each file is
// one resource: its rows in the table of operations, its shapes on the wire, and the way from those to the use cases and
// back. Nothing is decided here; what may be done and what follows is the use cases' business.
//
//	user.go       /api/v1/users, with userprofile.go for the attributes, userlist.go for searches, userlife.go for the lifecycle
//	role.go       /api/v1/users/{id}/roles
//	factor.go     /api/v1/users/{userId}/factors: enroll, activate, verify, resend
//	provider.go   /api/v1/telephony-providers
//	hook.go       /api/v1/inlineHooks, with hookfallback.go for what follows when one fails
//	authenticator.go, authenticatormethod.go, orgfactor.go
//	              /api/v1/authenticators, /api/v1/org/factors: what phones may be used for
//	enrollment.go /api/v1/users/{userId}/authenticator-enrollments, /api/v1/users/{userId}/factors/catalog
//	org.go        /.well-known/okta-organization
//	log.go        /api/v1/logs, with logevent.go for the shape of an event
//	delivery.go   /api/v1/deliveries: ours, what became of messages
//	token.go      /api/v1/api-tokens
//	authn.go      /api/v1/authn, with authnshape.go for where somebody stands on the way in
//	session.go    /api/v1/sessions, with redirect.go for the browser's last step
//	setup.go      /api/v1/setup: ours, the first administrator
//	template.go   /api/v1/templates/sms
//	message.go    /api/v1/templates/messages and …/calls, with preview.go for …/preview and settings.go for …/settings
//	regulation.go /api/v1/telephony/regulations
//
// The shapes are those of Okta's published OpenAPI document
// (https://github.com/okta/okta-management-openapi-spec); our own additions say so in their description.
package okta
