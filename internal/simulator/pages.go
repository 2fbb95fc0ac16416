package simulator

import (
	"io"
	"net/http"
)

// plainPage stands in for the phones page where none was built in.
func plainPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, `The carrier and phone simulator runs; its page is not built into this binary.

  GET /phones/{number}/messages                     what a phone got, oldest first
  GET /phones/{number}/messages/latest?wait=30s     the newest, waiting for it
  GET /messages?q=to:+1202...                       search every phone
  GET /journal                                      what the carriers were asked and told
`)
}
