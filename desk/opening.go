package desk

import (
	"fmt"
	"time"
)

// OpeningText says when the team works again, as it stands in a sentence: "from
// Monday 09:00", "pazartesi saat 09:00 itibarıyla". Both moments are read on the
// wall clock of zone, which is the customer's.
func OpeningText(opening, now Time, zone *time.Location, language string) string {
	at, today := opening.Go().In(zone), now.Go().In(zone)
	form := openingForms[LanguageOf(language, "tr")]
	return fmt.Sprintf(form.sentence, form.day(at, daysBetween(today, at)), at.Format("15:04"))
}

// daysBetween counts midnights.
func daysBetween(from, to time.Time) int {
	midnight := func(t time.Time) time.Time {
		year, month, day := t.Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(to).Sub(midnight(from)).Hours() / 24)
}

// openingForm is how a language says it. Nothing is ever glued to a figure.
type openingForm struct {
	sentence        string
	today, tomorrow string
	weekdays        [7]string // Sunday first, as Go counts
	months          [12]string
}

var openingForms = map[string]openingForm{
	"tr": {
		"%s saat %s itibarıyla", "bugün", "yarın",
		[...]string{"pazar", "pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi"},
		[...]string{"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
	},
	"en": {
		"from %s %s", "today", "tomorrow",
		[...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		[...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	},
}

// day names a day that lies some days ahead.
func (f *openingForm) day(at time.Time, ahead int) string {
	switch {
	case ahead <= 0:
		return f.today
	case ahead == 1:
		return f.tomorrow
	case ahead < 7:
		return f.weekdays[at.Weekday()]
	}
	return fmt.Sprintf("%d %s", at.Day(), f.months[at.Month()-1])
}
