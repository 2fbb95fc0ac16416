package simulator

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCodesAreFoundAsPeopleFindThem(t *testing.T) {
	for text, want := range map[string]string{
		"Your code is 482913":                                      "482913",
		"482913 is your Acme code.":                                "482913",
		"G-482913 is your verification code":                       "482913",
		"Your code: 482-913. Call +1 202 555 0100":                 "482913",
		"Your code: 482 913":                                       "482913",
		"Your code is 4, 8, 2, 9, 1, 3.":                           "482913",
		"Your code is 4. 8. 2. 9. 1. 3. Again: 4. 8. 2. 9. 1. 3.":  "482913",
		"4 8 2 9 1 3 4 8 2 9 1 3 4 8 2 9 1 3":                      "482913",
		"Code 4 8 2 9, code 4 8 2 9":                               "4829",
		"Your code is 1234. It is good until 17:30 on 2026-11-22.": "1234",
		"On 20261122 your PIN is 9876":                             "9876",
		"Ihr Code lautet 482913":                                   "482913",
		"Ваш код 482913":                                           "482913",
		"您的验证码是 482913，5分钟内有效":                                     "482913",
		"رمز التحقق: ٤٨٢٩١٣":                                       "482913",
		"आपका कोड ४८२९१३ है":                                       "482913",
		"رمز ۴، ۸، ۲، ۹، ۱، ۳":                                     "482913",
		"Use 12345678 to sign in\n\n@acme.example #482913":         "482913",
		"@acme.example #7X9Q":                                      "7X9Q",
		"Visit https://acme.example/1234567":                       "",
		"Call +12025550143":                                        "",
		"Hello":                                                    "",
		"123":                                                      "",
		"":                                                         "",
		"12345678901":                                              "",
		"pause 4\u00a08\u00a02\u00a09":                             "4829",
		"𝟒𝟖𝟐𝟗𝟏𝟑 code":                                              "482913",
	} {
		if got := extractCode(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSegmentsAreCountedAsCarriersDo(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 1}, {strings.Repeat("a", 160), 1}, {strings.Repeat("a", 161), 2}, {strings.Repeat("a", 306), 2}, {strings.Repeat("a", 307), 3},
		{strings.Repeat("€", 80), 1}, {strings.Repeat("€", 81), 2}, {strings.Repeat("я", 70), 1}, {strings.Repeat("я", 71), 2},
		{strings.Repeat("😀", 35), 1}, {strings.Repeat("😀", 36), 2},
	} {
		if got := segments(c.text); got != c.want {
			t.Errorf("%d of %.4s: %d, want %d", utf8.RuneCountInString(c.text), c.text, got, c.want)
		}
	}
}

func TestSecretsAreRedactedInTheJournal(t *testing.T) {
	for in, want := range map[string]string{
		"Basic QUM6c2VjcmV0": "Basic AC:***", "Basic ?": "Basic ***", "TSA id:sig": "TSA id:***", "Bearer abc": "Bearer ***", "": "", "secret": "secret ***",
	} {
		if got := redact(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestExtensionsAreWhatIsDialled(t *testing.T) {
	for in, want := range map[string]string{"": "", "wwww1234#": "1234", "W12w*3": "12*3", "ww": ""} {
		if got := dialled(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzExtractCode(f *testing.F) {
	f.Add("Your code is 4, 8, 2, 9, 1, 3.")
	f.Add("رمز التحقق: ٤٨٢٩١٣\n@a.example #1234")
	f.Add("@0 #\x8d")
	f.Fuzz(func(t *testing.T, text string) {
		code := extractCode(text)
		if code != "" && !strings.Contains(plainDigits(text), "#"+code) && (len(code) < minCode || len(code) > maxCode || strings.Trim(code, "0123456789") != "") {
			t.Fatalf("%q gave %q", text, code)
		}
	})
}

func FuzzParseForm(f *testing.F) {
	f.Add([]byte("To=%2B12025550143&Body=x&StatusCallbackEvent=a&StatusCallbackEvent=b"))
	f.Add([]byte("a=%zz&;"))
	s := New(Options{})
	f.Cleanup(s.Close)
	f.Fuzz(func(t *testing.T, body []byte) {
		form, err := parseForm(body)
		if err != nil {
			return
		}
		// What the readers refuse they must refuse in words, never by a panic.
		if m, refusal := s.readMessage(form); (m == nil) == (refusal == nil) {
			t.Fatal("readMessage: neither or both")
		}
		if c, _, refusal := s.readCall(form); (c == nil) == (refusal == nil) {
			t.Fatal("readCall: neither or both")
		}
		if to, refusal := readVerification(form); (to == "") == (refusal == nil) {
			t.Fatal("readVerification: neither or both")
		}
		if to, _, wrong := readTelesign(form); (to == "") == (wrong == nil) {
			t.Fatal("readTelesign: neither or both")
		}
	})
}

func FuzzPathNumber(f *testing.F) {
	f.Add("+12025550143")
	f.Add("%2B1 (202) 555-0143")
	f.Fuzz(func(t *testing.T, v string) {
		n, err := readPathNumber(v)
		if err != nil {
			return
		}
		if again, err := readPathNumber(n); err != nil || again != n || n[0] != '+' || strings.Trim(n[1:], "0123456789") != "" {
			t.Fatalf("%q gave %q, which gives %q, %v", v, n, again, err)
		}
		possible(n)
		country(n)
	})
}

func FuzzParseSearch(f *testing.F) {
	f.Add(`to:+1202 !text:"two words" code`)
	f.Fuzz(func(t *testing.T, q string) {
		s, err := parseSearch(q)
		if err != nil {
			return
		}
		code := "1234"
		s.match(&message{Text: "code 1234", Code: &code, To: "+12025550143"})
	})
}
