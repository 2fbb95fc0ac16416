package twiml_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hookswitch/internal/simulator/twiml"
)

func parse(t *testing.T, inside string) *twiml.Document {
	t.Helper()
	doc, err := twiml.Parse([]byte(`<?xml version="1.0" encoding="UTF-8"?><Response>` + inside + `</Response>`))
	if err != nil {
		t.Fatalf("%s: %v", inside, err)
	}
	return doc
}

// heard is what a listener hears: words, and pauses as "(0.5)".
func heard(doc *twiml.Document) string {
	var out []string
	for _, step := range doc.Steps {
		if speak, ok := step.(twiml.Speak); ok {
			for _, p := range speak.Pieces {
				if p.Kind == twiml.KindPause {
					out = append(out, "("+trim(p.Seconds)+")")
				} else {
					out = append(out, p.Text)
				}
			}
		}
	}
	return strings.Join(out, " | ")
}

func trim(f float64) string {
	return strings.TrimSuffix(time.Duration(f*float64(time.Second)).String(), "s")
}

func TestSayIsHeardWithItsPauses(t *testing.T) {
	for in, want := range map[string]string{
		`<Say>Hello  there</Say>`:                     "Hello there",
		`<Say loop="2">Hi</Say>`:                      "Hi | Hi",
		`<Say>Hi</Say><Pause/><Pause length="2"/>`:    "Hi | (1) | (2)",
		`<Say>1 &lt; 2 &amp; 3</Say>`:                 "1 < 2 & 3",
		`<Say><![CDATA[<3]]></Say>`:                   "<3",
		`<!-- c --><Say>a<!-- c -->b</Say>`:           "a b",
		`<Play digits="ww12"/>`:                       "(tones: ww12)",
		`<Play>https://x.example/a.mp3</Play>`:        "(plays a recording)",
		`<Say voice="man" language="es">Hola</Say>`:   "Hola",
		`<Say voice="Polly.Léa">Bonjour</Say>`:        "Bonjour",
		`<Say voice="Google.ar-XA-Wavenet-A">س</Say>`: "س",
	} {
		if got := heard(parse(t, in)); got != want {
			t.Errorf("%s: heard %q, want %q", in, got, want)
		}
	}
}

func TestSSMLIsHeardAsMeant(t *testing.T) {
	for in, want := range map[string]string{
		`Code <break time="500ms"/>4 <break strength="strong"/> 8`:          "Code | (500m) | 4 | (800m) | 8",
		`<say-as interpret-as="digits">482913</say-as>`:                     "4 8 2 9 1 3",
		`<prosody rate="slow">4<break time="1s"/>8</prosody>`:               "4 | (1) | 8",
		`<lang xml:lang="fr-FR">un</lang> two`:                              "un | two",
		`<sub alias="World Wide Web">WWW</sub>`:                             "World Wide Web",
		`<amazon:effect name="whispered">psst</amazon:effect>`:              "psst",
		`<emphasis level="strong">a</emphasis> <phoneme ph="x">b</phoneme>`: "a b",
		`<p>one</p><s>two</s>`:                                              "one | (300m) | two | (300m)",
	} {
		if got := heard(parse(t, `<Say voice="Polly.Joanna-Neural">`+in+`</Say>`)); got != want {
			t.Errorf("%s: heard %q, want %q", in, got, want)
		}
	}
	slow := parse(t, `<Say voice="Polly.Amy"><prosody rate="x-slow">1234567890</prosody></Say>`).Steps[0].(twiml.Speak).Pieces[0]
	fast := parse(t, `<Say voice="Polly.Amy">1234567890</Say>`).Steps[0].(twiml.Speak).Pieces[0]
	if slow.Seconds <= fast.Seconds || fast.Language != "en-GB" {
		t.Errorf("slow %v, fast %v", slow, fast)
	}
}

func TestGatherIsReadWithItsDefaults(t *testing.T) {
	g := parse(t, `<Gather><Say>Press</Say><Pause/></Gather>`).Steps[0].(twiml.Gather)
	if g.Action != "" || g.Method != "POST" || g.Timeout != 5*time.Second || g.FinishOnKey != "#" || g.NumDigits != 0 || g.OnEmpty || !g.Keys || len(g.Prompt) != 2 {
		t.Errorf("defaults: %+v", g)
	}
	g = parse(t, `<Gather action="/x?a=1&amp;b=2" method="get" timeout="3" finishOnKey="" numDigits="1" actionOnEmptyResult="true" input="dtmf speech"/>`).Steps[0].(twiml.Gather)
	if g.Action != "/x?a=1&b=2" || g.Method != "GET" || g.Timeout != 3*time.Second || g.FinishOnKey != "" || g.NumDigits != 1 || !g.OnEmpty || !g.Keys {
		t.Errorf("all set: %+v", g)
	}
	if !g.Complete("5") || g.Complete("") {
		t.Error("one digit completes, none does not")
	}
	if g = (twiml.Gather{FinishOnKey: "#"}); !g.Complete("12#") || g.Complete("12") {
		t.Error("the finishing key completes")
	}
}

