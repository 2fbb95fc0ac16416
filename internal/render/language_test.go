package render

import "testing"

func TestALanguageIsServedByItsNearest(t *testing.T) {
	have := []string{
		"ar", "de", "en", "es", "es-419", "fr", "fr-CA", "he", "hr", "id", "nb", "pt-BR", "pt-PT", "ru", "sr", "sr-Latn",
		"uk", "zh-HK", "zh-Hans", "zh-Hant", "fil",
	}
	for asked, want := range map[string]string{
		"en": "en", "EN": "en", "en_US": "en", "en-GB": "en", "en_US_POSIX": "en", "en-US-u-va-posix": "en", "en_US.UTF-8": "en",
		"es-MX": "es-419", "es_AR": "es-419", "es-ES": "es", "fr-CA": "fr-CA", "fr_CA": "fr-CA", "fr-CH": "fr",
		"pt": "pt-BR", "pt-BR": "pt-BR", "pt_BR": "pt-BR", "pt-PT": "pt-PT", "pt-AO": "pt-PT",
		"no": "nb", "nb": "nb", "nb-NO": "nb", "nn": "nb", "no_NO": "nb",
		"sr": "sr", "sr-RS": "sr", "sr-Latn": "sr-Latn", "sr-Latn-RS": "sr-Latn", "sr-ME": "sr-Latn", "sh": "sr-Latn", "bs": "hr",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh_CN": "zh-Hans", "zh-SG": "zh-Hans", "cmn": "zh-Hans", "zh-Hans-HK": "zh-Hans",
		"zh-TW": "zh-Hant", "zh-Hant-TW": "zh-Hant", "zh_TW": "zh-Hant", "zh-HK": "zh-HK", "zh-Hant-HK": "zh-HK", "zh-MO": "zh-HK",
		"yue": "zh-HK", "yue-Hant-HK": "zh-HK", "zh-yue": "zh-HK", "yue-Hans": "zh-Hans",
		"iw": "he", "in": "id", "tl": "fil", "ar-EG": "ar", "de@euro": "de", "uk-UA": "uk",
		"fi": "", "ja": "", "xx": "", "und": "", "": "", "*": "", "x-klingon": "", "\xff": "", "mul": "", "hi-Latn": "",
	} {
		if got := Choose([]string{asked}, have); got != want {
			t.Errorf("%q is served by %q, want %q", asked, got, want)
		}
	}
}

func TestTheFirstCandidateThatIsServedWins(t *testing.T) {
	have := []string{"en", "de", "fr_FR"}
	for _, c := range []struct {
		candidates []string
		want       string
	}{
		{[]string{"de-CH", "en_US", "fr", "en"}, "de"},
		{[]string{"", "fr-BE", "de"}, "fr_FR"},
		{[]string{"ja", "", "fr-CH, fr;q=0.9, en;q=0.8", "de"}, "fr_FR"},
		{[]string{"ja, zh;q=0.9", "de"}, "de"},
		{[]string{"en;q=0.2, de;q=0.8"}, "de"},
		{[]string{"de;q=0", "en"}, "en"},
		{[]string{"garbage;;q", "en"}, "en"},
		{[]string{"ja", "ko"}, ""},
		{nil, ""},
	} {
		if got := Choose(c.candidates, have); got != c.want {
			t.Errorf("%q: %q, want %q", c.candidates, got, c.want)
		}
	}
	if got := Choose([]string{"en"}, nil); got != "" {
		t.Errorf("of no languages %q", got)
	}
	if got := Choose([]string{"zh-TW"}, []string{"ru", "zh-Hans"}); got != "zh-Hans" {
		t.Errorf("Chinese in another script is nearer than none: %q", got)
	}
	if got := Choose([]string{"uk"}, []string{"en", "ru"}); got != "" {
		t.Errorf("Ukrainian is served by %q", got)
	}
}

func FuzzChoose(f *testing.F) {
	f.Add("pt_BR", "pt,en;q=0.4", "pt")
	f.Add("zh-Hant-TW", "x", "zh_HK")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		have := []string{"en", c, "zh-Hans"}
		got := Choose([]string{a, b}, have)
		if got != "" && got != "en" && got != c && got != "zh-Hans" {
			t.Errorf("chose %q, which is not at hand", got)
		}
	})
}
