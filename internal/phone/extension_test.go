package phone

import (
	"errors"
	"strings"
	"testing"
)

func TestAnExtensionIsKeysAndPauses(t *testing.T) {
	for input, want := range map[string]string{
		"":                "",
		"  ":              "",
		"1234":            "1234",
		" 12-34 ":         "1234",
		"4２":              "42",
		"*42#":            "*42#",
		"1,2wW3":          "1W2wW3",
		"123456789012345": "123456789012345",
	} {
		if got, err := ParseExtension(input); err != nil || got != want {
			t.Errorf("ParseExtension(%q) = %q, %v; want %q", input, got, err, want)
		}
	}
}

func TestWhatIsNoExtensionIsRefusedWithItsReason(t *testing.T) {
	for input, want := range map[string]Problem{
		"1234567890123456":       ExtensionTooLong,
		strings.Repeat(" ", 200): ExtensionTooLong,
		"ext. 5":                 ExtensionBadCharacter,
		"x5":                     ExtensionBadCharacter,
		"1;2":                    ExtensionBadCharacter,
		"1\n2":                   ExtensionBadCharacter,
		"<Dial>":                 ExtensionBadCharacter,
		"1\xff":                  ExtensionBadCharacter,
		",,w":                    ExtensionNoKey,
	} {
		got, err := ParseExtension(input)
		var problem Problem
		if !errors.As(err, &problem) || problem != want || got != "" {
			t.Errorf("ParseExtension(%q) = %q, %v; want %v", input, got, err, want)
		}
	}
}

func FuzzParseExtension(f *testing.F) {
	for _, seed := range []string{"", "1234", "*42#", "1,2wW3", "x5", "\xff", "４２"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		keys, err := ParseExtension(input)
		if err != nil {
			return
		}
		if len(keys) > MaxExtension || strings.Trim(keys, "0123456789*#wW") != "" {
			t.Fatalf("ParseExtension(%q) = %q", input, keys)
		}
		if again, err := ParseExtension(keys); err != nil || again != keys {
			t.Fatalf("ParseExtension(%q) = %q, then %q, %v", input, keys, again, err)
		}
	})
}
