package desk

import "time"

// Time is a moment in milliseconds since 1970, UTC. Zero means never. Order
// between things that happened is kept by sequences, never by Time.
type Time int64

// TimeOf cuts t to the millisecond.
func TimeOf(t time.Time) Time { return Time(t.UnixMilli()) }

// IsZero reports whether the moment is absent.
func (t Time) IsZero() bool { return t == 0 }

// Go returns the moment as a time.Time in UTC.
func (t Time) Go() time.Time { return time.UnixMilli(int64(t)).UTC() }

// timeForm is RFC 3339 with the milliseconds always written, so that equal
// moments are equal texts.
const timeForm = "2006-01-02T15:04:05.000Z07:00"

func (t Time) String() string { return t.Go().Format(timeForm) }

// MarshalText writes RFC 3339 in UTC with milliseconds; never is the empty text.
func (t Time) MarshalText() ([]byte, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.Go().AppendFormat(nil, timeForm), nil
}

// UnmarshalText reads RFC 3339 with any offset.
func (t *Time) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = 0
		return nil
	}
	parsed, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return err
	}
	*t = TimeOf(parsed)
	return nil
}
