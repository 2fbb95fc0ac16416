package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type templates struct{ desk Templates }

func (t templates) operations() []httpd.Operation {
	const path = "/api/v1/templates/sms"
	read, manage := []string{"okta.templates.read"}, []string{"okta.templates.manage"}
	changing := func(id, summary string) httpd.About {
		return httpd.About{ID: id, Tag: "Template", Summary: summary, Roles: super(), Scopes: manage}
	}
	create := changing("createSmsTemplate", "Create an SMS template")
	create.Description = "It serves every purpose that has no text of its own. Of several, the oldest serves whoever names none by templateId. " +
		"A text that would not fit, or that has a mistake, is refused with the character, its position, the count and the limit."
	update := tagged(changing("updateSmsTemplate", "Update an SMS template"))
	update.Description = "What is left out stays. A translation that is null or empty is removed, another one is added or replaced."
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{
			ID: "listSmsTemplates", Tag: "Template", Summary: "List the custom SMS templates", Roles: auditors(), Scopes: read,
		}, t.list),
		httpd.Op("POST", path, create, t.create),
		httpd.Op("GET", path+"/{templateId}", httpd.About{
			Tagged: true, ID: "getSmsTemplate", Tag: "Template", Summary: "Retrieve an SMS template", Roles: auditors(), Scopes: read,
			Description: "The id default is the default text, which cannot be changed.",
		}, t.get),
		httpd.Op("PUT", path+"/{templateId}", tagged(changing("replaceSmsTemplate", "Replace an SMS template")), t.replace),
		httpd.Op("POST", path+"/{templateId}", update, t.update),
		httpd.Op("DELETE", path+"/{templateId}", changing("deleteSmsTemplate", "Delete an SMS template"), t.remove),
	}
}

// SmsTemplate is an SMS template on the wire. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Template/
type SmsTemplate struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Type         string            `json:"type" enum:"SMS_VERIFY_CODE"`
	Template     string            `json:"template" example:"${org.name}: your verification code is ${code}"`
	Translations map[string]string `json:"translations" description:"The text by language"`
	Created      httpd.Time        `json:"created,omitzero"`
	LastUpdated  httpd.Time        `json:"lastUpdated,omitzero"`
}

// SmsTemplateRequest is an SMS template as clients send it, with what they once got and may not write.
type SmsTemplateRequest struct {
	Name         *string            `json:"name" description:"1 to 50 characters"`
	Type         *string            `json:"type" description:"SMS_VERIFY_CODE"`
	Template     *string            `json:"template" description:"The text, with ${code} and, if you like, ${org.name}"`
	Translations map[string]*string `json:"translations" description:"The text by language (BCP 47, such as pt or pt-BR)"`
	ID           string             `json:"id" description:"Read-only"`
	Created      string             `json:"created" description:"Read-only"`
	Updated      string             `json:"lastUpdated" description:"Read-only"`
}

type templatesIn struct {
	Type string `query:"templateType" enum:"SMS_VERIFY_CODE" description:"The only type there is"`
}

func (t templates) list(ctx context.Context, _ httpd.Call, _ templatesIn) ([]SmsTemplate, error) {
	found, err := t.desk.SMSTemplates(ctx)
	wire := make([]SmsTemplate, 0, len(found))
	for _, template := range found {
		wire = append(wire, templateOnWire(template))
	}
	return wire, err
}

type templateIn struct {
	ID string `path:"templateId" maxLength:"255" description:"The template's id"`
}

func (t templates) get(ctx context.Context, _ httpd.Call, in templateIn) (SmsTemplate, error) {
	found, err := t.desk.SMSTemplate(ctx, in.ID)
	return templateOnWire(found), err
}

type newTemplateIn struct {
	Body SmsTemplateRequest `body:"required"`
}

func (t templates) create(ctx context.Context, call httpd.Call, in newTemplateIn) (SmsTemplate, error) {
	made, err := t.desk.CreateSMSTemplate(ctx, in.Body.whole(), call.Origin)
	return templateOnWire(made), err
}

type changedTemplateIn struct {
	ID   string             `path:"templateId" maxLength:"255" description:"The template's id"`
	Body SmsTemplateRequest `body:"required"`
}

func (t templates) replace(ctx context.Context, call httpd.Call, in changedTemplateIn) (SmsTemplate, error) {
	is, err := t.desk.ReplaceSMSTemplate(ctx, in.ID, in.Body.whole(), call.Origin, seen(call, templateOnWire))
	return templateOnWire(is), err
}

func (t templates) update(ctx context.Context, call httpd.Call, in changedTemplateIn) (SmsTemplate, error) {
	is, err := t.desk.UpdateSMSTemplate(ctx, in.ID, admin.TemplateChange{
		Name: in.Body.Name, Type: in.Body.Type, Text: in.Body.Template, Translations: translations(in.Body.Translations),
	}, call.Origin, seen(call, templateOnWire))
	return templateOnWire(is), err
}

func (t templates) remove(ctx context.Context, call httpd.Call, in templateIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, t.desk.DeleteSMSTemplate(ctx, in.ID, call.Origin)
}

// whole is the request as all that there is to a template.
func (r SmsTemplateRequest) whole() admin.NewTemplate {
	return admin.NewTemplate{Name: or(r.Name), Type: or(r.Type), Text: or(r.Template), Translations: translations(r.Translations)}
}

func or(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// translations are those of a request; one that is null is empty.
func translations(wire map[string]*string) map[string]string {
	texts := make(map[string]string, len(wire))
	for language, text := range wire {
		texts[language] = or(text)
	}
	return texts
}

func templateOnWire(t hookswitch.Template) SmsTemplate {
	return SmsTemplate{
		ID: t.ID, Name: t.Name, Type: admin.VerifyCode, Template: t.Text, Translations: t.Translations,
		Created: httpd.Time(t.Created), LastUpdated: httpd.Time(t.LastUpdated),
	}
}
