package render

import (
	"strings"
	"testing"

	"hookswitch/internal/smstext"
)

func TestAPreviewShowsEveryLanguageAndWhatItCosts(t *testing.T) {
	template := Template{Text: "${org.name}: ${code}", Translations: map[string]string{
		"es": "Tu código es ${code}", "de": "Ihr Code für ${org.name} ist ${code}", "sv": "${kod} ${code}",
	}}
	got := Preview(template, Limits{Segments: 1, Digits: 6, OrgName: "Acme", Domain: "a.example"})
	want := []struct {
		language, text string
		encoding       smstext.Encoding
		units          int
		forcing        string
	}{
		{"", "Acme: 123456\n@a.example #123456", smstext.GSM7, 31, ""},
		{"de", "Ihr Code für Acme ist 123456\n@a.example #123456", smstext.GSM7, 47, ""},
		{"es", "Tu código es 123456\n@a.example #123456", smstext.UCS2, 38, "ó"},
		{"sv", "${kod} 123456\n@a.example #123456", smstext.GSM7, 34, ""},
	}
	if len(got) != len(want) {
		t.Fatalf("%d previews", len(got))
	}
	for i, w := range want {
		g := got[i]
		var forcing string
		for _, c := range g.Forcing {
			forcing += string(c.Rune)
			if !strings.HasPrefix(g.Text[c.Byte:], string(c.Rune)) {
				t.Errorf("%s: %q is not at byte %d", w.language, c.Rune, c.Byte)
			}
		}
		if g.Language != w.language || g.Text != w.text || g.Encoding != w.encoding || g.Units != w.units || g.Segments != 1 || forcing != w.forcing {
			t.Errorf("%+v\nwant %+v", g, w)
		}
	}
}

func TestAPreviewHasTheRegulationThatCostsMost(t *testing.T) {
	got := Preview(Template{Text: "${code}"}, Limits{Digits: 4, Regulations: Regulations{
		{Country: "IN", BrandPrefix: "A "}, {Country: "US", OptOutSuffix: " STOP ends"},
	}})
	if got[0].Text != "1234 STOP ends" || got[0].Country != "US" {
		t.Errorf("%+v", got[0])
	}
}

func TestAVoicePreviewHasThePiecesOfEveryLanguage(t *testing.T) {
	scripts := load(t).PreviewVoice(Template{
		Text: "Your code: ${code}", Translations: map[string]string{"en_GB": "Here it is: ${code}", "xx": "${oops ${code}"},
	}, Limits{Digits: 4})
	if len(scripts) != 3 {
		t.Fatalf("%d scripts", len(scripts))
	}
	for i, want := range []struct{ language, first string }{{"en", "Your code:"}, {"en-GB", "Here it is:"}, {"en", "${oops"}} {
		s := scripts[i]
		if s.Language != want.language || s.Reading[0].Text != want.first || spelled(s) != "1234" {
			t.Errorf("%+v, want %+v", s, want)
		}
	}
}

func FuzzPreview(f *testing.F) {
	f.Add("${code} ${org.name}", "pt_BR", "Acme")
	f.Add("${${code}}\xff{", "\xff", "\u202e")
	c := load(f)
	f.Fuzz(func(t *testing.T, text, language, orgName string) {
		template := Template{Text: text, Language: language, Translations: map[string]string{language: text}}
		limits := Limits{OrgName: orgName}
		for _, p := range Preview(template, limits) {
			if smstext.Count(p.Text) != p.Info {
				t.Errorf("%+v", p)
			}
		}
		for _, s := range c.PreviewVoice(template, limits) {
			if s.Language == "" {
				t.Errorf("%+v has no language", s)
			}
		}
	})
}
