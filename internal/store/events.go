package store

import (
	"strconv"
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

// Events reads a page of the System Log.
func (tx *Tx) Events(q hookswitch.LogQuery) ([]hookswitch.LoggedEvent, error) {
	query, args := tx.logSQL(q)
	var events []hookswitch.LoggedEvent
	err := tx.Query(query, args, func(r Row) error {
		var e hookswitch.LoggedEvent
		var data []byte
		err := r.Scan(&e.Position.Sequence, &e.Position.Transaction, &e.Published, &e.UUID, &e.Type, &e.Result, &data)
		if err != nil {
			return err
		}
		var d eventData
		if err := fromJSON(data, &d); err != nil {
			return err
		}
		e.Message, e.Severity, e.Reason, e.Origin, e.Targets, e.Debug = d.Message, d.Severity, d.Reason, d.Origin, d.Targets, d.Debug
		e.Position.Published = e.Published
		events = append(events, e)
		return nil
	})
	return events, err
}

func (tx *Tx) logSQL(q hookswitch.LogQuery) (string, Args) {
	var args Args
	bind := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := []string{"published >= " + bind(q.Since)}
	if q.Since.IsZero() {
		where, args = []string{"TRUE"}, nil
	}
	if !q.Until.IsZero() {
		where = append(where, "published < "+bind(q.Until))
	}
	if q.UserID != "" {
		where = append(where, "user_id = "+bind(q.UserID))
	}
	if q.Phone != "" {
		where = append(where, "phone = "+bind(q.Phone))
	}
	if len(q.Types) > 0 {
		marks := make([]string, len(q.Types))
		for i, t := range q.Types {
			marks[i] = bind(t)
		}
		where = append(where, "type IN ("+strings.Join(marks, ", ")+")")
	}
	beyond, direction := " > ", ""
	if q.Descending {
		beyond, direction = " < ", " DESC"
	}
	order := "published" + direction + ", id" + direction
	switch {
	case q.ByArrival && tx.Dialect().LogTx == "0": // one writer: the id alone is the order of arrival
		order = "id" + direction
		if q.After != nil {
			where = append(where, "id"+beyond+bind(q.After.Sequence))
		}
	case q.ByArrival:
		order = "tx" + direction + ", id" + direction
		if q.After != nil {
			where = append(where, "(tx, id)"+beyond+"("+bind(q.After.Transaction)+", "+bind(q.After.Sequence)+")")
		}
	case q.After != nil:
		where = append(where, "(published, id)"+beyond+"("+bind(q.After.Published)+", "+bind(q.After.Sequence)+")")
	}
	if q.ByArrival {
		where = append(where, tx.Dialect().Settled)
	}
	return `SELECT id, tx, published, uuid, type, result, data FROM events WHERE ` + strings.Join(where, " AND ") +
		` ORDER BY ` + order + ` LIMIT ` + bind(q.Limit), args
}
