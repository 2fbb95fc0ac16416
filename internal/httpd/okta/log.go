package okta

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/report"
	"hookswitch/internal/scim"
)

type logs struct{ log Logs }

func (l logs) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/logs", httpd.About{
			ID: "listLogEvents", Tag: "SystemLog", Summary: "List the events of the System Log", Roles: anyAdmin(), Scopes: []string{"okta.logs.read"},
			Description: "Without until, and ascending, it is a poll: events come in the order in which they were written, none is skipped, " +
				"and there is always a next link to ask again later. Otherwise they come by time, and the last page has no next link. " +
				"Where a filter or keywords make a search long, a page ends early: it may have few events or none, and has a next link to go on.",
		}, l.list),
	}
}

// lookBack is how far the log is read back when nobody says since when.
const lookBack = 7 * 24 * time.Hour

// kept is how far back anybody may ask.
const kept = 180 * 24 * time.Hour

type listLogsIn struct {
	Since  httpd.Optional[httpd.Time] `query:"since" start:"" description:"From this time on; seven days before until by default. Not looked at where after is given"`
	Until  httpd.Optional[httpd.Time] `query:"until" description:"Before this time"`
	After  httpd.Cursor               `query:"after" description:"Where the next page begins, from a next link"`
	Filter string                     `query:"filter" example:"eventType eq \"system.sms.receive_status\" and outcome.result eq \"FAILURE\"" description:"In the filter language, on the attributes of a LogEvent but published. Of an attribute with several values any one may match"`
	Query  string                     `query:"q" description:"Up to 10 keywords of at most 40 characters. Each has to stand in one of the event's values, in any letter case; a hyphenated one counts as several"`
	Limit  int                        `query:"limit" default:"100" minimum:"0" maximum:"1000"`
	Order  string                     `query:"sortOrder" default:"ASCENDING" enum:"ASCENDING,DESCENDING"`
}

func (l logs) list(ctx context.Context, call httpd.Call, in listLogsIn) (httpd.Page[LoggedEvent], error) {
	place, err := in.place(call.Received)
	if err != nil {
		return httpd.Page[LoggedEvent]{}, err
	}
	search := report.LogSearch{
		Since: place.since, Until: time.Time(in.Until.Value), After: place.after, ByArrival: !in.Until.Given && in.Order == "ASCENDING",
		Descending: in.Order == "DESCENDING", Limit: in.Limit, Patience: patience(call.Origin.UserAgent),
	}
	if in.Filter != "" {
		if search.Filter, err = readFilter(in.Filter, report.LogAttribute); err != nil {
			return httpd.Page[LoggedEvent]{}, err
		}
	}
	if search.Words, err = report.Words(in.Query); err != nil {
		return httpd.Page[LoggedEvent]{}, err
	}
	found := report.LogPage{Last: place.after, More: true}
	if in.Limit > 0 {
		if found, err = l.log.Log(ctx, search); err != nil {
			return httpd.Page[LoggedEvent]{}, err
		}
	}
	page := httpd.Page[LoggedEvent]{Items: make([]LoggedEvent, 0, len(found.Events))}
	for _, e := range found.Events {
		page.Items = append(page.Items, LoggedEvent(e))
	}
	if found.Last != nil {
		place.after = found.Last
	}
	if found.More || search.ByArrival {
		page.Next = place.cursor()
	}
	return page, nil
}

// patience is how long a client waits for a first event. The collections of Okta's SDK for Node.js take an empty page
// for the end whatever link it has, and would miss what a long search finds later; other clients follow the link.
func patience(agent string) time.Duration {
	if strings.HasPrefix(agent, "okta-sdk-nodejs/") {
		return 20 * time.Second // less than the time limit of a request
	}
	return 0
}

// readFilter parses a filter; what is wrong with it is told in Okta's words.
func readFilter(text string, schema scim.Schema) (scim.Expr, error) {
	filter, err := scim.Parse(text, schema)
	var wrong *scim.Error
	switch {
	case !errors.As(err, &wrong):
		return filter, err
	case wrong.Fault == scim.NoSearch:
		return filter, hookswitch.RefuseField(hookswitch.BadSearch, "filter", wrong.Problem)
	default:
		return filter, hookswitch.Refuse(hookswitch.BadFilter, wrong.Error())
	}
}

// place is where a page of the log begins: since when at all, and behind which event.
type place struct {
	since time.Time
	after *hookswitch.LogPosition
}

func (in listLogsIn) place(now time.Time) (place, error) {
	if in.Since.Given && time.Time(in.Since.Value).Before(now.Add(-kept)) {
		return place{}, hookswitch.Refuse(hookswitch.BadFilter, "'since' is more than 180 days ago.")
	}
	if in.After != "" { // Okta's Go SDK follows a next link with the since of the first page
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
