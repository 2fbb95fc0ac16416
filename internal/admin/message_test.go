package admin_test

import (
	"slices"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/render"
	"hookswitch/internal/verify"
)

func (r rules) APurposeHasItsOwnWordsOrThoseForAllOrTheDefault(t *testing.T) {
	d := r.desk(t)
	source := func(channel hookswitch.Channel) admin.Source {
		now, err := d.texts.Message(t.Context(), channel, hookswitch.PasswordReset)
		if err != nil {
			t.Fatal(err)
		}
		return now.Source
	}
	if got := source(hookswitch.SMS); got != admin.FromDefault {
		t.Errorf("%s", got)
	}
	general := d.create("general ${code}", nil)
	if got := source(hookswitch.SMS); got != admin.FromGeneral {
		t.Errorf("%s", got)
	}
	for _, text := range []string{"reset ${code}", "again ${code}"} {
		now, err := d.texts.SetMessage(t.Context(), hookswitch.SMS, hookswitch.PasswordReset, admin.NewTemplate{Text: text}, origin())
		if err != nil || now.Template.Text != text || now.Source != admin.FromPurpose {
			t.Errorf("%+v, %v", now, err)
		}
	}
	for purpose, want := range map[hookswitch.Purpose]string{hookswitch.PasswordReset: "again 123456", hookswitch.SignIn: "general 123456"} {
		if got := d.text(verify.Words{Purpose: purpose}); got != want {
			t.Errorf("%s: %q", purpose, got)
		}
	}
	if got := d.text(verify.Words{Purpose: hookswitch.PasswordReset, TemplateID: general.ID}); got != "general 123456" {
		t.Errorf("the template that was asked for is %q", got)
	}
	if all, err := d.texts.SMSTemplates(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("the words of a purpose are among %d templates for all, %v", len(all), err)
	}
	if err := d.texts.RemoveMessage(t.Context(), hookswitch.SMS, hookswitch.PasswordReset, origin()); err != nil {
		t.Fatal(err)
	}
	wants(t, d.texts.RemoveMessage(t.Context(), hookswitch.SMS, hookswitch.PasswordReset, origin()), hookswitch.NotFound)
	if got := source(hookswitch.SMS); got != admin.FromGeneral {
		t.Errorf("%s", got)
	}
	if got := source(hookswitch.Call); got != admin.FromDefault {
		t.Errorf("a call has words from %s", got)
	}
	d.logIs("system.sms.template.create SMS_VERIFY_CODE", "system.sms.template.create password-reset",
		"system.sms.template.update password-reset template", "system.sms.template.delete password-reset")
}

func (r rules) OnlyPurposesOfUsersHaveWords(t *testing.T) {
	d := r.desk(t)
	for _, purpose := range []hookswitch.Purpose{"", hookswitch.Test, hookswitch.Relayed, "other"} {
		_, err := d.texts.SetMessage(t.Context(), hookswitch.SMS, purpose, admin.NewTemplate{Text: "${code}"}, origin())
		wants(t, err, hookswitch.NotFound)
		_, err = d.texts.Message(t.Context(), hookswitch.SMS, purpose)
		wants(t, err, hookswitch.NotFound)
		wants(t, d.texts.RemoveMessage(t.Context(), hookswitch.SMS, purpose, origin()), hookswitch.NotFound)
	}
	all, err := d.texts.Messages(t.Context(), hookswitch.Call)
	if err != nil || len(all) != len(render.Purposes()) || !strings.Contains(all[0].Template.Text, "${code}") {
		t.Errorf("%d purposes, %v", len(all), err)
	}
}

func (r rules) ASentenceIsSaidInItsLanguageAndInEachOtherThatMayServe(t *testing.T) {
	d := r.desk(t)
	_, err := d.texts.SetMessage(t.Context(), hookswitch.Call, hookswitch.SignIn, admin.NewTemplate{
		Text: "Here is ${org.name} with ${code}", Translations: map[string]string{"ja": "こちらは${org.name}、${code}"},
	}, origin())
	if err != nil {
		t.Fatal(err)
	}
	languages := func(scripts []hookswitch.Script) []string {
		var tags []string
		for _, s := range scripts {
			tags = append(tags, s.Language)
		}
		return tags
	}
	scripts := d.calls(verify.Words{Purpose: hookswitch.SignIn, Languages: []string{"ja_JP", "et", "en"}})
	if got := languages(scripts); !slices.Equal(got, []string{"ja", "en"}) || scripts[0].Reading[0].Text != "こちらはAcme、" || scripts[1].Reading[0].Text != "Here is Acme with" {
		t.Errorf("%q %+v", got, scripts)
	}
	// Another purpose has the default sentences.
	scripts = d.calls(verify.Words{Purpose: hookswitch.Enrollment, Languages: []string{"et", "ru", "de"}})
	if got := languages(scripts); !slices.Equal(got, []string{"et", "ru", "de", "en"}) {
		t.Errorf("%q", got)
	}
	_, err = d.texts.SetMessage(t.Context(), hookswitch.Call, hookswitch.SignIn, admin.NewTemplate{Text: strings.Repeat("bla ", 80) + "${code}"}, origin())
	wants(t, err, hookswitch.Invalid, "template")
	d.logIs("system.voice.template.create sign-in")
}

