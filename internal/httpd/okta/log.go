package okta

import (
	"context"
	"strconv"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/httpd"
)

type logs struct{ log Logs }

func (l logs) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/logs", httpd.About{
			ID: "listLogEvents", Tag: "SystemLog", Summary: "List the events of the System Log", Roles: anyAdmin(), Scopes: []string{"okta.logs.read"},
			Description: "Without until, and ascending, it is a poll: events come in the order in which they were written, none is skipped, " +
				"and there is always a next link to ask again later. Otherwise they come by time, and the last page has no next link.",
		}, l.list),
	}
}

// lookBack is how far the log is read back when nobody says since when.
const lookBack = 7 * 24 * time.Hour

type listLogsIn struct {
	Since  httpd.Optional[httpd.Time] `query:"since" start:"" description:"From this time on; seven days before until by default. Not together with after"`
	Until  httpd.Optional[httpd.Time] `query:"until" description:"Before this time"`
	After  httpd.Cursor               `query:"after" description:"Where the next page begins, from a next link"`
	Filter string                     `query:"filter" description:"Not available: refused when it is given"`
	Query  string                     `query:"q" description:"Not available: refused when it is given"`
	Limit  int                        `query:"limit" default:"100" minimum:"0" maximum:"1000"`
	Order  string                     `query:"sortOrder" default:"ASCENDING" enum:"ASCENDING,DESCENDING"`
}

func (l logs) list(ctx context.Context, call httpd.Call, in listLogsIn) (httpd.Page[LoggedEvent], error) {
	place, err := in.place(call.Received)
	if err != nil {
		return httpd.Page[LoggedEvent]{}, err
	}
	polling := !in.Until.Given && in.Order == "ASCENDING"
	q := hookswitch.LogQuery{
		Since: place.since, Until: time.Time(in.Until.Value), After: place.after, ByArrival: polling,
		Descending: in.Order == "DESCENDING", Limit: in.Limit,
	}
	if !polling {
		q.Limit++ // one more tells whether there is a next page
	}
	var found []hookswitch.LoggedEvent
	if in.Limit > 0 {
		if found, err = l.log.Events(ctx, q); err != nil {
			return httpd.Page[LoggedEvent]{}, err
		}
	}
	more := polling || in.Limit == 0
	if len(found) > in.Limit {
		found, more = found[:in.Limit], true
	}
	page := httpd.Page[LoggedEvent]{Items: make([]LoggedEvent, 0, len(found))}
	for _, e := range found {
		page.Items = append(page.Items, LoggedEvent(e))
		place.after = &e.Position
	}
	if more {
		page.Next = place.cursor()
	}
	return page, nil
}

// place is where a page of the log begins: since when at all, and behind which event.
type place struct {
	since time.Time
	after *hookswitch.LogPosition
}

func (in listLogsIn) place(now time.Time) (place, error) {
	for name, text := range map[string]string{"filter": in.Filter, "q": in.Query} {
		if text != "" { // better no answer than all events
			return place{}, hookswitch.RefuseField(hookswitch.BadSearch, name, "The System Log cannot be searched by it.")
		}
	}
	if in.After != "" {
		if in.Since.Given {
			return place{}, hookswitch.RefuseField(hookswitch.Invalid, "since", "It does not go together with after.")
		}
		return placeOf(in.After)
	}
	end := now
	if in.Until.Given {
		end = time.Time(in.Until.Value)
	}
	if in.Since.Given {
		return place{since: time.Time(in.Since.Value)}, nil
	}
	return place{since: end.Add(-lookBack)}, nil
}

// cursor is the place as text: since when, and the position.
func (p place) cursor() httpd.Cursor {
	numbers := []int64{p.since.UnixMicro()}
	if p.after != nil {
		numbers = append(numbers, p.after.Transaction, p.after.Sequence, p.after.Published.UnixMicro())
	}
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.FormatInt(n, 36)
	}
	return httpd.Cursor(strings.Join(words, "."))
}

func placeOf(c httpd.Cursor) (place, error) {
	var numbers []int64
	for word := range strings.SplitSeq(string(c), ".") {
		n, err := strconv.ParseInt(word, 36, 64)
		if err != nil {
			return place{}, errNoPlace()
		}
		numbers = append(numbers, n)
	}
	p := place{since: time.UnixMicro(numbers[0]).UTC()}
	switch len(numbers) {
	case 1:
	case 4:
		p.after = &hookswitch.LogPosition{Transaction: numbers[1], Sequence: numbers[2], Published: time.UnixMicro(numbers[3]).UTC()}
	default:
		return place{}, errNoPlace()
	}
	return p, nil
}

func errNoPlace() error {
	return hookswitch.RefuseField(hookswitch.Invalid, "after", "It is no place in the System Log.")
}
