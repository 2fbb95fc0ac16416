package twiml

import (
	"fmt"
	"regexp"
	"strings"
)

// languageTag is the shape of the tags that Twilio documents (en-US, cmn-CN,
// en-GB-WLS, es-419).
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4}|-[0-9]{3})?(-[A-Z]{3})?$`)

var googleVoice = regexp.MustCompile(`^Google\.([a-z]{2,3}-[A-Z]{2})-[A-Za-z0-9]+(-[A-Za-z0-9]+)?$`)

// checkVoice refuses a voice that Twilio does not have and a language that the
// voice does not speak; it answers the language that will be heard.
// Source: https://www.twilio.com/docs/voice/twiml/say/text-speech#available-voices-and-languages
func checkVoice(voice, language string) (string, error) {
	if language != "" && !languageTag.MatchString(language) {
		return "", fmt.Errorf("language %q is not a language tag", language)
	}
	own, err := voiceLanguage(voice)
	if err != nil {
		return "", err
	}
	switch {
	case language == "" && own == "":
		return "en-US", nil
	case language == "":
		return own, nil
	case own == "":
		if !basicLanguages[base(language)] {
			return "", fmt.Errorf("the voice %q does not speak %s", voice, language)
		}
	case base(own) != base(language):
		return "", fmt.Errorf("the voice %q speaks %s, not %s", voice, own, language)
	}
	return language, nil
}

// voiceLanguage is the language a voice was made for, "" for the basic voices
// that speak several.
func voiceLanguage(voice string) (string, error) {
	switch {
	case voice == "man" || voice == "woman" || voice == "alice":
		return "", nil
	case strings.HasPrefix(voice, "Polly."):
		name := strings.TrimPrefix(voice, "Polly.")
		for _, engine := range []string{"-Neural", "-Generative", "-Long-Form"} {
			name = strings.TrimSuffix(name, engine)
		}
		if language, ok := pollyVoices[unaccent.Replace(name)]; ok {
			return language, nil
		}
	case strings.HasPrefix(voice, "Google."):
		if m := googleVoice.FindStringSubmatch(voice); m != nil {
			return m[1], nil
		}
	}
	return "", fmt.Errorf("there is no voice %q", voice)
}

func speaksSSML(voice string) bool {
	return strings.HasPrefix(voice, "Polly.") || strings.HasPrefix(voice, "Google.")
}

// base is the language without its country; spellings of one language by
// Polly and by BCP 47 are made equal.
func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	switch b {
	case "cmn", "yue":
		return "zh"
	case "arb":
		return "ar"
	case "no":
		return "nb"
	}
	return b
}

var unaccent = strings.NewReplacer("é", "e", "É", "E", "á", "a", "â", "a", "ê", "e", "í", "i", "ó", "o", "ú", "u", "ã", "a", "ö", "o")

// basicLanguages is what man, woman and alice speak between them.
var basicLanguages = map[string]bool{
	"en": true, "es": true, "fr": true, "de": true, "it": true, "da": true, "ca": true, "fi": true, "ja": true, "ko": true,
	"nb": true, "nl": true, "pl": true, "pt": true, "ru": true, "sv": true, "zh": true,
}

var pollyVoices = map[string]string{
	"Zeina": "arb", "Hala": "ar-AE", "Zayed": "ar-AE", "Arlet": "ca-ES", "Hiujin": "yue-CN", "Zhiyu": "cmn-CN", "Jitka": "cs-CZ",
	"Naja": "da-DK", "Mads": "da-DK", "Sofie": "da-DK", "Laura": "nl-NL", "Lotte": "nl-NL", "Ruben": "nl-NL", "Lisa": "nl-BE",
	"Nicole": "en-AU", "Olivia": "en-AU", "Russell": "en-AU", "Amy": "en-GB", "Emma": "en-GB", "Brian": "en-GB", "Arthur": "en-GB",
	"Aditi": "en-IN", "Raveena": "en-IN", "Kajal": "en-IN", "Niamh": "en-IE", "Aria": "en-NZ", "Jasmine": "en-SG", "Ayanda": "en-ZA",
	"Danielle": "en-US", "Gregory": "en-US", "Ivy": "en-US", "Joanna": "en-US", "Kendra": "en-US", "Kimberly": "en-US",
	"Salli": "en-US", "Joey": "en-US", "Justin": "en-US", "Kevin": "en-US", "Matthew": "en-US", "Patrick": "en-US", "Ruth": "en-US",
	"Stephen": "en-US", "Geraint": "en-GB-WLS", "Suvi": "fi-FI", "Celine": "fr-FR", "Lea": "fr-FR", "Mathieu": "fr-FR", "Remi": "fr-FR",
	"Isabelle": "fr-BE", "Chantal": "fr-CA", "Gabrielle": "fr-CA", "Liam": "fr-CA", "Marlene": "de-DE", "Vicki": "de-DE",
	"Hans": "de-DE", "Daniel": "de-DE", "Hannah": "de-AT", "Sabrina": "de-CH", "Dora": "is-IS", "Karl": "is-IS", "Carla": "it-IT",
	"Bianca": "it-IT", "Giorgio": "it-IT", "Adriano": "it-IT", "Mizuki": "ja-JP", "Takumi": "ja-JP", "Kazuha": "ja-JP", "Tomoko": "ja-JP",
	"Seoyeon": "ko-KR", "Jihye": "ko-KR", "Liv": "nb-NO", "Ida": "nb-NO", "Ewa": "pl-PL", "Maja": "pl-PL", "Jacek": "pl-PL", "Jan": "pl-PL",
	"Ola": "pl-PL", "Camila": "pt-BR", "Vitoria": "pt-BR", "Ricardo": "pt-BR", "Thiago": "pt-BR", "Ines": "pt-PT", "Cristiano": "pt-PT",
	"Carmen": "ro-RO", "Tatyana": "ru-RU", "Maxim": "ru-RU", "Conchita": "es-ES", "Lucia": "es-ES", "Enrique": "es-ES", "Sergio": "es-ES",
	"Mia": "es-MX", "Andres": "es-MX", "Lupe": "es-US", "Penelope": "es-US", "Miguel": "es-US", "Pedro": "es-US", "Astrid": "sv-SE",
	"Elin": "sv-SE", "Filiz": "tr-TR", "Burcu": "tr-TR", "Gwyneth": "cy-GB",
}
