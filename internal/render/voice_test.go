package render

import (
	"reflect"
	"testing"
	"time"

	"hookswitch"
)

func TestACallSaysTheSentenceThenDigitByDigitInGroups(t *testing.T) {
	script, err := load(t).Say(compiled(t, Template{Text: "This is ${org.name}: ${code}. Thank you.", Language: "en-GB"}), Values{Code: "123456", OrgName: "Acme"})
	if err != nil {
		t.Fatal(err)
	}
	say := func(s string) hookswitch.Piece { return hookswitch.Piece{Text: s} }
	pause := func(d time.Duration) hookswitch.Piece { return hookswitch.Piece{Pause: d} }
	want := []hookswitch.Piece{
		say("This is Acme:"), pause(aroundCode),
		say("1"), pause(betweenDigits), say("2"), pause(betweenDigits), say("3"), pause(betweenGroups),
		say("4"), pause(betweenDigits), say("5"), pause(betweenDigits), say("6"), pause(aroundCode),
		say("Thank you."),
	}
	if !reflect.DeepEqual(script.Reading, want) {
		t.Errorf("reading: %+v\nwant: %+v", script.Reading, want)
	}
	if script.Times != 3 || script.Language != "en-GB" {
		t.Errorf("%d readings in %q", script.Times, script.Language)
	}
	if len(script.Again) != 3 || script.Again[0].Text != "To hear the code again, press any key." || script.Again[2].Text != "Goodbye." {
		t.Errorf("again: %+v", script.Again)
	}
}

func TestDigitsAreGroupedByThreeAtMostAndEvenly(t *testing.T) {
	for code, want := range map[string][]int{
		"1": {1}, "12": {2}, "123": {3}, "1234": {2, 2}, "12345": {3, 2}, "123456": {3, 3}, "1234567": {3, 2, 2},
		"12345678": {3, 3, 2}, "123456789": {3, 3, 3}, "1234567890": {3, 3, 2, 2},
	} {
		var groups []int
		length := 0
		for _, piece := range spell(code) {
			switch {
			case piece.Text != "":
				length++
			case piece.Pause == betweenGroups:
				groups, length = append(groups, length), 0
			}
		}
		if groups = append(groups, length); !reflect.DeepEqual(groups, want) {
			t.Errorf("%s in groups of %v, want %v", code, groups, want)
		}
	}
}

func TestACallWhoseLanguageNobodyNamedIsInEnglish(t *testing.T) {
	script, err := load(t).Say(compiled(t, Template{Text: "${code}"}), Values{Code: "1234"}, "fi")
	if err != nil || script.Language != English {
		t.Errorf("%q, %v", script.Language, err)
	}
	if script.Reading[0].Text != "1" {
		t.Errorf("nothing is said before the first digit, but %+v", script.Reading[0])
	}
}

// spelled is the passcode as a reading says it.
func spelled(s hookswitch.Script) (code string) {
	for _, piece := range s.Reading {
		if len(piece.Text) == 1 && '0' <= piece.Text[0] && piece.Text[0] <= '9' {
			code += piece.Text
		}
	}
	return code
}
