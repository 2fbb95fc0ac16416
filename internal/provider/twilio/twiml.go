package twilio

import (
	"bytes"
	"encoding/xml"
	"slices"
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
	longestPause  = 10 * time.Second // of an SSML break
	gatherSeconds = 5                // how long a key press is waited for after the offer was said
)

// betweenReadings parts two readings whose script ends without a pause.
const betweenReadings = time.Second

const (
	envelopeStart = `<?xml version="1.0" encoding="UTF-8"?><Response>`
	envelopeEnd   = `</Response>`
	nothingToSay  = envelopeStart + `<Hangup/>` + envelopeEnd
)

// spoken is what a call says: the reading as often as the script wants, then the offer to hear it again, for which Twilio
// comes back to repeatURL. It is well-formed and within Twilio's limit whatever the script is: of a reading that is too
// long words go, never a digit of the passcode. The note tells of a voice that stands in.
// https://www.twilio.com/docs/voice/twiml
//
// A reading is one Say with SSML breaks between the digits: a Say for each digit would be synthesized, and billed, by
// itself, and a Pause lasts a second at least.
func spoken(script hookswitch.Script, repeatURL string) (markup, note string) {
	if !says(script.Reading) {
		return nothingToSay, ""
	}
	v, note := voiceFor(script.Language)
	again := gather(v, script.Again, repeatURL)
	opening := v.say(min(max(script.Times, 1), longestTimes))
	budget := longestMarkup - len(envelopeStart+opening+sayEnd+envelopeEnd) - len(again)
	if budget < longestMarkup/2 { // an offer that leaves no room for what it offers
		budget, again = budget+len(again), ""
	}
	return envelopeStart + opening + fit(parted(script.Reading), budget) + sayEnd + again + envelopeEnd, note
}

const sayEnd = `</Say>`

// says tells whether there are words among the pieces: Twilio fails a Say without any.
func says(list []hookswitch.Piece) bool {
	return slices.ContainsFunc(list, func(p hookswitch.Piece) bool { return clean(p.Text, 0) != "" })
}

// say opens the verb for a voice.
func (v voice) say(times int) string {
	tag := `<Say voice="` + v.name + `"`
	if v.language != "" {
		tag += ` language="` + v.language + `"`
	}
	if times > 1 {
		tag += ` loop="` + strconv.Itoa(times) + `"`
	}
	return tag + `>`
}

// parted is the reading with a pause at its end.
func parted(reading []hookswitch.Piece) []hookswitch.Piece {
	if n := len(reading); n > 0 && reading[n-1].Pause > 0 {
		return reading
	}
	return append(slices.Clip(reading), hookswitch.Piece{Pause: betweenReadings})
}

// fit shortens the words until they fit. What does not fit with the fewest words is dropped piece by piece.
func fit(list []hookswitch.Piece, budget int) string {
	for _, longest := range []int{0, 400, 200, 100, 40} {
		if joined := strings.Join(pieces(list, longest), ""); len(joined) <= budget {
			return joined
		}
	}
	var out strings.Builder
	for _, piece := range pieces(list, 20) {
		if out.Len()+len(piece) <= budget {
			out.WriteString(piece)
		}
	}
	return out.String()
}

// longestOffer bounds the offer to hear it again, in bytes.
const longestOffer = 600

// gather offers the repetition. An empty finishOnKey makes # a key like any other.
func gather(v voice, again []hookswitch.Piece, repeatURL string) string {
	if repeatURL == "" {
		return ""
	}
	offer := ""
	if says(again) {
		offer = v.say(1) + fit(again, longestOffer) + sayEnd
	}
	return `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="` + strconv.Itoa(gatherSeconds) +
		`" method="POST" action="` + escape(repeatURL) + `">` + offer + `</Gather>`
}

// pieces renders words and pauses, words with at most longest characters each when longest is not zero. Words end with a
// space, so that two pieces are never one word.
func pieces(list []hookswitch.Piece, longest int) []string {
	var out []string
	for _, piece := range list {
		if text := clean(piece.Text, longest); text != "" {
			out = append(out, escape(text)+" ")
		}
		if piece.Pause > 0 {
			pause := min(piece.Pause, longestPause).Round(time.Millisecond)
			out = append(out, `<break time="`+strconv.FormatInt(pause.Milliseconds(), 10)+`ms"/>`)
		}
	}
	return out
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
