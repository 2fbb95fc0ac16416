package render

import (
	"errors"
	"strings"
	"testing"

	"hookswitch"
)

func TestAMacroBecomesItsValueAndNothingElseChanges(t *testing.T) {
	for _, c := range []struct{ template, want string }{
		{"${code}", "123456"},
		{"${org.name}: ${code}", "Acme: 123456"},
		{"${code}${code}", "123456123456"},
		{"$${code} costs $5", "$123456 costs $5"},
		{"a $ at the end ${code} $", "a $ at the end 123456 $"},
		{"a pair { } stays ${code}", "a pair { } stays 123456"},
		{"パスワード ${code}", "パスワード 123456"},
		{"${code}\n", "123456\n"},
	} {
		got, err := SMS(Template{Text: c.template}, Values{Code: "123456", OrgName: "Acme"})
		if err != nil || got.Body.Reveal() != c.want {
			t.Errorf("%q gives %q, %v; want %q", c.template, got.Body.Reveal(), err, c.want)
		}
	}
}

func TestAValueIsTextAndIsNeverExpandedAgain(t *testing.T) {
	for _, name := range []string{
		"${code}", "${org.name}", "$", "{code}", "${", "}", "<Say>hi</Say>", "&amp;", "</Response><Dial>+15005550006</Dial>",
		"%s%d", "{{.Code}}", `\n`, "$1", "O'Neil & Söhne",
	} {
		v := Values{Code: "123456", OrgName: name}
		got, err := SMS(Template{Text: "${org.name}: ${code}"}, v)
		if want := name + ": 123456"; err != nil || got.Body.Reveal() != want {
			t.Errorf("name %q gives %q, %v; want %q", name, got.Body.Reveal(), err, want)
		}
		script, err := load(t).Say(compiled(t, Template{Text: "From ${org.name}, ${code}"}), v)
		if want := "From " + name + ","; err != nil || script.Reading[0].Text != want {
			t.Errorf("name %q is said as %q, %v; want %q", name, script.Reading[0].Text, err, want)
		}
	}
	// A code that looks like a macro, as another identity provider may ask for.
	got, err := SMS(Template{Text: "${code} ${org.name}"}, Values{Code: "${org.name}", OrgName: "${code}"})
	if want := "${org.name} ${code}"; err != nil || got.Body.Reveal() != want {
		t.Errorf("gives %q, %v; want %q", got.Body.Reveal(), err, want)
	}
}

func TestAValueCannotBeginALineOrTurnTheCodeAround(t *testing.T) {
	for name, want := range map[string]string{
		"Acme\n@evil.example #000000": "Acme @evil.example #000000",
		"Acme\r\nInc":                 "Acme  Inc",
		"Acme\u2028Inc":               "Acme Inc",
		"Acme\x00":                    "Acme ",
		"Acme\u202E":                  "Acme",
		"\u2067Acme\u2069":            "Acme",
		"Acme\xff":                    "Acme\uFFFD",
		"\u200Fאקמה":                  "\u200Fאקמה",
	} {
		got, err := SMS(Template{Text: "${code} ${org.name}"}, Values{Code: "123456", OrgName: name})
		if err != nil || got.Body.Reveal() != "123456 "+want {
			t.Errorf("%q gives %q, %v; want %q", name, got.Body.Reveal(), err, "123456 "+want)
		}
	}
}

func TestTheAutofillLineIsTheLast(t *testing.T) {
	v := Values{Code: "123456", OrgName: "Acme", Domain: "login.example.com", Regulation: Regulation{BrandPrefix: "ACME: ", OptOutSuffix: " STOP: 12345"}}
	got, err := SMS(Template{Text: "Code ${code}"}, v)
	if want := "ACME: Code 123456 STOP: 12345\n@login.example.com #123456"; err != nil || got.Body.Reveal() != want {
		t.Errorf("got %q, %v; want %q", got.Body.Reveal(), err, want)
	}
}

