package simulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// journalLimit is how many entries are kept.
const journalLimit = 1000

// journalText bounds a body in the journal.
const journalText = 8 << 10

// entry is one line of the journal: a request that a carrier received, or an
// attempt to deliver a callback. It is not changed once it is written.
type entry struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // request, callback, twiml, alert
	At      moment `json:"at"`
	Carrier string `json:"carrier"`
	Method  string `json:"method"`
	URL     string `json:"url"`
	// Authorization is the request's, without its secret.
	Authorization string `json:"authorization,omitempty"`
	Body          string `json:"body"`
	// Status is our answer to a request, or the server's to a callback; 0
	// means there was none.
	Status     int    `json:"status"`
	Answer     string `json:"answer"`
	DurationMs int64  `json:"durationMs"`
	Error      string `json:"error,omitempty"`

	Reference     string `json:"reference,omitempty"`
	Attempt       int    `json:"attempt,omitempty"`
	SignatureBase string `json:"signatureBase,omitempty"`
	Signature     string `json:"signature,omitempty"`
	Forged        bool   `json:"forged,omitempty"`

	callback *callback
}

// journal is the newest entries, oldest first.
type journal struct {
	n       int
	entries []*entry
}

func (j *journal) add(e *entry) {
	j.n++
	e.ID = "j" + fmt.Sprintf("%08d", j.n)
	if len(j.entries) >= journalLimit {
		j.entries = append([]*entry(nil), j.entries[journalLimit/10:]...)
	}
	j.entries = append(j.entries, e)
}

func (j *journal) find(id string) (*entry, bool) {
	for _, e := range j.entries {
		if e.ID == id {
			return e, true
		}
	}
	return nil, false
}

// note writes an entry and shows it to the page.
func (s *Simulator) note(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.add(e)
	s.publish("journal", e)
}

func requestEntry(carrier string, r *http.Request, body []byte, began time.Time, a answer) *entry {
	return &entry{
		Kind: "request", At: moment(began), Carrier: carrier, Method: r.Method, URL: r.URL.RequestURI(),
		Authorization: redact(r.Header.Get("Authorization")),
		Body:          clip(body), Status: a.status, Answer: clip(a.body),
	}
}

// redact keeps who asked and drops the proof.
func redact(authorization string) string {
	scheme, rest, _ := strings.Cut(authorization, " ")
	switch strings.ToLower(scheme) {
	case "":
		return ""
	case "basic":
		raw, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return scheme + " ***"
		}
		user, _, _ := strings.Cut(string(raw), ":")
		return scheme + " " + user + ":***"
	case "tsa":
		user, _, _ := strings.Cut(rest, ":")
		return scheme + " " + user + ":***"
	}
	return scheme + " ***"
}

func clip(b []byte) string {
	if len(b) > journalText {
		b = b[:journalText]
	}
	return strings.ToValidUTF8(string(b), string(utf8.RuneError))
}

func (s *Simulator) getJournal(r *http.Request) (any, error) {
	q := r.URL.Query()
	limit := 100
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > journalLimit {
			return nil, problemf(http.StatusBadRequest, "limit must be between 1 and %d", journalLimit)
		}
		limit = n
	}
	after := q.Get("after")
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []*entry{}
	for _, e := range s.journal.entries {
		if e.ID > after {
			found = append(found, e)
		}
	}
	// After an id the next ones are wanted, without one the newest.
	if len(found) > limit && after != "" {
		found = found[:limit]
	} else if len(found) > limit {
		found = found[len(found)-limit:]
	}
	return found, nil
}

// deleteJournal forgets every entry.
func (s *Simulator) deleteJournal(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.entries = nil
	return nil, nil
}

// resend repeats a callback as it was sent, and answers the new entry.
func (s *Simulator) resend(r *http.Request) (any, error) {
	s.mu.Lock()
	e, ok := s.journal.find(r.PathValue("id"))
	s.mu.Unlock()
	switch {
	case !ok:
		return nil, problemf(http.StatusNotFound, "the journal has no such entry; it keeps the newest %d", journalLimit)
	case e.callback == nil:
		return nil, problemf(http.StatusBadRequest, "only a callback can be sent again")
	}
	again, _ := s.attempt(r.Context(), e.callback, e.Attempt+1)
	return again, nil
}
