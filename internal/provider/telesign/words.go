package telesign

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/provider"
)

// longestText is the limit of message and tts_message, in characters.
const longestText = 1600

// longestTimes bounds how often a script is read.
const longestTimes = 5

// spoken is the script as one text, read as often as it wants and as the limit allows. Each piece is a line: Telesign
// pauses at its end, longer than at a comma.
// https://standard.telesign.com/api-reference/apis/voice-api/overview
func spoken(script hookswitch.Script) string { return repeated(lines(script.Reading), script.Times) }

// spokenAround is the script with the placeholder for the passcode, which Telesign reads digit by digit. It answers false
// when the script does not say the passcode digit by digit.
func spokenAround(script hookswitch.Script, code string) (string, bool) {
	said := lines(script.Reading)
	digits := strings.Split(code, "")
	found := false
	for i := 0; code != "" && i+len(digits) <= len(said); i++ {
		if strings.Join(said[i:i+len(digits)], "\n") == strings.Join(digits, "\n") {
			said = append(append(append([]string{}, said[:i]...), placeholder), said[i+len(digits):]...)
			found = true
		}
	}
	return repeated(said, script.Times), found
}

// lines gives the words of a reading. A pause is the end of a line, so pauses need no lines of their own.
func lines(reading []hookswitch.Piece) []string {
	var out []string
	for _, piece := range reading {
		if text := clean(piece.Text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// clean keeps what can be spoken on one line and cannot be taken for a placeholder.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar:
			return -1
		default:
			return r
		}
	}, text)
	for strings.Contains(text, "$$") {
		text = strings.ReplaceAll(text, "$$", "$")
	}
	return strings.TrimSpace(text)
}

// repeated says the lines several times, fewer when they would be too long. Of a single reading that is too long words go,
// never a digit: long lines are cut first.
func repeated(said []string, times int) string {
	reading := strings.Join(said, "\n")
	length := utf8.RuneCountInString(reading)
	for times = min(max(times, 1), longestTimes); times > 0; times-- {
		if (length+1)*times <= longestText {
			return strings.TrimSuffix(strings.Repeat(reading+"\n", times), "\n")
		}
	}
	for _, longest := range []int{400, 100, 40, 10} {
		if short := strings.Join(cut(said, longest), "\n"); utf8.RuneCountInString(short) <= longestText {
			return short
		}
	}
	runes := []rune(strings.Join(cut(said, 10), "\n"))
	return string(runes[:longestText])
}

func cut(said []string, longest int) []string {
	out := make([]string, len(said))
	for i, line := range said {
		out[i] = line
		if runes := []rune(line); len(runes) > longest {
			out[i] = string(runes[:longest])
		}
	}
	return out
}

// speakers is the table of languages that Telesign speaks, all with female voices. A language alone names the region that
// stands in for the others. https://standard.telesign.com/api-reference/apis/voice-api/send-a-voice-message/post-voice
var speakers = map[string]string{
	"da": "da-DK", "en": "en-US", "en-au": "en-AU", "en-ca": "en-CA", "en-gb": "en-GB", "en-in": "en-IN", "en-us": "en-US",
	"es": "es-ES", "es-419": "es-MX", "es-es": "es-ES", "es-mx": "es-MX", "es-us": "es-MX", "fi": "fi-FI", "fr": "fr-FR",
	"fr-ca": "fr-CA", "fr-fr": "fr-FR", "it": "it-IT", "ja": "ja-JP", "ko": "ko-KR", "nb": "nb-NO", "nl": "nl-NL",
	"pl": "pl-PL", "pt": "pt-BR", "pt-br": "pt-BR", "pt-pt": "pt-PT", "yue": "zh-HK", "zh": "zh-CN", "zh-cn": "zh-CN",
	"zh-hk": "zh-HK", "zh-tw": "zh-TW",
}

// Speaks tells whether a call can be in the language.
func (p *Provider) Speaks(language string) bool {
	_, ok := provider.ParseLanguage(language).Find(func(key string) bool { return speakers[key] != "" })
	return ok
}

// speaker gives the tag for a language, and a note when another one stands in: that of the language's main region, or
// American English when Telesign does not speak the language.
func speaker(language string) (tag, note string) {
	wanted := provider.ParseLanguage(language)
	key, ok := wanted.Find(func(key string) bool { return speakers[key] != "" })
	switch {
	case !ok:
		return speakers["en"], fmt.Sprintf("Telesign does not speak %q, %s stands in", language, speakers["en"])
	case key != wanted.Key() && !strings.EqualFold(wanted.Key(), speakers[key]):
		return speakers[key], fmt.Sprintf("Telesign does not speak %q, %s stands in", language, speakers[key])
	default:
		return speakers[key], ""
	}
}
