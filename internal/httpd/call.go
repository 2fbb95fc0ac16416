package httpd

import (
	"net/url"
	"strings"
	"time"

	"hookswitch"
)

// Call is what an operation knows of the request beside its input.
type Call struct {
	Caller   hookswitch.Caller
	Origin   hookswitch.Origin // for the System Log
	Links    Links
	Cookie   hookswitch.Secret // of the session that the browser brings; on a Public operation nobody has looked at it
	Received time.Time

	match string // the If-Match of a request to change something that has an ETag
}

// Links makes absolute hrefs below the public URL.
type Links struct{ base string }

// LinksBelow makes hrefs below a public URL.
func LinksBelow(publicURL string) Links { return Links{base: strings.TrimSuffix(publicURL, "/")} }

// To is the href of a path, given by its segments.
func (l Links) To(segments ...string) string {
	var b strings.Builder
	b.WriteString(l.base)
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// API is the href of a path below /api/v1, given by its segments.
func (l Links) API(segments ...string) string {
	return Links{base: l.base + "/api/v1"}.To(segments...)
}
