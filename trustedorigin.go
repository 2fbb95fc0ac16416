package hookswitch

import "time"

// TrustedOrigin is another site, whose pages may use the API with their visitors' sessions (CORS), or to which a browser
// may be led after it signed in (Redirect). https://developer.okta.com/docs/api/openapi/okta-management/management/tag/TrustedOrigin/
type TrustedOrigin struct {
	ID          string
	Name        string
	Origin      string // scheme, host and port in lower case, as a browser's Origin header has it
	CORS        bool
	Redirect    bool
	Inactive    bool
	Created     time.Time
	CreatedBy   string // the id of the actor
	LastUpdated time.Time
	UpdatedBy   string
}

// TrustsPages tells whether the pages of the origin may use the API.
func (o Org) TrustsPages(origin string) bool {
	for i := range o.TrustedOrigins {
		if t := &o.TrustedOrigins[i]; t.CORS && !t.Inactive && t.Origin == origin {
			return true
		}
	}
	return false
}

// TrustsRedirects tells whether a browser may be led to the origin.
func (o Org) TrustsRedirects(origin string) bool {
	for i := range o.TrustedOrigins {
		if t := &o.TrustedOrigins[i]; t.Redirect && !t.Inactive && t.Origin == origin {
			return true
		}
	}
	return false
}

// The events of trusted origins, in Okta's catalogue.
const (
	OriginCreated     EventType = "security.trusted_origin.create"
	OriginUpdated     EventType = "security.trusted_origin.update"
	OriginActivated   EventType = "security.trusted_origin.activate"
	OriginDeactivated EventType = "security.trusted_origin.deactivate"
	OriginDeleted     EventType = "security.trusted_origin.delete"
)

func (t EventType) originMessage() string {
	switch t {
	case OriginCreated:
		return "Create trusted origin"
	case OriginUpdated:
		return "Update trusted origin"
	case OriginActivated:
		return "Activate trusted origin"
	case OriginDeactivated:
		return "Deactivate trusted origin"
	case OriginDeleted:
		return "Delete trusted origin"
	default:
		return t.authenticatorMessage()
	}
}

// OriginEntity is a trusted origin as the target of an event.
func OriginEntity(t TrustedOrigin) Entity {
	return Entity{ID: t.ID, Type: "TrustedOrigin", AlternateID: t.Origin, DisplayName: t.Name}
}
