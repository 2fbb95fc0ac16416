package httpd

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hookswitch"
)

// note is one thing that two administrators change.
type note struct {
	Text string `json:"text"`
}

type noteIn struct {
	Body note `body:"required"`
}

func TestAChangeIsMadeOnlyToWhatItsMakerSaw(t *testing.T) {
	kept := note{"first"}
	about := func(id string) About {
		return About{ID: id, Tag: "Note", Summary: "The note", Roles: []hookswitch.Role{hookswitch.SuperAdmin}, Tagged: true}
	}
	handler, err := New(Options{Authenticator: keyring{}, Now: noon, Random: rand.Reader, Log: slog.New(slog.DiscardHandler)}, []Operation{
		Op("GET", "/api/v1/note", about("getNote"), func(context.Context, Call, Nothing) (note, error) { return kept, nil }),
		Op("PUT", "/api/v1/note", about("putNote"), func(_ context.Context, call Call, in noteIn) (note, error) {
			if err := call.Unchanged(kept); err != nil {
				return note{}, err
			}
			kept = in.Body
			return kept, nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	do := func(method, body, tag string) *httptest.ResponseRecorder {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1/note", strings.NewReader(body))
		r.Header.Set("Authorization", "SSWS super-token")
		if tag != "" {
			r.Header.Set("If-Match", tag)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	first := do(http.MethodGet, "", "").Header().Get("ETag")
	if len(first) < 10 || first[0] != '"' || first[len(first)-1] != '"' || do(http.MethodGet, "", "").Header().Get("ETag") != first {
		t.Fatalf("the ETag is %s", first)
	}
	changed := do(http.MethodPut, `{"text":"second"}`, first)
	second := changed.Header().Get("ETag")
	if changed.Code != 200 || second == first || second != do(http.MethodGet, "", "").Header().Get("ETag") {
		t.Fatalf("%d, ETag %s after %s", changed.Code, second, first)
	}
	late := do(http.MethodPut, `{"text":"of the other administrator"}`, first)
	if late.Code != http.StatusPreconditionFailed || !strings.Contains(late.Body.String(), `"E0000195"`) ||
		!strings.Contains(late.Body.String(), "Somebody changed this after you read it.") || kept.Text != "second" {
		t.Errorf("a late change: %d %s; kept %s", late.Code, late.Body, kept.Text)
	}
	for _, tag := range []string{"", "*", second, `"other", ` + second, "W/" + second} {
		if again := do(http.MethodPut, `{"text":"second"}`, tag); again.Code != 200 {
			t.Errorf("If-Match: %s answers %d", tag, again.Code)
		}
	}
	for _, tag := range []string{"second", `"` + second + `"`, `""`, ","} {
		if refused := do(http.MethodPut, `{"text":"third"}`, tag); refused.Code != http.StatusPreconditionFailed {
			t.Errorf("If-Match: %s answers %d", tag, refused.Code)
		}
	}
}
