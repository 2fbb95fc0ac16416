package httpd

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"

	"hookswitch"
)

// Replies keeps the answers to requests that carried an Idempotency-Key
// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/), for 24 hours.
type Replies interface {
	// Claim makes the key this request's own, or gives what is kept for it: an answer, or a claim without one.
	Claim(ctx context.Context, key, digest string) (kept hookswitch.KeptReply, fresh bool, err error)
	Keep(ctx context.Context, reply hookswitch.KeptReply) error
	Release(ctx context.Context, key string) error
}

const (
	idempotencyKey    = "Idempotency-Key"
	maxIdempotencyKey = 255
)

// serveOnce runs an operation that can send. With an Idempotency-Key it runs once for the key: the same request again
// gets the same answer, and nothing is sent twice.
func (s *server) serveOnce(op *Operation, call Call, r *http.Request) (reply, error) {
	key := r.Header.Get(idempotencyKey)
	if key == "" || !op.CanSend || s.replies == nil {
		return op.serve(r.Context(), call, r, s.bodyLimit)
	}
	if len(key) > maxIdempotencyKey {
		return reply{}, invalid(hookswitch.Cause{Field: idempotencyKey, Text: "it may have at most 255 characters"})
	}
	body, err := ReadBody(r, s.bodyLimit)
	if err != nil {
		return reply{}, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	claim := keyedDigest(key, call.Caller.TokenID, call.Caller.SessionID, op.ID)
	digest := keyedDigest(key, r.URL.Path, r.URL.Query().Encode(), string(body))
	kept, fresh, err := s.replies.Claim(r.Context(), claim, digest)
	if err != nil {
		return reply{}, err
	}
	if !fresh {
		return replayed(kept, digest)
	}
	return s.keep(op, call, r, kept)
}

// replayed answers a request whose key is taken.
func replayed(kept hookswitch.KeptReply, digest string) (reply, error) {
	if kept.Digest != digest {
		return reply{}, invalid(hookswitch.Cause{Field: idempotencyKey, Text: "it was used for another request; take a new key"})
	}
	if kept.Status == 0 {
		return reply{}, &fault{code: codeConflict, causes: []hookswitch.Cause{{
			Text: "The first request with this Idempotency-Key has no answer yet. Try again in a moment; if that goes on, its outcome is unknown: take a new key.",
		}}}
	}
	return reply{status: kept.Status, body: []byte(kept.Body)}, nil
}

// keep runs the operation and keeps a success. A refusal that the caller can do something about frees the key, for
// nothing was sent; after any other error, also a store that failed behind the send or in its commit, nobody knows: the key stays taken.
func (s *server) keep(op *Operation, call Call, r *http.Request, claim hookswitch.KeptReply) (reply, error) {
	ctx := context.WithoutCancel(r.Context())
	out, err := op.serve(r.Context(), call, r, s.bodyLimit)
	var (
		problem *hookswitch.Problem
		wrong   *fault
	)
	switch {
	case err == nil:
		claim.Status, claim.Body = out.status, string(out.body)
		if err := s.replies.Keep(ctx, claim); err != nil { // what was done is done, and the key stays taken
			exchangeOf(ctx).log.ErrorContext(ctx, "the answer to an Idempotency-Key is not kept", "requestId", RequestID(ctx), "error", err)
		}
		return out, nil
	case errors.Is(err, hookswitch.ErrUnrecorded), hookswitch.IsProblem(err, hookswitch.OutcomeUnknown), hookswitch.IsProblem(err, hookswitch.Damaged):
		return reply{}, err
	case errors.As(err, &problem), errors.As(err, &wrong):
		return reply{}, errors.Join(err, s.replies.Release(ctx, claim.Key))
	default:
		return reply{}, err
	}
}

// keyedDigest is what is stored of a key and of a request. It is keyed with the client's key, which is not stored: a body
// may hold a passcode, and a plain digest of six digits is soon guessed.
func keyedDigest(key string, parts ...string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))
}
