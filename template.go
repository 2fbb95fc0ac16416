package hookswitch

import "time"

// Template is an administrator's own words: the text of an SMS, or the sentence of a call.
type Template struct {
	ID      string
	Channel Channel
	Purpose Purpose // "" for Okta's SMS_VERIFY_CODE, which serves every purpose without a text of its own
	Name    string
	Text    string
	// Language is the BCP 47 tag of Text: the org's when it was saved, or "" when a translation has that language.
	Language     string
	Translations map[string]string // by BCP 47 tag as the administrator spelled it
	Limits       TemplateLimits
	Created      time.Time
	LastUpdated  time.Time
	Version      int64
}

// TemplateLimits are what a template was checked under when it was saved. A template that was good then is sent as it
// is; only when it is edited does it meet the limits of the day.
type TemplateLimits struct {
	Segments int    `json:"segments"`
	Digits   int    `json:"digits"` // of the passcode
	OrgName  string `json:"orgName"`
	Domain   string `json:"domain,omitempty"` // of the autofill line
}

// The events of what messages say. Okta's catalogue has none for SMS templates, so these are ours.
const (
	SMSTemplateCreated     EventType = "system.sms.template.create"
	SMSTemplateUpdated     EventType = "system.sms.template.update"
	SMSTemplateDeleted     EventType = "system.sms.template.delete"
	CallTemplateCreated    EventType = "system.voice.template.create"
	CallTemplateUpdated    EventType = "system.voice.template.update"
	CallTemplateDeleted    EventType = "system.voice.template.delete"
	RegulationUpdated      EventType = "system.telephony.regulation.update"
	RegulationDeleted      EventType = "system.telephony.regulation.delete"
	MessageSettingsUpdated EventType = "system.telephony.message_settings.update"
)

func (t EventType) templateMessage() string {
	switch t {
	case SMSTemplateCreated:
		return "Create SMS template"
	case SMSTemplateUpdated:
		return "Update SMS template"
	case SMSTemplateDeleted:
		return "Delete SMS template"
	case CallTemplateCreated:
		return "Create voice call template"
	case CallTemplateUpdated:
		return "Update voice call template"
	case CallTemplateDeleted:
		return "Delete voice call template"
	case RegulationUpdated:
		return "Update telephony regulation of a country"
	case RegulationDeleted:
		return "Delete telephony regulation of a country"
	case MessageSettingsUpdated:
		return "Update settings of messages"
	default:
		return t.hookMessage()
	}
}
