package apipage

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
)

var (
	//go:embed page.gohtml
	markup string
	//go:embed page.css
	style string
)

// Page is the page and what to serve it with.
type Page struct {
	HTML       []byte
	Compressed []byte // the same by gzip
	Tag        string // of what is in it
	Policy     string // Content-Security-Policy: it names the one style that is in it
}

// What the template shows.
type (
	view struct {
		Title, Version, About, Server string
		Style                         template.CSS
		Groups                        []group
		Errors                        []failure
	}
	group struct {
		Tag, Name  string
		Operations []operation
	}
	operation struct {
		ID, Method, Path, Summary, Description string
		Callers                                []string
		CanSend                                bool
		Parameters, Body                       []field
		BodyRequired                           bool
		Status, Meaning                        string // of success
		Request, Answer                        string // examples; "" for none
		AnswerFields                           []field
		Errors                                 []failure
		Curl                                   string
	}
	field struct {
		Name, In, Type, Description string
		Required                    bool
	}
	failure struct {
		Status  int
		Meaning string
		Codes   []Code
	}
)

// Render makes the page of an OpenAPI document of ours.
func Render(text []byte) (Page, error) {
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return Page{}, fmt.Errorf("read the document for its page: %w", err)
	}
	t, err := template.New("page").Parse(markup)
	if err != nil {
		return Page{}, fmt.Errorf("the page of the API: %w", err)
	}
	v := view{Title: d.Info.Title, Version: d.Info.Version, About: d.Info.Description, Style: template.CSS(style), Groups: d.groups(), Errors: d.errors()} //nolint:gosec // our own file
	if len(d.Servers) > 0 {
		v.Server = d.Servers[0].URL
	}
	var html bytes.Buffer
	if err := t.Execute(&html, v); err != nil {
		return Page{}, fmt.Errorf("the page of the API: %w", err)
	}
	var compressed bytes.Buffer
	packer := gzip.NewWriter(&compressed)
	if _, err := packer.Write(html.Bytes()); err != nil {
		return Page{}, fmt.Errorf("the page of the API: %w", err)
	}
	if err := packer.Close(); err != nil {
		return Page{}, fmt.Errorf("the page of the API: %w", err)
	}
	return Page{
		HTML: html.Bytes(), Compressed: compressed.Bytes(), Tag: digest(html.Bytes())[:24],
		Policy: "default-src 'none'; style-src 'sha256-" + digest([]byte(style)) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	}, nil
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (d *document) groups() []group {
	byTag := map[string][]operation{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			tag := cmp.Or(slices.Concat(op.Tags, []string{"Other"})...)
			byTag[tag] = append(byTag[tag], d.operation(strings.ToUpper(method), path, op))
		}
	}
	var all []group
	for _, tag := range slices.Sorted(maps.Keys(byTag)) {
		operations := byTag[tag]
		slices.SortFunc(operations, func(a, b operation) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(rank(a.Method), rank(b.Method)))
		})
		all = append(all, group{tag, spaced(tag), operations})
	}
	return all
}

// spaced makes words of a tag: UserFactor is "User factor".
func spaced(tag string) string {
	var text strings.Builder
	for i, r := range tag {
		if i > 0 && unicode.IsUpper(r) && !unicode.IsUpper(rune(tag[i-1])) {
			text.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		text.WriteRune(r)
	}
	return text.String()
}

// rank is the order in which a thing is lived with.
func rank(method string) int {
	return slices.Index([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, method)
}

func (d *document) operation(method, path string, op *described) operation {
	o := operation{ID: op.ID, Method: method, Path: path, Summary: op.Summary, Description: op.Description, Callers: callers(op), CanSend: op.CanSend}
	for _, p := range op.Parameters {
		o.Parameters = append(o.Parameters, field{Name: p.Name, In: p.In, Type: typeOf(d, p.Schema), Description: p.Description, Required: p.Required})
	}
	if op.RequestBody != nil {
		body := op.RequestBody.Content["application/json"].Schema
		o.Body, o.BodyRequired, o.Request = d.fields("", body, true, 0), op.RequestBody.Required, d.example(body, true)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		answer := op.Responses[status]
		number, _ := strconv.Atoi(status) // the document has numbers only
		if number >= http.StatusBadRequest {
			o.Errors = append(o.Errors, failure{Status: number, Meaning: http.StatusText(number)})
			continue
		}
		o.Status, o.Meaning = status, http.StatusText(number)
		if media, ok := answer.Content["application/json"]; ok {
			o.Answer, o.AnswerFields = d.example(media.Schema, false), d.fields("", media.Schema, false, 0)
		}
	}
	o.Curl = curl(o, slices.Contains(o.Callers, anybody))
	return o
}

const anybody = "anybody, without a token"

// callers says in words who may call an operation.
func callers(op *described) (all []string) {
	words := map[string]string{
		"SUPER_ADMIN": "super administrator", "READ_ONLY_ADMIN": "read-only administrator", "HELP_DESK_ADMIN": "help desk administrator",
	}
	for _, role := range op.Roles {
		all = append(all, cmp.Or(words[role], role))
	}
	switch {
	case len(op.Security) == 0:
		return []string{anybody}
	case len(all) == 0:
		return []string{"whoever is signed in"}
	}
	return all
}

// curl is a line for a shell: ids are variables of the shell.
func curl(o operation, public bool) string {
	path := strings.NewReplacer("{", "${", "}", "}").Replace(o.Path)
	var required []string
	for _, p := range o.Parameters {
		if p.In == "query" && p.Required {
			required = append(required, p.Name+"=false")
		}
	}
	if len(required) > 0 {
		path += "?" + strings.Join(required, "&")
	}
	lines := []string{`curl -X ` + o.Method + ` "$HOOKSWITCH_URL` + path + `"`}
	if !public {
		lines = append(lines, `-H "Authorization: SSWS $HOOKSWITCH_TOKEN"`)
	}
	if o.Request != "" {
		lines = append(lines, `-H "Content-Type: application/json"`, `-d '`+strings.ReplaceAll(o.Request, `'`, `'\''`)+`'`)
	}
	return strings.Join(lines, " \\\n  ")
}

// errors are the codes of the document's catalogue by status.
func (d *document) errors() []failure {
	byStatus := map[int][]Code{}
	for _, c := range d.resolve(d.Components.Schemas["ErrorCode"]).Codes {
		byStatus[c.Status] = append(byStatus[c.Status], c)
	}
	var all []failure
	for _, status := range slices.Sorted(maps.Keys(byStatus)) {
		all = append(all, failure{status, http.StatusText(status), byStatus[status]})
	}
	return all
}
