package app_test

import (
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// TestThreadAtMoment asks for the pieces of a thread by the time: 40 days with
// three messages each.
func TestThreadAtMoment(t *testing.T) {
	team := apptest.New(t)
	begun := team.Clock.Now()
	c := team.NewConversation(t)
	for i := 1; i < 120; i++ {
		if i%3 == 0 {
			team.Clock.Move(24 * time.Hour)
		}
		team.Says(t, c.Customer.ID, c.Number, "more")
	}
	for _, row := range []struct {
		name     string
		after    time.Duration
		from, to uint64
	}{
		{"before everything", -time.Hour, 1, 10},
		{"the first day", 0, 1, 10},
		{"a day, whose first message has the seq 61", 20 * 24 * time.Hour, 57, 66},
		{"between two days", 20*24*time.Hour - time.Minute, 57, 66},
		{"after everything", 90 * 24 * time.Hour, 116, 120},
	} {
		at := desk.TimeOf(begun.Add(row.after))
		page := apptest.Must(team.Messages(app.MessageQuery{Number: c.Number, At: &at, Limit: 10}))(t)
		checkSeqs(t, row.name, page.Messages, row.from, row.to)
	}
}
