package render

import (
	"testing"

	"hookswitch"
)

func BenchmarkSMS(b *testing.B) {
	c := load(b)
	custom := Template{Text: "${org.name}: ${code}", Translations: c.Default(hookswitch.SMS, hookswitch.SignIn).Translations}
	compiled, err := Compile(custom)
	if err != nil {
		b.Fatal(err)
	}
	v := Values{Code: "123456", OrgName: "Acme", Domain: "login.example.com"}
	for _, bench := range []struct {
		name string
		send func() (Text, error)
	}{
		{"default/at-hand", func() (Text, error) { return c.SMS(hookswitch.SignIn, v, "de") }},
		{"default/nearest", func() (Text, error) { return c.SMS(hookswitch.SignIn, v, "", "en_US") }},
		{"default/header", func() (Text, error) { return c.SMS(hookswitch.SignIn, v, "gd, tlh;q=0.9, de-CH;q=0.8") }},
		{"custom/compiled", func() (Text, error) { return compiled.SMS(v, "de-CH") }},
		{"custom/at-hand", func() (Text, error) { return SMS(custom, v, "de") }},
		{"custom/nearest", func() (Text, error) { return SMS(custom, v, "de-CH") }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bench.send(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkVoice(b *testing.B) {
	c := load(b)
	v := Values{Code: "123456", OrgName: "Acme"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Voice(hookswitch.SignIn, v, "ja"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	t := load(b).Default(hookswitch.SMS, hookswitch.SignIn)
	b.ReportAllocs()
	for b.Loop() {
		Check(t, atWorst)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
