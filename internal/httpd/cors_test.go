package httpd

import (
	"context"
	"strings"
	"testing"
)

func TestOnlyPagesOfTrustedOriginsMayReadAnswers(t *testing.T) {
	d := newDesk(t, func(o *Options) { o.TrustedOrigins = []string{"https://app.example.com"} })
	from := func(origin string) answer {
		return d.do("GET", "/api/v1/things", "", header("Origin", origin))
	}
	h := from("https://app.example.com").Header()
	if h.Get("Access-Control-Allow-Origin") != "https://app.example.com" || h.Get("Access-Control-Allow-Credentials") != "true" || h.Get("Vary") != "Origin" {
		t.Errorf("a trusted page: %v", h)
	}
	for _, origin := range []string{"https://evil.example", "https://app.example.com.evil.example", "http://app.example.com", "null", ""} {
		if h := from(origin).Header(); h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q may read: %v", origin, h)
		}
	}
	asked := d.do("OPTIONS", "/api/v1/things/1", "", header("Origin", "https://app.example.com"), header("Access-Control-Request-Method", "POST"), header("Authorization", ""))
	if asked.Code != 204 || !strings.Contains(asked.Header().Get("Access-Control-Allow-Methods"), "PATCH") || asked.Header().Get("Access-Control-Allow-Headers") == "" {
		t.Errorf("asked beforehand: %d %v", asked.Code, asked.Header())
	}
	named := newDesk(t, func(o *Options) {
		o.Trusted = func(_ context.Context, origin string) bool { return origin == "https://named.example.com" }
	})
	byCookie := func(origin string) int {
		return named.do("DELETE", "/api/v1/things", "", header("Origin", origin), header("Authorization", ""), header("Sec-Fetch-Site", "cross-site")).Code
	}
	if trusted, other := byCookie("https://named.example.com"), byCookie("https://evil.example"); trusted != 401 || other != 403 {
		t.Errorf("a page that an administrator trusts is answered %d, another one %d", trusted, other)
	}
	if h := newDesk(t).do("GET", "/api/v1/things", "", header("Origin", "https://app.example.com")).Header(); h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("nobody is trusted: %v", h)
	}
}
