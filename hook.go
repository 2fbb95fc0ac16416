package hookswitch

import "time"

// HookType is what an inline hook is asked for. Hookswitch has those that carry messages.
type HookType string

// TelephonyHook is the type of a hook that carries messages in the place of the telephony providers.
// https://developer.okta.com/docs/api/openapi/okta-management/guides/telephony-inline-hook/
const TelephonyHook HookType = "com.okta.telephony.provider"

// HookProvider is the provider name under which an active telephony hook carries messages. No entry has it.
const HookProvider ProviderName = "INLINE_HOOK"

// InlineHook is a web service of the org's own that is asked over HTTPS. One telephony hook may be active, and none
// while a telephony provider is.
type InlineHook struct {
	ID          string
	Name        string
	Type        HookType
	Active      bool
	URI         string
	Headers     []HookHeader // sent besides the one that authenticates us
	AuthKey     string       // name of the header that authenticates us
	AuthValue   Secret       // its value
	Created     time.Time
	LastUpdated time.Time
	Version     int64
}

// HookHeader is a header of the requests to a hook. Its value is shown to administrators; a secret belongs in the header
// that authenticates us.
type HookHeader struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// HookFallback is what an org sets for the failures of its telephony hook.
type HookFallback struct {
	// ProviderID is the provider that takes over when the hook surely failed; "" for none. It is inactive like all
	// providers while the hook is active, and cannot be deleted while it is chosen.
	ProviderID string
	// AcceptDuplicates lets it take over after a time-out too, when the hook may have sent the message already.
	AcceptDuplicates bool
}

// The events of inline hooks, all but the last in Okta's catalogue.
const (
	HookCreated         EventType = "inline_hook.created"
	HookUpdated         EventType = "inline_hook.updated"
	HookActivated       EventType = "inline_hook.activated"
	HookDeactivated     EventType = "inline_hook.deactivated"
	HookDeleted         EventType = "inline_hook.deleted"
	HookExecuted        EventType = "inline_hook.executed"
	HookAnswered        EventType = "inline_hook.response.processed"
	HookFallbackUpdated EventType = "system.telephony.hook_fallback.update"
)

func (t EventType) hookMessage() string {
	switch t {
	case HookCreated:
		return "Create inline hook"
	case HookUpdated:
		return "Update inline hook"
	case HookActivated:
		return "Activate inline hook"
	case HookDeactivated:
		return "Deactivate inline hook"
	case HookDeleted:
		return "Delete inline hook"
	case HookExecuted:
		return "Execute inline hook"
	case HookAnswered:
		return "Process response of inline hook"
	case OrgUpdated:
		return "Update settings of the org"
	case HookFallbackUpdated:
		return "Update fallback of telephony inline hook"
	default:
		return t.originMessage()
	}
}

// HookEntity is an inline hook as the target of an event. Its URI may carry a secret, so it is not in it.
func HookEntity(h InlineHook) Entity {
	return Entity{ID: h.ID, Type: "InlineHook", AlternateID: string(h.Type), DisplayName: h.Name}
}
