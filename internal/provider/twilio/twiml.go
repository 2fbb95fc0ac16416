package twilio

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"time"
	"unicode"

	"hookswitch"
)

const (
	// longestMarkup is Twilio's limit for the Twiml parameter, in characters; counted here in bytes, which are never fewer.
	longestMarkup = 4000
	longestTimes  = 5
	longestPause  = 10 // seconds
	gatherSeconds = 10 // how long a key press is waited for
)

const (
	envelopeStart = `<?xml version="1.0" encoding="UTF-8"?><Response>`
	envelopeEnd   = `</Response>`
	nothingToSay  = envelopeStart + `<Hangup/>` + envelopeEnd
)

// spoken is what a call says: the reading as often as the script wants, then the offer to hear it again, for which Twilio
// comes back to repeatURL. It is well-formed and within Twilio's limit whatever the script is: when there is too
// much, readings go first and words next, never a digit of the passcode. The note tells of a voice that stands in.
// https://www.twilio.com/docs/voice/twiml
func spoken(script hookswitch.Script, repeatURL string) (markup, note string) {
	if len(script.Reading) == 0 {
		return nothingToSay, ""
	}
	v, note := voiceFor(script.Language)
	again := gather(v, script.Again, repeatURL)
	budget := longestMarkup - len(envelopeStart) - len(envelopeEnd) - len(again)
	if budget < longestMarkup/2 { // an offer that leaves no room for what it offers
		budget, again = budget+len(again), ""
	}
	reading := strings.Join(pieces(v, script.Reading, 0), "")
	for times := min(max(script.Times, 1), longestTimes); times > 0; times-- {
		if len(reading)*times <= budget {
			return envelopeStart + strings.Repeat(reading, times) + again + envelopeEnd, note
		}
	}
	return envelopeStart + cut(v, script.Reading, budget) + again + envelopeEnd, note
}

// cut shortens the words of a reading until it fits. What does not fit with the fewest words is dropped piece by piece.
func cut(v voice, reading []hookswitch.Piece, budget int) string {
	for _, longest := range []int{400, 200, 100, 40} {
		if joined := strings.Join(pieces(v, reading, longest), ""); len(joined) <= budget {
			return joined
		}
	}
	var out strings.Builder
	for _, piece := range pieces(v, reading, 20) {
		if out.Len()+len(piece) <= budget {
			out.WriteString(piece)
		}
	}
	return out.String()
}

// gather offers the repetition. An empty finishOnKey makes # a key like any other.
func gather(v voice, again []hookswitch.Piece, repeatURL string) string {
	if repeatURL == "" {
		return ""
	}
	return `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="` + strconv.Itoa(gatherSeconds) +
		`" method="POST" action="` + escape(repeatURL) + `">` + strings.Join(pieces(v, again, 400), "") + `</Gather>`
}

// pieces renders words and pauses, words with at most longest characters each when longest is not zero.
func pieces(v voice, list []hookswitch.Piece, longest int) []string {
	say := `<Say voice="` + v.name + `"`
	if v.language != "" {
		say += ` language="` + v.language + `"`
	}
	var out []string
	for _, piece := range list {
		if text := clean(piece.Text, longest); text != "" {
			out = append(out, say+`>`+escape(text)+`</Say>`)
		}
		if piece.Pause > 0 {
			out = append(out, `<Pause length="`+strconv.Itoa(wholeSeconds(piece.Pause))+`"/>`)
		}
	}
	return out
}

// wholeSeconds rounds up: Twilio's shortest pause is one second.
func wholeSeconds(pause time.Duration) int {
	return int(min((pause+time.Second-1)/time.Second, longestPause))
}

// clean takes out what XML cannot hold and nobody can speak.
func clean(text string, longest int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar:
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		case unicode.IsGraphic(r), unicode.Is(unicode.Cf, r):
			return r
		default:
			return -1
		}
	}, text)
	text = strings.TrimSpace(text)
	if longest > 0 {
		if runes := []rune(text); len(runes) > longest {
			text = string(runes[:longest])
		}
	}
	return text
}

func escape(text string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes everything
	return out.String()
}
