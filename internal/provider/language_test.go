package provider

import "testing"

func TestALanguageIsFoundWithItsRegionElseAlone(t *testing.T) {
	table := map[string]bool{"de": true, "de-at": true, "nb": true, "zh": true, "zh-tw": true, "sr": true, "es-419": true}
	for tag, want := range map[string]string{
		"de": "de", "DE_at": "de-at", "de-CH": "de", "no": "nb", "nb-NO": "nb", "zh-Hant": "zh-tw", "zh-Hant-HK": "zh",
		"zh-Hans": "zh", "sr-Latn-RS": "sr", "es-419": "es-419", "es": "", "": "", "x-klingon": "", "-": "",
	} {
		key, ok := ParseLanguage(tag).Find(func(key string) bool { return table[key] })
		if ok != (want != "") || ok && key != want {
			t.Errorf("%q: %q %v, want %q", tag, key, ok, want)
		}
	}
}
