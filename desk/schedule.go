package desk

import "time"

// Schedule is working hours with their time zone at hand. Everything it says
// follows from the hours and the moment asked about.
type Schedule struct {
	hours    *Hours
	zone     *time.Location
	holidays map[Date][]Span
}

// Schedule makes the schedule of some hours. Hours whose zone this machine does
// not know are read in UTC: being an hour off is better than being silent.
func (h *Hours) Schedule() *Schedule {
	zone, err := ParseZone(h.Zone)
	if err != nil {
		zone = time.UTC
	}
	s := &Schedule{hours: h, zone: zone, holidays: make(map[Date][]Span, len(h.Holidays))}
	for i := range h.Holidays {
		s.holidays[h.Holidays[i].Date] = h.Holidays[i].Spans
	}
	return s
}

// Open reports whether the team works at a moment.
func (s *Schedule) Open(at Time) bool {
	return s.hours.Always || s.openAt(at.Go().In(s.zone))
}

// openAt compares the wall clock with the spans of its day. An hour that a change
// of clocks leaves out is nobody's, one that comes twice counts twice.
func (s *Schedule) openAt(clock time.Time) bool {
	now := Minute(clock.Hour()*60 + clock.Minute())
	for _, span := range s.spans(clock) {
		if span.From <= now && now < span.To {
			return true
		}
	}
	return false
}

// spans are the hours of the day that a clock shows.
func (s *Schedule) spans(clock time.Time) []Span {
	if spans, isHoliday := s.holidays[Date(clock.Format(dateForm))]; isHoliday {
		return spans
	}
	return s.hours.Week[(clock.Weekday()+6)%7]
}

// lookAhead is how many days NextOpening looks through: a year of holidays in a
// row and the week after.
const lookAhead = 373

// NextOpening is the first minute from a moment on at which the team works, which
// is the moment itself while it does. ok is false when there is none within a
// year.
func (s *Schedule) NextOpening(at Time) (opening Time, ok bool) {
	if s.Open(at) {
		return at, true
	}
	start := at.Go().In(s.zone)
	year, month, day := start.Date()
	for ahead := range lookAhead {
		noon := time.Date(year, month, day+ahead, 12, 0, 0, 0, s.zone)
		if len(s.spans(noon)) == 0 {
			continue
		}
		if opening, ok = s.openingOn(noon, at); ok {
			return opening, true
		}
	}
	return 0, false
}

// openingOn is the first minute after a moment at which the team works on the day
// of a noon. It asks the clock minute by minute, which is right on the days on
// which clocks change, and takes some hundred microseconds.
func (s *Schedule) openingOn(noon time.Time, after Time) (Time, bool) {
	from := noon.Add(-15 * time.Hour) // before any midnight, also on a day of 25 hours
	if earliest := after.Go().Truncate(time.Minute).Add(time.Minute); earliest.After(from) {
		from = earliest
	}
	for clock := from.In(s.zone); clock.Before(noon.Add(15 * time.Hour)); clock = clock.Add(time.Minute) {
		if clock.YearDay() == noon.YearDay() && s.openAt(clock) {
			return TimeOf(clock), true
		}
	}
	return 0, false
}
