package admin_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/render"
	"hookswitch/internal/verify"
)

func (r rules) ATemplateIsSentAfterItIsSavedAndTheDefaultAfterItIsDeleted(t *testing.T) {
	d := r.desk(t)
	usual := d.text(verify.Words{Purpose: hookswitch.SignIn})
	made := d.create("${org.name} says ${code}", map[string]string{"de": "${org.name} sagt ${code}"})
	if len(made.ID) != 20 || !strings.HasPrefix(made.ID, "cst") || made.Created.IsZero() || made.Version != 1 {
		t.Errorf("%+v", made)
	}
	for _, purpose := range hookswitch.Purposes() {
		if got := d.text(verify.Words{Purpose: purpose}); got != "Acme says 123456" {
			t.Errorf("%s: %q", purpose, got)
		}
	}
	if got := d.text(verify.Words{Purpose: hookswitch.SignIn, Languages: []string{"de-AT"}}); got != "Acme sagt 123456" {
		t.Errorf("%q", got)
	}
	if err := d.texts.DeleteSMSTemplate(t.Context(), made.ID, origin()); err != nil {
		t.Fatal(err)
	}
	if got := d.text(verify.Words{Purpose: hookswitch.SignIn}); got != usual {
		t.Errorf("%q, want %q", got, usual)
	}
	_, err := d.texts.SMSTemplate(t.Context(), made.ID)
	wants(t, err, hookswitch.NotFound)
	d.logIs("system.sms.template.create SMS_VERIFY_CODE", "system.sms.template.delete SMS_VERIFY_CODE")
}

func (r rules) APartialUpdateKeepsAddsReplacesAndRemoves(t *testing.T) {
	d := r.desk(t)
	made := d.create("A ${code}", map[string]string{"de": "B ${code}", "fr": "C ${code}", "it": ""})
	if want := map[string]string{"de": "B ${code}", "fr": "C ${code}"}; !maps.Equal(made.Translations, want) {
		t.Errorf("created with %v", made.Translations)
	}
	is, err := d.texts.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{
		Translations: map[string]string{"de": "", "fr": "D ${code}", "es": "E ${code}", "nl": ""},
	}, origin())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"fr": "D ${code}", "es": "E ${code}"}
	if !maps.Equal(is.Translations, want) || is.Text != "A ${code}" || is.Name != "Custom" || is.Version != 2 || !is.LastUpdated.After(made.LastUpdated) {
		t.Errorf("%+v", is)
	}
	is, err = d.texts.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{Name: new("Other"), Text: new("F ${code}")}, origin())
	if err != nil || is.Name != "Other" || is.Text != "F ${code}" || !maps.Equal(is.Translations, want) {
		t.Errorf("%+v, %v", is, err)
	}
	stored, err := d.texts.SMSTemplate(t.Context(), made.ID)
	if err != nil || stored.Text != is.Text || !maps.Equal(stored.Translations, want) || stored.Version != is.Version {
		t.Errorf("%+v, %v", stored, err)
	}
	d.logIs("system.sms.template.create SMS_VERIFY_CODE",
		"system.sms.template.update SMS_VERIFY_CODE translations.de, translations.es, translations.fr",
		"system.sms.template.update SMS_VERIFY_CODE name, template")
}

func (r rules) AReplacementForgetsWhatItDoesNotName(t *testing.T) {
	d := r.desk(t)
	made := d.create("A ${code}", map[string]string{"de": "B ${code}"})
	is, err := d.texts.ReplaceSMSTemplate(t.Context(), made.ID, admin.NewTemplate{Name: "New", Type: admin.VerifyCode, Text: "C ${code}"}, origin())
	if err != nil || is.ID != made.ID || len(is.Translations) > 0 || is.Text != "C ${code}" || !is.Created.Equal(made.Created) {
		t.Errorf("%+v, %v", is, err)
	}
	again, err := d.texts.ReplaceSMSTemplate(t.Context(), made.ID, admin.NewTemplate{Name: "New", Text: "C ${code}"}, origin())
	if err != nil || again.Version != is.Version {
		t.Errorf("what changes nothing made %+v, %v", again, err)
	}
	if n := len(d.log()); n != 2 {
		t.Errorf("%d events, want 2: what changes nothing is not told", n)
	}
}

func (r rules) TheDefaultTemplateCanBeReadAndNotChanged(t *testing.T) {
	d := r.desk(t)
	is, err := d.texts.SMSTemplate(t.Context(), admin.DefaultTemplate)
	if err != nil || !strings.Contains(is.Text, "${code}") || len(is.Translations) < 30 {
		t.Errorf("%+v, %v", is, err)
	}
	_, err = d.texts.UpdateSMSTemplate(t.Context(), admin.DefaultTemplate, admin.TemplateChange{Text: new("${code}")}, origin())
	wants(t, err, hookswitch.TemplateFixed)
	_, err = d.texts.ReplaceSMSTemplate(t.Context(), admin.DefaultTemplate, admin.NewTemplate{Name: "x", Text: "${code}"}, origin())
	wants(t, err, hookswitch.TemplateFixed)
	wants(t, d.texts.DeleteSMSTemplate(t.Context(), admin.DefaultTemplate, origin()), hookswitch.TemplateFixed)
	all, err := d.texts.SMSTemplates(t.Context())
	if err != nil || len(all) > 0 {
		t.Errorf("%d custom templates, %v", len(all), err)
	}
}

