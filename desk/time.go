package desk

import (
	"errors"
	"time"
)

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

// AppendText appends RFC 3339 in UTC with milliseconds; never appends nothing.
func (t Time) AppendText(b []byte) ([]byte, error) {
	if t.IsZero() {
		return b, nil
	}
	return t.Go().AppendFormat(b, timeForm), nil
}

// MarshalText writes RFC 3339 in UTC with milliseconds; never is the empty text.
func (t Time) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// errTime refuses what four digits of a year cannot write in UTC.
var errTime = errors.New("desk: a time lies in the years 0 to 9999, UTC")

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
	if year := parsed.UTC().Year(); year < 0 || year > 9999 {
		return errTime
	}
	*t = TimeOf(parsed)
	return nil
}
