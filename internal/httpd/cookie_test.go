package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"hookswitch"
)

// visitors knows two cookies: an administrator's and that of somebody who is none.
type visitors struct{}

func (visitors) AuthenticateSession(_ context.Context, cookie hookswitch.Secret) (hookswitch.Caller, error) {
	switch cookie {
	case "admin-cookie":
		return hookswitch.Caller{UserID: "00uAdmin", Role: hookswitch.SuperAdmin, SessionID: "102admin"}, nil
	case "person-cookie":
		return hookswitch.Caller{UserID: "00uPerson", SessionID: "102person"}, nil
	default:
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
}

// hall is a table of operations for people with browsers.
type hall struct{ calls []Call }

func (h *hall) who(_ context.Context, call Call, _ Nothing) (Canned, error) {
	h.calls = append(h.calls, call)
	return Canned{call.Caller.UserID}, nil
}

func (h *hall) enter(_ context.Context, call Call, _ Nothing) (Entrance[Canned], error) {
	h.calls = append(h.calls, call)
	return Entrance[Canned]{Canned{"in"}, "new-cookie"}, nil
}

func (h *hall) leave(context.Context, Call, Nothing) (Entrance[Nothing], error) {
	return Entrance[Nothing]{}, nil
}

// Canned is an answer.
type Canned struct {
	Who string `json:"who"`
}

func (h *hall) table() []Operation {
	about := func(id string) About { return About{ID: id, Tag: "Hall", Summary: id} }
	public, known, super := about("enter"), about("leave"), about("who")
	public.Public, known.SignedIn, super.Roles = true, true, []hookswitch.Role{hookswitch.SuperAdmin}
	me := about("me")
	me.SignedIn = true
	return []Operation{
		Op("POST", "/enter", public, h.enter), Op("DELETE", "/me", known, h.leave), Op("GET", "/me", me, h.who), Op("POST", "/who", super, h.who),
	}
}

func newHall(t *testing.T, publicURL string) (*desk, *hall) {
	t.Helper()
	d, h := newDesk(t), &hall{}
	handler, err := New(Options{PublicURL: publicURL, Authenticator: keyring{}, Sessions: visitors{}, Now: noon, Random: endless{}, Log: slog.New(slog.DiscardHandler)}, h.table())
	if err != nil {
		t.Fatal(err)
	}
	d.handler = handler
	return d, h
}

func cookie(value string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Del("Authorization")
		r.AddCookie(&http.Cookie{Name: "sid", Value: value})
	}
}

func TestACookieIsAsGoodAsATokenWithinItsRole(t *testing.T) {
	d, h := newHall(t, "https://sms.example.com")
	if a := d.do("POST", "/who", "", cookie("admin-cookie")); a.Code != 200 || a.Body.String() != `{"who":"00uAdmin"}` {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	if origin := h.calls[0].Origin; origin.SessionID != "102admin" || origin.TokenID != "" {
		t.Errorf("%+v", origin)
	}
	d.do("POST", "/who", "", cookie("person-cookie")).wants(403, "E0000006", "")
	d.do("POST", "/who", "", cookie("rubbish")).wants(401, "E0000011", "")
	d.do("POST", "/who", "", cookie("")).wants(401, "E0000011", "")
	d.do("POST", "/who", "", cookie(strings.Repeat("x", 5000))).wants(401, "E0000011", "")
}

func TestATokenCountsAndNotTheCookieBesideIt(t *testing.T) {
	d, _ := newHall(t, "https://sms.example.com")
	both := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "sid", Value: "admin-cookie"}) }
	d.do("POST", "/who", "", header("Authorization", "SSWS reader-token"), both).wants(403, "E0000006", "")
	d.do("POST", "/who", "", header("Authorization", "SSWS rubbish"), both).wants(401, "E0000011", "")
	d.do("POST", "/who", "", header("Authorization", "Basic eA=="), both).wants(401, "E0000011", "")
}

func TestWhoeverIsSignedInMayDoWhatIsForEverySession(t *testing.T) {
	d, _ := newHall(t, "https://sms.example.com")
	if a := d.do("GET", "/me", "", cookie("person-cookie")); a.Code != 200 || a.Body.String() != `{"who":"00uPerson"}` {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	d.do("GET", "/me", "", header("Authorization", "")).wants(401, "E0000011", "")
}

func TestAnotherSiteCannotUseTheCookieOrSetOne(t *testing.T) {
	d, h := newHall(t, "https://sms.example.com")
	for _, from := range []func(*http.Request){
		header("Sec-Fetch-Site", "cross-site"), header("Sec-Fetch-Site", "same-site"),
		header("Origin", "https://evil.example"), header("Origin", "null"),
	} {
		d.do("POST", "/who", "", cookie("admin-cookie"), from).wants(403, "E0000006", "another site")
		d.do("DELETE", "/me", "", cookie("admin-cookie"), from).wants(403, "E0000006", "another site")
		d.do("POST", "/enter", "", header("Authorization", ""), from).wants(403, "E0000006", "another site")
		if a := d.do("POST", "/who", "", from); a.Code != 200 {
			t.Errorf("a token of an API client is refused: %d %s", a.Code, a.Body)
		}
	}
	n := len(h.calls)
	for _, from := range []func(*http.Request){
		header("Sec-Fetch-Site", "same-origin"), header("Sec-Fetch-Site", "none"), header("Origin", "https://sms.example.com"), header("X-Nothing", ""),
	} {
		if a := d.do("POST", "/who", "", cookie("admin-cookie"), from); a.Code != 200 {
			t.Errorf("our own page is refused: %d %s", a.Code, a.Body)
		}
	}
	if len(h.calls) != n+4 {
		t.Errorf("%d calls", len(h.calls)-n)
	}
}

func TestTheCookieOfASession(t *testing.T) {
	for url, want := range map[string]string{
		"https://sms.example.com": "sid=new-cookie; Path=/; HttpOnly; Secure; SameSite=Lax",
		"http://127.0.0.1:8080":   "sid=new-cookie; Path=/; HttpOnly; SameSite=Lax",
	} {
		d, h := newHall(t, url)
		a := d.do("POST", "/enter", "", cookie("old-cookie"))
		if got := a.Header().Get("Set-Cookie"); a.Code != 200 || got != want || a.Body.String() != `{"who":"in"}` {
			t.Errorf("%d %s %s", a.Code, got, a.Body)
		}
		if h.calls[0].Cookie != "old-cookie" || h.calls[0].Caller.UserID != "" {
			t.Errorf("%+v", h.calls[0])
		}
		a = d.do("DELETE", "/me", "", cookie("admin-cookie"))
		if got := a.Header().Get("Set-Cookie"); a.Code != 204 || !strings.HasPrefix(got, "sid=; Path=/; Max-Age=0;") || a.Body.Len() != 0 {
			t.Errorf("%d %s %s", a.Code, got, a.Body)
		}
	}
}
