package twilio

import (
	"fmt"

	"hookswitch/internal/provider"
)

// locales is what the Locale parameter of Verify takes; anything else is answered with 404.
// https://www.twilio.com/docs/verify/supported-languages
var locales = map[string]string{
	"af": "af", "ar": "ar", "ca": "ca", "cs": "cs", "da": "da", "de": "de", "el": "el", "en": "en", "en-gb": "en-GB",
	"en-us": "en", "es": "es", "et": "et", "fi": "fi", "fil": "tl", "fr": "fr", "he": "he", "hi": "hi", "hr": "hr",
	"hu": "hu", "id": "id", "it": "it", "ja": "ja", "kn": "kn", "ko": "ko", "lt": "lt", "mr": "mr", "ms": "ms",
	"nb": "nb", "nl": "nl", "pl": "pl", "pt": "pt", "pt-br": "pt-BR", "ro": "ro", "ru": "ru", "sk": "sk", "sv": "sv",
	"te": "te", "th": "th", "tr": "tr", "uk": "uk", "vi": "vi", "zh": "zh", "zh-cn": "zh-CN", "zh-hk": "zh-HK",
}

// locale gives the Locale for a language. It is empty, with a note, when Verify has none: Twilio then goes by the country
// of the number.
func locale(language string) (tag, note string) {
	if language == "" {
		return "", ""
	}
	key, ok := provider.ParseLanguage(language).Find(func(key string) bool { return locales[key] != "" })
	if !ok {
		return "", fmt.Sprintf("Verify has no text in %q: it chooses by the number's country", language)
	}
	return locales[key], ""
}
