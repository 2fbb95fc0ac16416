package telesign_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/telesign"
)

func field(t *testing.T, r providertest.Request, name string) string {
	t.Helper()
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return form.Get(name)
}

func TestVoiceReadsDigitByDigitThreeTimes(t *testing.T) {
	once := "Hello. Your Acme code is\n8\n3\n7\n2\n6\n1"
	if got, want := telesign.Spoken(script()), once+"\n"+once+"\n"+once; got != want {
		t.Errorf("got %q", got)
	}
}

func TestVerifyReadsThePasscodeItself(t *testing.T) {
	once := "Hello. Your Acme code is\n$$CODE$$"
	got, ok := telesign.SpokenAround(script(), "837261")
	if want := once + "\n" + once + "\n" + once; !ok || got != want {
		t.Errorf("got %q %v", got, ok)
	}
	if _, ok := telesign.SpokenAround(script(), "837262"); ok {
		t.Error("another passcode was found in the script")
	}
	if _, ok := telesign.SpokenAround(hookswitch.Script{}, ""); ok {
		t.Error("no passcode was found in no script")
	}
}

// Whatever the text, Telesign's replacement must give it back.
func TestTheTemplateGivesTheTextBack(t *testing.T) {
	for _, text := range []string{
		"Your code is 1234.", "1234", "Call 01234567 or use 1234", "12341234 1234", "a $ sign and 1234",
	} {
		template, ok := telesign.TemplateOf(text, "1234")
		if got := strings.ReplaceAll(template, "$$CODE$$", "1234"); !ok || got != text || strings.Contains(template, "1234") {
			t.Errorf("%q: %q %v", text, template, ok)
		}
	}
	for _, text := range []string{"Your code is 1235.", ""} {
		if template, ok := telesign.TemplateOf(text, "1234"); ok {
			t.Errorf("%q: %q", text, template)
		}
	}
	if template, _ := telesign.TemplateOf("$$CODE$$ $$AMOUNT$$ $$$ 1234", "1234"); strings.Count(template, "$$") != 2 {
		t.Errorf("the text's own dollars look like a placeholder: %q", template)
	}
}

func TestATextWithoutThePasscodeIsLeftToTelesign(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(290, "In progress", "")))
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.VerifyService, telesign.VerifyService)
	m := smsMessage()
	m.Text, m.Language = "no passcode in it", "fr-CA"
	if _, err := p.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := carrier.Take()[0]
	if field(t, got, "template") != "" || field(t, got, "language") != "fr-CA" || field(t, got, "verify_code") != "837261" {
		t.Errorf("sent %s", got.Text())
	}
	m = callMessage()
	m.Script.Reading = m.Script.Reading[:1]
	if _, err := p.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got := carrier.Take()[0]; field(t, got, "tts_message") != "" || field(t, got, "verify_code") != "837261" {
		t.Errorf("sent %s", got.Text())
	}
}

func TestALanguageWithoutAVoiceFallsBack(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(103, "Call in progress", "")))
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, "", telesign.VoiceService)
	for language, want := range map[string]struct {
		voice string
		noted bool
	}{
		"en-GB": {"f-en-GB", false}, "pt": {"f-pt-BR", false}, "pl-PL": {"f-pl-PL", false}, "zh-Hant": {"f-zh-TW", false},
		"fr-CH": {"f-fr-FR", true}, "de": {"f-en-US", true}, "": {"f-en-US", true},
	} {
		m := callMessage()
		m.Script.Language = language
		receipt, err := p.Send(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if got := field(t, carrier.Take()[0], "voice"); got != want.voice || want.noted != (receipt.Note != "") {
			t.Errorf("%q: %s, note %q", language, got, receipt.Note)
		}
	}
}

func TestTooMuchTextNeverCostsADigit(t *testing.T) {
	s := script()
	s.Reading[0].Text = strings.Repeat("word ", 1000)
	if got := telesign.Spoken(s); !strings.HasSuffix(got, "\n8\n3\n7\n2\n6\n1") || utf8.RuneCountInString(got) > 1600 {
		t.Errorf("%d characters: …%q", utf8.RuneCountInString(got), got[len(got)-20:])
	}
}

func FuzzSpoken(f *testing.F) {
	f.Add("Your code is", "8", 3, 6)
	f.Add(strings.Repeat("$$CODE$$ ", 300), "\x00\xff", -1, 900)
	f.Fuzz(func(t *testing.T, words, digit string, times, count int) {
		s := hookswitch.Script{Times: times, Reading: []hookswitch.Piece{{Text: words}}}
		for range min(max(count, 0), 2000) {
			s.Reading = append(s.Reading, hookswitch.Piece{Text: digit}, hookswitch.Piece{Pause: time.Second})
		}
		got := telesign.Spoken(s)
		if utf8.RuneCountInString(got) > 1600 || strings.Contains(got, "$$") || !utf8.ValidString(got) {
			t.Fatalf("%d characters: %q", utf8.RuneCountInString(got), got)
		}
	})
}

func TestTheSenderOfTheCountryAndItsRegistryIdsAreTold(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	carrier.Will(providertest.Answer(200, answered(290, "In progress", "")))
	for _, c := range []struct{ service, sender, want, entity string }{
		{telesign.MessagingService, "", "", "1101234567890123456"},
		{telesign.MessagingService, "ACME", "ACME", "1101234567890123456"},
		{telesign.MessagingService, "MG00000000000000000000000000000001", "", "1101234567890123456"}, // Twilio's
		{telesign.VerifyService, "+15005550006", "15005550006", ""},
	} {
		m := smsMessage()
		m.Sender, m.DLTEntityID, m.DLTTemplateID = c.sender, "1101234567890123456", "1107161234567890123"
		if _, err := newProvider(carrier.NewClient(t, nil), carrier.URL, c.service, "").Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		got := carrier.Take()[0]
		if field(t, got, "sender_id") != c.want || field(t, got, "dlt_entity_id") != c.entity || (field(t, got, "dlt_template_id") == "") != (c.entity == "") {
			t.Errorf("%s with %q: %s", c.service, c.sender, got.Text())
		}
	}
}

func TestACallSpeaksALanguageWithAVoice(t *testing.T) {
	p := newProvider(nil, "", "", telesign.VoiceService)
	for language, want := range map[string]bool{"ja": true, "fr-CH": true, "de": false, "et": false, "": false} {
		if got := p.Speaks(language); got != want {
			t.Errorf("%q: %v", language, got)
		}
	}
}
