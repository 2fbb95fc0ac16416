package admin

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/render"
)

const (
	// VerifyCode is the one type that Okta's SMS templates have. A template of it serves every purpose without a text of
	// its own. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Template/
	VerifyCode = "SMS_VERIFY_CODE"
	// DefaultTemplate is the id under which the default text can be read.
	DefaultTemplate = "default"

	longestName   = 50
	templatesKept = 100
)

// NewTemplate is what an administrator says of an SMS template. An empty translation is none.
type NewTemplate struct {
	Name         string
	Type         string // VerifyCode, or ""
	Text         string
	Translations map[string]string
}

// TemplateChange is a partial update: what is nil stays. An empty translation is removed, another one added or replaced.
type TemplateChange struct {
	Name         *string
	Type         *string
	Text         *string
	Translations map[string]string
}

// SMSTemplates lists the custom templates for all purposes, the oldest first: that is the one that serves whoever names
// none.
func (t *Texts) SMSTemplates(ctx context.Context) ([]hookswitch.Template, error) {
	w, err := t.read(ctx)
	return slices.DeleteFunc(w.templates, func(t hookswitch.Template) bool { return !isGeneral(t) }), err
}

// SMSTemplate gives one of them, or with the id [DefaultTemplate] the default text.
func (t *Texts) SMSTemplate(ctx context.Context, id string) (hookswitch.Template, error) {
	if id == DefaultTemplate {
		return t.defaultTemplate(hookswitch.SMS, hookswitch.Enrollment), nil
	}
	w, err := t.read(ctx)
	if err != nil {
		return hookswitch.Template{}, err
	}
	return w.general(id)
}

// CreateSMSTemplate adds a template for all purposes.
func (t *Texts) CreateSMSTemplate(ctx context.Context, n NewTemplate, origin hookswitch.Origin) (hookswitch.Template, error) {
	var made hookswitch.Template
	err := t.change(ctx, func(w wording) (write, error) {
		if len(w.templates) >= templatesKept {
			return nil, hookswitch.Refuse(hookswitch.NotNow, "There are too many templates. Delete one first.")
		}
		made = hookswitch.Template{Channel: hookswitch.SMS, Name: n.Name, Text: n.Text, Translations: n.Translations}
		if err := w.check(&made, n.Type); err != nil {
			return nil, err
		}
		return t.insert(&made, origin), nil
	})
	return made, err
}

// ReplaceSMSTemplate puts a whole template in the place of one.
func (t *Texts) ReplaceSMSTemplate(ctx context.Context, id string, n NewTemplate, origin hookswitch.Origin, seen ...Seen[hookswitch.Template]) (hookswitch.Template, error) {
	return t.changeSMSTemplate(ctx, id, &n.Type, origin, seen, func(is *hookswitch.Template) {
		is.Name, is.Text, is.Translations = n.Name, n.Text, n.Translations
	})
}

// UpdateSMSTemplate changes parts of a template.
func (t *Texts) UpdateSMSTemplate(ctx context.Context, id string, c TemplateChange, origin hookswitch.Origin, seen ...Seen[hookswitch.Template]) (hookswitch.Template, error) {
	return t.changeSMSTemplate(ctx, id, c.Type, origin, seen, func(is *hookswitch.Template) {
		if c.Name != nil {
			is.Name = *c.Name
		}
		if c.Text != nil {
			is.Text = *c.Text
		}
		translations := maps.Clone(is.Translations)
		if translations == nil {
			translations = make(map[string]string, len(c.Translations))
		}
		maps.Copy(translations, c.Translations)
		is.Translations = translations
	})
}