func (r rules) ACountrysRegulationIsInTheTextAndCounts(t *testing.T) {
	d := r.desk(t)
	d.create("${code}", nil)
	for _, regulation := range []render.Regulation{
		{Country: "IN", BrandPrefix: "ACME: ", Senders: []string{"ACMEIN", "12345"}, DLTEntityID: "1101234567890123456"},
		{OptOutSuffix: " STOP ends"},
	} {
		is, err := d.texts.SetRegulation(t.Context(), regulation, origin())
		if err != nil || is.Version != 1 || is.LastUpdated.IsZero() {
			t.Errorf("%+v, %v", is, err)
		}
	}
	for country, want := range map[string]string{"IN": "ACME: 123456", "DE": "123456 STOP ends", "": "123456 STOP ends"} {
		if got := d.text(verify.Words{Purpose: hookswitch.SignIn, Country: country}); got != want {
			t.Errorf("%s: %q", country, got)
		}
	}
	_, err := d.texts.CreateSMSTemplate(t.Context(), admin.NewTemplate{Name: "x", Text: strings.Repeat("a", 145) + "${code}"}, origin())
	wants(t, err, hookswitch.Invalid, "template")
	for range 2 { // the second time changes nothing
		is, err := d.texts.SetRegulation(t.Context(), render.Regulation{Country: "IN"}, origin())
		if err != nil || is.Version != 2 || len(is.Senders) > 0 {
			t.Errorf("%+v, %v", is, err)
		}
	}
	if err := d.texts.DeleteRegulation(t.Context(), "", origin()); err != nil {
		t.Fatal(err)
	}
	wants(t, d.texts.DeleteRegulation(t.Context(), "", origin()), hookswitch.NotFound)
	_, err = d.texts.Regulation(t.Context(), "DE")
	wants(t, err, hookswitch.NotFound)
	_, err = d.texts.SetRegulation(t.Context(), render.Regulation{Country: "XX", Senders: []string{"<b>"}}, origin())
	wants(t, err, hookswitch.Invalid, "country", "senders.0")
	all, err := d.texts.Regulations(t.Context())
	if err != nil || len(all) != 1 || all[0].Country != "IN" {
		t.Errorf("%+v, %v", all, err)
	}
	d.logIs("system.sms.template.create SMS_VERIFY_CODE", "system.telephony.regulation.update IN senders, brandPrefix, dltEntityId",
		"system.telephony.regulation.update  optOutSuffix", "system.telephony.regulation.update IN senders, brandPrefix, dltEntityId", "system.telephony.regulation.delete ")
}

func (r rules) TheAutofillLineIsLastAndCounts(t *testing.T) {
	d := r.desk(t)
	d.create(strings.Repeat("a", 154)+"${code}", nil)
	for _, bad := range []admin.MessageSettings{
		{Segments: 0}, {Segments: 4}, {Segments: 1, AutofillDomain: "https://example.com"}, {Segments: 1, AutofillDomain: "example"},
		{Segments: 1, AutofillDomain: "Example.com"}, {Segments: 1, AutofillDomain: "a.com #1"}, {Segments: 1, AutofillDomain: strings.Repeat("a.", 126) + "com"},
	} {
		if err := d.texts.SetMessageSettings(t.Context(), bad, origin()); !hookswitch.IsProblem(err, hookswitch.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	want := admin.MessageSettings{Segments: 1, AutofillDomain: "login.example.com"}
	for range 2 {
		if err := d.texts.SetMessageSettings(t.Context(), want, origin()); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.texts.MessageSettings(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if got := d.text(verify.Words{Purpose: hookswitch.SignIn}); !strings.HasSuffix(got, "123456\n@login.example.com #123456") {
		t.Errorf("%q", got)
	}
	_, err := d.texts.CreateSMSTemplate(t.Context(), admin.NewTemplate{Name: "x", Text: strings.Repeat("a", 154) + "${code}"}, origin())
	wants(t, err, hookswitch.Invalid, "template")
	d.logIs("system.sms.template.create SMS_VERIFY_CODE", "system.telephony.message_settings.update Acme autofillDomain")
}

func (r rules) APreviewShowsWhatIsStillBeingWritten(t *testing.T) {
	d := r.desk(t)
	p, err := d.texts.Preview(t.Context(), hookswitch.SMS, admin.NewTemplate{
		Text: "${org.name} ${code", Translations: map[string]string{"ja": "${code} です"},
	})
	if err != nil || len(p.Texts) != 2 || p.Texts[0].Text != "Acme ${code" || p.Texts[0].Language != "en" || p.Texts[1].Text != "123456 です" || len(p.Findings) == 0 {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = d.texts.Preview(t.Context(), hookswitch.Call, admin.NewTemplate{Text: "Hello ${code}", Translations: map[string]string{"en": "Hi ${code}"}})
	if err != nil || len(p.Scripts) != 2 || p.Scripts[0].Reading[0].Text != "Hello" || len(p.Findings) > 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if len(d.log()) > 0 {
		t.Error("a preview changed something")
	}
}
