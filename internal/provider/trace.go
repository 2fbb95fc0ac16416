package provider

import (
	"net/url"
	"time"

	"hookswitch"
)

// Trace tells of one exchange, for logs and metrics. It holds no query, header or body.
type Trace struct {
	Method  string
	Host    string
	Path    string
	Status  int // 0 when no answer came
	Took    time.Duration
	Written bool // some of the request may have left
	Reused  bool // on a connection that was kept
	Failure hookswitch.Failure
	Date    string // by the other side's clock, as its header tells it; "" when no answer came
}

func newTrace(r Request, a Answer, w *watch, fault *Error, took time.Duration) Trace {
	t := Trace{
		Method: r.Method, Status: a.Status, Took: took,
		Written: w.left(), Reused: w.onKeptConnection(), Date: a.Header.Get("Date"),
	}
	if u, err := url.Parse(r.URL); err == nil {
		t.Host, t.Path = u.Host, Redact(u.Path, r.Hide...)
	}
	if fault != nil {
		t.Failure, t.Written = fault.Failure, fault.Written
	}
	return t
}
