package smstext

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTheAlphabetIsThatOfTheStandard(t *testing.T) {
	ones, twos := 0, 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		switch septets(r) {
		case 1:
			ones++
		case 2:
			twos++
		}
	}
	// 128 septets less the escape; ten extended characters.
	if ones != 127 || twos != 10 {
		t.Errorf("%d basic and %d extended characters", ones, twos)
	}
	for _, r := range []rune{-1, 0, '\t', 0x1b, '`', 'ç', 'á', 'í', 'ó', 'ú', '\u00a0', '’', utf8.RuneError, utf8.MaxRune + 1} {
		if septets(r) != 0 {
			t.Errorf("%q is taken for GSM-7", r)
		}
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Info
	}{
		{"nothing", "", Info{GSM7, 0, 0, 0}},
		{"a code", "Your code is 123456", Info{GSM7, 19, 19, 1}},
		{"every basic character", basic, Info{GSM7, 127, 127, 1}},
		{"extended characters count two", extension, Info{GSM7, 10, 20, 1}},
		{"one full segment", strings.Repeat("a", 160), Info{GSM7, 160, 160, 1}},
		{"one more", strings.Repeat("a", 161), Info{GSM7, 161, 161, 2}},
		{"two full segments", strings.Repeat("a", 306), Info{GSM7, 306, 306, 2}},
		{"and one more", strings.Repeat("a", 307), Info{GSM7, 307, 307, 3}},
		{"an extended one at the end of a single segment", strings.Repeat("a", 158) + "€", Info{GSM7, 159, 160, 1}},
		{"an extended one that is half outside", strings.Repeat("a", 159) + "€", Info{GSM7, 160, 161, 2}},
		{"an extended one never straddles", strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), Info{GSM7, 305, 306, 3}},
		{"so 80 euros fit and 81 do not", strings.Repeat("€", 81), Info{GSM7, 81, 162, 2}},
		{"76 extended ones a segment", strings.Repeat("€", 153), Info{GSM7, 153, 306, 3}},
		{"one foreign character costs all", strings.Repeat("a", 69) + "á", Info{UCS2, 70, 70, 1}},
		{"in UCS-2 an extended one counts one", "ж" + strings.Repeat("€", 69), Info{UCS2, 70, 70, 1}},
		{"71", strings.Repeat("ж", 71), Info{UCS2, 71, 71, 2}},
		{"134", strings.Repeat("ж", 134), Info{UCS2, 134, 134, 2}},
		{"135", strings.Repeat("ж", 135), Info{UCS2, 135, 135, 3}},
		{"35 emoji", strings.Repeat("😀", 35), Info{UCS2, 35, 70, 1}},
		{"36 emoji", strings.Repeat("😀", 36), Info{UCS2, 36, 72, 2}},
		{"a pair never straddles", strings.Repeat("😀", 67), Info{UCS2, 67, 134, 3}},
		{"a tab", "a\tb", Info{UCS2, 3, 3, 1}},
		{"a no-break space", "a\u00a0b", Info{UCS2, 3, 3, 1}},
		{"what is no UTF-8", "a\xff\xfe", Info{UCS2, 3, 3, 1}},
	} {
		if got := Count(c.text); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestCountAllocatesNothing(t *testing.T) {
	for _, text := range []string{strings.Repeat("code {1}", 100), strings.Repeat("код 😀", 100)} {
		if allocated := testing.AllocsPerRun(100, func() { Count(text) }); allocated != 0 {
			t.Errorf("%v allocations for %q...", allocated, text[:8])
		}
	}
}

// alphabet mixes what makes texts break: extended characters, pairs, combining marks, bytes.
var alphabet = []string{"a", "a", "a", "€", "{", "é", "á", "ж", "カ", "😀", "👨‍👩‍👧", "e\u0301", "\n", "\xff"}

func drawText(t *rapid.T) string {
	letters := alphabet[:rapid.SampledFrom([]int{3, 6, len(alphabet)}).Draw(t, "alphabet")]
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 400).Draw(t, "text"), "")
}

// unitsOf is the slow and plain way to count units.
func unitsOf(text string, encoding Encoding) (units int) {
	if encoding == UCS2 {
		return len(utf16.Encode([]rune(text)))
	}
	for _, r := range text {
		units++
		if strings.ContainsRune(extension, r) {
			units++
		}
	}
	return units
}

func TestSegmentsAreFullWholeAndTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		info, segments := Count(text), Split(text)
		if strings.Join(segments, "") != text || len(segments) != info.Segments {
			t.Fatalf("%d segments of %+v", len(segments), info)
		}
		if info.Characters != utf8.RuneCountInString(text) || info.Units != unitsOf(text, info.Encoding) {
			t.Fatalf("%+v", info)
		}
		room := info.Encoding.Concatenated()
		if len(segments) == 1 {
			room = info.Encoding.Single()
		}
		for i, segment := range segments {
			if units := unitsOf(segment, info.Encoding); units == 0 || units > room {
				t.Fatalf("segment %d has %d units", i, units)
			}
			if i > 0 {
				_, size := utf8.DecodeRuneInString(segment)
				if unitsOf(segments[i-1]+segment[:size], info.Encoding) <= room {
					t.Fatalf("segment %d had room for one more", i-1)
				}
				if utf8.ValidString(text) && !utf8.ValidString(segment) {
					t.Fatalf("segment %d begins within a character", i)
				}
			}
		}
	})
}

func TestForeignNamesEveryCharacterThatForcesUCS2(t *testing.T) {
	got := slices.Collect(Foreign("é“ж\x80a’"))
	want := []Character{{'“', 2, 1}, {'ж', 5, 2}, {utf8.RuneError, 7, 3}, {'’', 9, 5}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for c := range Foreign("жжж") {
		if c.Index != 0 {
			t.Error("the walk did not stop")
		}
		break
	}
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		foreign := slices.Collect(Foreign(text))
		if (len(foreign) == 0) != (Count(text).Encoding == GSM7) {
			t.Fatalf("%v in %s", foreign, Count(text).Encoding)
		}
		for _, c := range foreign {
			if r, _ := utf8.DecodeRuneInString(text[c.Byte:]); r != c.Rune || utf8.RuneCountInString(text[:c.Byte]) != c.Index {
				t.Fatalf("%+v is not there", c)
			}
		}
	})
}

func TestSmartKeepsATextInGSM7AndSaysWhatItChanged(t *testing.T) {
	for _, c := range []struct {
		text, want string
		changes    int
	}{
		{"", "", 0},
		{"plain ASCII, é and {€}", "plain ASCII, é and {€}", 0},
		{"“Acme”: l’été – 5\u00a0€…", "\"Acme\": l'été - 5 €...", 6},
		{"a\tb", "a b", 1},
		{"\ufeffＣｏｄｅ１２", "Code12", 7},
		{"a\u2028b\u200b", "a\nb", 2},
		{"` • × ⁄", "' * x /", 4},
		{"“código”", "“código”", 0},
		{"コード：１２３", "コード：１２３", 0},
		{"“\xff”", "“\xff”", 0},
		{"“😀”", "“😀”", 0},
	} {
		got, changes := Smart(c.text)
		if got != c.want || len(changes) != c.changes {
			t.Errorf("Smart(%q) = %q with %v, want %q with %d changes", c.text, got, changes, c.want, c.changes)
		}
	}
	_, changes := Smart("é “x”")
	if want := []Replacement{{Character{'“', 3, 2}, `"`}, {Character{'”', 7, 4}, `"`}}; !slices.Equal(changes, want) {
		t.Errorf("%v, want %v", changes, want)
	}
}

func TestEveryPlainFormIsInGSM7(t *testing.T) {
	for r := range rune(0x20000) {
		if with, ok := plain(r); ok && (septets(r) != 0 || Count(with).Encoding != GSM7) {
			t.Errorf("%U -> %q", r, with)
		}
	}
}

func FuzzCount(f *testing.F) {
	for _, seed := range append(alphabet, basic, extension, "“”\t", strings.Repeat("€a", 80), strings.Repeat("😀", 40)) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		info := Count(text)
		segments := Split(text)
		if len(segments) != info.Segments || strings.Join(segments, "") != text || info.Units != unitsOf(text, info.Encoding) {
			t.Fatalf("%+v for %q", info, text)
		}
		smart, changes := Smart(text)
		if again, more := Smart(smart); again != smart || more != nil {
			t.Fatalf("Smart(%q) = %q, then %q", text, smart, again)
		}
		if (changes != nil) != (smart != text) || changes != nil && Count(smart).Encoding != GSM7 {
			t.Fatalf("Smart(%q) = %q with %v", text, smart, changes)
		}
	})
}

func BenchmarkCount(b *testing.B) {
	for name, text := range map[string]string{
		"GSM-7 160":  strings.Repeat("Your code is {12} ", 9)[:150],
		"GSM-7 1530": strings.Repeat("Your code is 123 ", 90),
		"UCS-2 70":   strings.Repeat("Ваш код 12", 7),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Count(text)
			}
		})
	}
}