func (t *Texts) changeSMSTemplate(ctx context.Context, id string, kind *string, origin hookswitch.Origin, seen []Seen[hookswitch.Template], change func(is *hookswitch.Template)) (hookswitch.Template, error) {
	var is hookswitch.Template
	err := t.change(ctx, func(w wording) (write, error) {
		was, err := w.custom(id)
		if err == nil {
			err = unchanged(seen, was)
		}
		if err != nil {
			return nil, err
		}
		is = was
		change(&is)
		wanted := ""
		if kind != nil {
			wanted = *kind
		}
		return t.replace(w, was, &is, wanted, origin)
	})
	return is, err
}

// DeleteSMSTemplate forgets a template; the next oldest one, or the default text, serves from now on.
func (t *Texts) DeleteSMSTemplate(ctx context.Context, id string, origin hookswitch.Origin) error {
	return t.change(ctx, func(w wording) (write, error) {
		was, err := w.custom(id)
		if err != nil {
			return nil, err
		}
		return t.remove(was, origin), nil
	})
}

// custom finds a template that can be changed.
func (w wording) custom(id string) (hookswitch.Template, error) {
	if id == DefaultTemplate {
		return hookswitch.Template{}, hookswitch.Refuse(hookswitch.TemplateFixed, "The default template cannot be changed. Create a custom one.")
	}
	return w.general(id)
}

func (w wording) general(id string) (hookswitch.Template, error) {
	for _, t := range w.templates {
		if t.ID == id && isGeneral(t) {
			return t, nil
		}
	}
	return hookswitch.Template{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such SMS template.")
}

// isGeneral tells the templates of Okta's API from those for one purpose.
func isGeneral(t hookswitch.Template) bool { return t.Channel == hookswitch.SMS && t.Purpose == "" }

// words are what a template says, as package render takes them.
func words(t hookswitch.Template) render.Template {
	return render.Template{Text: t.Text, Language: t.Language, Translations: t.Translations}
}

// check refuses a template that would go wrong on a phone under the limits of today, and notes what they are. kind is
// the type that was asked for, "" for the only one.
func (w wording) check(t *hookswitch.Template, kind string) error {
	var causes []hookswitch.Cause
	if isGeneral(*t) {
		causes = wrongName(t.Name)
		if !isType(kind) {
			causes = append(causes, hookswitch.Cause{Field: "type", Text: "It must be " + VerifyCode + ", the only type."})
		}
	}
	t.Translations = maps.Clone(t.Translations)
	maps.DeleteFunc(t.Translations, func(_, text string) bool { return text == "" })
	t.Language = w.languageOf(words(*t))
	for _, f := range w.findings(*t) {
		if f.Refuses() {
			causes = append(causes, f.Cause())
		}
	}
	if len(causes) > 0 {
		return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	t.Limits = w.templateLimits()
	return nil
}

// languageOf is the language of a template's own text: the org's, or none when a translation is in that.
func (w wording) languageOf(t render.Template) string {
	if t.Speaks(w.org.Language) {
		return ""
	}
	return w.org.Language
}

// templateLimits are the limits of today as a template keeps them.
func (w wording) templateLimits() hookswitch.TemplateLimits {
	return hookswitch.TemplateLimits{
		Segments: max(w.org.Segments, 1), Digits: w.org.CodeDigits, OrgName: w.org.Name, Domain: w.org.AutofillDomain,
	}
}

// isType tells whether a template can have the type; none is the only one.
func isType(kind string) bool { return kind == "" || kind == VerifyCode }

func (w wording) findings(t hookswitch.Template) []render.Finding {
	if t.Channel == hookswitch.Call {
		return render.CheckVoice(words(t), w.limits())
	}
	return render.Check(words(t), w.limits())
}

func wrongName(name string) []hookswitch.Cause {
	switch n := utf8.RuneCountInString(name); {
	case strings.TrimSpace(name) == "":
		return []hookswitch.Cause{{Field: "name", Text: "The template needs a name."}}
	case n > longestName:
		return []hookswitch.Cause{{Field: "name", Text: "It may have at most 50 characters."}}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return []hookswitch.Cause{{Field: "name", Text: "It may not contain control characters."}}
	}
	return nil
}
