package store

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"hookswitch"
)

// ScanEvents reads on in the System Log, over q.Limit rows at most, and calls visit for each of them in order until it
// answers false. It is given nil for an event that the hints of q rule out; those of q.UserID, q.Phone and q.Types that
// an index helps with narrow what is read, the others are left to visit. It answers how many rows were read.
func (tx *Tx) ScanEvents(q hookswitch.LogQuery, visit func(at hookswitch.LogPosition, e *hookswitch.LoggedEvent) bool) (int, error) {
	if q.ByArrival && q.After == nil && !q.Since.IsZero() {
		before, err := tx.arrivalBefore(q.Since)
		if err != nil || before == nil {
			return 0, err
		}
		q.After = before
	}
	s := newLogStatement(tx.Dialect(), q)
	var text string
	switch {
	case q.ByArrival: // the indexes of what is in an event have another order
		text = s.page(q.Limit)
	case q.UserID != "":
		s.where("user_id <> '' AND user_id = " + s.bind(q.UserID))
		text = s.page(q.Limit)
	case q.Phone != "":
		s.where("phone <> '' AND phone = " + s.bind(q.Phone))
		text = s.page(q.Limit)
	case len(q.Types) > 0:
		text = s.pageOfTypes(q.Types, q.Limit)
	default:
		text = s.page(q.Limit)
	}
	var h hints
	if err := h.take(q); err != nil {
		return 0, err
	}
	read := 0
	err := tx.Query(text, s.args, func(r Row) error {
		read++
		var row logRow
		if err := row.scan(r); err != nil {
			return err
		}
		var shown *hookswitch.LoggedEvent
		if h.allow(&row) {
			if err := row.decode(); err != nil {
				return err
			}
			shown = &row.event
		}
		if !visit(row.event.Position, shown) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return read, err
}

var errEnough = errors.New("store: enough was read")

// lateArrival bounds by how much the times of events may run against the order of their arrival: a clock that was put
// back, a transaction that took long.
const lateArrival = 15 * time.Minute

// arrivalBefore is a place in the order of arrival before every event since a time; nil when there is none.
func (tx *Tx) arrivalBefore(since time.Time) (*hookswitch.LogPosition, error) {
	var at hookswitch.LogPosition
	var earliest time.Time
	err := tx.QueryRow(`SELECT tx, id, published FROM events WHERE published >= $1 ORDER BY published, id LIMIT 1`, Args{since.Add(-lateArrival)},
		&at.Transaction, &at.Sequence, &earliest)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	// The earliest may itself be one that was late. In a log that begins there or was quiet, those it is late to come after since.
	err = tx.Query(`SELECT tx, id FROM events WHERE published >= $1 AND published <= $2`, Args{since, earliest.Add(lateArrival)}, func(r Row) error {
		var other hookswitch.LogPosition
		if err := r.Scan(&other.Transaction, &other.Sequence); err != nil {
			return err
		}
		if other.Transaction < at.Transaction || other.Transaction == at.Transaction && other.Sequence < at.Sequence {
			at = other
		}
		return nil
	})
	at.Sequence--
	return &at, err
}

// hints are what an event must hold, in the spelling of the stored text.
type hints struct {
	holding [][]byte
	words   [][]byte
	lower   []byte // room for a row in lower case
}

func (h *hints) take(q hookswitch.LogQuery) error {
	for _, text := range q.Holding {
		quoted, err := toJSON(text)
		if err != nil {
			return err
		}
		h.holding = append(h.holding, []byte(quoted[1:len(quoted)-1]))
	}
	for _, word := range q.Words {
		// Of letters beyond ASCII there may be several spellings, of what JSON escapes too.
		if quoted, err := toJSON(word); err == nil && quoted == `"`+word+`"` && isASCII([]byte(word)) {
			h.words = append(h.words, []byte(word))
		}
	}
	return nil
}

func (h *hints) allow(r *logRow) bool {
	for _, text := range h.holding {
		if !bytes.Contains(r.data, text) {
			return false
		}
	}
	if len(h.words) == 0 || !isASCII(r.data) {
		return true
	}
	h.lower = h.lower[:0]
	for _, c := range r.data {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h.lower = append(h.lower, c)
	}
	for _, word := range h.words {
		if !bytes.Contains(h.lower, word) && !r.column(string(word)) {
			return false
		}
	}
	return true
}

// column tells whether one of the columns holds a word that is in lower case.
func (r *logRow) column(word string) bool {
	e := &r.event
	return strings.Contains(strings.ToLower(string(e.Type)), word) || strings.Contains(strings.ToLower(string(e.Result)), word) ||
		strings.Contains(strings.ToLower(e.UUID), word)
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
