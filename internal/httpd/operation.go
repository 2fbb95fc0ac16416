package httpd

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"hookswitch"
)

// Operation is one row of the table of the API.
type Operation struct {
	Method string
	Path   string // as net/http.ServeMux writes it: /api/v1/users/{userId}
	About

	in    *binding
	out   reflect.Type
	serve func(ctx context.Context, call Call, r *http.Request, bodyLimit int64) (reply, error)
}

// About is what the table says of an operation beside its types.
type About struct {
	ID          string // operationId, as in Okta's API where it has the operation
	Tag         string // the group it is shown in
	Summary     string
	Description string            // what a caller should know beyond the summary
	Roles       []hookswitch.Role // who may call it
	SignedIn    bool              // whoever is known may call it, whatever the role; then Roles is empty
	Public      bool              // anybody may call it, without a token; then Roles is empty
	Scopes      []string          // OAuth scopes that allow it
	Status      int               // of success; 0 is 200, or 204 when nothing comes back
	CanSend     bool              // it can cause a message to a phone
	Tagged      bool              // what it answers has an ETag; unless it only reads, it asks [Call.Unchanged] for If-Match
}

// Nothing is the output of an operation that answers 204 without a body, or the input of one that takes none.
type Nothing struct{}

// Pointer is the output of an operation that answers 204 without a body and points elsewhere by a Link header with rel
// "related": to a path below /api/v1, with a query.
type Pointer struct {
	Path  string
	Query url.Values
}

func hasBody(out reflect.Type) bool {
	return out != reflect.TypeFor[Nothing]() && out != reflect.TypeFor[Pointer]()
}

// Op makes a row of the table.
//
// In is a struct whose fields say where they come from: `path:"userId"`, `query:"limit"`, `header:"Accept-Language"`; a
// field named Body is the JSON body, tagged `body:"required"` or `body:"optional"`. The other tags are those of JSON
// Schema, are checked before do is called, and stand in the OpenAPI document: required, minLength, maxLength, minimum,
// maximum, enum, default, description, example.
//
// Out is anything that JSON can carry, [Nothing], a [Pointer], a [Page], or one of these in an [Entrance]. A type with AppendJSON(dst []byte) []byte writes itself.
//
// Op panics when In cannot be bound: that is a mistake in the table, and any test finds it.
func Op[In, Out any](method, path string, about About, do func(context.Context, Call, In) (Out, error)) Operation {
	in, out := bindingOf(reflect.TypeFor[In]()), reflect.TypeFor[Out]()
	if e, ok := reflect.TypeAssert[entrance](reflect.Zero(out)); ok {
		out = e.answerType()
	}
	if about.Status == 0 {
		about.Status = http.StatusOK
		if !hasBody(out) {
			about.Status = http.StatusNoContent
		}
	}
	op := Operation{Method: method, Path: path, About: about, in: in, out: out}
	op.serve = func(ctx context.Context, call Call, r *http.Request, bodyLimit int64) (reply, error) {
		if about.Tagged && method != http.MethodGet {
			call.match = strings.Join(r.Header.Values(ifMatch), ",")
		}
		var input In
		if err := in.read(reflect.ValueOf(&input).Elem(), r, bodyLimit); err != nil {
			return reply{}, err
		}
		output, err := do(ctx, call, input)
		if err != nil {
			return reply{}, err
		}
		out, err := replyOf(output, about.Status, in, call, r)
		if about.Tagged && err == nil {
			out.tag = tagOf(out.body)
		}
		return out, err
	}
	return op
}
