package provider

import (
	"context"
	"net"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
)

// countedConn counts the bytes that were handed to the network, without those of TLS itself.
type countedConn struct {
	net.Conn
	written atomic.Int64
}

func (c *countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.written.Add(int64(n))
	return n, err
}

// watch sees one exchange and knows whether any byte of the request may have left.
type watch struct {
	// answered: the head of an answer came. neverLeft: the client itself refused to make the request. Both belong to the
	// caller's goroutine.
	answered, neverLeft bool

	mu     sync.Mutex // the transport calls the hooks from its own goroutines
	hooked bool       // the transport calls hooks at all
	reused bool
	sent   bool         // bytes left on an earlier connection, or the transport says that it wrote
	conn   *countedConn // of the current try; nil when the transport dials by itself
	base   int64        // what conn had written before this request
}

func (w *watch) attach(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.hooked = true
		},
		GotConn: func(info httptrace.GotConnInfo) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.sent = w.sentLocked()
			w.reused = info.Reused
			w.conn, _ = info.Conn.(*countedConn)
			if w.conn != nil {
				w.base = w.conn.written.Load()
			}
		},
		WroteRequest: func(httptrace.WroteRequestInfo) {
			w.mu.Lock()
			defer w.mu.Unlock()
			// net/http calls this before it flushes its buffer, so the counter knows better. Without one, a try counts.
			if w.conn == nil {
				w.sent = true
			}
		},
	})
}

// left says whether any byte of the request may have left. It is true in doubt.
func (w *watch) left() bool {
	if w.neverLeft {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.answered || !w.hooked || w.sentLocked()
}

func (w *watch) sentLocked() bool {
	return w.sent || w.conn != nil && w.conn.written.Load() > w.base
}

func (w *watch) onKeptConnection() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reused
}
