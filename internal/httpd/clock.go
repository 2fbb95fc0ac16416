package httpd

import "time"

// timeLayout is how Okta writes times: UTC with milliseconds, always three digits.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Time is a time on the wire. Tag it omitzero where Okta leaves it out, or use *Time where Okta writes null.
type Time time.Time

// TimeOrNull is nil, and so null on the wire, for the zero time.
func TimeOrNull(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	wire := Time(t)
	return &wire
}

// IsZero tells whether there is no time.
func (t Time) IsZero() bool { return time.Time(t).IsZero() }

// MarshalText writes the time as Okta does.
func (t Time) MarshalText() ([]byte, error) { return AppendTime(nil, time.Time(t)), nil }

// UnmarshalText reads RFC 3339 with or without a fraction, or a date alone, which is its midnight in UTC.
func (t *Time) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if parsed, err := time.Parse(layout, string(text)); err == nil {
			*t = Time(parsed)
			return nil
		}
	}
	return errNoTime
}

// AppendTime appends the time as Okta writes it, without quotes.
func AppendTime(dst []byte, t time.Time) []byte { return t.UTC().AppendFormat(dst, timeLayout) }
