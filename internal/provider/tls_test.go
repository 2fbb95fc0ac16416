package provider

import (
	"context"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hookswitch"
)

// newTLSServer is a server with a certificate that only its own client trusts.
func newTLSServer(t *testing.T, serve http.HandlerFunc) (*httptest.Server, *Client) {
	t.Helper()
	server := httptest.NewUnstartedServer(serve)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // a refused handshake is what a test is about
	server.StartTLS()
	t.Cleanup(server.Close)
	c := newTestClient(t, server.URL)
	c.guard.roots = x509.NewCertPool()
	c.guard.roots.AddCert(server.Certificate())
	return server, c
}

func TestHTTPSKeepsItsConnections(t *testing.T) {
	server, c := newTLSServer(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, r.Body)
	})
	var reused []bool
	c.trace = func(tr Trace) { reused = append(reused, tr.Reused) }
	for range 3 {
		answer, err := c.Do(t.Context(), post(server.URL))
		if err != nil || string(answer.Body) != "a=b" {
			t.Fatalf("got %q %v", answer.Body, err)
		}
	}
	if reused[0] || !reused[1] || !reused[2] {
		t.Errorf("reused: %v", reused)
	}
}

func TestACertificateThatNobodyTrustsIsUnreachable(t *testing.T) {
	server, c := newTLSServer(t, func(http.ResponseWriter, *http.Request) { t.Error("the request arrived") })
	c.guard.roots = x509.NewCertPool()
	_, err := c.Do(t.Context(), post(server.URL))
	if f := fault(t, err); f.Failure != hookswitch.Unreachable || f.Written {
		t.Errorf("got %s (%s), written %v", f.Failure, f.Reason, f.Written)
	}
}

// A TLS connection says goodbye when it is closed; that is no request.
func TestAGoodbyeIsNotARequest(t *testing.T) {
	arrived := make(chan struct{})
	server, c := newTLSServer(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server notices a client that goes away once the body was read
		close(arrived)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	go func() {
		<-arrived
		cancel()
	}()
	_, err := c.Do(ctx, post(server.URL))
	if f := fault(t, err); f.Failure != hookswitch.TimedOut || !f.Written {
		t.Errorf("after the request was written: %s, written %v", f.Failure, f.Written)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Do(over, post(server.URL))
	if f := fault(t, err); f.Failure != hookswitch.Unreachable || f.Written {
		t.Errorf("before anything was written: %s, written %v", f.Failure, f.Written)
	}
}

func BenchmarkDo(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"}`)
	}))
	defer server.Close()
	c, err := NewClient(Options{Exempt: []string{server.URL}})
	if err != nil {
		b.Fatal(err)
	}
	defer c.CloseIdle()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Do(b.Context(), post(server.URL)); err != nil {
			b.Fatal(err)
		}
	}
}
