package provider

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hookswitch"
)

// newTestClient may reach base, which is on this machine.
func newTestClient(t *testing.T, base string, more ...func(*Options)) *Client {
	t.Helper()
	o := Options{Exempt: []string{base}}
	for _, f := range more {
		f(&o)
	}
	c, err := NewClient(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

func post(url string) Request {
	return Request{Method: http.MethodPost, URL: url, Body: []byte("a=b"), Header: http.Header{}}
}

func fault(t *testing.T, err error) *Error {
	t.Helper()
	var f *Error
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want an *Error", err)
	}
	return f
}

// rawServer answers every connection with the function, which sees the request's head and body already read.
func rawServer(t *testing.T, serve func(conn net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conns.Go(func() {
				defer conn.Close()
				serve(conn)
			})
		}
	})
	t.Cleanup(func() { listener.Close(); conns.Wait() })
	return "http://" + listener.Addr().String()
}

func readRequest(conn net.Conn) error {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, req.Body)
	return err
}

func TestAnAnswerComesWholeWithItsStatus(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write(append([]byte("got "), body...))
	}))
	defer server.Close()
	answer, err := newTestClient(t, server.URL).Do(t.Context(), post(server.URL+"/x"))
	if err != nil || answer.Status != 201 || string(answer.Body) != "got a=b" {
		t.Fatalf("got %d %q %v", answer.Status, answer.Body, err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	answer, err := newTestClient(t, server.URL).Do(t.Context(), post(server.URL))
	if err != nil || answer.Status != 307 || calls.Load() != 1 {
		t.Fatalf("status %d, %d calls, %v", answer.Status, calls.Load(), err)
	}
}

func TestAnErrorBeforeTheRequestWasWrittenIsUnreachable(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	late, cancel := context.WithCancel(t.Context())
	cancel()
	for name, try := range map[string]func() error{
		"nobody listens": func() error {
			_, err := newTestClient(t, closed.URL).Do(t.Context(), post(closed.URL))
			return err
		},
		"context over": func() error {
			_, err := newTestClient(t, closed.URL).Do(late, post(closed.URL))
			return err
		},
		"no TLS there": func() error {
			base := strings.Replace(rawServer(t, func(conn net.Conn) { _, _ = conn.Write([]byte("hello\n")) }), "http:", "https:", 1)
			_, err := newTestClient(t, base).Do(t.Context(), post(base))
			return err
		},
		"no such URL": func() error {
			_, err := newTestClient(t, closed.URL).Do(t.Context(), post("http://[::1"))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			if f := fault(t, try()); f.Failure != hookswitch.Unreachable || f.Written {
				t.Errorf("got %s, written %v", f.Failure, f.Written)
			}
		})
	}
}

func TestAnErrorAfterTheRequestWasWrittenIsNeverSure(t *testing.T) {
	for name, row := range map[string]struct {
		serve func(conn net.Conn)
		limit time.Duration
		want  hookswitch.Failure
	}{
		"hangs":          {hang, 50 * time.Millisecond, hookswitch.TimedOut},
		"closes":         {func(net.Conn) {}, time.Minute, hookswitch.ConnectionLost},
		"resets":         {reset, time.Minute, hookswitch.ConnectionLost},
		"speaks no HTTP": {func(c net.Conn) { _, _ = c.Write([]byte("220 smtp ready\r\n\r\n")) }, time.Minute, hookswitch.UnreadableAnswer},
		"half a body": {func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"))
		}, time.Minute, hookswitch.ConnectionLost},
		"slow body": {func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"))
			hang(c)
		}, 50 * time.Millisecond, hookswitch.TimedOut},
		"endless body": {func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n"))
			chunk := make([]byte, 4096)
			for {
				if _, err := c.Write(chunk); err != nil {
					return
				}
			}
		}, time.Minute, hookswitch.UnreadableAnswer},
		"endless head": {func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 201 Created\r\n"))
			for {
				if _, err := c.Write([]byte("X-More: " + strings.Repeat("x", 1000) + "\r\n")); err != nil {
					return
				}
			}
		}, time.Minute, hookswitch.UnreadableAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			base := rawServer(t, func(conn net.Conn) {
				if readRequest(conn) == nil {
					row.serve(conn)
				}
			})
			ctx, cancel := context.WithTimeout(t.Context(), row.limit)
			defer cancel()
			_, err := newTestClient(t, base).Do(ctx, post(base))
			f := fault(t, err)
			if f.Failure != row.want || !f.Written {
				t.Errorf("got %s (%s), written %v; want %s", f.Failure, f.Reason, f.Written, row.want)
			}
			if f.Failure.Traits().Sure {
				t.Errorf("%s is sure", f.Failure)
			}
		})
	}
}

