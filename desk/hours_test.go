package desk_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/desk"
)

// week makes hours in a zone with the same spans on the first days of the week.
func week(zone string, days int, spans ...desk.Span) *desk.Hours {
	h := &desk.Hours{Zone: zone}
	for day := range days {
		h.Week[day] = spans
	}
	return h
}

func span(from, to string) desk.Span {
	return desk.Span{From: minute(from), To: minute(to)}
}

func minute(text string) desk.Minute {
	m, err := desk.ParseMinute(text)
	if err != nil {
		panic(err)
	}
	return m
}

// at reads a wall clock in a zone.
func at(t testing.TB, zone, clock string) desk.Time {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := time.ParseInLocation("2006-01-02 15:04:05", clock, location)
	if err != nil {
		t.Fatal(err)
	}
	return desk.TimeOf(parsed)
}

func TestOpen(t *testing.T) {
	const istanbul, berlin = "Europe/Istanbul", "Europe/Berlin"
	office := week(istanbul, 5, span("09:00", "12:30"), span("13:30", "18:00"))
	office.Holidays = []desk.Holiday{
		{Date: "2026-04-23", Name: "Ulusal Egemenlik ve Çocuk Bayramı"},
		{Date: "2026-10-28", Name: "Arife", Spans: []desk.Span{span("09:00", "13:00")}},
	}
	always := week(istanbul, 0)
	always.Always = true
	for _, row := range []struct {
		name, clock string
		hours       *desk.Hours
		want        bool
		next        string // "" for never
	}{
		{"the first minute", "2026-04-20 09:00:00", office, true, "2026-04-20 09:00:00"},
		{"just before", "2026-04-20 08:59:59", office, false, "2026-04-20 09:00:00"},
		{"the last second", "2026-04-20 17:59:59", office, true, "2026-04-20 17:59:59"},
		{"just after", "2026-04-20 18:00:00", office, false, "2026-04-21 09:00:00"},
		{"lunch", "2026-04-20 12:30:00", office, false, "2026-04-20 13:30:00"},
		{"the weekend", "2026-04-25 11:00:00", office, false, "2026-04-27 09:00:00"},
		{"a holiday", "2026-04-23 11:00:00", office, false, "2026-04-24 09:00:00"},
		{"half a holiday, open", "2026-10-28 12:59:00", office, true, "2026-10-28 12:59:00"},
		{"half a holiday, over", "2026-10-28 13:30:00", office, false, "2026-10-29 09:00:00"},
		{"around the clock", "2026-04-25 03:00:00", always, true, "2026-04-25 03:00:00"},
		{"no hours at all", "2026-04-25 03:00:00", week(istanbul, 0), false, ""},
		{"through midnight, before", "2026-04-20 23:59:00", week(istanbul, 7, span("00:00", "02:00"), span("22:00", "24:00")), true, "2026-04-20 23:59:00"},
		{"through midnight, after", "2026-04-21 00:00:00", week(istanbul, 7, span("00:00", "02:00"), span("22:00", "24:00")), true, "2026-04-21 00:00:00"},
		{"the hour that is left out", "2026-03-29 01:59:00", week(berlin, 7, span("02:15", "02:45")), false, "2026-03-30 02:15:00"},
		{"a span that begins in it", "2026-03-29 01:59:00", week(berlin, 7, span("02:15", "04:00")), false, "2026-03-29 03:00:00"},
		{"the hour that comes twice", "2026-10-25 02:30:00", week(berlin, 7, span("02:00", "03:00")), true, "2026-10-25 02:30:00"},
		{"a zone that nobody knows", "2026-04-20 09:30:00", week("Europe/Atlantis", 5, span("09:00", "10:00")), true, "2026-04-20 09:30:00"},
	} {
		t.Run(row.name, func(t *testing.T) {
			zone := row.hours.Zone
			if zone == "Europe/Atlantis" {
				zone = "UTC"
			}
			schedule, now := row.hours.Schedule(), at(t, zone, row.clock)
			if got := schedule.Open(now); got != row.want {
				t.Errorf("open at %s: %t", row.clock, got)
			}
			next, ok := schedule.NextOpening(now)
			if ok != (row.next != "") || ok && next != at(t, zone, row.next) {
				t.Errorf("opens next at %s, %t; want %s", next.Go().In(time.UTC), ok, row.next)
			}
		})
	}
}

