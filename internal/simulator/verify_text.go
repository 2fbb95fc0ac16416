package simulator

import "strings"

// verifyTexts are the simulator's own words for the languages people test
// with; Verify's other locales get the English ones.
var verifyTexts = map[string]string{
	"en": "Your {name} verification code is: {code}",
	"de": "Ihr {name}-Bestätigungscode lautet: {code}",
	"es": "Tu código de verificación de {name} es: {code}",
	"fr": "Votre code de vérification {name} est : {code}",
	"it": "Il codice di verifica di {name} è: {code}",
	"pt": "Seu código de verificação do {name} é: {code}",
	"nl": "Uw {name}-verificatiecode is: {code}",
	"pl": "Twój kod weryfikacyjny {name} to: {code}",
	"sv": "Din verifieringskod för {name} är: {code}",
	"tr": "{name} doğrulama kodunuz: {code}",
	"ru": "Ваш код подтверждения {name}: {code}",
	"ja": "{name} の認証コードは {code} です",
	"ko": "{name} 인증번호: {code}",
	"zh": "您的 {name} 验证码是：{code}",
	"ar": "رمز التحقق من {name} هو: {code}",
}

func verifyText(name, code, locale string) string {
	base, _, _ := strings.Cut(strings.ToLower(locale), "-")
	text, ok := verifyTexts[base]
	if !ok {
		text = verifyTexts["en"]
	}
	return strings.NewReplacer("{name}", name, "{code}", code).Replace(text)
}

// verifyLocales are the locales Verify accepts, in lower case.
// Source: https://www.twilio.com/docs/verify/supported-languages
var verifyLocales = map[string]bool{
	"af": true, "ar": true, "bg": true, "bn": true, "ca": true, "cs": true, "da": true, "de": true, "el": true, "en": true, "en-gb": true,
	"es": true, "et": true, "fi": true, "fr": true, "gu": true, "he": true, "hi": true, "hr": true, "hu": true, "id": true, "it": true,
	"ja": true, "kn": true, "ko": true, "lt": true, "lv": true, "ml": true, "mr": true, "ms": true, "nb": true, "nl": true, "pa": true,
	"pl": true, "pt": true, "pt-br": true, "ro": true, "ru": true, "sk": true, "sl": true, "sr": true, "sv": true, "ta": true, "te": true,
	"th": true, "tl": true, "tr": true, "uk": true, "ur": true, "vi": true, "zh": true, "zh-cn": true, "zh-hk": true, "zh-tw": true,
	"es-419": true, "es-mx": true, "fr-ca": true, "pt-pt": true,
}
