package twilio_test

import (
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
)

// operation is what the specification says of one request: see testdata/openapi.json.
type operation struct {
	OperationID string            `json:"operationId"`
	Method      string            `json:"method"`
	Path        string            `json:"path"`
	Parameters  []parameter       `json:"parameters"`
	Required    []string          `json:"required"`
	Form        map[string]schema `json:"form"`
}

type parameter struct {
	Name     string `json:"name"`
	In       string `json:"in"`
	Required bool   `json:"required"`
	Schema   schema `json:"schema"`
}

type schema struct {
	Type      string   `json:"type"`
	Format    string   `json:"format"`
	Enum      []string `json:"enum"`
	Pattern   string   `json:"pattern"`
	MinLength int      `json:"minLength"`
	MaxLength int      `json:"maxLength"`
	Items     *schema  `json:"items"`
}

func specification(t *testing.T) []operation {
	t.Helper()
	text, err := os.ReadFile("testdata/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var spec struct {
		Operations []operation `json:"operations"`
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	return spec.Operations
}

// match finds the operation of a request and gives the values of its path.
func match(spec []operation, r providertest.Request) (*operation, map[string]string) {
	path, _, _ := strings.Cut(r.Target, "?")
	for i, o := range spec {
		pattern := regexp.MustCompile(`\\\{(\w+)\\\}`).ReplaceAllString(regexp.QuoteMeta(o.Path), `(?P<$1>[^/]+?)`)
		found := regexp.MustCompile("^" + pattern + "$")
		values := found.FindStringSubmatch(path)
		if o.Method != r.Method || values == nil {
			continue
		}
		named := map[string]string{}
		for j, name := range found.SubexpNames() {
			named[name] = values[j]
		}
		return &spec[i], named
	}
	return nil, nil
}

// wrong says what of a request the specification does not allow.
func wrong(spec []operation, r providertest.Request) []string {
	o, path := match(spec, r)
	if o == nil {
		return []string{"no operation for " + r.Method + " " + r.Target}
	}
	var out []string
	_, rawQuery, _ := strings.Cut(r.Target, "?")
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return []string{err.Error()}
	}
	for _, p := range o.Parameters {
		values := []string{path[p.Name]}
		if p.In == "query" {
			values = query[p.Name]
			delete(query, p.Name)
		}
		for _, value := range values {
			out = append(out, p.Schema.wrong(p.Name, value)...)
		}
	}
	for name := range query {
		out = append(out, "unknown query parameter "+name)
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		return append(out, err.Error())
	}
	for _, name := range o.Required {
		if form.Get(name) == "" {
			out = append(out, "no "+name)
		}
	}
	for name, values := range form {
		s, known := o.Form[name]
		if !known {
			out = append(out, "unknown field "+name)
			continue
		}
		if s.Type != "array" && len(values) != 1 {
			out = append(out, name+" is repeated")
		}
		for _, value := range values {
			if s.Items != nil {
				out = append(out, s.Items.wrong(name, value)...)
				continue
			}
			out = append(out, s.wrong(name, value)...)
		}
	}
	return out
}

func (s schema) wrong(name, value string) []string {
	var out []string
	bad := func(why string) { out = append(out, name+" "+why) }
	if _, err := strconv.Atoi(value); s.Type == "integer" && err != nil {
		bad("is no integer")
	}
	if s.Type == "boolean" && value != "true" && value != "false" {
		bad("is no boolean")
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, value) {
		bad("is none of " + strings.Join(s.Enum, ", "))
	}
	if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(value) {
		bad("does not match " + s.Pattern)
	}
	length := utf8.RuneCountInString(value)
	if length < s.MinLength || s.MaxLength > 0 && length > s.MaxLength {
		bad("is too long or too short")
	}
	switch s.Format {
	case "uri":
		if u, err := url.Parse(value); err != nil || !u.IsAbs() || u.Host == "" {
			bad("is no absolute URL")
		}
	case "http-method":
		if value != "GET" && value != "POST" {
			bad("is no method")
		}
	case "phone-number", "endpoint":
		if !regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`).MatchString(value) {
			bad("is no E.164 number")
		}
	case "twiml":
		if length > 4000 {
			bad("is longer than 4000 characters")
		}
	}
	return out
}

// Every request that the provider makes is one that Twilio's specification describes.
func TestEveryRequestIsValidByTwiliosSpecification(t *testing.T) {
	spec := specification(t)
	carrier := providertest.NewCarrier(t)
	client := carrier.NewClient(t, nil)
	check := func(name string) {
		t.Helper()
		got := carrier.Take()
		if len(got) == 0 {
			t.Errorf("%s: no request", name)
		}
		for _, r := range got {
			for _, why := range wrong(spec, r) {
				t.Errorf("%s: %s", name, why)
			}
		}
	}
	for _, m := range methods() {
		again := m.Message
		again.Attempt = 2
		for _, message := range []hookswitch.Message{m.Message, again} {
			carrier.Will(providertest.Answer(m.Status, m.Accepts))
			if _, err := m.New(client, carrier.URL).Send(t.Context(), message); err != nil {
				t.Fatal(err)
			}
			check(m.Name)
		}
	}
	p := newProvider(client, carrier.URL, by("twilioVerifySid", verifySID), by("twilioVerifySid", verifySID))
	carrier.Will(providertest.Answer(200, `{"attempts":[]}`))
	for _, reference := range []string{messageSID, callSID, checkSID} {
		if _, err := p.Poll(t.Context(), hookswitch.SMS, reference); err != nil {
			t.Fatal(err)
		}
		check("poll " + reference[:2])
	}
	if err := p.Verified(t.Context(), hookswitch.SMS, checkSID); err != nil {
		t.Fatal(err)
	}
	check("verified")
}

// The check above finds what it should.
func TestAWrongRequestIsFound(t *testing.T) {
	spec := specification(t)
	path := "/2010-04-01/Accounts/" + accountSID + "/Messages.json"
	good := "To=%2B12025550123&From=%2B15005550006&Body=x&ValidityPeriod=300"
	for name, r := range map[string]providertest.Request{
		"another path":   {Method: "POST", Target: "/2010-04-01/Accounts/" + accountSID + "/Message.json", Body: []byte(good)},
		"another method": {Method: "PUT", Target: path, Body: []byte(good)},
		"a query":        {Method: "POST", Target: path + "?a=b", Body: []byte(good)},
		"a bad account":  {Method: "POST", Target: strings.Replace(path, "AC0", "XX0", 1), Body: []byte(good)},
		"no To":          {Method: "POST", Target: path, Body: []byte("Body=x")},
		"unknown field":  {Method: "POST", Target: path, Body: []byte(good + "&Nonsense=1")},
		"repeated":       {Method: "POST", Target: path, Body: []byte(good + "&Body=y")},
		"no integer":     {Method: "POST", Target: path, Body: []byte(strings.Replace(good, "300", "3s", 1))},
		"a bad URL":      {Method: "POST", Target: path, Body: []byte(good + "&StatusCallback=nowhere")},
		"a bad number":   {Method: "POST", Target: path, Body: []byte(strings.Replace(good, "%2B", "", 1))},
	} {
		if len(wrong(spec, r)) == 0 {
			t.Errorf("%s was not found", name)
		}
	}
	if found := wrong(spec, providertest.Request{Method: "POST", Target: path, Body: []byte(good)}); len(found) > 0 {
		t.Errorf("a good request: %v", found)
	}
}
