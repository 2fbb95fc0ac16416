// Package smstext tells how a text travels as SMS: in which of the two alphabets, in how
// many segments, and what in it costs more than it should.
//
// Sources: 3GPP TS 23.038 (alphabets, https://www.3gpp.org/dynareport/23038.htm) and
// TS 23.040, 9.2.3.24.1 (concatenation, https://www.3gpp.org/dynareport/23040.htm).
package smstext

import "unicode/utf8"

// Encoding is the alphabet of a message, spelled as carriers show it.
type Encoding string

// The two alphabets.
const (
	GSM7 Encoding = "GSM-7" // seven bits a unit; extended characters take two units
	UCS2 Encoding = "UCS-2" // UTF-16 in fact: characters outside the basic plane take two units
)

// Single is how many units fit a message of one segment.
func (e Encoding) Single() int {
	if e == GSM7 {
		return 160
	}
	return 70
}

// Concatenated is how many units fit each segment of a longer message: the header that
// puts them together again takes six of the 140 bytes.
func (e Encoding) Concatenated() int {
	if e == GSM7 {
		return 153
	}
	return 67
}

// Info is what there is to know of a text before it is sent.
type Info struct {
	Encoding Encoding
	// Characters is the number of Unicode code points.
	Characters int
	// Units is what counts towards the limits: an extended GSM-7 character and an emoji
	// count two.
	Units int
	// Segments is how many messages are paid for; 0 for an empty text.
	Segments int
}

// Count measures a text. Bytes that are no UTF-8 count as U+FFFD each, as they would be
// sent. It allocates nothing.
func Count(text string) Info {
	info, ok := countGSM7(text)
	if !ok {
		info = countUCS2(text)
	}
	info.Segments = segmentsOf(text, info)
	return info
}

// countGSM7 is not ok when a character is not in the alphabet. Most texts are ASCII: those
// bytes are looked up as they are.
func countGSM7(text string) (info Info, ok bool) {
	units, characters := 0, 0
	for i := 0; i < len(text); characters++ {
		if b := text[i]; b < utf8.RuneSelf {
			width := widths[b]
			if width == 0 {
				return info, false
			}
			units += int(width)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		width := septets(r)
		if width == 0 {
			return info, false
		}
		units += width
		i += size
	}
	return Info{Encoding: GSM7, Characters: characters, Units: units}, true
}

func countUCS2(text string) Info {
	units, characters := 0, 0
	for _, r := range text {
		units += utf16Units(r)
		characters++
	}
	return Info{Encoding: UCS2, Characters: characters, Units: units}
}

// segmentsOf looks at the text again only when it is long and has characters of two units,
// which may leave a unit of a segment empty.
func segmentsOf(text string, info Info) int {
	room := info.Encoding.Concatenated()
	switch {
	case info.Units == 0:
		return 0
	case info.Units <= info.Encoding.Single():
		return 1
	case info.Units == info.Characters:
		return (info.Units + room - 1) / room
	}
	segments := 0
	for rest := text; rest != ""; segments++ {
		rest = rest[cut(rest, info.Encoding):]
	}
	return segments
}

// Split answers the texts of the segments, in order. No character is ever in two of them:
// what takes two units and finds room for one moves on to the next segment.
func Split(text string) []string {
	info := Count(text)
	if info.Segments <= 1 {
		if text == "" {
			return nil
		}
		return []string{text}
	}
	segments := make([]string, 0, info.Segments)
	for rest := text; rest != ""; {
		end := cut(rest, info.Encoding)
		segments = append(segments, rest[:end])
		rest = rest[end:]
	}
	return segments
}

// cut is the length in bytes of the first segment of a concatenated message.
func cut(text string, encoding Encoding) int {
	room := encoding.Concatenated()
	for i, r := range text {
		if encoding == GSM7 {
			room -= septets(r)
		} else {
			room -= utf16Units(r)
		}
		if room < 0 {
			return i
		}
	}
	return len(text)
}

func utf16Units(r rune) int {
	if r > 0xFFFF && r <= utf8.MaxRune {
		return 2
	}
	return 1
}
