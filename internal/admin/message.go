package admin

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hookswitch"
	"hookswitch/internal/render"
)

// Source is where the words of a purpose come from.
type Source string

// The sources. A call has no words for all purposes.
const (
	FromPurpose Source = "CUSTOM"   // the purpose has words of its own
	FromGeneral Source = VerifyCode // the custom template for all purposes
	FromDefault Source = "DEFAULT"  // nobody wrote any
)

// InForce are the words that messages of a purpose have now.
type InForce struct {
	Template hookswitch.Template
	Source   Source
	// Findings is what [render.Check] says of them today. Words that were saved under other limits are sent all the
	// same; until what refuses them is repaired, they cannot be saved again.
	Findings []render.Finding
}

// Messages lists the words of every purpose that can have its own.
func (t *Texts) Messages(ctx context.Context, channel hookswitch.Channel) ([]InForce, error) {
	w, err := t.read(ctx)
	if err != nil {
		return nil, err
	}
	var all []InForce
	for _, purpose := range render.Purposes() {
		all = append(all, t.inForce(w, channel, purpose))
	}
	return all, nil
}

// Message gives the words of one purpose, whoever wrote them.
func (t *Texts) Message(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose) (InForce, error) {
	if err := hasWords(purpose); err != nil {
		return InForce{}, err
	}
	w, err := t.read(ctx)
	if err != nil {
		return InForce{}, err
	}
	return t.inForce(w, channel, purpose), nil
}

// DefaultMessage gives the default words of one purpose, whoever wrote others for it.
func (t *Texts) DefaultMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose) (InForce, error) {
	if err := hasWords(purpose); err != nil {
		return InForce{}, err
	}
	w, err := t.read(ctx)
	if err != nil {
		return InForce{}, err
	}
	words := t.defaultTemplate(channel, purpose)
	return InForce{Template: words, Source: FromDefault, Findings: w.findings(words)}, nil
}

// SetMessage gives a purpose words of its own, in the place of those that it has.
func (t *Texts) SetMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose, n NewTemplate, origin hookswitch.Origin, seen ...Seen[InForce]) (InForce, error) {
	if err := hasWords(purpose); err != nil {
		return InForce{}, err
	}
	var now InForce
	err := t.change(ctx, func(w wording) (write, error) {
		if err := unchanged(seen, t.inForce(w, channel, purpose)); err != nil {
			return nil, err
		}
		was, found := w.own(channel, purpose)
		is := was
		is.Channel, is.Purpose, is.Name = channel, purpose, string(purpose)
		is.Text, is.Translations = n.Text, n.Translations
		now = InForce{Template: is, Source: FromPurpose}
		var apply write
		var err error
		if found {
			apply, err = t.replace(w, was, &now.Template, "", origin)
		} else if err = w.check(&now.Template, ""); err == nil {
			apply = t.insert(&now.Template, origin)
		}
		now.Findings = w.findings(now.Template)
		return apply, err
	})
	return now, err
}

// RemoveMessage takes the words of its own away from a purpose.
func (t *Texts) RemoveMessage(ctx context.Context, channel hookswitch.Channel, purpose hookswitch.Purpose, origin hookswitch.Origin) error {
	return t.change(ctx, func(w wording) (write, error) {
		was, found := w.own(channel, purpose)
		if !found {
			return nil, hookswitch.Refuse(hookswitch.NotFound, "This purpose has no words of its own.")
		}
		return t.remove(was, origin), nil
	})
}

func hasWords(purpose hookswitch.Purpose) error {
	if slices.Contains(render.Purposes(), purpose) {
		return nil
	}
	return hookswitch.Refuse(hookswitch.NotFound, "There is no such purpose.")
}

func (w wording) own(channel hookswitch.Channel, purpose hookswitch.Purpose) (hookswitch.Template, bool) {
	i := slices.IndexFunc(w.templates, func(t hookswitch.Template) bool { return t.Channel == channel && t.Purpose == purpose })
	if i < 0 || purpose == "" {
		return hookswitch.Template{}, false
	}
	return w.templates[i], true
}

