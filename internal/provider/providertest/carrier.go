package providertest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"hookswitch/internal/provider"
)

// Request is one request as a carrier got it.
type Request struct {
	Method string
	Target string // path and query
	Header http.Header
	Body   []byte
}

// Carrier listens on this machine, keeps every request it gets and answers with a script.
type Carrier struct {
	URL string

	mu     sync.Mutex
	script Script
	got    []Request
}

// Script is what a carrier does with a connection once a request was read from it.
type Script func(conn net.Conn, r Request)

// NewCarrier starts a carrier that lives as long as the test.
func NewCarrier(t testing.TB) *Carrier {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Carrier{URL: "http://" + listener.Addr().String(), script: Answer(http.StatusNotFound, "")}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { c.serve(conn) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		serving.Wait()
	})
	return c
}

// Will sets what the carrier does from now on.
func (c *Carrier) Will(s Script) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.script = s
}

// Take gives the requests that came since it was last called.
func (c *Carrier) Take() []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	got := c.got
	c.got = nil
	return got
}

// serve takes one request per connection.
func (c *Carrier) serve(conn net.Conn) {
	defer conn.Close()
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	r := Request{Method: req.Method, Target: req.URL.RequestURI(), Header: req.Header, Body: body}
	c.mu.Lock()
	c.got = append(c.got, r)
	script := c.script
	c.mu.Unlock()
	script(conn, r)
}

// Answer answers with a status and a body of JSON.
func Answer(status int, body string) Script { return AnswerAs(status, "application/json", body) }

// AnswerAs answers with a status and a body of any type.
func AnswerAs(status int, contentType, body string) Script {
	return func(conn net.Conn, _ Request) {
		fmt.Fprintf(conn, "HTTP/1.1 %d Status\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			status, contentType, len(body), body)
	}
}

// InTurn plays one script per request, the last one for ever.
func InTurn(scripts ...Script) Script {
	var mu sync.Mutex
	next := 0
	return func(conn net.Conn, r Request) {
		mu.Lock()
		script := scripts[min(next, len(scripts)-1)]
		next++
		mu.Unlock()
		script(conn, r)
	}
}

// Half promises a longer body than it sends.
func Half(status int, body string) Script {
	return func(conn net.Conn, _ Request) {
		fmt.Fprintf(conn, "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			status, 2*len(body)+1, body)
	}
}

// Slow sends half of what it promises and then says nothing until the client goes away.
func Slow(status int, body string) Script {
	half := Half(status, body)
	return func(conn net.Conn, r Request) {
		half(conn, r)
		Hang(conn, r)
	}
}

// Hang says nothing until the client goes away.
func Hang(conn net.Conn, _ Request) { _, _ = io.Copy(io.Discard, conn) }

// Reset cuts the connection with a TCP RST.
func Reset(conn net.Conn, _ Request) { _ = conn.(*net.TCPConn).SetLinger(0) }

// Close closes the connection without an answer.
func Close(net.Conn, Request) {}

// Garbage answers with something that is no HTTP.
func Garbage(conn net.Conn, _ Request) {
	_, _ = conn.Write(bytes.Repeat([]byte("\x00\xffgarbage"), 500))
}

// NewClient makes a client that reaches the carrier and nothing that is not on this machine. trace may be nil.
func (c *Carrier) NewClient(t testing.TB, trace func(provider.Trace)) *provider.Client {
	t.Helper()
	client, err := provider.NewClient(provider.Options{Exempt: []string{c.URL}, Trace: trace, Dial: dialLoopback})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	return client
}

var errLeaves = errors.New("a test tried to leave the machine")

// dialLoopback dials addresses of this machine. A name is no address: nothing is resolved.
func dialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil || !ip.IsLoopback() {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errLeaves}
	}
	var dialer net.Dialer
	return dialer.DialContext(ctx, network, address)
}

// Answering makes a client whose every request is answered in memory, for fuzzing.
func Answering(t testing.TB, answer func() (status int, body string)) *provider.Client {
	t.Helper()
	client, err := provider.NewClient(provider.Options{Transport: memory(answer)})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

type memory func() (status int, body string)

func (m memory) RoundTrip(*http.Request) (*http.Response, error) {
	status, body := m()
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
}
