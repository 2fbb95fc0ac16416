package render

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"hookswitch/internal/smstext"
)

var oneSegment = Limits{Segments: 1, Digits: 6, OrgName: "Acme"}

func TestCheckNamesWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Finding
	}{
		{"nothing is wrong", "${org.name}: your code is ${code}", nil},
		{"line ends are text", "Code:\r\n${code}\n", nil},
		{"empty", "", []Finding{{Rule: MissingCode, Position: -1}}},
		{"no code", "Hello ${org.name}", []Finding{{Rule: MissingCode, Position: -1}}},
		{"unknown macro", "é ${user.login} ${code} ${x}", []Finding{{Rule: UnknownMacro, Position: 2}}},
		{"spaces are no part of a macro", "${code} ${ code }", []Finding{{Rule: UnknownMacro, Position: 8}}},
		{"case matters", "${code} ${CODE}", []Finding{{Rule: UnknownMacro, Position: 8}}},
		{"as the console shows it", "Your code: {code}", []Finding{{Rule: MacroWithoutDollar, Position: 11}, {Rule: MissingCode, Position: -1}}},
		{"opened only", "${code} ${org.name", []Finding{{Rule: UnbalancedBrace, Position: 8}}},
		{"closed only", "${code}}", []Finding{{Rule: UnbalancedBrace, Position: 7}}},
		{"a brace alone", "${code} {", []Finding{{Rule: UnbalancedBrace, Position: 8}}},
		{"within one another", "${${code}}", []Finding{{Rule: UnbalancedBrace, Position: 0}}},
		{"a macro over two lines", "${\ncode}", []Finding{{Rule: UnbalancedBrace, Position: 0}, {Rule: MissingCode, Position: -1}}},
		{"tab", "a\t${code}", []Finding{
			{Rule: ControlCharacter, Position: 1, Character: "U+0009"},
			{Rule: NeedsUCS2, Position: 1, Character: "U+0009", Encoding: smstext.UCS2, Count: 8, Limit: 70},
		}},
		{"zero byte", "\x00${code}", []Finding{
			{Rule: ControlCharacter, Position: 0, Character: "U+0000"},
			{Rule: NeedsUCS2, Position: 0, Character: "U+0000", Encoding: smstext.UCS2, Count: 7, Limit: 70},
		}},
		{"what turns the code around", "code \u202e${code}", []Finding{
			{Rule: ControlCharacter, Position: 5, Character: "U+202E"},
			{Rule: NeedsUCS2, Position: 5, Character: "U+202E", Encoding: smstext.UCS2, Count: 12, Limit: 70},
		}},
		{"a mark that leans is fine", "\u200f${code}", []Finding{
			{Rule: NeedsUCS2, Position: 0, Character: "U+200F", Encoding: smstext.UCS2, Count: 7, Limit: 70},
		}},
		{"not UTF-8", "é\xff${code}", []Finding{
			{Rule: NotUTF8, Position: 1},
			{Rule: NeedsUCS2, Position: 1, Character: `"�"`, Encoding: smstext.UCS2, Count: 8, Limit: 70},
		}},
		{"the replacement character itself", "\uFFFD${code}", []Finding{
			{Rule: NeedsUCS2, Position: 0, Character: `"�"`, Encoding: smstext.UCS2, Count: 7, Limit: 70},
		}},
		{"one foreign character", "Tu código es ${code}", []Finding{
			{Rule: NeedsUCS2, Position: 4, Character: `"ó"`, Encoding: smstext.UCS2, Count: 19, Limit: 70},
		}},
	} {
		if got := Check(Template{Text: c.text}, oneSegment); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestTheLimitCountsWhatTheMacrosBecomeAtWorst(t *testing.T) {
	repeat := strings.Repeat
	for _, c := range []struct {
		name         string
		text         string
		limits       Limits
		rule         Rule
		count, limit int
	}{
		{"160 fit", repeat("a", 154) + "${code}", oneSegment, "", 0, 0},
		{"161 do not", repeat("a", 155) + "${code}", oneSegment, TooLong, 161, 160},
		{"a longer code counts", repeat("a", 154) + "${code}", Limits{Segments: 1, Digits: 7}, TooLong, 161, 160},
		{"the name counts", repeat("a", 154) + "${code}${org.name}", oneSegment, TooLong, 164, 160},
		{"the macros do not", repeat("a", 149) + "${code}${org.name}", Limits{Segments: 1, Digits: 10, OrgName: "A"}, "", 0, 0},
		{"a euro counts two", repeat("a", 153) + "€${code}", oneSegment, TooLong, 161, 160},
		{"70 in UCS-2", repeat("ж", 64) + "${code}", oneSegment, NeedsUCS2, 70, 70},
		{"71 do not fit", repeat("ж", 65) + "${code}", oneSegment, TooLong, 71, 70},
		{"an emoji counts two", repeat("ж", 63) + "😀${code}", oneSegment, TooLong, 71, 70},
		{"a name may bring in UCS-2", repeat("a", 64) + "${code}${org.name}", Limits{Segments: 1, Digits: 6, OrgName: "Ж"}, TooLong, 71, 70},
		{"two segments", repeat("a", 300) + "${code}", Limits{Segments: 2, Digits: 6}, "", 0, 0},
		{"not three", repeat("a", 301) + "${code}", Limits{Segments: 2, Digits: 6}, TooLong, 307, 306},
		{"three in UCS-2", repeat("ж", 195) + "${code}", Limits{Segments: 3, Digits: 6}, NeedsUCS2, 201, 201},
		{"not four", repeat("ж", 196) + "${code}", Limits{Segments: 9, Digits: 6}, TooLong, 202, 201},
		{"the autofill line counts", repeat("a", 154) + "${code}", Limits{Segments: 1, Digits: 6, Domain: "a.b"}, TooLong, 160 + 13, 160},
		{"no segments means one", repeat("a", 155) + "${code}", Limits{Digits: 6}, TooLong, 161, 160},
		{"no digits means four", repeat("a", 157) + "${code}", Limits{}, TooLong, 161, 160},
	} {
		got := Check(Template{Text: c.text}, c.limits)
		if c.rule == "" {
			if len(got) > 0 {
				t.Errorf("%s: %v", c.name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Rule != c.rule || got[0].Count != c.count || got[0].Limit != c.limit {
			t.Errorf("%s: %+v, want %s with %d of %d", c.name, got, c.rule, c.count, c.limit)
		}
	}
}

func TestTheCharacterThatForcesUCS2IsNamedEvenWhenAValueBringsItIn(t *testing.T) {
	limits := Limits{Segments: 1, Digits: 6, OrgName: "Łódź"}
	got := Check(Template{Text: "${org.name}: ${code}"}, limits)
	want := []Finding{{Rule: NeedsUCS2, Position: -1, Character: `"Ł"`, Encoding: smstext.UCS2, Count: 12, Limit: 70}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestTheRegulationThatCostsMostCounts(t *testing.T) {
	limits := Limits{Segments: 1, Digits: 6, Regulations: Regulations{
		{Country: "IN", BrandPrefix: "ACME: "},
		{Country: "US", OptOutSuffix: " Reply STOP to opt out"},
		{Country: "GR", OptOutSuffix: " ΣΤΟΠ α"}, // UCS-2, so that fewer characters take more
	}}
	got := Check(Template{Text: strings.Repeat("a", 60) + "${code}"}, limits)
	if len(got) != 1 || got[0].Rule != TooLong || got[0].Country != "GR" || got[0].Count != 73 {
		t.Errorf("%+v", got)
	}
	if got := Check(Template{Text: "${code}"}, Limits{Segments: 1, Regulations: limits.Regulations[:2]}); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestATextTooBigIsRefusedUnread(t *testing.T) {
	got := Check(Template{Text: strings.Repeat("${x}\xff", 200_000)}, oneSegment)
	if len(got) != 1 || got[0].Rule != TooBig {
		t.Errorf("%d findings, %v", len(got), got[0])
	}
	many := make(map[string]string)
	for i := range maxLanguages + 1 {
		many[strings.Repeat("a", i)] = "x"
	}
	got = Check(Template{Text: "${code}", Translations: many}, oneSegment)
	if len(got) != 1 || got[0].Rule != TooManyLanguages {
		t.Errorf("%d findings, %v", len(got), got[0])
	}
}

func TestALanguageIsKnownAndThereOnce(t *testing.T) {
	for _, spelled := range []string{"de", "pt-BR", "pt_BR", "ZH-hant-tw", "sr-Latn", "no", "es-419", "en-US-u-va-posix"} {
		if got := Check(Template{Text: "${code}", Translations: map[string]string{spelled: "${code}"}}, oneSegment); len(got) > 0 {
			t.Errorf("%s: %v", spelled, got)
		}
	}
	for _, spelled := range []string{"", " ", "german", "xx", "und", "de DE", "de@euro", "x-secret", "pt-BR-", "\xff", strings.Repeat("en-", 400_000)} {
		got := Check(Template{Text: "${code}", Translations: map[string]string{spelled: "${code}"}}, oneSegment)
		if len(got) != 1 || got[0].Rule != UnknownLanguage || got[0].Language != spelled {
			t.Errorf("%.40q: %v", spelled, got)
		}
	}
	for _, pair := range [][2]string{
		{"pt-BR", "pt_br"}, {"PT-BR", "pt-BR"}, {"he", "iw"}, {"nb", "no"}, {"zh-Hant-TW", "zh-TW"}, {"sr", "sr-Cyrl"}, {"fil", "tl"}, {"id", "in"},
	} {
		got := Check(Template{Text: "${code}", Translations: map[string]string{pair[0]: "${code}", pair[1]: "${code}"}}, oneSegment)
		if len(got) != 1 || got[0].Rule != LanguageTwice || got[0].Other != pair[0] || got[0].Language != pair[1] {
			t.Errorf("%v: %+v", pair, got)
		}
	}
	for _, pair := range [][2]string{{"pt", "pt-BR"}, {"en", "en-US"}, {"zh-Hans", "zh-Hant"}, {"zh-HK", "zh-TW"}, {"sr", "sr-Latn"}, {"ca", "ca-valencia"}} {
		if got := Check(Template{Text: "${code}", Translations: map[string]string{pair[0]: "${code}", pair[1]: "${code}"}}, oneSegment); len(got) > 0 {
			t.Errorf("%v: %v", pair, got)
		}
	}
	if got := Check(Template{Text: "${code}", Language: "en", Translations: map[string]string{"EN": "${code}"}}, oneSegment); len(got) != 1 || got[0].Other != "en" {
		t.Errorf("the template's own language again: %v", got)
	}
}

func TestAFindingIsASentenceAndACause(t *testing.T) {
	template := Template{Text: "${code", Translations: map[string]string{
		"de": "kein Code", "pl": strings.Repeat("ł", 80) + "${code}", "pt-BR": "{code}", "xx": "${code}", "sv": "\x07${code}${x}", "pt_br": "${code}",
	}}
	said := make(map[string]bool)
	for _, f := range Check(template, Limits{Segments: 1, Regulations: Regulations{{Country: "PL", OptOutSuffix: "!"}}}) {
		cause := f.Cause()
		if want := "translations." + f.Language; f.Language != "" && cause.Field != want {
			t.Errorf("field %q, want %q", cause.Field, want)
		}
		if cause.Text == "" || cause.Text == string(f.Rule) || cause.Text != f.Error() {
			t.Errorf("%+v says %q", f, cause.Text)
		}
		said[cause.Text] = true
		if !f.Refuses() && f.Rule != NeedsUCS2 {
			t.Errorf("%s does not refuse", f.Rule)
		}
	}
	for _, want := range []string{
		"the brace at character 0 has no partner",
		"the text has no ${code}",
		`the text takes 85 UCS-2 characters once its macros are filled, and 70 are allowed (with the regulation of PL); "ł" at character 0 is not in the GSM-7 alphabet, so that a segment has 70 characters instead of 160`,
		"this is the same language as pt-BR",
		"the text has the control character U+0007 at character 0",
	} {
		if !said[want] {
			t.Errorf("nobody said %q, but\n%v", want, said)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("${code} ${org.name}", "pt_BR", "Acme", "login.example.com", 1)
	f.Add("{code} \xff\x00${${code}}", "zh-Hant-TW", "${code}", "", 3)
	f.Fuzz(func(t *testing.T, text, language, orgName, domain string, segments int) {
		template := Template{Text: text, Translations: map[string]string{language: text}}
		limits := Limits{Segments: segments, Digits: 6, OrgName: orgName, Domain: domain, Regulations: Regulations{{OptOutSuffix: orgName}}}
		findings := Check(template, limits)
		refused := false
		for _, finding := range findings {
			refused = refused || finding.Refuses()
			if finding.Error() == "" || !utf8.ValidString(finding.Character) {
				t.Errorf("%+v", finding)
			}
			if finding.Position >= utf8.RuneCountInString(text) {
				t.Errorf("%+v is behind the end", finding)
			}
		}
		if refused {
			return
		}
		// What may be saved is sent, within its limit.
		v := Values{Code: "123456", OrgName: orgName, Domain: domain}
		sent, err := SMS(template, v, language)
		if err != nil {
			t.Fatalf("saved, but: %v", err)
		}
		if got := smstext.Count(sent.Body.Reveal()); got.Segments > limits.segments() {
			t.Errorf("%+v of %d", got, limits.segments())
		}
		if !strings.Contains(sent.Body.Reveal(), "123456") {
			t.Error("no code in the message")
		}
	})
}

func TestTheSentenceOfACallMustEnd(t *testing.T) {
	limits := Limits{Digits: 6, OrgName: "Acme"}
	long := strings.Repeat("あ", 290)
	for _, c := range []struct {
		text string
		want []Finding
	}{
		{long + "${org.name}${code}", nil},
		{long + "a${org.name}${code}", []Finding{{Rule: TooLongToSay, Position: -1, Count: 301, Limit: 300}}},
		{"Hello", []Finding{{Rule: MissingCode, Position: -1}}},
		{"${code} ${pin}", []Finding{{Rule: UnknownMacro, Position: 8}}},
	} {
		if got := CheckVoice(Template{Text: c.text}, limits); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}

func TestATemplateSpeaksALanguageInAnySpelling(t *testing.T) {
	template := Template{Translations: map[string]string{"pt_br": "", "NB": "", "x": ""}}
	for tag, want := range map[string]bool{"pt-BR": true, "pt": false, "no": true, "en": false, "": false} {
		if got := template.Speaks(tag); got != want {
			t.Errorf("%q: %v", tag, got)
		}
	}
}
