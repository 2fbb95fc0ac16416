package httpd

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func linkOf(a answer, rel string) string {
	for _, l := range a.Header().Values("Link") {
		if href, ok := strings.CutSuffix(l, `>; rel="`+rel+`"`); ok {
			return strings.TrimPrefix(href, "<")
		}
	}
	return ""
}

func TestAListIsWalkedByItsLinks(t *testing.T) {
	d := newDesk(t)
	var got []string
	next := "https://sms.example.com/api/v1/things?filter=x+y&since=7"
	for pages := 0; next != "" && pages < 9; pages++ {
		u, err := url.Parse(next)
		if err != nil || u.Host != "sms.example.com" {
			t.Fatalf("link %s: %v", next, err)
		}
		a := d.do("GET", u.RequestURI(), "")
		if a.Code != 200 || linkOf(a, "self") == "" {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		if d.shelf.listed.Filter != "x y" || d.shelf.listed.Limit != 2 || (pages > 0) != (d.shelf.listed.Since == "") {
			t.Errorf("page %d was asked with %+v", pages, d.shelf.listed)
		}
		got = append(got, a.Body.String())
		next = linkOf(a, "next")
	}
	if strings.Join(got, "") != `["a","b"]["c","d"]["e"]` {
		t.Errorf("walked %q", got)
	}
}

func TestACursorBelongsToItsQuery(t *testing.T) {
	d := newDesk(t)
	next, err := url.Parse(linkOf(d.do("GET", "/api/v1/things?filter=x&limit=1", ""), "next"))
	if err != nil {
		t.Fatal(err)
	}
	after := next.Query().Get("after")
	if a := d.do("GET", "/api/v1/things?filter=x&limit=3&after="+after, ""); a.Code != 200 || a.Body.String() != `["b","c","d"]` {
		t.Errorf("another limit: %d %s", a.Code, a.Body)
	}
	for _, target := range []string{
		"/api/v1/things?filter=y&after=" + after, "/api/v1/things?after=" + after, "/api/v1/open?filter=x&after=" + after,
		"/api/v1/things?filter=x&after=canary-91827", "/api/v1/things?filter=x&after=" + after[:8],
	} {
		a := d.do("GET", target, "")
		a.wants(400, "E0000029", "after: it is no cursor of this list")
		if strings.Contains(a.Body.String(), "91827") {
			t.Errorf("echoed: %s", a.Body)
		}
	}
}

func TestAPageSizeHasBounds(t *testing.T) {
	for _, limit := range []string{"0", "-1", "6", "1000000", "99999999999999999999"} {
		newDesk(t).do("GET", "/api/v1/things?limit="+limit, "").wants(400, "E0000001", "limit: it must be")
	}
}

func FuzzCursor(f *testing.F) {
	b := bindingOf(reflect.TypeFor[listIn]())
	f.Add("", "filter=x")
	f.Add(b.closeCursor("a", "/p", url.Values{"filter": {"x"}}), "filter=x")
	f.Fuzz(func(t *testing.T, after, raw string) {
		query, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		var in listIn
		in.After = Cursor(after)
		field := reflect.ValueOf(&in).Elem().Field(b.cursor)
		if err := b.openCursor(field, "/p", query); err != nil || after == "" {
			return
		}
		if again := b.closeCursor(in.After, "/p", query); again != strings.TrimRight(after, "\r\n") && len(again) != len(after) {
			t.Errorf("%q opens to %q, which closes to %q", after, in.After, again)
		}
	})
}
