package store

import (
	"slices"
	"strconv"
	"strings"

	"hookswitch"
)

// logStatement is a SELECT of the log under way.
type logStatement struct {
	args       Args
	conditions []string
	order      string
}

// newLogStatement has the order and the bounds of a query, without the conditions on what is in the events.
func newLogStatement(dialect *Dialect, q hookswitch.LogQuery) *logStatement {
	s := &logStatement{}
	beyond, direction := " > ", ""
	if q.Descending {
		beyond, direction = " < ", " DESC"
	}
	since := q.Since
	oneWriter := dialect.LogTx == "0" // then the id alone is the order of arrival
	switch after := q.After; {
	case q.ByArrival && oneWriter:
		s.order = "id" + direction
		if after != nil {
			s.where("id" + beyond + s.bind(after.Sequence))
		}
	case q.ByArrival:
		s.order = "tx" + direction + ", id" + direction
		if after != nil {
			s.where("(tx, id)" + beyond + "(" + s.bind(after.Transaction) + ", " + s.bind(after.Sequence) + ")")
		}
	default:
		s.order = "published" + direction + ", id" + direction
		if after == nil {
			break
		}
		at := s.bind(after.Published)
		s.where("(published, id)" + beyond + "(" + at + ", " + s.bind(after.Sequence) + ")")
		// The first column of the index gets a bound of its own: not every plan reads one out of a comparison of pairs.
		if q.Descending {
			s.where("published <= " + at)
		} else if after.Published.After(since) {
			since = after.Published
		}
	}
	if !since.IsZero() {
		s.where("published >= " + s.bind(since))
	}
	if !q.Until.IsZero() {
		s.where("published < " + s.bind(q.Until))
	}
	if q.ByArrival {
		s.where(dialect.Settled)
	}
	return s
}

func (s *logStatement) bind(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

func (s *logStatement) where(condition string) { s.conditions = append(s.conditions, condition) }

// page is the text that selects the first rows.
func (s *logStatement) page(limit int) string {
	return s.selection("", s.bind(limit))
}

func (s *logStatement) selection(also, limit string) string {
	conditions := s.conditions
	if also != "" {
		conditions = append(slices.Clip(conditions), also)
	}
	if len(conditions) == 0 {
		conditions = []string{"TRUE"}
	}
	return `SELECT ` + logColumns + ` FROM events WHERE ` + strings.Join(conditions, " AND ") + ` ORDER BY ` + s.order + ` LIMIT ` + limit
}

// pageOfTypes is the text that selects the first rows of any of the types: the first ones of each, which its index
// has in order, and of these the first.
func (s *logStatement) pageOfTypes(types []hookswitch.EventType, limit int) string {
	most := s.bind(limit)
	parts := make([]string, len(types))
	for i, t := range types {
		parts[i] = `SELECT * FROM (` + s.selection("type = "+s.bind(t), most) + `) AS of` + strconv.Itoa(i)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts, " UNION ALL ") + ` ORDER BY ` + s.order + ` LIMIT ` + most
}