func TestAMessageNeedsAPasscode(t *testing.T) {
	if _, err := SMS(Template{Text: "${code}"}, Values{OrgName: "Acme"}); !errors.Is(err, ErrNoCode) {
		t.Errorf("SMS without a code: %v", err)
	}
	if _, err := load(t).Voice(hookswitch.SignIn, Values{OrgName: "Acme"}); !errors.Is(err, ErrNoCode) {
		t.Errorf("call without a code: %v", err)
	}
}

func TestABrokenTemplateIsNotSent(t *testing.T) {
	for text, rule := range map[string]Rule{
		"":                   MissingCode,
		"no code":            MissingCode,
		"${org.name}":        MissingCode,
		"${code":             UnbalancedBrace,
		"${code} ${":         UnbalancedBrace,
		"${${code}}":         UnbalancedBrace,
		"${code}}":           UnbalancedBrace,
		"{ ${code}":          UnbalancedBrace,
		"${user.name}":       UnknownMacro,
		"${Code}":            UnknownMacro,
		"${ code }":          UnknownMacro,
		"${}":                UnknownMacro,
		"{code}":             MacroWithoutDollar,
		"${code} {org.name}": MacroWithoutDollar,
	} {
		for _, template := range []Template{
			{Text: text},
			{Text: "${code}", Translations: map[string]string{"de": text}},
		} {
			_, err := SMS(template, Values{Code: "123456", OrgName: "Acme"}, "de")
			var finding Finding
			if !errors.As(err, &finding) || finding.Rule != rule {
				t.Errorf("%+v: %v, want %s", template, err, rule)
			}
		}
	}
}

func TestATranslationIsChosenByItsNearestLanguage(t *testing.T) {
	template := Template{Text: "own ${code}", Translations: map[string]string{
		"pt": "pt ${code}", "zh_HK": "hk ${code}", "DE": "de ${code}",
	}}
	for _, c := range []struct {
		languages      []string
		text, language string
	}{
		{[]string{"pt-BR"}, "pt 123456", "pt"},
		{[]string{"pt_PT"}, "pt 123456", "pt"},
		{[]string{"de"}, "de 123456", "de"},
		{[]string{"de-CH"}, "de 123456", "de"},
		{[]string{"zh-HK"}, "hk 123456", "zh-HK"},
		{[]string{"", "xx", "fi", "de-AT", "pt"}, "de 123456", "de"},
		{[]string{"fi"}, "own 123456", ""},
		{nil, "own 123456", ""},
	} {
		got, err := SMS(template, Values{Code: "123456"}, c.languages...)
		if err != nil || got.Body.Reveal() != c.text || got.Language != c.language {
			t.Errorf("%v gives %q in %q, %v; want %q in %q", c.languages, got.Body.Reveal(), got.Language, err, c.text, c.language)
		}
	}
}

func TestTheTemplatesOwnTextIsChosenForItsLanguage(t *testing.T) {
	template := Template{Text: "own ${code}", Language: "en", Translations: map[string]string{"de": "de ${code}"}}
	// A user who reads English has a browser in German.
	got, err := SMS(template, Values{Code: "123456"}, "en_GB", "de")
	if err != nil || got.Body.Reveal() != "own 123456" || got.Language != "en" {
		t.Errorf("%q in %q, %v", got.Body.Reveal(), got.Language, err)
	}
}

func TestNoErrorHoldsTheCode(t *testing.T) {
	for _, text := range []string{"${code", "${x}", "x"} {
		_, err := SMS(Template{Text: text}, Values{Code: "987654", OrgName: "Acme"})
		if err == nil || strings.Contains(err.Error(), "987654") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func load(tb testing.TB) *Catalogue {
	tb.Helper()
	c, err := Load()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func compiled(t *testing.T, template Template) *Compiled {
	t.Helper()
	c, err := Compile(template)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
