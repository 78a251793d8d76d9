package desk

import (
	"slices"
	"strings"
	"time"
)

// Hours is when the team works, by the wall clock of one time zone.
type Hours struct {
	Rev      uint64
	Zone     string    // an IANA name such as Europe/Istanbul
	Always   bool      // around the clock; the rest is kept and does not count
	Week     [7][]Span // Monday first, each in order and without overlaps
	Holidays []Holiday // in the order of their dates
}

// Span is a piece of a day: from From on and before To.
type Span struct{ From, To Minute }

// Holiday is a day with hours of its own; without any the team is away all day.
type Holiday struct {
	Date  Date
	Name  string
	Spans []Span
}

// Limits on working hours.
const (
	MaxSpans        = 6 // a day
	MaxHolidays     = 200
	MaxHolidayRunes = 80
)

// DefaultHours are the hours before anything was set: always open, with a usual
// week ready for whoever switches that off.
func DefaultHours() Hours {
	h := Hours{Zone: "Europe/Istanbul", Always: true}
	for day := range 5 {
		h.Week[day] = []Span{{9 * 60, 18 * 60}}
	}
	return h
}

// Replace sets all hours. Refused: CodeConflict for an old rev, and what no
// calendar has.
func (h *Hours) Replace(by Actor, next *Hours, now Time) (Hours, []Event, error) {
	if err := checkRev(h.Rev, next.Rev); err != nil {
		return Hours{}, nil, err
	}
	clean, err := next.clean()
	if err != nil {
		return Hours{}, nil, err
	}
	if clean.Rev = h.Rev; clean.equal(h) {
		return clean, nil, nil
	}
	return clean, []Event{{Type: HoursUpdated, Actor: by, At: now}}, nil
}

func (h *Hours) clean() (Hours, error) {
	clean := Hours{Rev: h.Rev, Zone: h.Zone, Always: h.Always}
	if _, err := ParseZone(h.Zone); err != nil {
		return Hours{}, err
	}
	for day, spans := range h.Week {
		var err error
		if clean.Week[day], err = cleanSpans("week", spans); err != nil {
			return Hours{}, err
		}
	}
	if len(h.Holidays) > MaxHolidays {
		return Hours{}, Refuse(CodeTooMany, "holidays", "There is room for 200 holidays; take past ones away.")
	}
	for _, holiday := range h.Holidays {
		day, err := holiday.clean()
		if err != nil {
			return Hours{}, err
		}
		clean.Holidays = append(clean.Holidays, day)
	}
	slices.SortFunc(clean.Holidays, func(a, b Holiday) int { return strings.Compare(string(a.Date), string(b.Date)) })
	for i := 1; i < len(clean.Holidays); i++ {
		if clean.Holidays[i].Date == clean.Holidays[i-1].Date {
			return Hours{}, Refuse(CodeInvalid, "holidays", "A day can be listed once only.")
		}
	}
	return clean, nil
}

func (h *Holiday) clean() (clean Holiday, err error) {
	if clean.Date, err = CleanDate("holidays", h.Date); err != nil {
		return Holiday{}, err
	}
	if strings.TrimSpace(h.Name) != "" {
		if clean.Name, err = CleanName("holidays", h.Name, MaxHolidayRunes); err != nil {
			return Holiday{}, err
		}
	}
	clean.Spans, err = cleanSpans("holidays", h.Spans)
	return clean, err
}

// cleanSpans puts the pieces of a day in order and refuses what is no piece or
// lies over another.
func cleanSpans(field string, spans []Span) ([]Span, error) {
	if len(spans) == 0 {
		return nil, nil
	}
	if len(spans) > MaxSpans {
		return nil, Refuse(CodeTooMany, field, "A day takes at most 6 spans.")
	}
	clean := slices.Clone(spans)
	slices.SortFunc(clean, func(a, b Span) int { return int(a.From) - int(b.From) })
	for i, s := range clean {
		if s.From >= s.To || s.To > EndOfDay {
			return nil, Refuse(CodeInvalid, field, "A span ends after it begins, by 24:00; write a night as two spans.")
		}
		if i > 0 && s.From < clean[i-1].To {
			return nil, Refuse(CodeInvalid, field, "Spans of one day must not overlap.")
		}
	}
	return clean, nil
}

func (h *Hours) equal(o *Hours) bool {
	sameDay := func(a, b Holiday) bool {
		return a.Date == b.Date && a.Name == b.Name && slices.Equal(a.Spans, b.Spans)
	}
	for day := range h.Week {
		if !slices.Equal(h.Week[day], o.Week[day]) {
			return false
		}
	}
	return h.Zone == o.Zone && h.Always == o.Always && slices.EqualFunc(h.Holidays, o.Holidays, sameDay)
}

// ParseZone gives a time zone by its IANA name. The zone of the machine that
// happens to run the program is none.
func ParseZone(name string) (*time.Location, error) {
	if name != "" && name != "Local" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, nil
		}
	}
	return nil, Refuse(CodeInvalid, "zone", "Write a time zone such as Europe/Istanbul.")
}
