package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/render"
)

// messages are ours: the words of single purposes on one channel.
type messages struct {
	desk    Messages
	channel hookswitch.Channel
}

func (m messages) operations() []httpd.Operation {
	path, previews, name, what := "/api/v1/templates/messages", "/api/v1/templates/sms/preview", "Message", "SMS"
	if m.channel == hookswitch.Call {
		path, previews, name, what = "/api/v1/templates/calls", "/api/v1/templates/calls/preview", "Call", "call"
	}
	about := func(id, summary string) httpd.About {
		return httpd.About{ID: id, Tag: "Template", Summary: summary, Roles: super(), Scopes: []string{"okta.templates.manage"}}
	}
	looking := func(id, summary string) httpd.About {
		a := about(id, summary)
		a.Roles, a.Scopes = auditors(), []string{"okta.templates.read"}
		return a
	}
	set := tagged(about("set"+name+"Template", "Give the "+what+" of a purpose words of its own"))
	set.Description = "In the place of those that it has."
	remove := about("delete"+name+"Template", "Take its own words away from the "+what+" of a purpose")
	preview := looking("preview"+name+"Template", "Show a template that is being written")
	preview.Description = "In each of its languages, filled with a sample passcode as it becomes at worst under the limits of today: " +
		"with the prefix or suffix of the country where it takes most room. Nothing is changed."
	operations := []httpd.Operation{
		httpd.Op("GET", path, looking("list"+name+"Templates", "List the words of the "+what+" of every purpose"), m.list),
		httpd.Op("GET", path+"/{purpose}", tagged(looking("get"+name+"Template", "Retrieve the words of the "+what+" of a purpose")), m.get),
		httpd.Op("PUT", path+"/{purpose}", set, m.set),
		httpd.Op("DELETE", path+"/{purpose}", remove, m.remove),
	}
	if m.channel == hookswitch.Call {
		return append(operations, httpd.Op("POST", previews, preview, m.previewCall))
	}
	return append(operations, httpd.Op("POST", previews, preview, m.previewSMS))
}

// PurposeTemplate is what the messages of a purpose say now, on the wire.
type PurposeTemplate struct {
	Purpose      string            `json:"purpose" enum:"enrollment,sign-in,password-reset,account-unlock,push-activation"`
	Source       string            `json:"source" enum:"CUSTOM,SMS_VERIFY_CODE,DEFAULT" description:"Its own words, the custom template for all purposes, or the default words"`
	Template     string            `json:"template"`
	Language     string            `json:"language,omitzero" description:"Of template (BCP 47): the org's when it was saved. Left out when a translation is in that language"`
	Translations map[string]string `json:"translations"`
	Limits       *CheckedUnder     `json:"checkedUnder,omitzero" description:"The limits when it was saved. They no longer hold once it is edited"`
	Findings     []TemplateFinding `json:"findings" description:"What there is to say of it under the limits of today"`
	Created      httpd.Time        `json:"created,omitzero"`
	LastUpdated  httpd.Time        `json:"lastUpdated,omitzero"`
}

// CheckedUnder are the limits that a template was checked under.
type CheckedUnder struct {
	Segments int    `json:"segments"`
	Digits   int    `json:"digits" description:"Of the passcode"`
	OrgName  string `json:"orgName"`
	Domain   string `json:"autofillDomain,omitzero"`
}

// TemplateFinding is one thing to say about a template.
type TemplateFinding struct {
	Rule      string `json:"rule" example:"too-long" description:"Which rule it is; the words may change, this does not"`
	Refuses   bool   `json:"refuses" description:"Whether the template cannot be saved with it"`
	Field     string `json:"field" example:"translations.de"`
	Text      string `json:"text" description:"A sentence for people"`
	Position  *int   `json:"position,omitzero" description:"How many characters of the text are before the one that is meant"`
	Character string `json:"character,omitzero"`
	Encoding  string `json:"encoding,omitzero" enum:"GSM-7,UCS-2"`
	Count     int    `json:"count,omitzero" description:"SMS characters once the macros are filled"`
	Limit     int    `json:"limit,omitzero"`
	Country   string `json:"country,omitzero" description:"Whose regulation makes the text longest"`
}

