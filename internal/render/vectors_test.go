package render

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// The Admin Console counts a text while it is typed (web/console/messages/count.ts) and must come to what is counted
// here: its own test reads the same cases.
func TestTheCountsThatTheConsoleSharesAreOurs(t *testing.T) {
	type result struct {
		Text       string
		Encoding   string
		Characters int
		Segments   int
		Limit      int
		Country    string
	}
	var cases []struct {
		Name, Text string
		Times      int // the text is repeated
		Limits     struct {
			Segments, Digits int
			OrgName          string
			AutofillDomain   string
		}
		Regulations []struct{ Country, BrandPrefix, OptOutSuffix string }
		Want        result
	}
	data, err := os.ReadFile("testdata/counts.json")
	if err == nil {
		err = json.Unmarshal(data, &cases)
	}
	if err != nil || len(cases) < 20 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		limits := Limits{Segments: c.Limits.Segments, Digits: c.Limits.Digits, OrgName: c.Limits.OrgName, Domain: c.Limits.AutofillDomain}
		for _, r := range c.Regulations {
			limits.Regulations = append(limits.Regulations, Regulation{Country: r.Country, BrandPrefix: r.BrandPrefix, OptOutSuffix: r.OptOutSuffix})
		}
		p := Preview(Template{Text: strings.Repeat(c.Text, max(c.Times, 1))}, limits)[0]
		got := result{p.Text, string(p.Encoding), p.Units, p.Segments, p.Limit, p.Country}
		if c.Want.Text == "" {
			got.Text = ""
		}
		if !reflect.DeepEqual(got, c.Want) {
			t.Errorf("%s: %+v, want %+v", c.Name, got, c.Want)
		}
	}
}