// hang says nothing until the client goes away.
func hang(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// reset makes the kernel send RST instead of FIN.
func reset(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }

func TestARefusalThatBreaksOffIsJudgedByItsStatus(t *testing.T) {
	base := rawServer(t, func(conn net.Conn) {
		if readRequest(conn) == nil {
			_, _ = conn.Write([]byte("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\n{"))
		}
	})
	answer, err := newTestClient(t, base).Do(t.Context(), post(base))
	if err != nil || answer.Status != 503 || len(answer.Body) != 0 {
		t.Fatalf("got %d %q %v", answer.Status, answer.Body, err)
	}
}

// A server that answers once on a connection, keeps it, and then drops whatever comes next on it.
func dropsTheSecond(t *testing.T, requests *atomic.Int64) string {
	return rawServer(t, func(conn net.Conn) {
		reader := bufio.NewReader(conn)
		for i := 0; ; i++ {
			req, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			requests.Add(1)
			if i > 0 {
				return
			}
			_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
		}
	})
}

func TestNothingIsSentTwiceOnAKeptConnectionThatDies(t *testing.T) {
	// Idempotency-Key is what makes net/http repeat even a POST, whatever was written before.
	for _, header := range []http.Header{{}, {"Idempotency-Key": {"k"}}, {"X-Idempotency-Key": {"k"}}} {
		var requests atomic.Int64
		base := dropsTheSecond(t, &requests)
		c := newTestClient(t, base)
		r := post(base)
		r.Header = header
		if _, err := c.Do(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		_, err := c.Do(t.Context(), r)
		if f := fault(t, err); f.Failure != hookswitch.ConnectionLost || !f.Written {
			t.Errorf("%v: got %s, written %v", header, f.Failure, f.Written)
		}
		if got := requests.Load(); got != 2 {
			t.Errorf("%v: the server saw %d requests, want 2", header, got)
		}
	}
}

// mortal is a connection on which nothing can be written once it is dead.
type mortal struct {
	net.Conn
	dead *atomic.Bool
}

func (m mortal) Write(b []byte) (int, error) {
	if m.dead.Load() {
		return 0, syscall.EPIPE
	}
	return m.Conn.Write(b)
}

func TestAKeptConnectionThatDiedBeforeAByteLeftIsReplaced(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer server.Close()
	var dead []*atomic.Bool
	c := newTestClient(t, server.URL, func(o *Options) {
		o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			var dialer net.Dialer
			conn, err := dialer.DialContext(ctx, network, address)
			dead = append(dead, &atomic.Bool{})
			return mortal{conn, dead[len(dead)-1]}, err
		}
	})
	for i := range 2 {
		if _, err := c.Do(t.Context(), post(server.URL)); err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
		dead[i].Store(true)
	}
	if got := requests.Load(); got != 2 || len(dead) != 2 {
		t.Errorf("%d requests on %d connections, want 2 on 2", got, len(dead))
	}
	// Without a new connection the client is sure that nothing left.
	server.Close()
	_, err := c.Do(t.Context(), post(server.URL))
	if f := fault(t, err); f.Failure != hookswitch.Unreachable || f.Written {
		t.Errorf("got %s, written %v", f.Failure, f.Written)
	}
}

func TestATransportWithoutHooksIsNeverSure(t *testing.T) {
	c, err := NewClient(Options{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, errors.New("broken")
	})})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(t.Context(), post("https://carrier.example/"))
	if f := fault(t, err); !f.Written || f.Failure != hookswitch.ConnectionLost {
		t.Errorf("got %s, written %v", f.Failure, f.Written)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSixtyFourSendsAtOnceKeepTheirConnections(t *testing.T) {
	var connections atomic.Int64
	arrived, gate := make(chan struct{}), make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-gate
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	c := newTestClient(t, server.URL)
	for range 2 {
		var senders sync.WaitGroup
		for range concurrentSends {
			senders.Go(func() {
				if _, err := c.Do(t.Context(), post(server.URL)); err != nil {
					t.Error(err)
				}
			})
		}
		for range concurrentSends {
			<-arrived
		}
		for range concurrentSends {
			gate <- struct{}{}
		}
		senders.Wait()
	}
	if got := connections.Load(); got != concurrentSends {
		t.Errorf("%d connections for two rounds of %d, want %d", got, concurrentSends, concurrentSends)
	}
}

func TestTheTraceTellsWhatHappenedAndNothingSecret(t *testing.T) {
	var seen []Trace
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(418) }))
	defer server.Close()
	c := newTestClient(t, server.URL, func(o *Options) { o.Trace = func(tr Trace) { seen = append(seen, tr) } })
	r := post(server.URL + "/a/CANARY/b?To=%2B12025550123&code=CANARY")
	r.Hide = []string{"CANARY"}
	if _, err := c.Do(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	server.Close()
	c.CloseIdle()
	_, _ = c.Do(t.Context(), r)
	if len(seen) != 2 {
		t.Fatalf("%d traces, want 2", len(seen))
	}
	if seen[0].Status != 418 || !seen[0].Written || seen[0].Path != "/a/[hidden]/b" || seen[0].Method != "POST" || seen[0].Failure != "" {
		t.Errorf("first: %+v", seen[0])
	}
	if seen[1].Status != 0 || seen[1].Written || seen[1].Failure != hookswitch.Unreachable {
		t.Errorf("second: %+v", seen[1])
	}
}

func TestTheBodyLimitIsTheRequestsOwn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(make([]byte, DefaultBodyLimit+1))
	}))
	defer server.Close()
	c := newTestClient(t, server.URL)
	if _, err := c.Do(t.Context(), post(server.URL)); err == nil {
		t.Error("an answer over the limit was taken")
	}
	r := post(server.URL)
	r.Limit = HookBodyLimit
	if a, err := c.Do(t.Context(), r); err != nil || len(a.Body) != DefaultBodyLimit+1 {
		t.Errorf("got %d bytes, %v", len(a.Body), err)
	}
}

func TestAllowedNetworksMayBeCalledByHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	for _, row := range []struct {
		network string
		ok      bool
	}{{"127.0.0.0/8", true}, {"10.0.0.0/8", false}} {
		c, err := NewClient(Options{Allowed: []netip.Prefix{netip.MustParsePrefix(row.network)}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Do(t.Context(), post(strings.Replace(server.URL, "127.0.0.1", "localhost", 1)))
		c.CloseIdle()
		if (err == nil) != row.ok {
			t.Errorf("with %s allowed: %v", row.network, err)
		}
	}
}
