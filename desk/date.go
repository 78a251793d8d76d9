package desk

import (
	"errors"
	"fmt"
	"time"
)

// Minute is a time of day on the wall clock, in minutes since midnight: 0 to 1440,
// the latter for the end of the day.
type Minute uint16

// EndOfDay is midnight at the end of a day, written 24:00.
const EndOfDay Minute = 24 * 60

var errMinute = errors.New("desk: a time of day has the form 09:30, up to 24:00")

// ParseMinute reads a time of day such as 09:30.
func ParseMinute(text string) (Minute, error) {
	if len(text) != 5 || text[2] != ':' {
		return 0, errMinute
	}
	hour, okHour := twoDigits(text[:2])
	minute, okMinute := twoDigits(text[3:])
	m := Minute(hour*60 + minute)
	if !okHour || !okMinute || minute > 59 || m > EndOfDay {
		return 0, errMinute
	}
	return m, nil
}

func twoDigits(text string) (int, bool) {
	a, b := text[0]-'0', text[1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

// MarshalText writes the time of day as 09:30.
func (m Minute) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a time of day such as 09:30.
func (m *Minute) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMinute(string(text))
	return err
}

// Date is a day of the calendar without a time zone, such as 2026-04-23. Its text
// form sorts as the days do.
type Date string

// dateForm is RFC 3339's full-date.
const dateForm = "2006-01-02"

// CleanDate checks that a date is a day of the calendar.
func CleanDate(field string, date Date) (Date, error) {
	parsed, err := time.Parse(dateForm, string(date))
	if err != nil {
		return "", Refuse(CodeInvalid, field, "Write a day such as 2026-04-23.")
	}
	return Date(parsed.Format(dateForm)), nil
}
