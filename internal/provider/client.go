package provider

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"hookswitch"
)

// Limits of an answer's body, in bytes.
const (
	DefaultBodyLimit = 64 << 10
	HookBodyLimit    = 256 << 10 // https://developer.okta.com/docs/concepts/inline-hooks/
)

// Pool sizes and housekeeping of connections.
const (
	concurrentSends = 64 // to one host without a new handshake
	idleConnections = 256
	// idleTimeout is under the 60 seconds after which carriers' load balancers close an idle connection: whoever closes
	// first decides whether a request can be lost on its way out.
	idleTimeout = 45 * time.Second
	// abandonedDial ends a dial whose request has given up; the request itself is bounded by its context alone.
	abandonedDial  = 10 * time.Second
	maxHeaderBytes = 32 << 10
)

// Options are what a client is built from; the zero value reaches public https addresses only.
type Options struct {
	// Exempt lists base URLs of the operator's own choosing: the carriers' and our own public one. Scheme, host and port
	// count; their addresses may be private and their scheme may be http.
	Exempt []string
	// Allowed lists private networks that may be called, by http too.
	Allowed []netip.Prefix
	// Trace is told of every exchange, if set. It runs on the caller's goroutine and must not block.
	Trace func(Trace)
	// Dial stands in for the network, if set, and for the judgement of the resolved address: an in-memory network of a
	// simulation, or one that refuses to leave the machine.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Transport stands in for everything below HTTP, if set. It should call the [net/http/httptrace] hooks GetConn, GotConn
	// and WroteRequest as [http.Transport] does; of one that does not, every failure counts as one after the request was
	// written.
	Transport http.RoundTripper
}

// Client is the shared outbound client; see the package. It is safe for concurrent use. It speaks HTTP/1.1 only, so that
// the bytes on a connection belong to one request at a time, follows no redirects, keeps no cookies and knows no proxy.
type Client struct {
	guard     *guard
	transport http.RoundTripper
	trace     func(Trace)
}

// NewClient builds the client. The error names an exempt URL that cannot be read.
func NewClient(o Options) (*Client, error) {
	g, err := newGuard(o.Exempt, o.Allowed)
	if err != nil {
		return nil, err
	}
	g.instead = o.Dial
	c := &Client{guard: g, transport: o.Transport, trace: o.Trace}
	if c.transport == nil {
		c.transport = &http.Transport{
			DialContext:            g.dial,
			DialTLSContext:         g.dialTLS,
			MaxIdleConns:           idleConnections,
			MaxIdleConnsPerHost:    concurrentSends,
			IdleConnTimeout:        idleTimeout,
			MaxResponseHeaderBytes: maxHeaderBytes,
			DisableCompression:     true, // so that the body limit counts what is read
		}
	}
	return c, nil
}

// CheckURL tells why the client would not call the URL whatever its name resolves to, or nil. The address itself is
// judged when it is dialled.
func (c *Client) CheckURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil {
		return errNoURL
	}
	return c.guard.checkURL(u)
}

// CloseIdle closes the connections that nobody uses, at the end of the process or of a test.
func (c *Client) CloseIdle() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Request is one request. Its only time limit is the context's.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	Limit  int64    // of the answer's body, in bytes; DefaultBodyLimit when zero
	Hide   []string // values that must not appear in an error or a trace: passcodes, tokens, numbers
}

// Answer is a whole answer. Its body is as long as the limit at most.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do makes one exchange, once. Its error is always an [*Error]. When a refusal (status 300 and above) breaks off in its
// body, the status says enough: the answer then has no body and there is no error.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	started := time.Now()
	w := &watch{}
	answer, err := c.exchange(ctx, w, r)
	var fault *Error
	if err != nil {
		fault = judge(ctx, w, r, answer.Status, err)
	}
	if c.trace != nil {
		c.trace(newTrace(r, answer, w, fault, time.Since(started)))
	}
	if fault != nil {
		return answer, fault
	}
	return answer, nil
}

func (c *Client) exchange(ctx context.Context, w *watch, r Request) (Answer, error) {
	if err := ctx.Err(); err != nil {
		w.neverLeft = true
		return Answer{}, err
	}
	req, err := c.build(ctx, w, r)
	if err != nil {
		w.neverLeft = true
		return Answer{}, err
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	w.answered = true
	answer := Answer{Status: resp.StatusCode, Header: resp.Header}
	answer.Body, err = readBody(resp.Body, r.Limit)
	if err != nil && answer.Status >= http.StatusMultipleChoices {
		return Answer{Status: resp.StatusCode, Header: resp.Header}, nil
	}
	return answer, err
}

func (c *Client) build(ctx context.Context, w *watch, r Request) (*http.Request, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, errNoURL
	}
	if err := c.guard.checkURL(u); err != nil {
		return nil, err
	}
	ctx = w.attach(c.guard.mark(ctx, u))
	req, err := http.NewRequestWithContext(ctx, r.Method, u.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, errNoURL
	}
	if r.Header != nil {
		req.Header = r.Header.Clone()
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "hookswitch")
	}
	if len(r.Body) == 0 {
		req.Body, req.GetBody = http.NoBody, nil
		return req, nil
	}
	// The transport asks for the body again when a kept connection turned out to be dead. That is harmless as long as
	// nothing was written on it; after that it would be a second message.
	req.GetBody = func() (io.ReadCloser, error) {
		if w.left() {
			return nil, errWouldRepeat
		}
		return io.NopCloser(bytes.NewReader(r.Body)), nil
	}
	return req, nil
}

// readBody reads to the end or to the limit, and one byte more to know which. Nothing that is cut is used.
func readBody(body io.Reader, limit int64) ([]byte, error) {
	if limit <= 0 {
		limit = DefaultBodyLimit
	}
	read, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(read)) > limit {
		return nil, errBodyTooLong
	}
	return read, nil
}

// Failed is the send error for an error of [Client.Do].
func Failed(err error) *hookswitch.SendError {
	fault, ok := errors.AsType[*Error](err)
	if !ok {
		return &hookswitch.SendError{Failure: hookswitch.UnreadableAnswer}
	}
	return &hookswitch.SendError{Failure: fault.Failure, ProviderStatus: fault.Status, Detail: fault.Reason}
}
