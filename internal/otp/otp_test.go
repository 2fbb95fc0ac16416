package otp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"hookswitch"
)

var (
	key  = []byte("a key of thirty-two random bytes")
	seed = [32]byte{7}
)

func TestACodeHasTheDigitsItWasAskedFor(t *testing.T) {
	random := rand.NewChaCha8(seed)
	for digits := MinDigits; digits <= MaxDigits; digits++ {
		code, err := New(random, digits)
		if err != nil || len(code.Reveal()) != digits || strings.Trim(code.Reveal(), "0123456789") != "" {
			t.Errorf("%d digits: %q, %v", digits, code.Reveal(), err)
		}
	}
	for _, digits := range []int{-1, 0, 3, 11} {
		if _, err := New(random, digits); !hookswitch.IsProblem(err, hookswitch.Invalid) {
			t.Errorf("%d digits: %v", digits, err)
		}
	}
}

func TestWithoutRandomnessThereIsNoCode(t *testing.T) {
	failure := errors.New("broken")
	for name, random := range map[string]io.Reader{
		"broken": iotest.ErrReader(failure),
		"short":  strings.NewReader("\x01\x02"),
		"midway": io.MultiReader(bytes.NewReader(bytes.Repeat([]byte{255}, 16)), iotest.ErrReader(failure)),
	} {
		if code, err := New(random, 6); err == nil || code != (Code{}) {
			t.Errorf("%s: a code and error %v", name, err)
		}
	}
}

func TestBytesThatWouldBiasTheDigitsAreThrownAway(t *testing.T) {
	random := bytes.NewReader([]byte("\xff\x00\xfa\x01\xfb\x02\xfc\xf9\xfd\x0b\xfe\x0c\x0d\x0e\x0f\x10"))
	if code, err := New(random, 6); err != nil || code.Reveal() != "012912" {
		t.Errorf("%q, %v", code.Reveal(), err)
	}
}

// chiSquare draws codes and answers the statistic of each position (9 degrees of freedom) and
// of each pair of positions (99), the largest of either.
func chiSquare(draw func() string, codes, digits int) (position, pair float64) {
	singles := make([][10]int, digits)
	pairs := make([][100]int, digits*digits)
	for range codes {
		code := draw()
		for i := range digits {
			singles[i][code[i]-'0']++
			for j := range i {
				pairs[i*digits+j][int(code[i]-'0')*10+int(code[j]-'0')]++
			}
		}
	}
	statistic := func(counts []int) (sum float64) {
		expected := float64(codes) / float64(len(counts))
		for _, n := range counts {
			sum += (float64(n) - expected) * (float64(n) - expected) / expected
		}
		return sum
	}
	for i := range digits {
		position = max(position, statistic(singles[i][:]))
		for j := range i {
			pair = max(pair, statistic(pairs[i*digits+j][:]))
		}
	}
	return position, pair
}

// The bounds are the chi-square quantiles for one chance in a million.
const positionBound, pairBound = 44.8, 176.0

func TestDigitsAreUniformAtEachPositionAndInPairs(t *testing.T) {
	random := rand.NewChaCha8(seed)
	position, pair := chiSquare(func() string {
		code, err := New(random, 6)
		if err != nil {
			t.Fatal(err)
		}
		return code.Reveal()
	}, 1_000_000, 6)
	if position > positionBound || pair > pairBound {
		t.Errorf("chi-square %.1f of one position, %.1f of a pair", position, pair)
	}
}

func TestTheUniformityTestFindsABiasedSource(t *testing.T) {
	random := rand.NewChaCha8(seed)
	position, pair := chiSquare(func() string {
		var b [6]byte
		_, _ = random.Read(b[:])
		for i := range b {
			b[i] = '0' + b[i]%10
		}
		return string(b[:])
	}, 1_000_000, 6)
	if position < positionBound || pair < pairBound {
		t.Errorf("chi-square %.1f of one position, %.1f of a pair", position, pair)
	}
}

func TestACodeIsNeverPrinted(t *testing.T) {
	code := codeOf("493817")
	type holder struct {
		Code    Code
		Pointer *Code
		Map     map[Code]Code
		private Code
		deeper  *Code
	}
	inside := holder{code, &code, map[Code]Code{code: code}, code, &code}
	var shown []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t", "%10.3s", "%p", "%!"} {
		shown = append(shown, fmt.Sprintf(verb, code), fmt.Sprintf(verb, &code), fmt.Sprintf(verb, []Code{code}), fmt.Sprintf(verb, inside))
	}
	shown = append(shown, code.String(), code.GoString(), fmt.Sprint(code), fmt.Errorf("no: %w%v", io.EOF, code).Error())
	for _, value := range []any{code, &code, inside, []Code{code}} {
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Error(err)
		}
		shown = append(shown, string(encoded))
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(handler).Info("sent", "code", code, "pointer", &code, "inside", inside)
	}
	shown = append(shown, log.String())
	for _, s := range shown {
		if strings.Contains(s, "4938") || strings.Contains(s, fmt.Sprintf("%x", "4938")) {
			t.Errorf("shown: %s", s)
		}
	}
	if code.Reveal() != "493817" {
		t.Errorf("Reveal() = %q", code.Reveal())
	}
}

