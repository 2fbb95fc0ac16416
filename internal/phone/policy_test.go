package phone

import (
	"strings"
	"testing"

	"hookswitch"
)

func TestTheDefaultTableOfLinesAndChannels(t *testing.T) {
	type row struct{ sms, call bool }
	for line, allowed := range map[LineType]row{
		Mobile:        {true, true},
		FixedOrMobile: {true, true},
		FixedLine:     {false, true},
		Personal:      {true, true},
		TollFree:      {},
		PremiumRate:   {},
		SharedCost:    {},
		VoIP:          {},
		Pager:         {},
		UAN:           {},
		Voicemail:     {},
		Unknown:       {},
	} {
		for channel, want := range map[hookswitch.Channel]bool{hookswitch.SMS: allowed.sms, hookswitch.Call: allowed.call} {
			for name, policy := range map[string]Policy{"default": DefaultPolicy(), "empty": nil} {
				reason, refused := policy.Refuses(Number{Line: line}, channel)
				if refused == want || (reason == "") != want {
					t.Errorf("%s policy: %s by %s refused = %v (%q)", name, line, channel, refused, reason)
				}
			}
		}
	}
}

func TestASettingOpensOrClosesALineType(t *testing.T) {
	policy := Policy{VoIP: CallOnly, Pager: SMSOnly, UAN: Allow, Personal: Refuse}
	if err := policy.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line    LineType
		channel hookswitch.Channel
		refused bool
	}{
		{VoIP, hookswitch.Call, false}, {VoIP, hookswitch.SMS, true},
		{Pager, hookswitch.Call, true}, {Pager, hookswitch.SMS, false},
		{UAN, hookswitch.Call, false}, {UAN, hookswitch.SMS, false},
		{Personal, hookswitch.Call, true}, {Personal, hookswitch.SMS, true},
		{Mobile, hookswitch.SMS, false}, {Mobile, "email", true}, {Mobile, "", true},
	} {
		if _, refused := policy.Refuses(Number{Line: c.line}, c.channel); refused != c.refused {
			t.Errorf("%s by %q refused = %v", c.line, c.channel, refused)
		}
	}
}

func TestTollFreeAndPremiumRateAreRefusedWhateverTheTableSays(t *testing.T) {
	for _, line := range []LineType{TollFree, PremiumRate} {
		policy := Policy{line: Allow}
		if policy.Validate() == nil {
			t.Errorf("%s may be opened", line)
		}
		reason, refused := policy.Refuses(Number{Line: line}, hookswitch.Call)
		if !refused || !strings.Contains(reason, string(line)) {
			t.Errorf("%s: %q, %v", line, reason, refused)
		}
	}
}

func TestATableWithUnknownWordsIsInvalidAndRefuses(t *testing.T) {
	for _, policy := range []Policy{{"satellite": Allow}, {Mobile: "maybe"}, {Mobile: "Allow"}} {
		if policy.Validate() == nil {
			t.Errorf("%v is valid", policy)
		}
	}
	if _, refused := (Policy{Mobile: "maybe"}).Refuses(Number{Line: Mobile}, hookswitch.SMS); !refused {
		t.Error("an access that does not exist lets through")
	}
	if err := DefaultPolicy().Validate(); err != nil {
		t.Error(err)
	}
}

func TestMaskShowsWhichPhoneAndNotItsNumber(t *testing.T) {
	for number, want := range map[string]string{
		"+12025551337":      "+1 XXX-XXX-1337",
		"+442079460123":     "+44 XXXXXX0123",
		"+33612345678":      "+33 XXXXX5678",
		"+2904123":          "+290 XX23",
		"+29041":            "+290 X1",
		"+1":                "+1 ",
		"12025551337":       "XXX",
		"+999123456":        "XXX",
		"not a number":      "XXX",
		"":                  "XXX",
		"+1202555133\u0667": "XXX",
	} {
		if got := Mask(number); got != want {
			t.Errorf("Mask(%q) = %q, want %q", number, got, want)
		}
	}
}

func TestRedactKeepsTheCountryAndTwoDigits(t *testing.T) {
	for number, want := range map[string]string{
		"+12025551337":  "+1***37",
		"+442079460123": "+44***23",
		"+290412":       "+290***",
		"2025551337":    "***",
		"secret":        "***",
		"":              "***",
	} {
		if got := Redact(number); got != want {
			t.Errorf("Redact(%q) = %q, want %q", number, got, want)
		}
	}
}
