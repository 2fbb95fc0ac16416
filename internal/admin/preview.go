package admin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/render"
)

// Preview is what a template would look like, or be heard like, in each of its languages, the template's own text first
// and then by language.
type Preview struct {
	Texts    []render.LanguagePreview // of an SMS
	Scripts  []hookswitch.Script      // of a call
	Findings []render.Finding         // what saving it would say
	Limits   hookswitch.TemplateLimits
}

// Preview shows a template that is being written, with a sample passcode, as the limits of today let it become at worst.
func (t *Texts) Preview(ctx context.Context, channel hookswitch.Channel, n NewTemplate) (Preview, error) {
	w, err := t.read(ctx)
	if err != nil {
		return Preview{}, err
	}
	template := render.Template{Text: n.Text, Translations: n.Translations}
	template.Language = w.languageOf(template)
	limits := w.limits()
	p := Preview{Limits: w.templateLimits()}
	if channel == hookswitch.Call {
		p.Scripts, p.Findings = t.catalogue.PreviewVoice(template, limits), render.CheckVoice(template, limits)
	} else {
		p.Texts, p.Findings = render.Preview(template, limits), render.Check(template, limits)
	}
	return p, nil
}
