package desk_test

import (
	"testing"
	"time"

	"parley/desk"
)

// TestBackupPlanReplace refuses what cannot be meant and tells of a change once.
func TestBackupPlanReplace(t *testing.T) {
	by, plan := desk.AgentActor(idOf(1)), desk.DefaultBackupPlan()
	plan.Rev = 2
	for field, next := range map[string]desk.BackupPlan{
		"every": {Rev: 2, Every: 3, Keep: 1}, "hour": {Rev: 2, Hour: 24, Keep: 1}, "weekday": {Rev: 2, Weekday: 7, Keep: 1}, "keep": {Rev: 2},
	} {
		if _, _, err := plan.Replace(by, &next, noon); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, _, err := plan.Replace(by, &desk.BackupPlan{Rev: 1, Keep: 1}, noon); desk.CodeOf(err) != desk.CodeConflict {
		t.Errorf("another rev: %v", err)
	}
	same := plan
	if _, events, err := plan.Replace(by, &same, noon); err != nil || len(events) != 0 {
		t.Errorf("nothing changed: %v, %v", events, err)
	}
	daily := desk.BackupPlan{Rev: 2, Every: desk.BackupDaily, Hour: 4, Keep: 3}
	got, events, err := plan.Replace(by, &daily, noon)
	if err != nil || got != daily {
		t.Errorf("%+v, %v", got, err)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.BackupPlanned, Actor: by, At: noon})
}

// TestBackupSlots finds when a backup was wanted last and when it is wanted next, on
// the wall clock, also where clocks change.
func TestBackupSlots(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const form = "2006-01-02 15:04"
	daily, weekly := desk.BackupPlan{Every: desk.BackupDaily, Hour: 3}, desk.BackupPlan{Every: desk.BackupWeekly, Hour: 3, Weekday: 6}
	for _, row := range []struct {
		plan            desk.BackupPlan
		now, slot, next string
	}{
		{daily, "2026-03-09 03:00", "2026-03-09 03:00", "2026-03-10 03:00"},
		{daily, "2026-03-09 02:59", "2026-03-08 03:00", "2026-03-09 03:00"},
		{daily, "2026-03-29 12:00", "2026-03-29 03:00", "2026-03-30 03:00"}, // the night of 23 hours
		{daily, "2026-10-25 12:00", "2026-10-25 03:00", "2026-10-26 03:00"}, // the night of 25 hours
		{weekly, "2026-03-09 12:00", "2026-03-08 03:00", "2026-03-15 03:00"},
		{weekly, "2026-03-08 02:00", "2026-03-01 03:00", "2026-03-08 03:00"},
		{weekly, "2026-03-08 03:00", "2026-03-08 03:00", "2026-03-15 03:00"},
	} {
		now, err := time.ParseInLocation(form, row.now, berlin)
		if err != nil {
			t.Fatal(err)
		}
		if slot, next := row.plan.Slot(now).Format(form), row.plan.Next(now).Format(form); slot != row.slot || next != row.next {
			t.Errorf("%s at %s: %s and then %s, want %s and then %s", row.plan.Every, row.now, slot, next, row.slot, row.next)
		}
	}
	if off := (&desk.BackupPlan{}); !off.Slot(time.Now()).IsZero() || !off.Next(time.Now()).IsZero() {
		t.Error("a plan that is off wants one")
	}
}
