package main

import (
	"bytes"
	"net"
	"sync"
)

// relay is the network between the servers and PostgreSQL. It can be cut at a chosen place of the conversation.
type relay struct {
	listener net.Listener
	target   string

	mu    sync.Mutex
	plan  *cut
	conns map[net.Conn]bool
}

// cut is where the next connection to come there is cut.
type cut struct {
	after   int  // bytes, in the direction below
	answers bool // counts what the database says; otherwise what it is told
	commit  bool // instead of all that: when the database has committed, before anybody hears of it
	done    chan struct{}
}

func newRelay(target string) (*relay, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{listener: listener, target: target, conns: map[net.Conn]bool{}}
	go r.accept()
	return r, nil
}

func (r *relay) address() string { return r.listener.Addr().String() }

func (r *relay) close() {
	_ = r.listener.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		_ = c.Close()
	}
}

func (r *relay) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", r.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		r.mu.Lock()
		r.conns[client], r.conns[server] = true, true
		r.mu.Unlock()
		go r.pass(client, server, false)
		go r.pass(server, client, true)
	}
}

// arm plans a cut and answers a channel that is closed when it was made.
func (r *relay) arm(c cut) <-chan struct{} {
	c.done = make(chan struct{})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plan = &c
	return c.done
}

// pass carries bytes one way until either side ends, or until it is cut.
func (r *relay) pass(from, to net.Conn, answers bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		keep, severed := r.sever(buffer[:n], answers)
		if _, wrong := to.Write(buffer[:keep]); wrong != nil && err == nil {
			err = wrong
		}
		if err != nil || severed {
			break
		}
	}
	_, _ = from.Close(), to.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, from)
	delete(r.conns, to)
}

// committed is the answer to COMMIT, a CommandComplete.
// https://www.postgresql.org/docs/current/protocol-message-formats.html
var committed = []byte("COMMIT\x00")

// sever tells how many of the bytes still pass, and whether the connection ends behind them.
func (r *relay) sever(data []byte, answers bool) (keep int, severed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.plan
	switch {
	case c == nil || len(data) == 0, !c.commit && c.answers != answers, c.commit && !answers:
		return len(data), false
	case c.commit:
		if keep = bytes.Index(data, committed); keep < 0 {
			return len(data), false
		}
	case c.after > len(data):
		c.after -= len(data)
		return len(data), false
	default:
		keep = c.after
	}
	r.plan = nil
	close(c.done)
	return keep, true
}
