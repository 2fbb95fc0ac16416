package test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/warthog618/sms"
	"github.com/warthog618/sms/encoding/gsm7"
	"github.com/warthog618/sms/encoding/tpdu"
	"github.com/warthog618/sms/encoding/ucs2"

	"hookswitch/internal/smstext"
)

// segmentCorpus draws texts whose lengths crowd around the limits, from alphabets that make them break:
// extended characters, surrogate pairs, whole scripts, characters that look like GSM-7 and are not.
func segmentCorpus(size int) []string {
	random := rand.New(rand.NewPCG(23, 38))
	alphabets := [][]string{
		strings.Split("abc 019.,:{}[]~^|\\€\f", ""),
		strings.Split("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¡¿ÄÖÑÜ§äöñüà€{", ""),
		strings.Split("abcdefgh ijkl€", ""),
		strings.Split("код дляЖщё 1€{", ""),
		strings.Split("コードは です。１", ""),
		strings.Split("ab😀🔐€", ""),
		strings.Split("\tçáíóú`’“”–\u00a0…a1", ""),
		{"a", "1", "e\u0301", "👨‍👩‍👧", "🇩🇪", "कि", "😀"},
	}
	limits := []int{1, 19, 69, 70, 71, 134, 135, 152, 153, 159, 160, 161, 201, 202, 305, 306, 307, 459, 460, 700}
	texts := make([]string, 0, size)
	for len(texts) < size {
		letters := alphabets[random.IntN(len(alphabets))]
		length := max(1, limits[random.IntN(len(limits))]-random.IntN(6))
		var b strings.Builder
		for range length {
			// Mostly one letter, so that the lengths in units stay near the limits too.
			if random.IntN(8) > 0 {
				b.WriteString(letters[0])
			} else {
				b.WriteString(letters[random.IntN(len(letters))])
			}
		}
		texts = append(texts, b.String())
	}
	return texts
}

func TestSegmentsAreThoseOfWarthog(t *testing.T) {
	for _, text := range segmentCorpus(30_000) {
		segments, encoding, err := warthogSplit(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := smstext.Count(text); got.Encoding != encoding || got.Segments != len(segments) {
			t.Fatalf("%q: %+v, want %d segments of %s", text, got, len(segments), encoding)
		}
		if got := smstext.Split(text); !slices.Equal(got, segments) {
			t.Fatalf("%q:\n%q\nwant\n%q", text, got, segments)
		}
	}
}

func warthogSplit(text string) (segments []string, encoding smstext.Encoding, err error) {
	pdus, err := sms.Encode([]byte(text), sms.AsSubmit)
	if err != nil {
		return nil, "", err
	}
	for _, pdu := range pdus {
		alphabet, err := pdu.Alphabet()
		if err != nil {
			return nil, "", err
		}
		if alphabet == tpdu.Alpha7Bit {
			encoding = smstext.GSM7
			decoded, err := gsm7.Decode(pdu.UD)
			if err != nil {
				return nil, "", err
			}
			segments = append(segments, string(decoded))
			continue
		}
		encoding = smstext.UCS2
		decoded, err := ucs2.Decode(pdu.UD)
		if err != nil {
			return nil, "", err
		}
		segments = append(segments, string(decoded))
	}
	return segments, encoding, nil
}

func TestSegmentsAreThoseOfTwiliosCalculator(t *testing.T) {
	texts := segmentCorpus(10_000)
	measured := twilioSplit(t, texts)
	clusters := 0
	for i, text := range texts {
		got, want := smstext.Count(text), measured[i]
		if string(got.Encoding) != want.Encoding {
			t.Fatalf("%q: %s, want %s", text, got.Encoding, want.Encoding)
		}
		if want.Clusters {
			// Keeping several code points together can only leave more room empty.
			clusters++
			if got.Segments > len(want.Segments) {
				t.Fatalf("%q: %d segments, want at most %d", text, got.Segments, len(want.Segments))
			}
			continue
		}
		if split := smstext.Split(text); !slices.Equal(split, want.Segments) || got.Segments != len(want.Segments) {
			t.Fatalf("%q:\n%q\nwant\n%q", text, split, want.Segments)
		}
	}
	if clusters == 0 || clusters > len(texts)/2 {
		t.Errorf("%d of %d texts have clusters", clusters, len(texts))
	}
}

type twilioMeasure struct {
	Encoding string   `json:"encoding"`
	Segments []string `json:"segments"`
	Clusters bool     `json:"clusters"`
}

// twilioSplit measures all texts in one run of Node.
func twilioSplit(tb testing.TB, texts []string) []twilioMeasure {
	tb.Helper()
	needNode(tb, "sms-segments-calculator")
	var input, output, complaints bytes.Buffer
	for _, text := range texts {
		line, err := json.Marshal(text)
		if err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(&input, "%s\n", line)
	}
	node := exec.CommandContext(tb.Context(), "node", "smstext_oracle.mjs")
	node.Stdin, node.Stdout, node.Stderr = &input, &output, &complaints
	if err := node.Run(); err != nil {
		tb.Fatalf("%v: %s", err, complaints.String())
	}
	var measured []twilioMeasure
	lines := bufio.NewScanner(&output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m twilioMeasure
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			tb.Fatal(err)
		}
		measured = append(measured, m)
	}
	if lines.Err() != nil || len(measured) != len(texts) {
		tb.Fatalf("%d of %d texts measured, %v", len(measured), len(texts), lines.Err())
	}
	return measured
}

// needNode skips a test that needs Node and a package of package.json when they are not installed, and
// fails it where CI=true.
func needNode(tb testing.TB, module string) {
	tb.Helper()
	_, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("node_modules/" + module)
	}
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		tb.Fatalf("Node or its packages are missing: %v", err)
	default:
		tb.Skipf("run tools/test-deps.sh first: %v", err)
	}
}

// BenchmarkSegments measures the same texts with ours and with the oracles, per text. The figure of
// Twilio's calculator leaves out the start of Node.
func BenchmarkSegments(b *testing.B) {
	texts := segmentCorpus(2_000)
	b.Run("ours", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			smstext.Count(texts[i%len(texts)])
		}
	})
	b.Run("warthog618", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := sms.Encode([]byte(texts[i%len(texts)]), sms.AsSubmit); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("twilio", func(b *testing.B) {
		var start, whole time.Duration
		for b.Loop() {
			began := time.Now()
			twilioSplit(b, texts[:1])
			start += time.Since(began)
			began = time.Now()
			twilioSplit(b, texts)
			whole += time.Since(began)
		}
		b.ReportMetric(float64((whole-start).Nanoseconds())/float64(b.N*len(texts)), "ns/op")
	})
}
