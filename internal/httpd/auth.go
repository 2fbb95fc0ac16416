package httpd

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"hookswitch"
)

// Authenticator knows whose a token is.
type Authenticator interface {
	// Authenticate answers who bears the token, or an Unauthenticated problem. What it takes must not depend on how much
	// of a wrong token is right: look it up by a digest.
	Authenticate(ctx context.Context, token hookswitch.Secret) (hookswitch.Caller, error)
}

// Sessions knows whose the cookie of a session is.
type Sessions interface {
	// AuthenticateSession answers who is in, or an Unauthenticated problem; the rule for Authenticate holds here too.
	AuthenticateSession(ctx context.Context, cookie hookswitch.Secret) (hookswitch.Caller, error)
}

// maxToken bounds what is taken for a token.
const maxToken = 512

// authorize finds the caller and checks the role against the operation's row. A request without a token may come from a
// browser that another site led here: it is let through only when nothing speaks for that.
func (s *server) authorize(r *http.Request, op *Operation) (hookswitch.Caller, error) {
	if r.Header.Get("Authorization") == "" {
		if err := s.crossOrigin.Check(r); err != nil && !s.trusts(r) {
			return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Forbidden, "The request comes from a page of another site.")
		}
	}
	if op.Public {
		return hookswitch.Caller{}, nil
	}
	caller, err := s.identify(r)
	if err != nil {
		return hookswitch.Caller{}, err
	}
	if !op.SignedIn && !slices.Contains(op.Roles, caller.Role) {
		return caller, hookswitch.Refuse(hookswitch.Forbidden)
	}
	return caller, nil
}

// identify finds the caller by the API token or, when there is none, by the cookie of a session.
func (s *server) identify(r *http.Request) (hookswitch.Caller, error) {
	header, cookie := r.Header.Get("Authorization"), sessionCookie(r)
	if header == "" && cookie != "" && s.sessions != nil {
		return s.sessions.AuthenticateSession(r.Context(), cookie)
	}
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "SSWS") || token == "" || len(token) > maxToken {
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return s.authenticator.Authenticate(r.Context(), hookswitch.Secret(token))
}
