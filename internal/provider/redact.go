package provider

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

const (
	hidden      = "[hidden]"
	longestText = 300 // characters of a carrier's own words that anybody wants to read
	// phoneDigits is the length from which a run of digits may be a phone number; carriers' error codes are shorter.
	phoneDigits = 7
)

// Redact makes a carrier's words fit to be shown and logged: the values to hide go, as they are and as they stand in a
// URL, then everything that looks like a phone number, and the rest is cut to a readable length.
func Redact(text string, hide ...string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	for _, value := range hide {
		if value == "" {
			continue
		}
		text = strings.ReplaceAll(text, value, hidden)
		if escaped := url.QueryEscape(value); escaped != value {
			text = strings.ReplaceAll(text, escaped, hidden)
		}
	}
	text = hideNumbers(strings.ToValidUTF8(text, "\uFFFD")) // a value to hide may have been half a character
	if utf8.RuneCountInString(text) > longestText {
		text = string([]rune(text)[:longestText]) + "…"
	}
	return text
}

// hideNumbers replaces runs of digits, and of the marks that people group them with, that are long enough for a phone
// number. A run that is part of a word, like an account's id in hexadecimal, stays.
func hideNumbers(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		length, digits := numberAt(text[i:])
		if digits < phoneDigits || partOfWord(text[:i], text[i+length:]) {
			step := max(length, 1)
			out.WriteString(text[i : i+step])
			i += step
			continue
		}
		out.WriteString(hidden)
		i += length
	}
	return out.String()
}

// partOfWord says whether letters touch a run of digits. An escaped plus is none.
func partOfWord(before, after string) bool {
	if n := len(before); n >= 3 && strings.EqualFold(before[n-3:], "%2B") {
		before = ""
	}
	return before != "" && wordByte(before[len(before)-1]) || after != "" && wordByte(after[0])
}

// numberAt measures the run of digits and grouping marks at the start of the text; it ends with a digit.
func numberAt(text string) (length, digits int) {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
			length = i + 1
		case c == '+' && i == 0, i > 0 && digits > 0 && strings.IndexByte(" -().", c) >= 0:
		default:
			return length, digits
		}
	}
	return length, digits
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
