package httpd

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"hookswitch"
)

// exchange is what is known of one request while it is answered, for the log and for errors.
type exchange struct {
	id        string
	began     time.Time
	client    netip.Addr
	log       *slog.Logger
	now       func() time.Time
	tokenID   string
	sessionID string
	code      Code // of the error that was answered
}

type exchangeKey struct{}

// exchangeOf finds the exchange that wrap put there. Outside of it there is none, and errors go unlogged.
func exchangeOf(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{log: slog.New(slog.DiscardHandler), now: time.Now}
}

// RequestID is the id of the request that ctx belongs to.
func RequestID(ctx context.Context) string { return exchangeOf(ctx).id }

// ClientAddress is the address that made the request that ctx belongs to; the zero address when it is not known.
func ClientAddress(ctx context.Context) netip.Addr { return exchangeOf(ctx).client }

func (x *exchange) clientText() string {
	if !x.client.IsValid() {
		return ""
	}
	return x.client.String()
}

// wrap is what every request goes through, whatever it asks for.
func wrap(o Options, next http.Handler) http.Handler {
	https := strings.HasPrefix(o.PublicURL, "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := o.Now()
		x := &exchange{id: hookswitch.NewID(hookswitch.RequestID, began, o.Random), began: began, client: clientAddress(r, o.TrustedProxies), log: o.Log, now: o.Now}
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), exchangeKey{}, x), o.Timeout)
		defer cancel()
		r = r.WithContext(ctx)
		setHeaders(w.Header(), x.id, https)
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http panics with this very value
					panic(p)
				}
				recovered(rec, r, x, p)
			}
			took := o.Now().Sub(began)
			access(x, rec, r, took)
			if o.Observe != nil {
				o.Observe(r.Method, template(r), rec.status, took)
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

func setHeaders(h http.Header, id string, https bool) {
	h.Set("X-Okta-Request-Id", id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache, no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// recovered answers for a handler that panicked. The stack has no values; what was panicked with is told only when it
// comes from the runtime, for anything else may hold what must not be logged.
func recovered(w *recorder, r *http.Request, x *exchange, p any) {
	what := fmt.Sprintf("%T", p)
	if fault, ok := p.(interface {
		error
		RuntimeError()
	}); ok {
		what = fault.Error()
	}
	x.log.ErrorContext(r.Context(), "request panicked", "requestId", x.id, "panic", what, "stack", string(debug.Stack()))
	if w.status == 0 {
		x.code = codeInternal
		refuse(codeInternal, nil).write(w, x.id, x.now())
	}
}

// access writes the access log: the path as the table has it, so that no id and no phone number is in it; no query and
// no body ever.
func access(x *exchange, w *recorder, r *http.Request, took time.Duration) {
	level := slog.LevelInfo
	if isProbe(r.URL.Path) && w.status < http.StatusBadRequest {
		level = slog.LevelDebug
	}
	said := []slog.Attr{
		slog.String("requestId", x.id), slog.String("method", r.Method), slog.String("path", template(r)), slog.Int("status", w.status),
		slog.Int64("bytes", w.bytes), slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("client", x.clientText()),
	}
	if x.tokenID != "" {
		said = append(said, slog.String("tokenId", x.tokenID))
	}
	if x.sessionID != "" {
		said = append(said, slog.String("sessionId", x.sessionID))
	}
	if x.code != "" {
		said = append(said, slog.String("errorCode", string(x.code)))
	}
	x.log.LogAttrs(r.Context(), level, "request", said...)
}

// template is the path as the table has it, "" for one that it has not.
func template(r *http.Request) string {
	if r.Pattern == "/" && r.URL.Path != "/" {
		return ""
	}
	return r.Pattern
}

// recorder keeps what was answered.
type recorder struct {
	http.ResponseWriter

	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
