package admin

import (
	"context"
	"slices"

	"hookswitch"
	"hookswitch/internal/render"
	"hookswitch/internal/verify"
)

// insteadAtMost bounds in how many other languages a call is composed beside the first.
const insteadAtMost = 5

// SMS composes a text message: from the template that was asked for, or the purpose's own, or the custom template for
// all purposes, or the default text. A template that is asked for and not there is the default text.
func (t *Texts) SMS(ctx context.Context, w verify.Words) (verify.Text, error) {
	words, err := t.current(ctx, w.Org)
	if err != nil {
		return verify.Text{}, err
	}
	regulation := words.regulation(w.Country)
	values := render.Values{Code: w.Code, OrgName: w.Org.Name, Domain: w.Org.AutofillDomain, Regulation: regulation}
	var text render.Text
	if template := words.sms(w); template != nil {
		text, err = template.SMS(values, w.Languages...)
	} else {
		text, err = t.catalogue.SMS(w.Purpose, values, w.Languages...)
	}
	return verify.Text{Text: text, Regulation: regulation}, err
}

// Call composes what a call says, in the language that serves best, and once more in each other language that was asked
// for and in English, for a provider that has no voice for the first.
func (t *Texts) Call(ctx context.Context, w verify.Words) ([]hookswitch.Script, error) {
	words, err := t.current(ctx, w.Org)
	if err != nil {
		return nil, err
	}
	values := render.Values{Code: w.Code, OrgName: w.Org.Name}
	say := func(languages ...string) (hookswitch.Script, error) {
		if sentence := words.calls[render.TextOf(w.Purpose)]; sentence != nil {
			return t.catalogue.Say(sentence, values, languages...)
		}
		return t.catalogue.Voice(w.Purpose, values, languages...)
	}
	best, err := say(w.Languages...)
	if err != nil {
		return nil, err
	}
	scripts := []hookswitch.Script{best}
	add := func(script hookswitch.Script, err error) {
		known := func(s hookswitch.Script) bool { return s.Language == script.Language }
		if err == nil && !slices.ContainsFunc(scripts, known) {
			scripts = append(scripts, script)
		}
	}
	for _, language := range w.Languages[:min(len(w.Languages), insteadAtMost)] {
		add(say(language))
	}
	add(t.catalogue.Voice(w.Purpose, values, render.English))
	return scripts, nil
}

// current is what administrators wrote, as it stands in the org that was just read: nothing is read again before a
// change moved the org's count of them.
func (t *Texts) current(ctx context.Context, org hookswitch.Org) (*ready, error) {
	t.mu.Lock()
	kept := t.kept
	t.mu.Unlock()
	if kept != nil && kept.wording == org.Wording {
		return kept, nil
	}
	read, err := t.read(ctx)
	if err != nil {
		return nil, err
	}
	fresh := t.prepare(ctx, read, kept)
	t.mu.Lock()
	t.kept = fresh
	t.mu.Unlock()
	return fresh, nil
}

// ready is what administrators wrote, made ready for many messages. It never changes.
type ready struct {
	wording     int64 // the org's count when it was read
	compiled    map[string]compiled
	general     *render.Compiled // for every purpose without a text of its own; nil for the default texts
	texts       map[hookswitch.Purpose]*render.Compiled
	calls       map[hookswitch.Purpose]*render.Compiled
	regulations map[string]render.Regulation
}

// compiled is one version of a template, read once.
type compiled struct {
	template *render.Compiled
	version  int64
	general  bool
}

// prepare reads the templates; those that kept has in the same version are not read again.
func (t *Texts) prepare(ctx context.Context, w wording, kept *ready) *ready {
	r := &ready{
		wording: w.org.Wording, compiled: make(map[string]compiled, len(w.templates)),
		texts: make(map[hookswitch.Purpose]*render.Compiled), calls: make(map[hookswitch.Purpose]*render.Compiled),
		regulations: make(map[string]render.Regulation, len(w.regulations)),
	}
	for _, regulation := range w.regulations {
		r.regulations[regulation.Country] = regulation
	}
	for _, template := range w.templates {
		var c compiled
		if kept != nil {
			c = kept.compiled[template.ID]
		}
		if c.template == nil || c.version != template.Version {
			made, err := render.Compile(words(template))
			if err != nil { // it was checked when it was saved: another program wrote it
				t.log.ErrorContext(ctx, "template cannot be used, the default text stands in", "templateId", template.ID, "error", err)
				continue
			}
			c = compiled{made, template.Version, isGeneral(template)}
		}
		r.compiled[template.ID] = c
		switch {
		case template.Channel == hookswitch.Call:
			r.calls[template.Purpose] = c.template
		case !c.general:
			r.texts[template.Purpose] = c.template
		case r.general == nil: // the oldest one serves
			r.general = c.template
		}
	}
	return r
}

// sms chooses the template of a text message; nil is the default text.
func (r *ready) sms(w verify.Words) *render.Compiled {
	if w.TemplateID != "" {
		if c := r.compiled[w.TemplateID]; c.general {
			return c.template
		}
		return nil
	}
	if own := r.texts[render.TextOf(w.Purpose)]; own != nil {
		return own
	}
	return r.general
}

func (r *ready) regulation(country string) render.Regulation {
	if own, ok := r.regulations[country]; ok {
		return own
	}
	return r.regulations[""]
}
