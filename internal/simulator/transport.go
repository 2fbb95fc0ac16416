package simulator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"syscall"
)

// Transport reaches the simulator without a network: give it to the client
// under test. It works inside a testing/synctest bubble. A carrier that is
// down refuses the connection, a reset comes back as ECONNRESET after the
// request was read.
func (s *Simulator) Transport() http.RoundTripper {
	return memoryTransport{s}
}

type memoryTransport struct{ s *Simulator }

func (t memoryTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := readRequest(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(r.Context())
	in := r.Clone(ctx)
	in.Body = io.NopCloser(bytes.NewReader(body))
	in.ContentLength = int64(len(body))
	in.RequestURI = r.URL.RequestURI()
	in.RemoteAddr = "192.0.2.1:1234"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	w := &memoryWriter{header: http.Header{}, ready: make(chan struct{})}
	w.reader, w.pipe = io.Pipe()
	go func() {
		defer func() {
			switch p := recover(); {
			case p == nil:
				w.WriteHeader(http.StatusOK)
				_ = w.pipe.Close()
			case errors.Is(asError(p), errDown):
				w.fail(&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED})
			default:
				w.fail(&net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET})
			}
		}()
		t.s.handler.ServeHTTP(w, in)
	}()
	select {
	case <-w.ready:
	case <-r.Context().Done():
		cancel()
		_ = w.reader.CloseWithError(r.Context().Err()) // what the handler still writes goes nowhere
		return nil, r.Context().Err()
	}
	if w.err != nil {
		cancel()
		return nil, w.err
	}
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: &memoryBody{w.reader, cancel}, ContentLength: -1, Request: r,
	}, nil
}

func readRequest(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

func asError(p any) error {
	err, _ := p.(error)
	return err
}

// memoryBody tells the handler that its client went away when it is closed.
type memoryBody struct {
	*io.PipeReader
	cancel context.CancelFunc
}

func (b *memoryBody) Close() error {
	b.cancel()
	return b.PipeReader.Close()
}

// memoryWriter is the handler's side of a connection that is none.
type memoryWriter struct {
	header http.Header
	once   sync.Once
	ready  chan struct{}
	status int
	sent   http.Header
	err    error
	reader *io.PipeReader
	pipe   *io.PipeWriter
}

func (w *memoryWriter) Header() http.Header { return w.header }

func (w *memoryWriter) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.ready)
	})
}

func (w *memoryWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.pipe.Write(b)
}

// Flush is there for streams; nothing is held back.
func (w *memoryWriter) Flush() {}

func (w *memoryWriter) fail(err error) {
	w.once.Do(func() {
		w.err = err
		close(w.ready)
	})
	_ = w.pipe.CloseWithError(err)
}