func (r rules) TheOldestTemplateServesWhoeverNamesNone(t *testing.T) {
	d := r.desk(t)
	usual := d.text(verify.Words{Purpose: hookswitch.SignIn})
	first, second := d.create("first ${code}", nil), d.create("second ${code}", nil)
	for id, want := range map[string]string{
		"": "first 123456", first.ID: "first 123456", second.ID: "second 123456", "cst0000000000000000": usual,
	} {
		if got := d.text(verify.Words{Purpose: hookswitch.SignIn, TemplateID: id}); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
	all, err := d.texts.SMSTemplates(t.Context())
	if err != nil || len(all) != 2 || all[0].ID != first.ID {
		t.Errorf("%+v, %v", all, err)
	}
	if err := d.texts.DeleteSMSTemplate(t.Context(), first.ID, origin()); err != nil {
		t.Fatal(err)
	}
	if got := d.text(verify.Words{Purpose: hookswitch.SignIn}); got != "second 123456" {
		t.Errorf("%q", got)
	}
}

func (r rules) ATranslationMayBeInTheLanguageOfTheOrg(t *testing.T) {
	d := r.desk(t)
	made := d.create("other ${code}", map[string]string{"en": "English ${code}"})
	if made.Language != "" {
		t.Errorf("two texts are in %q", made.Language)
	}
	for language, want := range map[string]string{"en-GB": "English 123456", "fr": "English 123456"} {
		if got := d.text(verify.Words{Purpose: hookswitch.SignIn, Languages: []string{language, "en"}}); got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
}

func (r rules) ABadTemplateIsRefusedAndNothingIsWritten(t *testing.T) {
	d := r.desk(t)
	kept := d.create("kept ${code}", nil)
	good := admin.NewTemplate{Name: "Custom", Text: "${code}"}
	with := func(change func(*admin.NewTemplate)) admin.NewTemplate {
		n := good
		change(&n)
		return n
	}
	in := func(language, text string) admin.NewTemplate {
		return with(func(n *admin.NewTemplate) { n.Translations = map[string]string{language: text} })
	}
	text := func(s string) admin.NewTemplate { return with(func(n *admin.NewTemplate) { n.Text = s }) }
	long := strings.Repeat("a", 149)
	for name, c := range map[string]struct {
		template admin.NewTemplate
		fields   []string
		says     string
	}{
		"no name":           {with(func(n *admin.NewTemplate) { n.Name = " " }), []string{"name"}, "name"},
		"51 characters":     {with(func(n *admin.NewTemplate) { n.Name = strings.Repeat("é", 51) }), []string{"name"}, "50"},
		"a name with a tab": {with(func(n *admin.NewTemplate) { n.Name = "a\tb" }), []string{"name"}, "control"},
		"another type":      {with(func(n *admin.NewTemplate) { n.Type = "SMS_OTHER" }), []string{"type"}, admin.VerifyCode},
		"nothing":           {text(""), []string{"template"}, "${code}"},
		"no code":           {text("Hello"), []string{"template"}, "${code}"},
		"unknown macro":     {text("${code} ${user.login}"), []string{"template"}, "character 8"},
		"unbalanced":        {text("${code"), []string{"template", "template"}, "brace at character 0"},
		"control character": {text("${code}\x07"), []string{"template"}, "U+0007 at character 7"},
		"not UTF-8":         {text("é\xff${code}"), []string{"template"}, "character 1"},
		"1 MB":              {text("${code}" + strings.Repeat("a", 1<<20)), []string{"template"}, "4096 bytes"},
		"161 characters":    {text(long + "a${code}${org.name}a"), []string{"template"}, "161 GSM-7 characters once its macros are filled, and 160"},
		"71 in UCS-2":       {text(strings.Repeat("ж", 65) + "${code}"), []string{"template"}, `"ж" at character 0`},
		"unknown language":  {in("xx-yy-zz", "${code}"), []string{"translations.xx-yy-zz"}, "not the tag"},
		"no language":       {in("\xff", "${code}"), []string{"translations.\xff"}, "not the tag"},
		"a long language":   {in(strings.Repeat("de-", 20), "${code}"), []string{"translations"}, "not the tag"},
		"a bad translation": {in("de", "Hallo"), []string{"translations.de"}, "${code}"},
		"two spellings": {
			with(func(n *admin.NewTemplate) { n.Translations = map[string]string{"pt-BR": "${code}", "pt_br": "${code}"} }),
			[]string{"translations.pt_br"}, "same language as pt-BR",
		},
	} {
		_, err := d.texts.CreateSMSTemplate(t.Context(), c.template, origin())
		wants(t, err, hookswitch.Invalid, c.fields...)
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v does not say %q", name, err, c.says)
		}
		_, err = d.texts.ReplaceSMSTemplate(t.Context(), kept.ID, c.template, origin())
		wants(t, err, hookswitch.Invalid, c.fields...)
	}
	if all, err := d.texts.SMSTemplates(t.Context()); err != nil || len(all) != 1 || all[0].Text != kept.Text {
		t.Errorf("%+v, %v", all, err)
	}
	if n := len(d.log()); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}

func (r rules) ATemplateOutlivesItsLimitUntilItIsEdited(t *testing.T) {
	d := r.desk(t)
	full := strings.Repeat("a", 150) + "${code}${org.name}"
	made := d.create(full, nil)
	if want := (hookswitch.TemplateLimits{Segments: 1, Digits: 6, OrgName: "Acme"}); made.Limits != want {
		t.Errorf("checked under %+v, want %+v", made.Limits, want)
	}
	d.setOrg(func(org *hookswitch.Org) { org.Name = "Acme Industries" })
	if got := d.text(verify.Words{Purpose: hookswitch.SignIn}); !strings.HasSuffix(got, "Acme Industries") {
		t.Errorf("%q", got)
	}
	now, err := d.texts.Message(t.Context(), hookswitch.SMS, hookswitch.SignIn)
	if err != nil || now.Source != admin.FromGeneral || len(now.Findings) != 1 || now.Findings[0].Rule != render.TooLong {
		t.Errorf("%+v, %v", now, err)
	}
	_, err = d.texts.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{Name: new("Renamed")}, origin())
	wants(t, err, hookswitch.Invalid, "template")
	if err := d.texts.SetMessageSettings(t.Context(), admin.MessageSettings{Segments: 2}, origin()); err != nil {
		t.Fatal(err)
	}
	is, err := d.texts.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{Name: new("Renamed")}, origin())
	if err != nil || is.Limits.Segments != 2 || is.Limits.OrgName != "Acme Industries" {
		t.Errorf("%+v, %v", is, err)
	}
}

