package twilio

import (
	"fmt"
	"strings"

	"hookswitch"
	"hookswitch/internal/provider"
)

// voice is a speaker of Twilio's <Say> and the language attribute that goes with it. Twilio fails the instruction when
// the two do not fit.
type voice struct{ name, language string }

// voices is the table of who speaks what, standard voices where there is one. A language alone names the region that
// stands in for those without a voice of their own. https://www.twilio.com/docs/voice/twiml/say/text-speech
var voices = map[string]voice{
	"af":     {"Google.af-ZA-Standard-A", "af-ZA"},
	"am":     {"Google.am-ET-Standard-A", "am-ET"},
	"ar":     {"Polly.Zeina", "arb"},
	"ar-ae":  {"Polly.Hala-Neural", "ar-AE"},
	"bg":     {"Google.bg-BG-Standard-A", "bg-BG"},
	"bn":     {"Google.bn-IN-Standard-A", "bn-IN"},
	"ca":     {"Polly.Arlet-Neural", "ca-ES"},
	"cs":     {"Google.cs-CZ-Standard-A", "cs-CZ"},
	"cy":     {"Polly.Gwyneth", "cy-GB"},
	"da":     {"Polly.Naja", "da-DK"},
	"de":     {"Polly.Vicki", "de-DE"},
	"de-at":  {"Polly.Hannah-Neural", "de-AT"},
	"de-de":  {"Polly.Vicki", "de-DE"},
	"el":     {"Google.el-GR-Standard-A", "el-GR"},
	"en":     {"Polly.Joanna", "en-US"},
	"en-au":  {"Polly.Nicole", "en-AU"},
	"en-gb":  {"Polly.Amy", "en-GB"},
	"en-ie":  {"Polly.Niamh-Neural", "en-IE"},
	"en-in":  {"Polly.Raveena", "en-IN"},
	"en-nz":  {"Polly.Aria-Neural", "en-NZ"},
	"en-us":  {"Polly.Joanna", "en-US"},
	"en-za":  {"Polly.Ayanda-Neural", "en-ZA"},
	"es":     {"Polly.Lucia", "es-ES"},
	"es-419": {"Polly.Mia", "es-MX"},
	"es-es":  {"Polly.Lucia", "es-ES"},
	"es-mx":  {"Polly.Mia", "es-MX"},
	"es-us":  {"Polly.Lupe", "es-US"},
	"eu":     {"Google.eu-ES-Standard-A", ""},
	"fi":     {"Polly.Suvi-Neural", "fi-FI"},
	"fil":    {"Google.fil-PH-Standard-A", "fil-PH"},
	"fr":     {"Polly.Lea", "fr-FR"},
	"fr-be":  {"Polly.Isabelle-Neural", "fr-BE"},
	"fr-ca":  {"Polly.Chantal", "fr-CA"},
	"fr-fr":  {"Polly.Lea", "fr-FR"},
	"gl":     {"Google.gl-ES-Standard-A", ""},
	"gu":     {"Google.gu-IN-Standard-A", "gu-IN"},
	"he":     {"Google.he-IL-Standard-A", "he-IL"},
	"hi":     {"Google.hi-IN-Standard-A", "hi-IN"},
	"hu":     {"Google.hu-HU-Standard-A", "hu-HU"},
	"id":     {"Google.id-ID-Standard-A", "id-ID"},
	"is":     {"Polly.Dora", "is-IS"},
	"it":     {"Polly.Bianca", "it-IT"},
	"ja":     {"Polly.Mizuki", "ja-JP"},
	"kn":     {"Google.kn-IN-Standard-A", "kn-IN"},
	"ko":     {"Polly.Seoyeon", "ko-KR"},
	"lt":     {"Google.lt-LT-Standard-A", ""},
	"lv":     {"Google.lv-LV-Standard-A", "lv-LV"},
	"ml":     {"Google.ml-IN-Standard-A", "ml-IN"},
	"mr":     {"Google.mr-IN-Standard-A", "mr-IN"},
	"ms":     {"Google.ms-MY-Standard-A", "ms-MY"},
	"nb":     {"Polly.Liv", "nb-NO"},
	"nl":     {"Polly.Lotte", "nl-NL"},
	"nl-be":  {"Polly.Lisa-Neural", "nl-BE"},
	"nl-nl":  {"Polly.Lotte", "nl-NL"},
	"pa":     {"Google.pa-IN-Standard-A", "pa-IN"},
	"pl":     {"Polly.Ewa", "pl-PL"},
	"pt":     {"Polly.Camila", "pt-BR"},
	"pt-br":  {"Polly.Camila", "pt-BR"},
	"pt-pt":  {"Polly.Ines", "pt-PT"},
	"ro":     {"Polly.Carmen", "ro-RO"},
	"ru":     {"Polly.Tatyana", "ru-RU"},
	"sk":     {"Google.sk-SK-Standard-A", "sk-SK"},
	"sr":     {"Google.sr-RS-Standard-A", "sr-RS"},
	"sv":     {"Polly.Astrid", "sv-SE"},
	"ta":     {"Google.ta-IN-Standard-A", "ta-IN"},
	"te":     {"Google.te-IN-Standard-A", "te-IN"},
	"th":     {"Google.th-TH-Standard-A", "th-TH"},
	"tr":     {"Polly.Filiz", "tr-TR"},
	"uk":     {"Google.uk-UA-Standard-A", "uk-UA"},
	"vi":     {"Google.vi-VN-Standard-A", "vi-VN"},
	"yue":    {"Google.yue-HK-Standard-A", "yue-HK"},
	"zh":     {"Polly.Zhiyu", "cmn-CN"},
	"zh-cn":  {"Polly.Zhiyu", "cmn-CN"},
	"zh-hk":  {"Google.yue-HK-Standard-A", "yue-HK"},
	"zh-tw":  {"Google.cmn-TW-Standard-A", "cmn-TW"},
}

// Speaks tells whether a call can be in the language. Verify has words of its own for calls, and finds a language by
// itself.
func (p *Provider) Speaks(language string) bool {
	if p.account.Methods[hookswitch.Call].Option == OptionVerifySID {
		return true
	}
	_, ok := provider.ParseLanguage(language).Find(func(key string) bool { return voices[key].name != "" })
	return ok
}

// voiceFor gives the voice for a language, and a note when another one stands in: that of the language's main region, or
// American English when Twilio speaks no such language.
func voiceFor(language string) (voice, string) {
	wanted := provider.ParseLanguage(language)
	key, ok := wanted.Find(func(key string) bool { return voices[key].name != "" })
	switch {
	case !ok:
		return voices["en"], fmt.Sprintf("no voice speaks %q, %s stands in", language, voices["en"].name)
	case key != wanted.Key() && !strings.EqualFold(wanted.Key(), voices[key].language):
		return voices[key], fmt.Sprintf("no voice speaks %q, %s stands in", language, voices[key].name)
	default:
		return voices[key], ""
	}
}
