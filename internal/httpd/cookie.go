package httpd

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"hookswitch"
)

// cookieName is that of Okta's cookie.
const cookieName = "sid"

// originOfURL is the origin that a browser names for pages of a URL.
func originOfURL(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Scheme + "://" + u.Host
	}
	return address
}

// Entrance is an answer that also gives the browser the cookie of a session; an empty cookie takes it away.
type Entrance[Out any] struct {
	Answer Out
	Cookie hookswitch.Secret
}

// entrance lets the table see into an Entrance of any type.
type entrance interface {
	parts() (answer any, cookie hookswitch.Secret)
	answerType() reflect.Type
}

func (e Entrance[Out]) parts() (any, hookswitch.Secret) { return e.Answer, e.Cookie }
func (e Entrance[Out]) answerType() reflect.Type        { return reflect.TypeFor[Out]() }

// sessionCookie is the cookie that a browser brings, "" for none.
func sessionCookie(r *http.Request) hookswitch.Secret {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) > maxToken {
		return ""
	}
	return hookswitch.Secret(c.Value)
}

// SetSession gives the browser the cookie of a session; an empty one takes it away. It goes back to this host only, no
// script can read it, no other site can have it sent along with a change, and it ends with the browser.
func SetSession(w http.ResponseWriter, publicURL string, cookie hookswitch.Secret) {
	c := &http.Cookie{ //nolint:gosec // not Secure only where the operator's own public URL is http
		Name: cookieName, Value: cookie.Reveal(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(publicURL, "https://"),
	}
	if cookie == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// SessionOf is the cookie of the session that a browser brings, for handlers that are no operation of the table; nobody
// has looked whether it is good.
func SessionOf(r *http.Request) hookswitch.Secret { return sessionCookie(r) }