func (r rules) AMacroInTheNameOfTheOrgIsText(t *testing.T) {
	d := r.desk(t)
	d.create("${org.name}: ${code}", nil)
	for _, name := range []string{"${code}", "</Say><Hangup/>", "{code}", "${org.name}"} {
		d.setOrg(func(org *hookswitch.Org) { org.Name = name })
		if got := d.text(verify.Words{Purpose: hookswitch.SignIn}); got != name+": 123456" {
			t.Errorf("%q", got)
		}
	}
}

func (r rules) TwoNodesSeeEachOthersTemplatesAndReadThemOnce(t *testing.T) {
	d := r.desk(t)
	other := d.node()
	say := func(n *admin.Texts) string {
		text, err := n.SMS(t.Context(), verify.Words{Purpose: hookswitch.SignIn, Code: "123456", Org: d.org()})
		if err != nil {
			t.Fatal(err)
		}
		return text.Body.Reveal()
	}
	made := d.create("first ${code}", nil)
	for _, want := range []string{"first 123456", "second 123456"} {
		if a, b := say(d.texts), say(other); a != want || b != want {
			t.Errorf("%q and %q, want %q", a, b, want)
		}
		before := d.reads.count()
		for range 100 {
			say(d.texts)
		}
		if n := d.reads.count() - before; n > 0 {
			t.Errorf("the templates were read %d times for 100 messages", n)
		}
		if _, err := other.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{Text: new("second ${code}")}, origin()); err != nil {
			t.Fatal(err)
		}
	}
}

func (r rules) OfTwoChangesAtOnceNoneIsLost(t *testing.T) {
	d := r.desk(t)
	made := d.create("a ${code}", nil)
	languages := []string{"de", "fr", "es", "it"}
	done := make(chan error)
	for _, language := range languages {
		go func() {
			_, err := d.texts.UpdateSMSTemplate(t.Context(), made.ID, admin.TemplateChange{Translations: map[string]string{language: language + " ${code}"}}, origin())
			done <- err
		}()
	}
	changed := 0
	for range languages {
		if err := <-done; err == nil {
			changed++
		} else {
			wants(t, err, hookswitch.Contended)
		}
	}
	is, err := d.texts.SMSTemplate(t.Context(), made.ID)
	if err != nil || len(is.Translations) != changed || changed == 0 {
		t.Errorf("%d changes were made, and %v is there, %v", changed, slices.Sorted(maps.Keys(is.Translations)), err)
	}
	if n := len(d.log()); n != 1+changed {
		t.Errorf("%d events for %d changes", n, 1+changed)
	}
	if is.LastUpdated.Before(made.LastUpdated.Add(-time.Second)) {
		t.Errorf("%v", is.LastUpdated)
	}
}
