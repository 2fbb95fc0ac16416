package apipage

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

func render(t *testing.T) (Page, string) {
	t.Helper()
	text, err := os.ReadFile("../../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := Render(text)
	if err != nil {
		t.Fatal(err)
	}
	return page, string(page.HTML)
}

func TestEveryOperationIsOnThePage(t *testing.T) {
	page, html := render(t)
	text, err := os.ReadFile("../../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	ids := regexp.MustCompile(`"operationId": "(\w+)"`).FindAllSubmatch(text, -1)
	for _, id := range ids {
		if strings.Count(html, `<div class="operation" id="`+string(id[1])+`">`) != 1 {
			t.Errorf("%s is not there once", id[1])
		}
	}
	if len(ids) < 100 || strings.Contains(html, "<script") || strings.Contains(html, " on") && regexp.MustCompile(` on\w+="`).MatchString(html) {
		t.Errorf("%d operations, or a script", len(ids))
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(page.Compressed))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(again, page.HTML) {
		t.Errorf("what is compressed differs: %v", err)
	}
}

func TestAnOperationTellsWhoAndHow(t *testing.T) {
	_, html := render(t)
	for _, part := range []string{
		"Custom telephony provider", "<strong>Who:</strong> super administrator, help desk administrator.", "anybody, without a token", "whoever is signed in",
		"It can send a message.", "curl -X POST &#34;$HOOKSWITCH_URL/api/v1/users/${userId}/factors/${factorId}/verify&#34;", "reset_password?sendEmail=false",
		`<a href="#errors-404">404 Not Found</a>`, "<dt><code>E0000264</code></dt>", "&#34;login&#34;: &#34;ana@example.com&#34;", "credentials.password.value",
	} {
		if !strings.Contains(html, part) {
			t.Errorf("no %s", part)
		}
	}
}

// What a request is shown with is JSON without what is only read, however deep a schema goes.
func TestExamplesAreOfTheirSchema(t *testing.T) {
	var d document
	err := json.Unmarshal([]byte(`{"components": {"schemas": {"Node": {"type": "object", "required": ["id"], "properties": {
		"id": {"type": "string"}, "created": {"type": "string", "description": "Read-only"}, "inner": {"$ref": "#/components/schemas/Node"},
		"kind": {"type": "string", "enum": ["b", "a"]}, "count": {"type": ["integer", "null"], "minimum": 4},
		"list": {"type": "array", "items": {"type": "boolean"}}, "when": {"type": "string", "format": "date-time"}, "free": {"type": "string"}
	}}}}}`), &d)
	if err != nil {
		t.Fatal(err)
	}
	value := jsontext.Value(d.example(&schema{Ref: "#/components/schemas/Node"}, true))
	if !value.IsValid() || strings.Contains(string(value), "created") || strings.Contains(string(value), "free") || !strings.Contains(string(value), `"count": 4`) || !strings.Contains(string(value), `"kind": "b"`) {
		t.Errorf("%s", value)
	}
	for _, f := range d.fields("", d.Components.Schemas["Node"], false, 0) {
		if f.Name == "inner.count" && f.Type != "integer or null" || f.Name == "list" && f.Type != "list of boolean" {
			t.Errorf("%+v", f)
		}
	}
}

func TestThePageIsServedOnceToWhoeverHasIt(t *testing.T) {
	handler := Route(func() ([]byte, error) { return os.ReadFile("../../../docs/openapi.json") }).Handler
	get := func(name, value string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/docs/api", nil)
		r.Header.Set(name, value)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	plain, packed := get("Accept", "text/html"), get("Accept-Encoding", "br, gzip")
	if plain.Code != 200 || packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len()*5 > plain.Body.Len() {
		t.Errorf("%d bytes, packed %d, %v", plain.Body.Len(), packed.Body.Len(), packed.Header())
	}
	if policy := plain.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	if again := get("If-None-Match", plain.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("answered %d", again.Code)
	}
}
