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

// maxToken bounds what is taken for a token.
const maxToken = 512

// authorize finds the caller and checks the role against the operation's row.
func (s *server) authorize(r *http.Request, op *Operation) (hookswitch.Caller, error) {
	if op.Public {
		return hookswitch.Caller{}, nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "SSWS") || token == "" || len(token) > maxToken {
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	caller, err := s.authenticator.Authenticate(r.Context(), hookswitch.Secret(token))
	if err != nil {
		return hookswitch.Caller{}, err
	}
	if !slices.Contains(op.Roles, caller.Role) {
		return caller, hookswitch.Refuse(hookswitch.Forbidden)
	}
	return caller, nil
}
