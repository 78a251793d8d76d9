package search

import (
	"strconv"
	"strings"
	"time"

	"parley/desk"
)

// filterNames are the filters by their folded names, English and Turkish.
var filterNames = map[string]string{
	"from": "from", "kimden": "from",
	"agent": "agent", "temsilci": "agent",
	"team": "team", "ekip": "team",
	"customer": "customer", "musteri": "customer",
	"tag": "tag", "etiket": "tag",
	"view": "view", "gorunum": "view",
	"before": "before", "once": "before",
	"after": "after", "sonra": "after",
	"has": "has", "var": "has",
}

var kindNames = map[string]desk.MessageKind{
	"customer": desk.KindCustomer, "musteri": desk.KindCustomer,
	"agent": desk.KindAgent, "temsilci": desk.KindAgent,
	"bot": desk.KindBot, "jetbot": desk.KindBot,
	"note": desk.KindNote, "not": desk.KindNote,
}

var viewNames = map[string]desk.View{
	"inbox": desk.ViewInbox, "gelen": desk.ViewInbox, "gelen kutusu": desk.ViewInbox,
	"unassigned": desk.ViewUnassigned, "atanmamis": desk.ViewUnassigned,
	"assigned": desk.ViewAssigned, "atanmis": desk.ViewAssigned,
	"resolved": desk.ViewResolved, "cozumlendi": desk.ViewResolved, "cozumlenmis": desk.ViewResolved,
	"unresolved": desk.ViewUnresolved, "cozumlenmemis": desk.ViewUnresolved,
	"jetbot": desk.ViewJetBot, "bot": desk.ViewJetBot,
	"archive": desk.ViewArchive, "arsiv": desk.ViewArchive,
}

var fileNames = map[string]bool{"file": true, "files": true, "attachment": true, "dosya": true, "ek": true}

// maxFilters bounds how often one filter counts; more are left out.
const maxFilters = 8

// set reads one filter. It reports false when it is none, so that its text is
// words instead.
func (f *Filter) set(name, value string, now time.Time) bool {
	folded := strings.TrimSpace(Fold(value))
	if folded == "" {
		return false
	}
	switch filterNames[Fold(name)] {
	case "from":
		kind, known := kindNames[folded]
		return known && keep(&f.From, kind)
	case "view":
		view, known := viewNames[folded]
		return known && keep(&f.Views, view)
	case "has":
		f.HasFile = f.HasFile || fileNames[folded]
		return fileNames[folded]
	case "tag":
		return keep(&f.Tags, folded)
	case "agent":
		return keep(&f.Agents, folded)
	case "team":
		return keep(&f.Teams, folded)
	case "customer":
		return keep(&f.Customers, folded)
	case "before":
		day, known := parseDay(folded, now)
		if known && (f.Before.IsZero() || day < f.Before) {
			f.Before = day
		}
		return known
	case "after":
		day, known := parseDay(folded, now)
		f.After = max(f.After, day)
		return known
	}
	return false
}

func keep[T any](list *[]T, value T) bool {
	if len(*list) < maxFilters {
		*list = append(*list, value)
	}
	return true
}

// parseDay reads a day, a month or a year as its first moment: 2026-09-03,
// 03.09.2026, 2026-09, 2026, today, yesterday, 7d (seven days ago).
func parseDay(s string, now time.Time) (desk.Time, bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch s {
	case "today", "bugun":
		return desk.TimeOf(today), true
	case "yesterday", "dun":
		return desk.TimeOf(today.AddDate(0, 0, -1)), true
	}
	for _, unit := range []string{"d", "g"} {
		if count, found := strings.CutSuffix(s, unit); found && len(count) <= 4 {
			if days, err := strconv.ParseUint(count, 10, 16); err == nil {
				return desk.TimeOf(today.AddDate(0, 0, -int(days))), true
			}
		}
	}
	for _, form := range []string{"2006-01-02", "2006/01/02", "2.1.2006", "2/1/2006", "2006-01", "2006"} {
		day, err := time.ParseInLocation(form, s, now.Location())
		if err == nil && day.Year() >= 1971 && day.Year() <= 2100 {
			return desk.TimeOf(day), true
		}
	}
	return 0, false
}
