package hookswitch

import "time"

// LogPosition is a place in the System Log from which reading can go on.
type LogPosition struct {
	Transaction int64 // orders events by arrival, together with Sequence
	Sequence    int64
	Published   time.Time // orders events by time, together with Sequence
}

// LogQuery asks for a page of the System Log.
type LogQuery struct {
	Since      time.Time    // inclusive
	Until      time.Time    // exclusive; zero: no bound
	After      *LogPosition // behind this place
	ByArrival  bool         // in the order in which events became visible: nothing is skipped by a reader who polls
	Descending bool
	Limit      int
	Types      []EventType // any of them; empty: all
	UserID     string      // the user among the targets
	Phone      string      // E.164

	// Holding and Words are hints: an event without one of them may be passed over unread. Holding stands in the event as
	// it is, in one value; Words too, in lower case and in any spelling.
	Holding []string
	Words   []string
}

// LoggedEvent is an event and its place in the log.
type LoggedEvent struct {
	Event
	Position LogPosition
}
