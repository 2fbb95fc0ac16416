package phone

import (
	"errors"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestWhatPeopleTypeBecomesE164(t *testing.T) {
	for _, c := range []struct{ input, region, e164, country string }{
		{"+12025550123", "", "+12025550123", "US"},
		{"+1-202-555-0123", "", "+12025550123", "US"},
		{"+1 (202) 555.0123", "", "+12025550123", "US"},
		{"(202) 555-0123", "US", "+12025550123", "US"},
		{"1 202 555 0123", "US", "+12025550123", "US"},
		{"202/555/0123", "US", "+12025550123", "US"},
		{"\t+1 202 555 0123 ", "", "+12025550123", "US"},
		{"001 202 555 0123", "", "+12025550123", "US"},
		{"00 44 20 7946 0123", "US", "+442079460123", "GB"},
		{"011 44 20 7946 0123", "US", "+442079460123", "GB"},
		{"0011 44 20 7946 0123", "AU", "+442079460123", "GB"},
		{"0044 20 7946 0123", "AU", "+442079460123", "GB"},
		{"010 1 202 555 0123", "JP", "+12025550123", "US"},
		{"+44 (0)20 7946 0123", "", "+442079460123", "GB"},
		{"(+44) 20 7946 0123", "", "+442079460123", "GB"},
		{"020 7946 0123", "GB", "+442079460123", "GB"},
		{"+39 06 4567 8901", "", "+390645678901", "IT"},
		{"011 15-2345-6789", "AR", "+5491123456789", "AR"},
		{"06 12 34 56 78", "FR", "+33612345678", "FR"},
		{"+44 7911 123456", "", "+447911123456", "GG"},
		{"＋８１　３−４５６７−８９０１", "", "+81345678901", "JP"},
		{"０３ー４５６７ー８９０１", "JP", "+81345678901", "JP"},
		{"٠٠١٢٠٢٥٥٥٠١٢٣", "", "+12025550123", "US"},
		{"۰۰۱۲۰۲۵۵۵۰۱۲۳", "", "+12025550123", "US"},
		{"\u202a+1\u00a0202\u2011555\u20130123\u202c", "", "+12025550123", "US"},
		{"\ufeff+1\u200b2025550123", "", "+12025550123", "US"},
		{"+15005550006", "", "+15005550006", "US"},
		{"+800 1234 5678", "", "+80012345678", ""},
	} {
		got, err := Parse(c.input, c.region)
		if err != nil || got.E164 != c.e164 || got.Region != c.country {
			t.Errorf("Parse(%q, %q) = %+v, %v; want %s of %q", c.input, c.region, got, err, c.e164, c.country)
		}
	}
}

func TestWhatIsNoNumberIsRefusedWithItsReason(t *testing.T) {
	for _, c := range []struct {
		input, region string
		want          Problem
	}{
		{"", "US", Empty},
		{" - ", "US", Empty},
		{"+", "US", Empty},
		{"1-800-FLOWERS", "US", BadCharacter},
		{"+1 202 555 0123 ext. 5", "US", BadCharacter},
		{"+1 202 555 0123 x5", "US", BadCharacter},
		{"tel:+12025550123", "US", BadCharacter},
		{"+12025550123;ext=5", "US", BadCharacter},
		{"+1202555\x000123", "US", BadCharacter},
		{"+1202555\n0123", "US", BadCharacter},
		{"+1202555\xff0123", "US", BadCharacter},
		{"*67 202 555 0123", "US", BadCharacter},
		{"++12025550123", "", BadCharacter},
		{"1+2025550123", "US", BadCharacter},
		{"2025550123", "", NoCountry},
		{"2025550123", "XX", NoCountry},
		{"2025550123", "us-east-1", NoCountry},
		{"+999 123 4567", "", NoCountry},
		{"+0 123 4567", "", NoCountry},
		{"+1202555", "", TooShort},
		{"555 0123", "US", TooShort},
		{"+1", "", TooShort},
		{"+120255501234", "", TooLong},
		{strings.Repeat("1", 25), "US", TooLong},
		{"+1" + strings.Repeat(" ", 200) + "2025550123", "", TooLong},
		{"+15554151337", "", Unassigned},
		{"+10000000000", "", Unassigned},
		{"+33012345678", "", Unassigned},
	} {
		got, err := Parse(c.input, c.region)
		var problem Problem
		if !errors.As(err, &problem) || problem != c.want || got != (Number{}) {
			t.Errorf("Parse(%q, %q) = %+v, %v; want %v", c.input, c.region, got, err, c.want)
		}
	}
}

func TestTheLineTypeIsTold(t *testing.T) {
	for number, want := range map[string]LineType{
		"+14155552671":  FixedOrMobile,
		"+33612345678":  Mobile,
		"+442079460123": FixedLine,
		"+81345678901":  FixedLine,
		"+18005550199":  TollFree,
		"+80012345678":  TollFree,
		"+19005550100":  PremiumRate,
		"+448001111":    TollFree,
		"+33820123456":  SharedCost,
		"+815012345678": VoIP,
		"+447012345678": Personal,
		"+447640123456": Pager,
		"+445512345678": UAN,
	} {
		if got, err := Parse(number, ""); err != nil || got.Line != want {
			t.Errorf("%s is %q, %v; want %q", number, got.Line, err, want)
		}
	}
}

func TestNumbersOfFictionAreMobilePhones(t *testing.T) {
	for _, number := range []string{
		"+12025550100", "+12025550123", "+12025550199", "+14165550142",
		"+15005550000", "+15005550006", "+15005550010", "+15005550099",
	} {
		if got, err := Parse(number, ""); err != nil || got.Line != Mobile {
			t.Errorf("%s is %q, %v; want mobile", number, got.Line, err)
		}
	}
	for _, number := range []string{"+12025550200", "+12025551123", "+15005550100", "+18005550123", "+19005550123"} {
		if got, err := Parse(number, ""); err != nil || got.Line == Mobile {
			t.Errorf("%s is %q, %v; want what the plan says", number, got.Line, err)
		}
	}
}

func TestEveryExampleNumberOfTheWorldGoesRoundTrip(t *testing.T) {
	types := []phonenumbers.PhoneNumberType{
		phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE,
		phonenumbers.SHARED_COST, phonenumbers.VOIP, phonenumbers.PERSONAL_NUMBER, phonenumbers.PAGER,
		phonenumbers.UAN, phonenumbers.VOICEMAIL,
	}
	checked := 0
	for region := range phonenumbers.GetSupportedRegions() {
		for _, kind := range types {
			example := phonenumbers.GetExampleNumberForType(region, kind)
			if example == nil || !phonenumbers.IsValidNumber(example) {
				continue
			}
			checked++
			want := Number{
				E164:        phonenumbers.Format(example, phonenumbers.E164),
				Region:      phonenumbers.GetRegionCodeForNumber(example),
				CountryCode: int(example.GetCountryCode()),
				Line:        lineTypeOf(phonenumbers.GetNumberType(example)),
			}
			if fictional(want.CountryCode, want.E164[2:], want.Line) {
				want.Line = Mobile
			}
			for _, format := range []phonenumbers.PhoneNumberFormat{phonenumbers.E164, phonenumbers.INTERNATIONAL, phonenumbers.NATIONAL} {
				text := phonenumbers.Format(example, format)
				if again, err := phonenumbers.Parse(text, region); err != nil || !phonenumbers.IsValidNumber(again) {
					continue // the library cannot read what it wrote, as for Argentina's national form
				}
				got, err := Parse(text, region)
				if err != nil || got != want {
					t.Errorf("Parse(%q, %s) = %+v, %v; want %+v", text, region, got, err, want)
				}
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d example numbers", checked)
	}
}

func TestEveryCallingCodeIsReadFromTheFront(t *testing.T) {
	for code := range phonenumbers.GetSupportedCallingCodes() {
		number := phonenumbers.Format(protoOf(code, "23456789"), phonenumbers.E164)
		if got := callingCode(number[1:]); got != code {
			t.Errorf("callingCode(%s) = %d, want %d", number, got, code)
		}
	}
}

func TestAnOverrideIsAskedFirst(t *testing.T) {
	overrides, err := NewOverrides(map[string]LineType{
		"+1555":        Mobile,
		"+1555415":     FixedLine,
		"+442079460":   VoIP,
		"+12025550123": PremiumRate,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		input, region string
		line          LineType
	}{
		{"+1 555 123 4567", "", Mobile},
		{"555 123 4567", "US", Mobile},
		{"+15554151337", "", FixedLine},
		{"020 7946 0123", "GB", VoIP},
		{"+12025550123", "", PremiumRate},
		{"+12025550124", "", Mobile},
	} {
		if got, err := overrides.Parse(c.input, c.region); err != nil || got.Line != c.line || got.Region == "" {
			t.Errorf("Parse(%q) = %+v, %v; want %s", c.input, got, err, c.line)
		}
	}
}

func TestAnOverrideThatMakesNoSenseIsRefused(t *testing.T) {
	for prefix, line := range map[string]LineType{
		"": Mobile, "+": Mobile, "1202": Mobile, "+1 202": Mobile, "+999": Mobile, "+0": Mobile,
		"+1202": "satellite", "+1203": Unknown, "+1234567890123456": Mobile,
	} {
		if _, err := NewOverrides(map[string]LineType{prefix: line}); err == nil {
			t.Errorf("override %q -> %q was accepted", prefix, line)
		}
	}
}

func TestProblemsNeverHoldTheNumber(t *testing.T) {
	for p := none; p <= ExtensionNoKey+1; p++ {
		if p.Error() == "" {
			t.Errorf("problem %d says nothing", p)
		}
	}
	_, err := Parse("+1-555-415-1337", "")
	if err == nil || strings.Contains(err.Error(), "415") {
		t.Errorf("error %v", err)
	}
}

func TestTheCacheAnswersLikeParse(t *testing.T) {
	cache := NewCache(Overrides{}, 4)
	inputs := []string{"+12025550100", "+1 202 555 0101", "garbage", "+33612345678", "+442079460123", "+18005550199", "+81345678901"}
	rapid.Check(t, func(t *rapid.T) {
		input := rapid.SampledFrom(inputs).Draw(t, "input")
		want, wantErr := Parse(input, "")
		got, err := cache.Parse(input, "")
		if got != want || err != wantErr {
			t.Fatalf("Parse(%q) = %+v, %v; want %+v, %v", input, got, err, want, wantErr)
		}
		if size := len(cache.young) + len(cache.old); size > 8 {
			t.Fatalf("%d numbers kept", size)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"+12025550123", "(202) 555-0123", "0011 44 20 7946 0123", "+44 (0)20 7946 0123", "＋８１３", "00", "+1\xff", "1-800-FLOWERS", "+80012345678", "+3900000000"} {
		f.Add(seed, "US")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, input, region string) {
		number, err := Parse(input, region)
		if err != nil {
			var problem Problem
			if !errors.As(err, &problem) || number != (Number{}) {
				t.Fatalf("Parse(%q, %q) = %+v, %v", input, region, number, err)
			}
			return
		}
		if !isPlusDigits(number.E164) || !number.Line.Valid() || number.Line == Unknown {
			t.Fatalf("Parse(%q, %q) = %+v", input, region, number)
		}
		if again, err := Parse(number.E164, ""); err != nil || again != number {
			t.Fatalf("Parse(%q) = %+v, then %+v, %v", input, number, again, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, input := range []string{"+12025550123", "+1 202 555 0123", "+447911123456"} {
		b.Run(input, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(input, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("cached", func(b *testing.B) {
		cache := NewCache(Overrides{}, 1000)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cache.Parse("+12025550123", ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}
