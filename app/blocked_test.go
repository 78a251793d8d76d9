package app_test

import (
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// lines are the event lines of a conversation about a block, each in short.
func blockLines(t *testing.T, team *apptest.Team, n desk.Number) (told []string) {
	t.Helper()
	for _, m := range apptest.Must(team.Open(n))(t).Messages {
		if m.Event != nil {
			told = append(told, m.Author.Kind+" "+m.Event.Type+" "+m.Event.Reason)
		}
	}
	return told
}

// TestBlockIsTold in the conversation that it was done from, or in the customer's
// newest one, once.
func TestBlockIsTold(t *testing.T) {
	team := apptest.New(t)
	first := team.NewConversation(t)
	who := first.Customer.ID
	newest := team.Says(t, who, 0, "And another thing").Conversation
	edit := func(cmd app.EditCustomer) wire.Customer {
		t.Helper()
		cmd.By, cmd.ID = team.Ada, who
		return apptest.Must(team.EditCustomer(cmd))(t)
	}
	edit(app.EditCustomer{Block: text(" spam "), Number: first.Number})
	head := team.Head()
	edit(app.EditCustomer{Block: text("again"), Number: newest.Number})
	if team.Head() != head {
		t.Error("a block of the blocked is told")
	}
	edit(app.EditCustomer{Unblock: true})
	head = team.Head()
	edit(app.EditCustomer{Unblock: true, Number: first.Number})
	if team.Head() != head {
		t.Error("a block is lifted twice")
	}
	edit(app.EditCustomer{Block: text("a day off"), Until: team.Now() + desk.Time(time.Hour.Milliseconds())})
	team.Clock.Move(2 * time.Hour)
	if err := team.EndBlocks(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[desk.Number][]string{
		first.Number:  {"agent conversation.blocked spam"},
		newest.Number: {"agent conversation.unblocked ", "agent conversation.blocked a day off", "system conversation.unblocked "},
	} {
		if got := blockLines(t, team, n); !slices.Equal(got, want) {
			t.Errorf("#%d is told %q, want %q", n, got, want)
		}
	}
	now := apptest.Must(team.Open(newest.Number))(t).Conversation
	if now.ActiveAt != newest.ActiveAt || now.Unread != newest.Unread || now.Last.Text != newest.Last.Text {
		t.Errorf("it stands as %+v, before %+v", now, newest)
	}
}

// TestBlockElsewhere refuses a conversation that is not the customer's, and blocks
// one who has never written without a word.
func TestBlockElsewhere(t *testing.T) {
	team := apptest.New(t)
	mine, other := team.NewConversation(t), team.NewConversation(t)
	for n, want := range map[desk.Number]desk.Code{other.Number: desk.CodeInvalid, 999: desk.CodeNotFound} {
		head := team.Head()
		_, err := team.EditCustomer(app.EditCustomer{By: team.Ada, ID: mine.Customer.ID, Block: text("spam"), Number: n})
		if desk.CodeOf(err) != want || team.Head() != head {
			t.Errorf("told in #%d: %v, want %s", n, err, want)
		}
	}
	quiet := apptest.Must(team.CreateCustomer(app.CreateCustomer{Change: desk.CustomerChange{Name: text("Never wrote")}}))(t)
	head := team.Head()
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: quiet.ID, Block: text("spam")}))(t)
	if team.Head() != head+1 {
		t.Errorf("%d events for a block", team.Head()-head)
	}
}
