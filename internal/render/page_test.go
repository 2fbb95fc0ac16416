package render

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/smstext"
)

//go:generate go test -count=1 -run ^TestThePageOfTextsIsCurrent$ . -update

const pagePath = "../../docs/texts.md"

var update = flag.Bool("update", false, "write "+pagePath+" again")

func TestThePageOfTextsIsCurrent(t *testing.T) {
	want := page(t)
	if *update {
		if err := os.WriteFile(pagePath, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(pagePath)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of date: run go generate ./internal/render", pagePath)
	}
}

const pageIntro = `<!-- Written by go generate ./internal/render from internal/render/texts. Do not edit. -->

# Default texts

Hookswitch sends these texts as long as an administrator has not written others. There are %d languages. Whose
language is not here gets the nearest one by [CLDR](https://www.unicode.org/reports/tr35/#LanguageMatching) (Norwegian
Nynorsk gets Bokmål, Bosnian gets Croatian), else English. Test sends, and messages for another identity provider, use
the texts of enrollment.

A language is one file, ` + "`internal/render/texts/LANGUAGE.json`" + `. To add one, add its file and run ` + "`make generate`" + `.

## Texts of your own

A text may have the macros ` + "`${code}`, which it needs, and `${org.name}`" + `. What they become is text: a macro in a name stays
as it is. Saving a template refuses what would go wrong on a phone, and says which character it is and where, counted
from 0: unknown macros, braces without a partner, control characters, a language that does not exist or is there
twice (pt-BR and pt_br), and a text that takes more segments than the org allows (one, or up to three) once its macros
are filled with the longest values, a country's prefix or suffix is added, and the autofill line if it is on. An
extended GSM-7 character (such as the euro sign or a bracket) and an emoji count two.

The limit is checked when a template is saved. A template that was saved under another limit, a shorter name or without
the autofill line is sent as it is, in more segments if it must be, until somebody edits it.

## What they cost

How many SMS characters each text takes at worst, with a name of 20 letters and a passcode of 10 digits. One segment
has 160 characters in GSM-7 and 70 in UCS-2, so every text is one segment. Where a language can be written in GSM-7
without losing a letter, it is. The last column is the segments of the longest text with the
[autofill line](https://wicg.github.io/sms-one-time-codes/) of a domain of 17 characters, such as login.example.com.

`

const pageTexts = `
## The texts

Filled with the name Acme and the passcode 123456. A call says the sentence three times, a digit at a time with a
longer pause in the middle; then it says how to hear it again, waits, and takes its leave.
`

func page(t *testing.T) string {
	t.Helper()
	c, all := load(t), entries(t)
	var b strings.Builder
	fmt.Fprintf(&b, pageIntro, len(c.Languages()))
	b.WriteString("| Language | |")
	for _, purpose := range Purposes() {
		fmt.Fprintf(&b, " %s |", purpose)
	}
	b.WriteString(" with autofill |\n|---|---|" + strings.Repeat("---|", len(Purposes())+1) + "\n")
	for _, l := range c.Languages() {
		fmt.Fprintf(&b, "| `%s` | %s |", l.Tag, l.English)
		withAutofill := 0
		for _, purpose := range Purposes() {
			worst := Preview(Template{Text: all[l.Tag].SMS[purpose]}, atWorst)[0]
			fmt.Fprintf(&b, " %s %d |", worst.Encoding, worst.Units)
			limits := atWorst
			limits.Domain = "login.example.com"
			withAutofill = max(withAutofill, Preview(Template{Text: all[l.Tag].SMS[purpose]}, limits)[0].Segments)
		}
		fmt.Fprintf(&b, " %d |\n", withAutofill)
	}
	b.WriteString(pageTexts)
	for _, l := range c.Languages() {
		writeLanguage(t, &b, c, l)
	}
	return b.String()
}

func writeLanguage(t *testing.T, b *strings.Builder, c *Catalogue, l Language) {
	t.Helper()
	v := Values{Code: "123456", OrgName: "Acme"}
	fmt.Fprintf(b, "\n### %s: %s (`%s`)\n\n| | SMS | Call |\n|---|---|---|\n", l.English, l.Native, l.Tag)
	var again []hookswitch.Piece
	for _, purpose := range Purposes() {
		text, err := c.SMS(purpose, v, l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		script, err := c.Voice(purpose, v, l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		again = script.Again
		fmt.Fprintf(b, "| %s | %s | %s |\n", purpose, cell(l.Tag, text.Body.Reveal()), cell(l.Tag, spoken(script.Reading)))
	}
	fmt.Fprintf(b, "| at the end | | %s |\n", cell(l.Tag, spoken(again)))
}

// cell keeps a text apart from the direction of the table around it.
func cell(tag, text string) string {
	if strings.ContainsAny(text, "|<>*_`\n") {
		panic("a text that would have to be escaped: " + text)
	}
	if rightToLeft(tag) {
		return fmt.Sprintf(`<span dir="rtl" lang="%s">%s</span>`, tag, text)
	}
	return text
}

// spoken writes pieces in one line, with a mark where a pause is long.
func spoken(pieces []hookswitch.Piece) string {
	var said []string
	for _, piece := range pieces {
		switch {
		case piece.Text != "":
			said = append(said, piece.Text)
		case piece.Pause == betweenGroups, piece.Pause == beforeGoodbye:
			said = append(said, "…")
		}
	}
	return strings.Join(said, " ")
}

func TestThePageNamesTheEncodingOfEveryText(t *testing.T) {
	text := page(t)
	for _, want := range []string{
		"| `de` | German | GSM-7 89 |", "| `ja` | Japanese | UCS-2 56 |", string(smstext.UCS2), `<span dir="rtl" lang="he">`,
		"Your verification code for Acme is: 1 2 3 … 4 5 6",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if lines := strings.Split(text, "\n"); slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, " ") }) {
		t.Error("a line ends in a space")
	}
}
