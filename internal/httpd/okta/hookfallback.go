package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
)

func (h inlineHooks) fallback() []httpd.Operation {
	const path = "/api/v1/telephony/hook-fallback"
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{
			Tagged: true, ID: "getHookFallback", Tag: "InlineHook", Summary: "Retrieve what follows when the telephony hook fails", Roles: auditors(), Scopes: []string{"okta.inlineHooks.read"},
			Description: "Not in Okta's API.",
		}, h.getFallback),
		httpd.Op("PUT", path, httpd.About{
			Tagged: true, ID: "replaceHookFallback", Tag: "InlineHook", Summary: "Choose what follows when the telephony hook fails", Roles: super(), Scopes: []string{"okta.inlineHooks.manage"},
			Description: "Not in Okta's API. While it is chosen, the telephony provider cannot be deleted.",
		}, h.setFallback),
	}
}

// HookFallback is what follows when the telephony hook fails.
type HookFallback struct {
	ProviderID       httpd.Optional[string] `json:"fallbackProviderId" maxLength:"255" description:"The telephony provider that takes over when the hook surely failed; null for none: then the message fails"`
	AcceptDuplicates bool                   `json:"acceptDuplicates" description:"It takes over after a time-out too, when the hook may have sent the message already"`
}

type hookFallbackIn struct {
	Body HookFallback `body:"required"`
}

func (h inlineHooks) getFallback(ctx context.Context, _ httpd.Call, _ httpd.Nothing) (HookFallback, error) {
	is, err := h.desk.HookFallback(ctx)
	return fallbackOnWire(is), err
}

func (h inlineHooks) setFallback(ctx context.Context, call httpd.Call, in hookFallbackIn) (HookFallback, error) {
	is := hookswitch.HookFallback{ProviderID: in.Body.ProviderID.Value, AcceptDuplicates: in.Body.AcceptDuplicates}
	return fallbackOnWire(is), h.desk.SetHookFallback(ctx, is, call.Origin, seen(call, fallbackOnWire))
}

func fallbackOnWire(f hookswitch.HookFallback) HookFallback {
	wire := HookFallback{ProviderID: httpd.Null[string](), AcceptDuplicates: f.AcceptDuplicates}
	if f.ProviderID != "" {
		wire.ProviderID = httpd.Some(f.ProviderID)
	}
	return wire
}
