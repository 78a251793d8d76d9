package wire

import "parley/desk"

// Hours is when the team works.
type Hours struct {
	Rev      uint64    `json:"rev"`
	Zone     string    `json:"zone" doc:"An IANA name such as Europe/Istanbul."`
	Always   bool      `json:"always" doc:"Around the clock; the rest is kept and does not count."`
	Week     [][]Span  `json:"week" nullable:"false" minItems:"7" maxItems:"7" doc:"Monday first; a day takes at most 6 spans."`
	Holidays []Holiday `json:"holidays" nullable:"false" doc:"At most 200, in the order of their dates."`
}

// Span is a piece of a day by the wall clock.
type Span struct {
	From desk.Minute `json:"from" doc:"Such as 09:00."`
	To   desk.Minute `json:"to" doc:"Later on the same day, up to 24:00."`
}

// Holiday is a day with hours of its own.
type Holiday struct {
	Date  desk.Date `json:"date" doc:"Such as 2026-04-23."`
	Name  string    `json:"name,omitempty"`
	Spans []Span    `json:"spans,omitempty" nullable:"false" doc:"None: away all day."`
}

// FromHours builds the shape of the working hours.
func FromHours(h *desk.Hours) Hours {
	shape := Hours{Rev: h.Rev, Zone: h.Zone, Always: h.Always, Week: make([][]Span, len(h.Week)), Holidays: make([]Holiday, 0, len(h.Holidays))}
	for day := range h.Week {
		shape.Week[day] = fromSpans(h.Week[day])
	}
	for i := range h.Holidays {
		d := &h.Holidays[i]
		shape.Holidays = append(shape.Holidays, Holiday{Date: d.Date, Name: d.Name, Spans: fromSpans(d.Spans)})
	}
	return shape
}

// Desk reads the shape. Days that are missing have no hours.
func (h *Hours) Desk() desk.Hours {
	hours := desk.Hours{Rev: h.Rev, Zone: h.Zone, Always: h.Always}
	for day := range min(len(h.Week), len(hours.Week)) {
		hours.Week[day] = deskSpans(h.Week[day])
	}
	for i := range h.Holidays {
		d := &h.Holidays[i]
		hours.Holidays = append(hours.Holidays, desk.Holiday{Date: d.Date, Name: d.Name, Spans: deskSpans(d.Spans)})
	}
	return hours
}

func fromSpans(spans []desk.Span) []Span {
	shapes := make([]Span, 0, len(spans))
	for _, s := range spans {
		shapes = append(shapes, Span(s))
	}
	return shapes
}

func deskSpans(shapes []Span) (spans []desk.Span) {
	for _, s := range shapes {
		spans = append(spans, desk.Span(s))
	}
	return spans
}
