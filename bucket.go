package hookswitch

// Bucket is the stored state of one limit for one key; the zero value is a key that was never used.
type Bucket struct {
	Arrival int64 // GCRA's theoretical arrival time in microseconds since 1970
	Told    int64 // the Arrival whose refusals the System Log was told of: one event per window, not one per try
}