func TestADigestMatchesItsCodeAsPeopleTypeIt(t *testing.T) {
	stored := Digest(key, "chl1", codeOf("049381"))
	for _, input := range []string{
		"049381", " 049381\n", "049 381", "049-381", "0 4 9 3 8 1", "049–381", "049\u00a0381",
		"０４９３８１", "٠٤٩٣٨١", "۰۴۹۳۸۱", "\u200f049381\u200f", "０４9-٣81",
	} {
		if !Match(stored, key, "chl1", input) {
			t.Errorf("%q does not match", input)
		}
	}
	for _, input := range []string{
		"", " ", "049382", "49381", "0049381", "0493810", "049381x", "o49381", "049.381", "049,381", "+049381", "049381\x00",
		"049381\xff", "०४९३८१", strings.Repeat(" ", 80) + "049381", strings.Repeat("0", 1000),
	} {
		if Match(stored, key, "chl1", input) {
			t.Errorf("%q matches", input)
		}
	}
}

func TestADigestIsBoundToItsChallengeAndKey(t *testing.T) {
	stored := Digest(key, "chl1", codeOf("123456"))
	if Match(stored, key, "chl2", "123456") || Match(stored, []byte("another key"), "chl1", "123456") {
		t.Error("matches under another challenge or key")
	}
	// The boundary between the id and the code must not move.
	if bytes.Equal(Digest(key, "chl1", codeOf("23456")), Digest(key, "chl", codeOf("123456"))) {
		t.Error("an id and a code can swap digits")
	}
	for _, broken := range [][]byte{nil, {}, stored[:31], append(bytes.Clone(stored), 0), make([]byte, 32)} {
		if Match(broken, key, "chl1", "123456") {
			t.Errorf("matches a digest of %d bytes", len(broken))
		}
	}
	// No code was ever stored: nothing typed may match its digest.
	for _, input := range []string{"", "-", "0", "123"} {
		if Match(Digest(key, "chl1", codeOf(input)), key, "chl1", input) {
			t.Errorf("the code %q is too short to match", input)
		}
	}
}

func TestSettingsNameTheFieldThatIsWrong(t *testing.T) {
	const m = time.Minute
	for _, c := range []struct {
		settings Settings
		fields   string
	}{
		{DefaultSettings(), ""},
		{Settings{6, 10 * m, false}, ""},
		{Settings{10, time.Second, false}, ""},
		{Settings{5, 5 * m, false}, "digits"},
		{Settings{4, 5 * m, true}, ""},
		{Settings{6, 11 * m, false}, "lifetime"},
		{Settings{6, 24 * time.Hour, true}, ""},
		{Settings{4, time.Hour, false}, "digits lifetime"},
		{Settings{3, 5 * m, true}, "digits"},
		{Settings{11, 5 * m, true}, "digits"},
		{Settings{6, 24*time.Hour + 1, true}, "lifetime"},
		{Settings{}, "digits lifetime"},
		{Settings{6, -m, true}, "lifetime"},
	} {
		err := c.settings.Validate()
		var fields []string
		if problem, ok := errors.AsType[*hookswitch.Problem](err); ok {
			for _, cause := range problem.Causes {
				fields = append(fields, cause.Field)
			}
		}
		if got := strings.Join(fields, " "); got != c.fields || (err == nil) != (c.fields == "") {
			t.Errorf("%+v: %v, want %q", c.settings, err, c.fields)
		}
	}
}

func FuzzMatch(f *testing.F) {
	for _, input := range []string{"123456", "１２３ 456", "\u200e12-34", "", "x", "\xff", "99999999999"} {
		f.Add(input, "123456")
	}
	f.Fuzz(func(t *testing.T, input, digits string) {
		stored := Digest(key, "chl1", codeOf(digits))
		var buffer [MaxDigits]byte
		typed, ok := normalize(buffer[:0], input)
		if got, want := Match(stored, key, "chl1", input), ok && string(typed) == digits; got != want {
			t.Fatalf("Match(%q) of code %q = %v", input, digits, got)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	stored := Digest(key, "chl1", codeOf("123456"))
	b.ReportAllocs()
	for b.Loop() {
		Match(stored, key, "chl1", "123456")
	}
}

func BenchmarkNew(b *testing.B) {
	random := rand.NewChaCha8(seed)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = New(random, 6)
	}
}
