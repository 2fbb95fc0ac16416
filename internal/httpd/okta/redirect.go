package okta

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// Routes are the paths beside the table: those that a browser goes to.
func Routes(p Ports, publicURL string) []httpd.Route {
	return []httpd.Route{{
		Pattern: "/login/sessionCookieRedirect", Methods: []string{http.MethodGet}, Handler: redirect{p.Sessions, p.Orgs, publicURL},
	}}
}

// redirect starts a session and leads the browser on: the last step of Okta's Sign-In Widget
// (https://developer.okta.com/docs/guides/session-cookie/main/).
type redirect struct {
	ledger    Sessions
	orgs      Orgs
	publicURL string
}

func (h redirect) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	entered, err := h.enter(r)
	if err != nil {
		httpd.Refuse(w, r, err)
		return
	}
	httpd.SetSession(w, h.publicURL, entered.cookie)
	http.Redirect(w, r, entered.target, http.StatusFound)
}

type entered struct {
	cookie hookswitch.Secret
	target string
}

func (h redirect) enter(r *http.Request) (entered, error) {
	if r.Method != http.MethodGet || r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		// HEAD must not use a token up, and another site must not sign somebody in as somebody else.
		return entered{}, hookswitch.Refuse(hookswitch.Forbidden, "Sign in on a page of this site.")
	}
	query := r.URL.Query()
	target, err := h.target(r.Context(), query.Get("redirectUrl"))
	if err != nil {
		return entered{}, err
	}
	origin := httpd.OriginOf(r)
	e, err := h.ledger.StartSession(r.Context(), hookswitch.Secret(query.Get("token")), httpd.SessionOf(r), origin)
	return entered{e.Cookie, target}, err
}

// target is where the browser is led: below the public URL, or to an origin that is trusted with redirects.
func (h redirect) target(ctx context.Context, address string) (string, error) {
	target, origin, err := resolve(h.publicURL, address)
	if err == nil && origin != "" {
		var org hookswitch.Org
		if org, err = h.orgs.Org(ctx); err != nil {
			return "", err
		}
		if !org.TrustsRedirects(origin) {
			err = errElsewhere
		}
	}
	if err != nil {
		return "", hookswitch.RefuseField(hookswitch.Invalid, "redirectUrl", "It must be an address of this site, or of a trusted origin with the scope REDIRECT.")
	}
	return target, nil
}

var errElsewhere = errors.New("an address of another site")

// resolve reads an address relative to the public URL, and tells the origin of one that leads elsewhere. Nothing means the
// first page.
func resolve(publicURL, address string) (target, elsewhere string, err error) {
	base, err := url.Parse(publicURL + "/")
	if err != nil {
		return "", "", err
	}
	// Browsers read a backslash as a slash and leave out control characters.
	if strings.ContainsFunc(address, func(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }) {
		return "", "", errElsewhere
	}
	to, err := base.Parse(address)
	if err != nil {
		return "", "", err
	}
	to.Host = strings.ToLower(to.Host)
	switch {
	case to.User != nil || to.Opaque != "" || to.Host == "" || strings.ContainsFunc(to.Host, func(c rune) bool { return c > '~' }):
		return "", "", errElsewhere
	case to.Scheme != base.Scheme || to.Host != strings.ToLower(base.Host):
		elsewhere = to.Scheme + "://" + to.Host
	}
	return to.String(), elsewhere, nil
}
