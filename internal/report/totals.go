package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"hookswitch"
)

// CountTx is what counting asks of the store.
type CountTx interface {
	Now() time.Time
	// SettledCounts reads deliveries settled after one time and until another, OpenCounts the ones not settled yet; both
	// within a budget of deliveries.
	SettledCounts(after, until time.Time, atMost int) (counts []hookswitch.DeliveryCount, through time.Time, err error)
	OpenCounts(atMost int) ([]hookswitch.DeliveryCount, error)
	// The kept counts, of what was settled until KeptUntil.
	KeptUntil() (time.Time, error)
	KeepCounts(after, until time.Time, counts []hookswitch.DeliveryCount) error
	KeptByHour(since, until time.Time) ([]hookswitch.DeliveryCount, error)
	KeptByCountry(since, until time.Time) ([]hookswitch.DeliveryCount, error)
}

const (
	// ripe is how long after its settling a delivery is kept as a count: its passcode cannot be given any more, and no
	// transaction that settles something is still under way.
	ripe = 15 * time.Minute
	// mostKeptAtOnce bounds the deliveries of one round of Keep.
	mostKeptAtOnce = 5_000
	// mostCounted bounds the deliveries that Totals reads one by one: those that are open, and those that are not ripe.
	mostCounted = 20_000
	// LongestTotals is the longest time that can be asked about.
	LongestTotals = 30 * 24 * time.Hour
)

// Counts tells how many messages had which fate. It costs a send nothing: old deliveries are counted in the background,
// the few new ones when somebody asks. It is safe for concurrent use, by several processes too.
type Counts struct {
	view, update func(ctx context.Context, fn func(CountTx) error) error
}

// NewCounts makes Counts that reads in snapshots by view and writes by update.
func NewCounts(view, update func(ctx context.Context, fn func(CountTx) error) error) *Counts {
	return &Counts{view, update}
}

// Keep counts deliveries that are ripe, and answers whether there are more.
func (c *Counts) Keep(ctx context.Context) (more bool, err error) {
	var counts []hookswitch.DeliveryCount
	var after, through time.Time
	// What is ripe never changes, so it is read beside the writers and not among them.
	err = c.view(ctx, func(tx CountTx) error {
		if after, err = tx.KeptUntil(); err != nil {
			return err
		}
		until := tx.Now().Add(-ripe)
		if !after.Before(until) {
			counts = nil
			return nil
		}
		counts, through, err = tx.SettledCounts(after, until, mostKeptAtOnce)
		more = through.Before(until)
		return err
	})
	if err != nil || len(counts) == 0 {
		return false, err
	}
	err = c.update(ctx, func(tx CountTx) error {
		if until, err := tx.KeptUntil(); err != nil || !until.Equal(after) {
			return err // another process has counted them
		}
		return tx.KeepCounts(after, through, counts)
	})
	return more && err == nil, err
}

// Count is how many messages had which fate.
type Count struct {
	Messages  int // that somebody asked for
	Sent      int // that a provider has, or may have
	Delivered int
	Failed    int // surely not sent, or not delivered
	Refused   int // by our own guard
	Pending   int // not settled yet
	Unknown   int // nobody ever told
	Verified  int // whose passcode was given
}

// Totals are counts over some time.
type Totals struct {
	Since, Until time.Time // whole hours
	// Complete: nothing is missing. While very many messages are new, the last of them are not counted.
	Complete  bool
	All       Count
	Hours     []HourCount // those with messages, the earliest first
	Countries []CountryCount
	Providers []ProviderCount
}

// HourCount is of the messages that were asked for in the hour that begins at From.
type HourCount struct {
	From time.Time
	Count
}

// CountryCount is of the messages to a country (ISO 3166-1 alpha-2, "" when unknown), the most messages first.
type CountryCount struct {
	Country string
	Count
}

// ProviderCount is of the messages that a provider has, or had last; by its name.
type ProviderCount struct {
	Provider string
	All      Count
	Hours    []HourCount
}

// Totals counts the messages that were asked for in the hours from the one of since to the one of until.
func (c *Counts) Totals(ctx context.Context, since, until time.Time) (Totals, error) {
	since = since.UTC().Truncate(time.Hour)
	if end := until.UTC().Truncate(time.Hour); end.Before(until) {
		until = end.Add(time.Hour)
	}
	switch {
	case !since.Before(until):
		return Totals{}, hookswitch.RefuseField(hookswitch.Invalid, "since", "It must be before until.")
	case until.Sub(since) > LongestTotals+time.Hour: // 30 days that end within an hour
		return Totals{}, hookswitch.RefuseField(hookswitch.Invalid, "since", "At most 30 days can be asked about.")
	}
	var sums sums
	err := c.view(ctx, func(tx CountTx) error {
		sums = newSums(since, until)
		return sums.read(tx)
	})
	return sums.totals(), err
}

