package simulator

import (
	"net/http"
	"strconv"
)

// statusBody asks a carrier to tell a status, true or not: Twilio's word, or
// Telesign's number.
type statusBody struct {
	Status    string `json:"status"`
	ErrorCode string `json:"errorCode,omitempty"`
}

// sendStatus is POST /messages/{id}/status: the carrier's callback for a
// message or call, sent now with the status given. The id is the message's, or
// the carrier's own reference. The answer is the journal's entry.
func (s *Simulator) sendStatus(r *http.Request) (any, error) {
	var body statusBody
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if body.Status == "" {
		return nil, problemf(http.StatusBadRequest, "status is needed, in the carrier's own words")
	}
	code := 0
	if body.ErrorCode != "" {
		var err error
		if code, err = strconv.Atoi(body.ErrorCode); err != nil {
			return nil, problemf(http.StatusBadRequest, "errorCode must be a number")
		}
	}
	s.mu.Lock()
	reference := s.referenceOf(r.PathValue("id"))
	cb, known := s.statusNow(reference, body.Status, code)
	s.mu.Unlock()
	switch {
	case !known:
		return nil, problemf(http.StatusNotFound, "no carrier knows such a message or call")
	case cb == nil:
		return nil, problemf(http.StatusConflict, "the status is set, but nobody asked to be told: its sender gave no callback URL")
	}
	e, _ := s.attempt(r.Context(), cb, 1)
	return e, nil
}

// referenceOf turns the id of a phone's message or call into the carrier's
// reference; anything else is taken for one. Guarded by mu.
func (s *Simulator) referenceOf(id string) string {
	for _, p := range s.phones {
		for _, m := range p.messages {
			if m.ID == id {
				return m.ProviderReference
			}
		}
		for _, c := range p.calls {
			if c.id == id {
				return c.reference
			}
		}
	}
	return id
}

// statusNow sets a record's status and makes its callback. Guarded by mu.
func (s *Simulator) statusNow(reference, status string, code int) (cb *callback, known bool) {
	if m, ok := s.twilio.messages.get(reference); ok {
		m.status, m.errorCode, m.updated = status, code, s.now()
		return s.messageStatus(m, status, code, false), true
	}
	if c, ok := s.twilio.calls.get(reference); ok {
		c.status, c.updated = status, s.now()
		if c.callbackURL == "" {
			return nil, true
		}
		return s.callStatus(c, status, 3, true, false), true
	}
	if v, ok := s.verify.verifications.get(reference); ok {
		last := v.attempts[len(v.attempts)-1]
		last.status, last.errorCode, last.updated = status, code, s.now()
		return nil, true
	}
	if t, ok := s.telesign.transactions.get(reference); ok {
		number, err := strconv.Atoi(status)
		if err != nil {
			number = code
		}
		s.setStatus(t, number)
		return s.telesignCallback(t), true
	}
	return nil, false
}
