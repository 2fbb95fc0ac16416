package okta

import (
	"strings"

	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

// Link is a link of a resource, as in HAL (https://datatracker.ietf.org/doc/html/draft-kelly-json-hal).
type Link struct {
	Name  string `json:"name,omitzero" description:"Tells links of the same relation apart"`
	Href  string `json:"href" description:"Absolute, below the public URL"`
	Hints *Hints `json:"hints,omitzero"`
}

// Hints says what can be done with a link.
type Hints struct {
	Allow []string `json:"allow" description:"HTTP methods"`
}

func linkTo(href string, methods ...string) *Link {
	l := &Link{Href: href}
	if len(methods) > 0 {
		l.Hints = &Hints{Allow: methods}
	}
	return l
}

// seen lets a change happen only to what the caller saw, when the request says what that is.
func seen[T, W any](call httpd.Call, onWire func(T) W) admin.Seen[T] {
	return func(is T) error { return call.Unchanged(onWire(is)) }
}

// me is how a caller names the user of its own token.
const me = "me"

// userOf is the id or login that a path means.
func userOf(call httpd.Call, named string) string {
	if strings.EqualFold(named, me) && call.Caller.UserID != "" {
		return call.Caller.UserID
	}
	return named
}