// PurposeTemplateRequest are words for a purpose.
type PurposeTemplateRequest struct {
	Template     string             `json:"template" required:"true"`
	Translations map[string]*string `json:"translations"`
}

func (m messages) list(ctx context.Context, _ httpd.Call, _ httpd.Nothing) ([]PurposeTemplate, error) {
	all, err := m.desk.Messages(ctx, m.channel)
	wire := make([]PurposeTemplate, 0, len(all))
	for _, now := range all {
		wire = append(wire, inForceOnWire(now))
	}
	return wire, err
}

type purposeIn struct {
	Purpose string `path:"purpose" enum:"enrollment,sign-in,password-reset,account-unlock,push-activation" description:"What the message is for"`
}

type wordsIn struct {
	Purpose string `path:"purpose" enum:"enrollment,sign-in,password-reset,account-unlock,push-activation" description:"What the message is for"`
	Source  string `query:"source" enum:"DEFAULT" description:"The default words, whoever wrote others; left out, the words in force"`
}

func (m messages) get(ctx context.Context, _ httpd.Call, in wordsIn) (PurposeTemplate, error) {
	read := m.desk.Message
	if in.Source != "" {
		read = m.desk.DefaultMessage
	}
	now, err := read(ctx, m.channel, hookswitch.Purpose(in.Purpose))
	return inForceOnWire(now), err
}

type purposeTemplateIn struct {
	Purpose string                 `path:"purpose" enum:"enrollment,sign-in,password-reset,account-unlock,push-activation" description:"What the message is for"`
	Body    PurposeTemplateRequest `body:"required"`
}

func (m messages) set(ctx context.Context, call httpd.Call, in purposeTemplateIn) (PurposeTemplate, error) {
	now, err := m.desk.SetMessage(ctx, m.channel, hookswitch.Purpose(in.Purpose), admin.NewTemplate{
		Text: in.Body.Template, Translations: translations(in.Body.Translations),
	}, call.Origin, seen(call, inForceOnWire))
	return inForceOnWire(now), err
}

func (m messages) remove(ctx context.Context, call httpd.Call, in purposeIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, m.desk.RemoveMessage(ctx, m.channel, hookswitch.Purpose(in.Purpose), call.Origin)
}

func inForceOnWire(now admin.InForce) PurposeTemplate {
	t := now.Template
	wire := PurposeTemplate{
		Purpose: string(t.Purpose), Source: string(now.Source), Template: t.Text, Language: t.Language, Translations: t.Translations,
		Findings: findingsOnWire(now.Findings), Created: httpd.Time(t.Created), LastUpdated: httpd.Time(t.LastUpdated),
	}
	if now.Source != admin.FromDefault {
		limits := limitsOnWire(t.Limits)
		wire.Limits = &limits
	}
	return wire
}

func limitsOnWire(l hookswitch.TemplateLimits) CheckedUnder {
	return CheckedUnder{Segments: l.Segments, Digits: l.Digits, OrgName: l.OrgName, Domain: l.Domain}
}

func findingsOnWire(findings []render.Finding) []TemplateFinding {
	wire := make([]TemplateFinding, 0, len(findings))
	for _, f := range findings {
		cause := f.Cause()
		w := TemplateFinding{
			Rule: string(f.Rule), Refuses: f.Refuses(), Field: cause.Field, Text: cause.Text, Character: f.Character,
			Encoding: string(f.Encoding), Count: f.Count, Limit: f.Limit, Country: f.Country,
		}
		if f.Position >= 0 {
			w.Position = &f.Position
		}
		wire = append(wire, w)
	}
	return wire
}
