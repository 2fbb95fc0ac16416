package report

import (
	"net/netip"
	"slices"
	"strings"

	"hookswitch"
	"hookswitch/internal/scim"
)

// debugData is where the attributes stand that have no fixed names.
const debugData = "debugContext.debugData."

// absent are attributes of a LogEvent that are never known here. A filter may name them: they match nothing.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
const absent = `legacyEventType client.userAgent.os client.userAgent.browser client.zone client.device client.id
	authenticationContext.authenticationProvider authenticationContext.credentialProvider authenticationContext.credentialType
	authenticationContext.interface authenticationContext.issuer.id authenticationContext.issuer.type
	authenticationContext.rootSessionId
	securityContext.asOrg securityContext.isp securityContext.domain request.ipChain.source`

// places are what geographicalContext has, which is not known here either.
const places = "city state country postalCode geolocation.lat geolocation.lon"

// LogAttribute is the schema of filters on the System Log.
func LogAttribute(path string) (scim.Attribute, bool) {
	switch path { // Okta's own examples spell it so
	case "event_type", "display_message", "legacy_event_type":
		first, rest, _ := strings.Cut(path, "_")
		for word := range strings.SplitSeq(rest, "_") {
			first += strings.ToUpper(word[:1]) + word[1:]
		}
		return scim.Attribute{Path: first}, true
	case "authenticationContext.authenticationStep", "securityContext.asNumber":
		return scim.Attribute{Kind: scim.Number}, true
	case "securityContext.isProxy":
		return scim.Attribute{Kind: scim.Boolean}, true
	case debugData + "url", debugData + "requestUri":
		return scim.Attribute{Operators: []scim.Operator{
			scim.Equal, scim.NotEqual, scim.StartsWith, scim.EndsWith, scim.Present,
			scim.Greater, scim.GreaterOrEqual, scim.Less, scim.LessOrEqual,
		}}, true
	}
	if key, ok := strings.CutPrefix(path, debugData); ok {
		return scim.Attribute{}, key != ""
	}
	for _, open := range []string{"actor.detailEntry.", "target.detailEntry.", "target.changeDetails.", "transaction.detail."} {
		if key, ok := strings.CutPrefix(path, open); ok {
			return scim.Attribute{}, key != ""
		}
	}
	for _, of := range []string{"client.geographicalContext.", "request.ipChain.geographicalContext."} {
		if place, ok := strings.CutPrefix(path, of); ok {
			return scim.Attribute{}, slices.Contains(strings.Fields(places), place)
		}
	}
	_, known := attributes()[path]
	return scim.Attribute{}, known || slices.Contains(strings.Fields(absent), path)
}

// attribute reads the values of one attribute from an event.
type attribute struct {
	values func(e *hookswitch.Event) []string
	// stored says that the values stand in the event's data as they are; others are made from it.
	stored bool
}

func attributes() map[string]attribute {
	one := func(stored bool, value func(*hookswitch.Event) string) attribute {
		return attribute{func(e *hookswitch.Event) []string { return []string{value(e)} }, stored}
	}
	targets := func(value func(*hookswitch.Entity) string) attribute {
		return attribute{func(e *hookswitch.Event) []string {
			values := make([]string, len(e.Targets))
			for i := range e.Targets {
				values[i] = value(&e.Targets[i])
			}
			return values
		}, true}
	}
	all := map[string]attribute{
		"displayMessage":                          one(true, func(e *hookswitch.Event) string { return e.Message }),
		"severity":                                one(true, func(e *hookswitch.Event) string { return e.Severity }),
		"outcome.reason":                          one(true, func(e *hookswitch.Event) string { return e.Reason }),
		"client.ipAddress":                        one(true, func(e *hookswitch.Event) string { return e.Origin.IP }),
		"request.ipChain.ip":                      one(true, func(e *hookswitch.Event) string { return e.Origin.IP }),
		"client.userAgent.rawUserAgent":           one(true, func(e *hookswitch.Event) string { return e.Origin.UserAgent }),
		"authenticationContext.externalSessionId": one(true, func(e *hookswitch.Event) string { return e.Origin.SessionID }),
		"transaction.detail.requestApiTokenId":    one(true, func(e *hookswitch.Event) string { return e.Origin.TokenID }),
		"eventType":                               one(false, func(e *hookswitch.Event) string { return string(e.Type) }),
		"outcome.result":                          one(false, func(e *hookswitch.Event) string { return string(e.Result) }),
		"uuid":                                    one(false, func(e *hookswitch.Event) string { return e.UUID }),
		"version":                                 one(false, func(*hookswitch.Event) string { return "0" }),
		"request.ipChain.version":                 one(false, func(e *hookswitch.Event) string { return IPVersion(e.Origin.IP) }),
		"transaction.type":                        one(false, func(e *hookswitch.Event) string { kind, _ := Transaction(e); return kind }),
		"transaction.id":                          one(false, func(e *hookswitch.Event) string { _, id := Transaction(e); return id }),
	}
	for name, value := range map[string]func(*hookswitch.Entity) string{
		"id":          func(e *hookswitch.Entity) string { return e.ID },
		"type":        func(e *hookswitch.Entity) string { return e.Type },
		"alternateId": func(e *hookswitch.Entity) string { return e.AlternateID },
		"displayName": func(e *hookswitch.Entity) string { return e.DisplayName },
	} {
		all["target."+name] = targets(value)
		all["actor."+name] = one(false, func(e *hookswitch.Event) string {
			actor := Actor(e)
			return value(&actor)
		})
	}
	return all
}

// Actor is who did it: the system when nobody else did.
func Actor(e *hookswitch.Event) hookswitch.Entity {
	if e.Origin.Actor.ID == "" {
		return hookswitch.SystemActor()
	}
	return e.Origin.Actor
}

// Transaction is what an event is a part of: a request, or a job that is named by the event.
func Transaction(e *hookswitch.Event) (kind, id string) {
	if e.Origin.RequestID == "" {
		return "JOB", e.UUID
	}
	return "WEB", e.Origin.RequestID
}

// IPVersion is V4 or V6, and "" without an address.
func IPVersion(ip string) string {
	if ip == "" {
		return ""
	}
	if a, err := netip.ParseAddr(ip); err == nil && a.Is6() {
		return "V6"
	}
	return "V4"
}
