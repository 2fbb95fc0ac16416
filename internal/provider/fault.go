package provider

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"

	"hookswitch"
)

var (
	errBodyTooLong = errors.New("the answer is longer than the limit")
	errWouldRepeat = errors.New("the connection was lost after the request was written")
)

// Error is why an exchange has no whole answer. Its text holds nothing that the request declared as hidden, no query and
// nothing that the other side sent.
type Error struct {
	// Failure is Unreachable when surely nothing left; TimedOut, ConnectionLost or UnreadableAnswer otherwise.
	Failure hookswitch.Failure
	Written bool   // some of the request may have left
	Status  string // the HTTP status, when the answer broke off after it
	Reason  string
	cause   error // of the context only
}

// Error gives the reason.
func (e *Error) Error() string { return string(e.Failure) + ": " + e.Reason }

// Unwrap gives the context's error, if it was one.
func (e *Error) Unwrap() error { return e.cause }

func judge(ctx context.Context, w *watch, r Request, status int, err error) *Error {
	fault := &Error{Written: w.left(), cause: ctx.Err()}
	if status != 0 {
		fault.Status = strconv.Itoa(status)
	}
	switch {
	case !fault.Written || neverConnected(err):
		fault.Failure, fault.Written, fault.Reason = hookswitch.Unreachable, false, Redact(plainText(ctx, err), r.Hide...)
	case ctx.Err() != nil || timedOut(err):
		fault.Failure, fault.Reason = hookswitch.TimedOut, "no answer in time after the request was written"
	case unreadable(err):
		fault.Failure, fault.Reason = hookswitch.UnreadableAnswer, "the answer is too long or no HTTP"
	default:
		fault.Failure, fault.Reason = hookswitch.ConnectionLost, errWouldRepeat.Error()
	}
	return fault
}

// neverConnected recognises a failed dial, also of a transport that calls no hooks.
func neverConnected(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

func timedOut(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// unreadable recognises an answer that net/http could not parse; it has no type for that.
func unreadable(err error) bool {
	if errors.Is(err, errBodyTooLong) {
		return true
	}
	text := err.Error()
	return strings.Contains(text, "malformed") || strings.Contains(text, "exceeded") || strings.Contains(text, "invalid") ||
		strings.Contains(text, "unsupported transfer encoding") || strings.Contains(text, "bad Content-Length")
}

// plainText says why nothing left, in the words of the resolver, the dialler or TLS.
func plainText(ctx context.Context, err error) string {
	for _, refused := range []error{errNoURL, errUserInURL, errNotHTTPS, errNotAllowed, errPlainOut} {
		if errors.Is(err, refused) {
			return refused.Error()
		}
	}
	if ctx.Err() != nil {
		return "no connection in time"
	}
	return err.Error()
}