// sums are Totals in the making.
type sums struct {
	since, until time.Time
	complete     bool
	all          Count
	hours        map[time.Time]Count
	countries    map[string]Count
	providers    map[string]map[time.Time]Count
}

func newSums(since, until time.Time) sums {
	return sums{since, until, true, Count{}, map[time.Time]Count{}, map[string]Count{}, map[string]map[time.Time]Count{}}
}

func (s *sums) read(tx CountTx) error {
	byHour, err := tx.KeptByHour(s.since, s.until)
	if err != nil {
		return err
	}
	byCountry, err := tx.KeptByCountry(s.since, s.until)
	if err != nil {
		return err
	}
	kept, err := tx.KeptUntil()
	if err != nil {
		return err
	}
	end := tx.Now().Add(time.Minute) // another process may have a clock that is ahead
	fresh, through, err := tx.SettledCounts(kept, end, mostCounted)
	if err != nil {
		return err
	}
	open, err := tx.OpenCounts(mostCounted)
	if err != nil {
		return err
	}
	waiting := 0
	for _, c := range open {
		waiting += c.Messages
	}
	s.complete = !through.Before(end) && waiting < mostCounted
	for _, c := range byHour {
		s.inHour(c)
	}
	for _, c := range byCountry {
		s.toCountry(c)
	}
	for _, c := range slices.Concat(fresh, open) {
		if !c.Hour.Before(s.since) && c.Hour.Before(s.until) {
			s.inHour(c)
			s.toCountry(c)
		}
	}
	return nil
}

func (s *sums) inHour(c hookswitch.DeliveryCount) {
	s.all = s.all.with(c)
	s.hours[c.Hour] = s.hours[c.Hour].with(c)
	if c.Provider == "" {
		return
	}
	if s.providers[c.Provider] == nil {
		s.providers[c.Provider] = map[time.Time]Count{}
	}
	s.providers[c.Provider][c.Hour] = s.providers[c.Provider][c.Hour].with(c)
}

func (s *sums) toCountry(c hookswitch.DeliveryCount) {
	s.countries[c.Country] = s.countries[c.Country].with(c)
}

func (s *sums) totals() Totals {
	t := Totals{Since: s.since, Until: s.until, Complete: s.complete, All: s.all, Hours: inOrder(s.hours)}
	for country, count := range s.countries {
		t.Countries = append(t.Countries, CountryCount{country, count})
	}
	slices.SortFunc(t.Countries, func(a, b CountryCount) int {
		return cmp.Or(cmp.Compare(b.Messages, a.Messages), cmp.Compare(a.Country, b.Country))
	})
	for _, name := range slices.Sorted(maps.Keys(s.providers)) {
		p := ProviderCount{Provider: name, Hours: inOrder(s.providers[name])}
		for _, hour := range p.Hours {
			p.All = p.All.plus(hour.Count)
		}
		t.Providers = append(t.Providers, p)
	}
	return t
}

func inOrder(hours map[time.Time]Count) []HourCount {
	var all []HourCount
	for _, from := range slices.SortedFunc(maps.Keys(hours), time.Time.Compare) {
		all = append(all, HourCount{from, hours[from]})
	}
	return all
}

func (c Count) with(d hookswitch.DeliveryCount) Count {
	more := Count{Messages: d.Messages, Verified: d.Verified}
	//exhaustive:enforce
	switch d.State {
	case hookswitch.Sending:
		more.Pending = d.Messages
	case hookswitch.Sent, hookswitch.Uncertain:
		more.Sent, more.Pending = d.Messages, d.Messages
	case hookswitch.Delivered:
		more.Sent, more.Delivered = d.Messages, d.Messages
	case hookswitch.Undelivered:
		more.Sent, more.Failed = d.Messages, d.Messages
	case hookswitch.UnknownFate:
		more.Sent, more.Unknown = d.Messages, d.Messages
	case hookswitch.Failed:
		more.Failed = d.Messages
	case hookswitch.Denied:
		more.Refused = d.Messages
	}
	return c.plus(more)
}

func (c Count) plus(d Count) Count {
	return Count{
		c.Messages + d.Messages, c.Sent + d.Sent, c.Delivered + d.Delivered, c.Failed + d.Failed,
		c.Refused + d.Refused, c.Pending + d.Pending, c.Unknown + d.Unknown, c.Verified + d.Verified,
	}
}
