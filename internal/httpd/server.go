package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Options are what a server needs. A field without a default is required.
type Options struct {
	PublicURL      string // the base of all links, without a slash at its end
	Authenticator  Authenticator
	Sessions       Sessions // knows the cookies of browsers; nil: only tokens are known
	Replies        Replies  // keeps the answers for an Idempotency-Key; nil: the header is ignored
	Now            func() time.Time
	Random         io.Reader // safe for concurrent use
	Log            *slog.Logger
	Version        string // of the product, for the OpenAPI document
	Pace           Pace
	Paced          func(ctx context.Context) Pace                            // what administrators set in its place, 0 for nothing; nil: nothing
	TrustedOrigins []string                                                  // of other sites whose pages may use the API
	Trusted        func(ctx context.Context, origin string) bool             // tells of other origins whether they are trusted too; nil: none
	TrustedProxies []netip.Prefix                                            // whose X-Forwarded-For is believed; none by default
	BodyLimit      int64                                                     // bytes of a JSON body; 64 KB by default
	Timeout        time.Duration                                             // of a request; 30 seconds by default
	Ready          func(ctx context.Context) error                           // what /readyz asks; nil: always ready
	Metrics        http.Handler                                              // what /metrics answers; nil: there is none
	Observe        func(method, path string, status int, took time.Duration) // told of every request by its template; may be nil
}

// Route is a path that is no operation of the table: a carrier's callback, a page. Its handler answers errors by [Refuse].
type Route struct {
	Pattern string // as net/http.ServeMux takes it, without a method
	Methods []string
	Handler http.Handler
}

type server struct {
	publicURL     string
	links         Links
	authenticator Authenticator
	sessions      Sessions
	crossOrigin   *http.CrossOriginProtection
	origins       map[string]bool
	trusted       func(ctx context.Context, origin string) bool
	replies       Replies
	pacer         *pacer
	bodyLimit     int64
}

// New serves a table of operations, and beside it /healthz, /readyz, /metrics and /openapi.json.
func New(o Options, operations []Operation, routes ...Route) (http.Handler, error) {
	if o.BodyLimit == 0 {
		o.BodyLimit = 64 << 10
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if err := sound(operations); err != nil {
		return nil, err
	}
	s := &server{
		publicURL: o.PublicURL, links: LinksBelow(o.PublicURL), authenticator: o.Authenticator, sessions: o.Sessions,
		crossOrigin: http.NewCrossOriginProtection(), replies: o.Replies, pacer: newPacer(o.Pace, o.Paced), bodyLimit: o.BodyLimit,
		origins: map[string]bool{}, trusted: o.Trusted,
	}
	for _, origin := range o.TrustedOrigins {
		s.origins[origin] = true
	}
	origins := o.TrustedOrigins
	if o.PublicURL != "" {
		origins = append(slices.Clone(origins), originOfURL(o.PublicURL))
	}
	for _, origin := range origins {
		if err := s.crossOrigin.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("httpd: the trusted origins and the public URL: %w", err)
		}
	}
	paths := pathTable{}
	for i := range operations {
		op := &operations[i]
		if err := paths.add(op.Path, op.Method, s.handler(op)); err != nil {
			return nil, err
		}
	}
	for _, route := range append(routes, probes(o, operations)...) {
		for _, method := range route.Methods {
			if err := paths.add(route.Pattern, method, route.Handler); err != nil {
				return nil, err
			}
		}
	}
	mux, err := paths.mux()
	if err != nil {
		return nil, err
	}
	return wrap(o, s.shared(mux)), nil
}

// handler serves one row of the table.
func (s *server) handler(op *Operation) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := exchangeOf(r.Context())
		caller, err := s.authorize(r, op)
		x.tokenID, x.sessionID = caller.TokenID, caller.SessionID
		if late := s.pacer.admit(r.Context(), w.Header(), op, x); late != nil { // whoever guesses tokens is counted too
			err = late
		}
		if err != nil {
			Refuse(w, r, err)
			return
		}
		call := Call{Caller: caller, Origin: originOf(r, x, caller), Links: s.links, Cookie: sessionCookie(r), Received: x.began}
		out, err := s.serveOnce(op, call, r)
		if err != nil {
			Refuse(w, r, err)
			return
		}
		if out.cookie != nil {
			SetSession(w, s.publicURL, *out.cookie)
		}
		out.write(w)
	})
}

// sound finds the mistakes in a table that types do not: above all a row that forgot to say who may call it.
func sound(operations []Operation) error {
	var wrong []error
	seen := map[string]bool{}
	for _, op := range operations {
		row := op.Method + " " + op.Path
		if ways := []bool{op.Public, op.SignedIn, len(op.Roles) > 0}; len(slices.DeleteFunc(ways, func(way bool) bool { return !way })) != 1 {
			wrong = append(wrong, fmt.Errorf("httpd: %s: say who may call it: either roles, or SignedIn, or Public", row))
		}
		if op.ID == "" || op.Tag == "" || op.Summary == "" || seen[op.ID] {
			wrong = append(wrong, fmt.Errorf("httpd: %s: it needs an ID of its own, a tag and a summary", row))
		}
		seen[op.ID] = true
		for _, p := range op.in.parameters {
			if p.place == inPath && !strings.Contains(op.Path, "{"+p.name+"}") {
				wrong = append(wrong, fmt.Errorf("httpd: %s: its path has no {%s}", row, p.name))
			}
		}
	}
	return errors.Join(wrong...)
}
