package report

import (
	"context"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/scim"
)

// LogSearch asks for a page of the System Log.
type LogSearch struct {
	Since      time.Time               // inclusive
	Until      time.Time               // exclusive; zero: no bound
	After      *hookswitch.LogPosition // behind this place
	ByArrival  bool                    // in the order in which events became visible: nothing is skipped by a reader who polls
	Descending bool
	Limit      int // events of the page
	Filter     scim.Expr
	Words      []string // see [Words]
	// Patience is how long to go on while nothing is found, for a reader who takes an empty page for the end.
	Patience time.Duration
}

// LogPage is what was found, and how far was read.
type LogPage struct {
	Events []hookswitch.LoggedEvent
	// Last is the place behind which to go on; nil when nothing was read.
	Last *hookswitch.LogPosition
	// More says that the log may go on behind Last: the page is full, or its work budget was used up before.
	More bool
}

// The work budget of a page: reading stops at whichever comes first.
const (
	mostRows  = 10_000
	mostTime  = 15 * time.Millisecond
	rowsAhead = 500 // of one statement: what is not looked at any more was read in vain
)

// Log reads a page of the System Log. What the filter asks for is looked up by an index where there is one; for the rest
// events are read one by one, within a budget, and the page may have fewer events than there is room for, or none.
func (s *Service) Log(ctx context.Context, search LogSearch) (LogPage, error) {
	began := s.now()
	for {
		page, err := s.logPage(ctx, search)
		if err != nil || len(page.Events) > 0 || !page.More || page.Last == nil || s.now().Sub(began) >= search.Patience {
			return page, err
		}
		search.After = page.Last
	}
}

func (s *Service) logPage(ctx context.Context, search LogSearch) (LogPage, error) {
	var page LogPage
	err := s.view(ctx, func(tx Tx) error {
		q := hookswitch.LogQuery{
			Since: search.Since, Until: search.Until, After: search.After, ByArrival: search.ByArrival, Descending: search.Descending, Words: search.Words,
		}
		if err := s.narrow(tx, &q, search.Filter); err != nil {
			return err
		}
		var err error
		page, err = s.read(tx, q, search)
		return err
	})
	return page, err
}

// read goes through the log until the page is full and one more event is found, which tells that there is more.
func (s *Service) read(tx Tx, q hookswitch.LogQuery, search LogSearch) (LogPage, error) {
	began, page := s.now(), LogPage{Last: search.After}
	rows, enough := 0, false
	visit := func(at hookswitch.LogPosition, e *hookswitch.LoggedEvent) bool {
		rows++
		if e != nil && s.log.matches(&e.Event, search.Filter, search.Words) {
			if len(page.Events) == search.Limit {
				page.More, enough = true, true
				return false
			}
			page.Events = append(page.Events, *e)
		}
		page.Last = &at
		if rows >= mostRows || rows%32 == 0 && s.now().Sub(began) > mostTime && len(page.Events) < search.Limit {
			page.More, enough = true, true
		}
		return !enough
	}
	for q.Limit = min(search.Limit+1, rowsAhead); !enough; q.Limit = rowsAhead {
		read, err := tx.ScanEvents(q, visit)
		if err != nil {
			return LogPage{}, err
		}
		if read < q.Limit {
			break
		}
		q.After = page.Last
	}
	return page, nil
}

// narrow puts into the query what the filter says about things that can be looked up. Each is only a part of the filter:
// all of it is asked of every event that is read.
func (s *Service) narrow(tx Tx, q *hookswitch.LogQuery, filter scim.Expr) error {
	for _, part := range filter.Parts() {
		if s.log.asWritten(part.Path) {
			q.Holding = append(q.Holding, part.Text)
		}
	}
	if types := filter.Among("eventType"); len(types) <= mostTypes {
		for _, t := range types {
			q.Types = append(q.Types, hookswitch.EventType(t))
		}
	}
	if id := only(filter.Among("target.id")); strings.HasPrefix(id, hookswitch.UserID) {
		q.UserID = id
	}
	if number := only(filter.Among(debugData + "phoneNumber")); number != "" {
		q.Phone = number
	}
	return s.narrowToDelivery(tx, q, filter)
}

// mostTypes bounds the event types that are looked up side by side.
const mostTypes = 16

func only(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return ""
}

// narrowToDelivery looks the message up that the filter names: its events have its phone, and come after it began.
func (s *Service) narrowToDelivery(tx Tx, q *hookswitch.LogQuery, filter scim.Expr) error {
	var found []hookswitch.Delivery
	if id := only(filter.Among(debugData + "deliveryId")); id != "" {
		d, err := tx.Delivery(id)
		if err != nil && !hookswitch.IsProblem(err, hookswitch.NotFound) {
			return err
		}
		if err == nil {
			found = append(found, d)
		}
	} else if reference := only(filter.Among(debugData + "transactionId")); reference != "" {
		var err error
		if found, err = tx.DeliveriesByReference(reference); err != nil {
			return err
		}
	}
	if len(found) == 1 {
		q.Phone, q.UserID, q.Types = found[0].Phone, "", nil
	}
	return nil
}
