package app_test

import (
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// TestBotLeadsAtItsHours opens conversations inside and outside of the working
// hours, and reopens them.
func TestBotLeadsAtItsHours(t *testing.T) {
	for _, row := range []struct {
		when         string
		open, closed string // who leads what is opened while the team works, and while not
	}{
		{"always", "bot", "bot"}, {"open", "bot", "nobody"}, {"closed", "nobody", "bot"},
	} {
		t.Run(row.when, func(t *testing.T) {
			team := apptest.New(t) // it is eight in the morning, UTC
			hours := desk.DefaultHours()
			hours.Zone, hours.Always = "UTC", false
			for day := range hours.Week {
				hours.Week[day] = []desk.Span{{From: 7 * 60, To: 17 * 60}}
			}
			apptest.Must(team.SetHours(app.SetHours{By: team.Admin, Hours: hours}))(t)
			bot := apptest.Must(team.BotSettings())(t)
			bot.When = row.when
			apptest.Must(team.SetBot(app.SetBot{By: team.Admin, On: true, Bot: bot.Desk()}, nil))(t)
			first := team.NewConversation(t)
			team.Clock.Move(12 * time.Hour)
			second := team.NewConversation(t)
			if first.Lead != row.open || second.Lead != row.closed {
				t.Errorf("led by %s while open, by %s while closed", first.Lead, second.Lead)
			}
			team.Does(t, app.VerbResolve, team.Ada, first.Number)
			again := team.Says(t, first.Customer.ID, first.Number, "One more thing").Conversation
			want := "nobody"
			if row.open == "bot" && row.closed == "bot" {
				want = "bot"
			}
			if again.Lead != want {
				t.Errorf("reopened while closed, it is led by %s", again.Lead)
			}
		})
	}
}
