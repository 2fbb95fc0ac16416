package main

import (
	"net/http"
	"sync"
)

// noting notes the ids that the server gives to the requests that change something, when it answers with success.
type noting struct {
	under http.RoundTripper

	mu    sync.Mutex
	noted []string
}

// RoundTrip makes the exchange.
func (n *noting) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := n.under.RoundTrip(r)
	if err == nil && r.Method == http.MethodPost && answer.StatusCode < 300 {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.noted = append(n.noted, answer.Header.Get("X-Okta-Request-Id"))
	}
	return answer, err
}

// CloseIdleConnections closes those of the transport below.
func (n *noting) CloseIdleConnections() {
	if closer, ok := n.under.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

func (n *noting) ids() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.noted...)
}
