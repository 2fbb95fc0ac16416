package okta

import (
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
		Pattern: "/login/sessionCookieRedirect", Methods: []string{http.MethodGet}, Handler: redirect{p.Sessions, publicURL},
	}}
}

// redirect starts a session and leads the browser on: the last step of Okta's Sign-In Widget
// (https://developer.okta.com/docs/guides/session-cookie/main/).
type redirect struct {
	ledger    Sessions
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
	target, err := within(h.publicURL, query.Get("redirectUrl"))
	if err != nil {
		return entered{}, hookswitch.RefuseField(hookswitch.Invalid, "redirectUrl", "It must be an address of this site.")
	}
	origin := httpd.OriginOf(r)
	e, err := h.ledger.StartSession(r.Context(), hookswitch.Secret(query.Get("token")), httpd.SessionOf(r), origin)
	return entered{e.Cookie, target}, err
}

var errElsewhere = errors.New("an address of another site")

// within resolves an address against the public URL and refuses one that leads elsewhere. Nothing means the first page.
func within(publicURL, address string) (string, error) {
	base, err := url.Parse(publicURL + "/")
	if err != nil {
		return "", err
	}
	// Browsers read a backslash as a slash and leave out control characters.
	if strings.ContainsFunc(address, func(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }) {
		return "", errElsewhere
	}
	target, err := base.Parse(address)
	if err != nil {
		return "", err
	}
	if target.Scheme != base.Scheme || target.Host != base.Host || target.User != nil || target.Opaque != "" {
		return "", errElsewhere
	}
	return target.String(), nil
}
