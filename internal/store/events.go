package store

import (
	"strings"

	"hookswitch"
)

// eventData is what the log keeps of an event beside its columns.
type eventData struct {
	Message  string              `json:"message"`
	Severity string              `json:"severity"`
	Reason   string              `json:"reason,omitempty"`
	Origin   hookswitch.Origin   `json:"origin"`
	Targets  []hookswitch.Entity `json:"targets,omitempty"`
	Debug    []hookswitch.Datum  `json:"debug,omitempty"`
}

// AppendEvents writes events to the System Log, in the order in which they are given.
func (tx *Tx) AppendEvents(events ...hookswitch.Event) error {
	for _, e := range events {
		data, err := toJSON(eventData{e.Message, e.Severity, e.Reason, e.Origin, e.Targets, e.Debug})
		if err != nil {
			return err
		}
		user, phone := subjects(e)
		err = tx.Exec(1, `INSERT INTO events (tx, published, uuid, type, result, user_id, phone, data) VALUES (`+tx.Dialect().LogTx+`, $1, $2, $3, $4, $5, $6, $7)`,
			e.Published, e.UUID, e.Type, e.Result, user, phone, data)
		if err != nil {
			return err
		}
	}
	return nil
}

// subjects are the targets that the log is searched by.
func subjects(e hookswitch.Event) (userID, phone string) {
	for _, t := range e.Targets {
		switch t.Type {
		case "User":
			userID = t.ID
		case "MobilePhone":
			phone = t.AlternateID
		}
	}
	return userID, phone
}

// Events reads a page of the System Log: the events that all conditions of q are true of.
func (tx *Tx) Events(q hookswitch.LogQuery) ([]hookswitch.LoggedEvent, error) {
	s := newLogStatement(tx.Dialect(), q)
	if q.UserID != "" {
		s.where("user_id = " + s.bind(q.UserID))
	}
	if q.Phone != "" {
		s.where("phone = " + s.bind(q.Phone))
	}
	if len(q.Types) > 0 {
		marks := make([]string, len(q.Types))
		for i, t := range q.Types {
			marks[i] = s.bind(t)
		}
		s.where("type IN (" + strings.Join(marks, ", ") + ")")
	}
	var events []hookswitch.LoggedEvent
	err := tx.Query(s.page(q.Limit), s.args, func(r Row) error {
		var row logRow
		if err := row.scan(r); err != nil {
			return err
		}
		err := row.decode()
		events = append(events, row.event)
		return err
	})
	return events, err
}

// logColumns are what a logRow scans.
const logColumns = `id, tx, published, uuid, type, result, data`

// logRow is a row of the log, whose data may not be read yet.
type logRow struct {
	event hookswitch.LoggedEvent
	data  []byte
}

func (r *logRow) scan(from Row) error {
	e := &r.event
	err := from.Scan(&e.Position.Sequence, &e.Position.Transaction, &e.Published, &e.UUID, &e.Type, &e.Result, &r.data)
	e.Position.Published = e.Published
	return err
}

func (r *logRow) decode() error {
	var d eventData
	if err := fromJSON(r.data, &d); err != nil {
		return err
	}
	e := &r.event
	e.Message, e.Severity, e.Reason, e.Origin, e.Targets, e.Debug = d.Message, d.Severity, d.Reason, d.Origin, d.Targets, d.Debug
	return nil
}
