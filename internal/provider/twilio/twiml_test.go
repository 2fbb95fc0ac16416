package twilio_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/twilio"
	"hookswitch/internal/simulator/twiml"
)

const repeatURL = "https://id.example/repeat/d1?a=1&b=2"

// wellFormed reads a document to its end and gives the text in it.
func wellFormed(markup string) (string, error) {
	var text strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(markup))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		if words, ok := token.(xml.CharData); ok {
			text.Write(words)
		}
	}
}

func TestTheReadingIsSaidThreeTimesThenAKeyRepeatsIt(t *testing.T) {
	markup, note := twilio.Spoken(script(), repeatURL)
	if note != "" {
		t.Errorf("note %q", note)
	}
	providertest.Golden(t, "call.twiml", strings.NewReplacer("><", ">\n<", " <", "\n<", "/>", "/>\n").Replace(markup)+"\n")
	document, err := twiml.Parse([]byte(markup))
	if err != nil {
		t.Fatal(err)
	}
	last, ok := document.Steps[len(document.Steps)-1].(twiml.Gather)
	first, _ := document.Steps[0].(twiml.Speak)
	if got := heard(first.Pieces); got != strings.Repeat("Hello. Your <Acme> code is 8 3 7 2 6 1 ", 3) {
		t.Errorf("heard %q", got)
	}
	if !ok || last.Action != repeatURL || last.Method != "POST" || last.NumDigits != 1 || last.FinishOnKey != "" {
		t.Errorf("the last step is %+v", last)
	}
}

// heard is the words of a call, without its pauses.
func heard(pieces []twiml.Piece) string {
	var out strings.Builder
	for _, piece := range pieces {
		if piece.Kind == twiml.KindSay {
			out.WriteString(strings.TrimSpace(piece.Text) + " ")
		}
	}
	return out.String()
}

func TestEveryVoiceOfTheTableExists(t *testing.T) {
	for _, language := range twilio.Voices() {
		s := script()
		s.Language = language
		markup, note := twilio.Spoken(s, repeatURL)
		if note != "" {
			t.Errorf("%s: %s", language, note)
		}
		if _, err := twiml.Parse([]byte(markup)); err != nil {
			t.Errorf("%s: %v", language, err)
		}
	}
}

func TestALanguageWithoutAVoiceFallsBack(t *testing.T) {
	for language, want := range map[string]struct {
		voice string
		noted bool
	}{
		"en-US":      {"Polly.Joanna", false},
		"en_gb":      {"Polly.Amy", false},
		"de":         {"Polly.Vicki", false},
		"de-DE":      {"Polly.Vicki", false},
		"de-CH":      {"Polly.Vicki", true},
		"pl-PL":      {"Polly.Ewa", false},
		"nb-NO":      {"Polly.Liv", false},
		"no":         {"Polly.Liv", false},
		"zh-Hant-TW": {"Google.cmn-TW-Standard-A", false},
		"zh-Hant":    {"Google.cmn-TW-Standard-A", false},
		"zh-CN":      {"Polly.Zhiyu", false},
		"sr-Latn-RS": {"Google.sr-RS-Standard-A", false},
		"tlh":        {"Polly.Joanna", true},
		"":           {"Polly.Joanna", true},
	} {
		s := script()
		s.Language = language
		markup, note := twilio.Spoken(s, "")
		if !strings.Contains(markup, `voice="`+want.voice+`"`) || want.noted != (note != "") {
			t.Errorf("%q: note %q, %s", language, note, markup[:120])
		}
	}
}

func TestNothingOfTheTextIsMarkup(t *testing.T) {
	s := script()
	evil := `</Say><Hangup/> & "quotes" ]]> <!-- &amp; ` + "\x00\x1b\ufffe"
	s.Reading[0].Text, s.Again[0].Text = evil, evil
	markup, _ := twilio.Spoken(s, `https://id.example/"><Hangup/>?a=1&b=2`)
	text, err := wellFormed(markup)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(markup, "<Hangup") || !strings.Contains(text, `</Say><Hangup/> & "quotes" ]]> <!-- &amp;`) {
		t.Errorf("got %s", markup)
	}
}

// digits of a script that is too long are the last to go: words go first.
func TestTooMuchTextNeverCostsADigit(t *testing.T) {
	for name, change := range map[string]func(s *hookswitch.Script){
		"a long sentence":      func(s *hookswitch.Script) { s.Reading[0].Text = strings.Repeat("word ", 400) },
		"a sentence to escape": func(s *hookswitch.Script) { s.Reading[0].Text = strings.Repeat("&", 3000) },
		"in wide letters":      func(s *hookswitch.Script) { s.Reading[0].Text = strings.Repeat("你", 2000) },
		"a long offer":         func(s *hookswitch.Script) { s.Again[0].Text = strings.Repeat("again ", 900) },
		"many times":           func(s *hookswitch.Script) { s.Times = 1 << 30 },
		"no times":             func(s *hookswitch.Script) { s.Times = -1 },
		"long pauses":          func(s *hookswitch.Script) { s.Reading[1].Pause = 1 << 60 },
	} {
		s := script()
		change(&s)
		markup, _ := twilio.Spoken(s, repeatURL)
		if len(markup) > 4000 {
			t.Errorf("%s: %d bytes", name, len(markup))
		}
		rest := markup
		for _, digit := range "837261" {
			said := ">" + string(digit) + " <"
			i := strings.Index(rest, said)
			if i < 0 {
				t.Fatalf("%s: %c is not said in %s", name, digit, markup)
			}
			rest = rest[i+len(said):]
		}
	}
}

// Without words there is nothing to say, and a Say that is empty fails the call.
func TestAScriptWithoutWordsEndsTheCall(t *testing.T) {
	for _, reading := range [][]hookswitch.Piece{nil, {{Pause: time.Second}}, {{Text: " \x00\n"}}} {
		markup, _ := twilio.Spoken(hookswitch.Script{Language: "en", Reading: reading}, repeatURL)
		if !strings.Contains(markup, "<Response><Hangup/></Response>") {
			t.Errorf("got %s", markup)
		}
	}
}

func FuzzSpoken(f *testing.F) {
	f.Add("Your code is", "1", "Press a key", "en-US", repeatURL, 3, 21, int64(500))
	f.Add(strings.Repeat("<&>", 500), "\x00\ufffe\xff", "", "tlh", strings.Repeat("x", 5000), -4, 300, int64(1e12))
	f.Fuzz(func(t *testing.T, words, digit, again, language, repeat string, times, count int, pause int64) {
		s := hookswitch.Script{Language: language, Times: times, Again: []hookswitch.Piece{{Text: again, Pause: time.Duration(pause)}}}
		s.Reading = append(s.Reading, hookswitch.Piece{Text: words})
		for range min(max(count, 0), 400) {
			s.Reading = append(s.Reading, hookswitch.Piece{Text: digit}, hookswitch.Piece{Pause: time.Duration(pause) * time.Millisecond})
		}
		markup, _ := twilio.Spoken(s, repeat)
		if len(markup) > 4000 {
			t.Fatalf("%d bytes", len(markup))
		}
		if _, err := wellFormed(markup); err != nil {
			t.Fatalf("%v in %s", err, markup)
		}
		if _, err := twiml.Parse([]byte(markup)); err != nil {
			t.Fatalf("%v in %s", err, markup)
		}
	})
}
