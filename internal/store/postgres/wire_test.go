package postgres_test

import (
	"net"
	"sync"
	"testing"
)

// wire is a proxy before the server that can cut a connection in the middle of an exchange.
type wire struct {
	net.Listener
	server string

	mu     sync.Mutex
	left   int  // messages of clients until the cut; 0: none will come
	answer bool // the server gets the last of them, and its answer is lost
}

func newWire(t *testing.T, server string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{Listener: l, server: server}
	t.Cleanup(func() { _ = l.Close() })
	go w.accept()
	return w
}

func (w *wire) accept() {
	for {
		client, err := w.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		doomed := make(chan struct{})
		go w.carry(client, server, func() bool {
			last, answer := w.count()
			if last {
				close(doomed)
			}
			return last && !answer
		})
		go w.carry(server, client, func() bool {
			select {
			case <-doomed:
				return true
			default:
				return false
			}
		})
	}
}

// carry forwards what it reads until cut says that the message just read must be the end of both connections.
func (w *wire) carry(from, to net.Conn, cut func() bool) {
	defer from.Close()
	defer to.Close()
	buf := make([]byte, 1<<20)
	for {
		n, err := from.Read(buf)
		if err != nil || cut() {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// cutAfter arms the wire.
func (w *wire) cutAfter(messages int, answer bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left, w.answer = messages, answer
}

// disarm reports whether the cut has come.
func (w *wire) disarm() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	came := w.left == 0
	w.left = 0
	return came
}

func (w *wire) count() (last, answer bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left == 0 {
		return false, false
	}
	w.left--
	return w.left == 0, w.answer
}