func TestTheOtherVerbsAreRead(t *testing.T) {
	doc := parse(t, `<Redirect method="GET"> https://x.example/a </Redirect><Reject reason="busy"/><Hangup/>`)
	if doc.Steps[0] != (twiml.Redirect{URL: "https://x.example/a", Method: "GET"}) || doc.Steps[1] != (twiml.Reject{Reason: "busy"}) || doc.Steps[2] != (twiml.Hangup{}) {
		t.Errorf("got %+v", doc.Steps)
	}
}

func TestBadDocumentsAreRefusedWithTwiliosNumber(t *testing.T) {
	for in, code := range map[string]int{
		"":                                     twiml.CodeParseFailure,
		"hello":                                twiml.CodeParseFailure,
		"<Response>":                           twiml.CodeParseFailure,
		"<Response><Say>x</Response>":          twiml.CodeParseFailure,
		"<Response/><Response/>":               twiml.CodeParseFailure,
		"<Response/>x":                         twiml.CodeParseFailure,
		"<Response><Say>\xff</Say></Response>": twiml.CodeParseFailure,
		`<!DOCTYPE x [<!ENTITY y "z">]><Response><Say>&y;</Say></Response>`:                     twiml.CodeParseFailure,
		"<Response><Say>&y;</Say></Response>":                                                   twiml.CodeParseFailure,
		"<response/>":                                                                           twiml.CodeSchema,
		"<Response><say>x</say></Response>":                                                     twiml.CodeSchema,
		"<Response>text</Response>":                                                             twiml.CodeSchema,
		"<Response><Dial>x</Dial></Response>":                                                   twiml.CodeSchema,
		`<Response a="b"/>`:                                                                     twiml.CodeSchema,
		`<Response><Say pitch="1">x</Say></Response>`:                                           twiml.CodeSchema,
		`<Response><Say><break/>x</Say></Response>`:                                             twiml.CodeSchema,
		`<Response><Say voice="Polly.Amy"><blink/>x</Say></Response>`:                           twiml.CodeSchema,
		`<Response><Say voice="Polly.Amy"><break time="11s"/>x</Say></Response>`:                twiml.CodeSchema,
		`<Response><Say voice="Polly.Amy"><say-as interpret-as="x">1</say-as></Say></Response>`: twiml.CodeSchema,
		`<Response><Say></Say></Response>`:                                                      twiml.CodeSayText,
		`<Response><Say voice="Polly.Nobody">x</Say></Response>`:                                twiml.CodeSayVoice,
		`<Response><Say voice="Polly.Lea" language="de-DE">x</Say></Response>`:                  twiml.CodeSayVoice,
		`<Response><Say voice="woman" language="ar">x</Say></Response>`:                         twiml.CodeSayVoice,
		`<Response><Say language="english">x</Say></Response>`:                                  twiml.CodeSayVoice,
		`<Response><Say loop="-1">x</Say></Response>`:                                           twiml.CodeSayLoop,
		`<Response><Pause length="long"/></Response>`:                                           twiml.CodePauseLength,
		`<Response><Play/></Response>`:                                                          twiml.CodeSchema,
		`<Response><Play loop="x">a</Play></Response>`:                                          twiml.CodePlayLoop,
		`<Response><Gather timeout="x"/></Response>`:                                            twiml.CodeGatherTimeout,
		`<Response><Gather numDigits="0"/></Response>`:                                          twiml.CodeNumDigits,
		`<Response><Gather finishOnKey="12"/></Response>`:                                       twiml.CodeFinishOnKey,
		`<Response><Gather method="PUT"/></Response>`:                                           twiml.CodeGatherMethod,
		`<Response><Gather><Hangup/></Gather></Response>`:                                       twiml.CodeGatherNested,
		`<Response><Redirect method="PUT">x</Redirect></Response>`:                              twiml.CodeRedirectMethod,
		`<Response><Reject reason="rude"/></Response>`:                                          twiml.CodeSchema,
	} {
		_, err := twiml.Parse([]byte(in))
		var e *twiml.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%q: %v, want %d", in, err, code)
		}
	}
}

func TestPlainTextIsSpokenLineByLine(t *testing.T) {
	pieces := twiml.Say("one\n\n two  three \n", "en-US", "f-en-US")
	if len(pieces) != 3 || pieces[0].Text != "one" || pieces[1].Kind != twiml.KindPause || pieces[2].Text != "two three" {
		t.Errorf("got %+v", pieces)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<Response><Say voice="Polly.Joanna" loop="3">Code <break time="1s"/><say-as interpret-as="digits">123</say-as></Say></Response>`))
	f.Add([]byte(`<Response><Gather numDigits="1" action="/a"><Say>x</Say></Gather><Redirect>/b</Redirect><Hangup/></Response>`))
	f.Add([]byte(`<!DOCTYPE x><Response/>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		doc, err := twiml.Parse(in)
		if err != nil {
			var e *twiml.Error
			if !errors.As(err, &e) || e.Code == 0 {
				t.Fatalf("not an *Error: %v", err)
			}
			return
		}
		for _, step := range doc.Steps {
			speak, ok := step.(twiml.Speak)
			if !ok {
				continue
			}
			for _, p := range speak.Pieces {
				if p.Seconds < 0 || p.Kind == twiml.KindSay && p.Text == "" {
					t.Fatalf("piece %+v", p)
				}
			}
		}
	})
}
