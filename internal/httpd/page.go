package httpd

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"reflect"

	"github.com/go-json-experiment/json"

	"hookswitch"
)

// Cursor is the position that a page of a list begins behind: the input of an operation takes it as `query:"after"`.
// On the wire it is opaque and belongs to its query: given to another list, or with another filter, it is refused.
type Cursor string

// Page is an output that is a part of a list. On the wire it is an array; where to go on stands in the headers
//
//	Link: <https://…/api/v1/users?limit=2>; rel="self"
//	Link: <https://…/api/v1/users?after=…&limit=2>; rel="next"
type Page[T any] struct {
	Items []T
	Next  Cursor // the position behind the last item; "" when the list ends here
}

// pager is a Page of any type.
type pager interface {
	array() ([]byte, error)
	next() Cursor
	element() reflect.Type
}

func (p Page[T]) next() Cursor { return p.Next }

func (p Page[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (p Page[T]) array() ([]byte, error) {
	if len(p.Items) == 0 {
		return []byte("[]"), nil
	}
	if _, ok := any(p.Items[0]).(appender); !ok {
		return json.Marshal(p.Items, json.Deterministic(true))
	}
	const guess = 1500 // bytes of a System Log event
	text := append(make([]byte, 0, len(p.Items)*guess), '[')
	for i, item := range p.Items {
		if i > 0 {
			text = append(text, ',')
		}
		if a, ok := any(item).(appender); ok {
			text = a.AppendJSON(text)
		}
	}
	return append(text, ']'), nil
}

// appender writes its own JSON, for the hot path.
type appender interface {
	AppendJSON(dst []byte) []byte
}

// sealLength is how much of a digest binds a cursor to its query. It keeps mistakes out, not attackers: what a cursor
// leads to, its caller may read anyway.
const sealLength = 6

// seal is the digest of a list's path and the parameters that choose what is in it.
func (b *binding) seal(path string, query url.Values) []byte {
	chosen := url.Values{}
	for _, p := range b.parameters {
		if p.place == inQuery && p.name != "after" && p.name != "limit" && !p.start && query.Has(p.name) {
			chosen.Set(p.name, query.Get(p.name))
		}
	}
	sum := sha256.Sum256([]byte(path + "?" + chosen.Encode()))
	return sum[:sealLength]
}

func (b *binding) closeCursor(c Cursor, path string, query url.Values) string {
	return base64.RawURLEncoding.EncodeToString(append(b.seal(path, query), c...))
}

// openCursor puts the position in the place of what stood on the wire.
func (b *binding) openCursor(into reflect.Value, path string, query url.Values) error {
	if into.String() == "" {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(into.String())
	if err != nil || len(text) <= sealLength || string(text[:sealLength]) != string(b.seal(path, query)) {
		return &fault{code: codePaging, causes: []hookswitch.Cause{
			{Field: "after", Text: "it is no cursor of this list; follow the link of the page before, or begin without it"},
		}}
	}
	into.SetString(string(text[sealLength:]))
	return nil
}

// links are the Link headers of a page.
func (b *binding) links(next Cursor, links Links, r *http.Request) []string {
	query, kept := r.URL.Query(), url.Values{}
	for _, p := range b.parameters {
		if p.place == inQuery && query.Get(p.name) != "" {
			kept.Set(p.name, query.Get(p.name))
		}
	}
	headers := []string{link(links, r.URL.Path, kept, "self")}
	if next == "" {
		return headers
	}
	for _, p := range b.parameters {
		if p.start {
			kept.Del(p.name)
		}
	}
	kept.Set("after", b.closeCursor(next, r.URL.Path, query))
	return append(headers, link(links, r.URL.Path, kept, "next"))
}

func link(links Links, path string, query url.Values, rel string) string {
	href := links.base + (&url.URL{Path: path}).EscapedPath()
	if len(query) > 0 {
		href += "?" + query.Encode()
	}
	return "<" + href + `>; rel="` + rel + `"`
}