func (t *Texts) inForce(w wording, channel hookswitch.Channel, purpose hookswitch.Purpose) InForce {
	now := InForce{Template: t.defaultTemplate(channel, purpose), Source: FromDefault}
	if own, ok := w.own(channel, purpose); ok {
		now = InForce{Template: own, Source: FromPurpose}
	} else if i := slices.IndexFunc(w.templates, isGeneral); i >= 0 && channel == hookswitch.SMS {
		now = InForce{Template: w.templates[i], Source: FromGeneral}
	}
	now.Findings = w.findings(now.Template)
	now.Template.Purpose = purpose
	return now
}

func (t *Texts) defaultTemplate(channel hookswitch.Channel, purpose hookswitch.Purpose) hookswitch.Template {
	words := t.catalogue.Default(channel, purpose)
	return hookswitch.Template{
		ID: DefaultTemplate, Channel: channel, Purpose: purpose, Name: "Default",
		Text: words.Text, Language: words.Language, Translations: words.Translations,
	}
}

// insert adds a template that was checked.
func (t *Texts) insert(made *hookswitch.Template, origin hookswitch.Origin) write {
	return func(tx WordsTx, _ *hookswitch.Org) (hookswitch.Event, error) {
		now := tx.Now()
		made.ID = hookswitch.NewID(hookswitch.TemplateID, now, t.random)
		made.Created, made.LastUpdated, made.Version = now, now, 1
		kind := eventFor(made.Channel, hookswitch.SMSTemplateCreated, hookswitch.CallTemplateCreated)
		return t.event(tx, kind, origin, templateEntity(*made)), tx.InsertTemplate(*made)
	}
}

// replace checks a changed template and puts it in the place of what it was. What changed nothing is not checked again.
func (t *Texts) replace(w wording, was hookswitch.Template, is *hookswitch.Template, kind string, origin hookswitch.Origin) (write, error) {
	if len(changed(was, *is)) == 0 && isType(kind) {
		*is = was
		return nil, nil
	}
	if err := w.check(is, kind); err != nil {
		return nil, err
	}
	return func(tx WordsTx, _ *hookswitch.Org) (hookswitch.Event, error) {
		is.LastUpdated, is.Version = tx.Now(), was.Version
		err := tx.UpdateTemplate(*is)
		is.Version++
		event := eventFor(is.Channel, hookswitch.SMSTemplateUpdated, hookswitch.CallTemplateUpdated)
		return t.event(tx, event, origin, templateEntity(*is),
			hookswitch.Datum{Key: "changed", Value: strings.Join(changed(was, *is), ", ")}), err
	}, nil
}

func (t *Texts) remove(was hookswitch.Template, origin hookswitch.Origin) write {
	return func(tx WordsTx, _ *hookswitch.Org) (hookswitch.Event, error) {
		kind := eventFor(was.Channel, hookswitch.SMSTemplateDeleted, hookswitch.CallTemplateDeleted)
		return t.event(tx, kind, origin, templateEntity(was)), tx.DeleteTemplate(was)
	}
}

func eventFor(channel hookswitch.Channel, sms, call hookswitch.EventType) hookswitch.EventType {
	if channel == hookswitch.Call {
		return call
	}
	return sms
}

// changed names the fields that differ, in the words of the API.
func changed(was, is hookswitch.Template) []string {
	var fields []string
	if was.Name != is.Name {
		fields = append(fields, "name")
	}
	if was.Text != is.Text {
		fields = append(fields, "template")
	}
	languages := maps.Clone(was.Translations)
	if languages == nil {
		languages = make(map[string]string, len(is.Translations))
	}
	maps.Copy(languages, is.Translations)
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		if was.Translations[language] != is.Translations[language] {
			fields = append(fields, "translations."+language)
		}
	}
	return fields
}

func templateEntity(t hookswitch.Template) hookswitch.Entity {
	e := hookswitch.Entity{ID: t.ID, Type: "SmsTemplate", AlternateID: VerifyCode, DisplayName: t.Name}
	if t.Channel == hookswitch.Call {
		e.Type = "VoiceTemplate"
	}
	if t.Purpose != "" {
		e.AlternateID = string(t.Purpose)
	}
	return e
}