// TestNextOpeningIsTheFirst compares with a walk over every minute, on days around
// a change of clocks.
func TestNextOpeningIsTheFirst(t *testing.T) {
	zones := []string{"Europe/Istanbul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia"}
	rapid.Check(t, func(r *rapid.T) {
		h := &desk.Hours{Zone: rapid.SampledFrom(zones).Draw(r, "zone")}
		for day := range h.Week {
			if rapid.Bool().Draw(r, "works") {
				from := rapid.IntRange(0, 1438).Draw(r, "from")
				h.Week[day] = []desk.Span{{From: desk.Minute(from), To: desk.Minute(rapid.IntRange(from+1, 1440).Draw(r, "to"))}}
			}
		}
		month := rapid.SampledFrom([]time.Month{time.March, time.April, time.October, time.November}).Draw(r, "month")
		start := time.Date(2026, month, rapid.IntRange(1, 30).Draw(r, "day"), 0, 0, rapid.IntRange(0, 86_399).Draw(r, "second"), 0, time.UTC)
		schedule := h.Schedule()
		want, found := start, false
		for step := 0; step < 8*24*60 && !found; step++ {
			if found = schedule.Open(desk.TimeOf(want)); !found {
				want = want.Truncate(time.Minute).Add(time.Minute)
			}
		}
		got, ok := schedule.NextOpening(desk.TimeOf(start))
		if found && (!ok || got != desk.TimeOf(want)) {
			r.Fatalf("from %s: %s, %t; minute by minute it is %s", start, got, ok, want)
		}
	})
}

func TestHoursReplace(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(h *desk.Hours)
		code   desk.Code
		field  string
	}{
		{"nothing", func(*desk.Hours) {}, "", ""},
		{"everything", func(h *desk.Hours) { h.Zone, h.Always = "Europe/London", false }, "", ""},
		{"an old rev", func(h *desk.Hours) { h.Rev = 2 }, desk.CodeConflict, "rev"},
		{"no zone", func(h *desk.Hours) { h.Zone = "" }, desk.CodeInvalid, "zone"},
		{"the machine's zone", func(h *desk.Hours) { h.Zone = "Local" }, desk.CodeInvalid, "zone"},
		{"a way out of the zones", func(h *desk.Hours) { h.Zone = "../../etc/passwd" }, desk.CodeInvalid, "zone"},
		{"a span that ends before it begins", func(h *desk.Hours) { h.Week[2] = []desk.Span{span("18:00", "09:00")} }, desk.CodeInvalid, "week"},
		{"a span of nothing", func(h *desk.Hours) { h.Week[2] = []desk.Span{span("09:00", "09:00")} }, desk.CodeInvalid, "week"},
		{"spans that overlap", func(h *desk.Hours) { h.Week[2] = []desk.Span{span("10:00", "12:00"), span("09:00", "10:01")} }, desk.CodeInvalid, "week"},
		{"a span beyond the day", func(h *desk.Hours) { h.Week[2] = []desk.Span{{From: 0, To: 1441}} }, desk.CodeInvalid, "week"},
		{"too many spans", func(h *desk.Hours) { h.Week[2] = make([]desk.Span, desk.MaxSpans+1) }, desk.CodeTooMany, "week"},
		{"a holiday on no day", func(h *desk.Hours) { h.Holidays = []desk.Holiday{{Date: "2026-02-30"}} }, desk.CodeInvalid, "holidays"},
		{"a holiday twice", func(h *desk.Hours) { h.Holidays = []desk.Holiday{{Date: "2026-02-03"}, {Date: "2026-02-03"}} }, desk.CodeInvalid, "holidays"},
		{"too many holidays", func(h *desk.Hours) { h.Holidays = make([]desk.Holiday, desk.MaxHolidays+1) }, desk.CodeTooMany, "holidays"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := desk.DefaultHours()
			before.Rev = 3
			sent := before
			row.change(&sent)
			_, events, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			told := 1
			if row.name == "nothing" {
				told = 0
			}
			checkTold(t, events, told, desk.Event{Type: desk.HoursUpdated, Actor: desk.AgentActor(ada.ID), At: noon})
		})
	}
}

// TestHoursAreInOrder puts spans and holidays in order, whatever order they came in.
func TestHoursAreInOrder(t *testing.T) {
	before := desk.DefaultHours()
	sent := before
	sent.Week[0] = []desk.Span{span("13:00", "18:00"), span("09:00", "13:00")}
	sent.Holidays = []desk.Holiday{{Date: "2026-10-29"}, {Date: "2026-04-23", Name: " Bayram "}}
	next, _, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
	wantCode(t, err, "", "")
	if next.Week[0][0] != span("09:00", "13:00") || next.Holidays[0].Date != "2026-04-23" || next.Holidays[0].Name != "Bayram" {
		t.Errorf("kept as %+v", next)
	}
	if sent.Week[0][0] != span("13:00", "18:00") {
		t.Error("what was sent was changed")
	}
}

func TestMinute(t *testing.T) {
	for text, want := range map[string]desk.Minute{"00:00": 0, "09:05": 545, "23:59": 1439, "24:00": 1440} {
		if got, err := desk.ParseMinute(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s is read as %d (%s), %v", text, got, got, err)
		}
	}
	for _, text := range []string{"", "9:00", "24:01", "12:60", "1a:00", "12.30", "-1:00", "12:3 ", "٠٩:٣٠"} {
		if got, err := desk.ParseMinute(text); err == nil {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}
