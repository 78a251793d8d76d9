package app_test

import (
	"reflect"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// TestPostTwice sends one message again and again, also after a restart and after
// the conversation has gone on: it is stored once and the answer is the message.
func TestPostTwice(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	seen := uint64(1)
	cmd := app.PostMessage{By: team.Ada, Number: n, Draft: apptest.Draft("On its way"), SeenSeq: &seen}
	first := apptest.Must(team.Post(cmd))(t)
	if first.Message.Seq != 2 || first.Message.Text != "On its way" || first.Conversation.LastSeq != 2 || *first.Message.ClientID != cmd.Draft.ClientID {
		t.Fatalf("answered %+v", first)
	}
	again := func(what string) {
		t.Helper()
		head := team.Head()
		got := apptest.Must(team.Post(cmd))(t)
		if !reflect.DeepEqual(got.Message, first.Message) || team.Head() != head {
			t.Errorf("%s: sent again %+v, with %v", what, got.Message, team.Events(t, head))
		}
	}
	again("at once")
	team.Writes(t, team.Can, n, "So do I") // would be a collision for a new message
	again("after another's reply")
	team.Does(t, app.VerbArchive, team.Can, n) // would be refused for a new message
	again("after archiving")
	team = team.Restart(t)
	again("after a restart")
}

// TestSameClientID tells retries from other messages under a used id.
func TestSameClientID(t *testing.T) {
	team := apptest.New(t)
	one, two := team.NewConversation(t).Number, team.NewConversation(t).Number
	d := apptest.Draft("Hello")
	apptest.Must(team.Post(app.PostMessage{By: team.Ada, Number: one, Draft: d}))(t)
	other, asNote := d, d
	other.Text, asNote.Note = "Other", true
	for name, row := range map[string]struct {
		by   desk.ID
		n    desk.Number
		d    desk.Draft
		code desk.Code
	}{
		"another text":         {team.Ada, one, other, desk.CodeConflict},
		"a note":               {team.Ada, one, asNote, desk.CodeConflict},
		"another conversation": {team.Ada, two, d, desk.CodeConflict},
		"another agent":        {team.Can, one, d, ""},
	} {
		_, err := team.Post(app.PostMessage{By: row.by, Number: row.n, Draft: row.d})
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if _, err := team.Begin(app.BeginConversation{By: team.Ada, Customer: team.NewCustomer(t, "X").ID, Draft: d}); desk.CodeOf(err) != desk.CodeConflict {
		t.Errorf("a new conversation: %v", err)
	}
}

// TestCollision warns of another agent's reply that the sender had not seen, and
// of nothing else.
func TestCollision(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)                      // 1: the customer's
	team.Writes(t, team.Ada, c.Number, "Mine")        // 2
	team.Writes(t, team.Can, c.Number, "Yours")       // 3
	team.Says(t, c.Customer.ID, c.Number, "Hm")       // 4
	team.Does(t, app.VerbSetTags, team.Can, c.Number) // no message
	note := apptest.Draft("Ask the depot")
	note.Note = true
	apptest.Must(team.Post(app.PostMessage{By: team.Can, Number: c.Number, Draft: note}))(t) // 5
	for _, row := range []struct {
		name string
		by   desk.ID
		seen *uint64
		note bool
		code desk.Code
	}{
		{"who had seen nothing", team.Ada, seq(0), false, desk.CodeCollision},
		{"who had seen up to it", team.Ada, seq(2), false, desk.CodeCollision},
		{"a note", team.Ada, seq(2), true, ""},
		{"who does not say", team.Ada, nil, false, ""},
		{"who had seen it, before a note and the customer's", team.Can, seq(2), false, desk.CodeCollision}, // Ada's of the line above
		{"who had seen all", team.Can, seq(7), false, ""},
		{"who claims the future", team.Can, seq(700), false, ""},
		{"whose own came last", team.Can, seq(7), false, ""},
	} {
		d := apptest.Draft("Sent")
		d.Note = row.note
		_, err := team.Post(app.PostMessage{By: row.by, Number: c.Number, Draft: d, SeenSeq: row.seen})
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", row.name, err, row.code)
		}
	}
}

func seq(n uint64) *uint64 { return &n }

// TestCollisionFarBack looks back only so far, without losing its way.
func TestCollisionFarBack(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)
	team.Writes(t, team.Can, c.Number, "Early")
	for range desk.MaxMessagesSeenBehind + 5 {
		team.Says(t, c.Customer.ID, c.Number, "more")
	}
	if _, err := team.Post(app.PostMessage{By: team.Ada, Number: c.Number, Draft: apptest.Draft("x"), SeenSeq: seq(0)}); err != nil {
		t.Errorf("a reply beyond the horizon: %v", err)
	}
	if _, err := team.Post(app.PostMessage{By: team.Can, Number: c.Number, Draft: apptest.Draft("x"), SeenSeq: seq(1)}); desk.CodeOf(err) != desk.CodeCollision {
		t.Errorf("a reply just now: %v", err)
	}
}

// TestPostRefusals changes nothing.
func TestPostRefusals(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	archived := team.NewConversation(t).Number
	team.Does(t, app.VerbArchive, team.Ada, archived)
	head := team.Head()
	bad := apptest.Draft("\xff")
	for name, row := range map[string]struct {
		cmd  app.PostMessage
		code desk.Code
	}{
		"a reporter":              {app.PostMessage{By: team.Reporter, Number: n, Draft: apptest.Draft("x")}, desk.CodeForbidden},
		"a stranger":              {app.PostMessage{By: app.NewID(), Number: n, Draft: apptest.Draft("x")}, desk.CodeUnauthorized},
		"an unknown conversation": {app.PostMessage{By: team.Ada, Number: 99, Draft: apptest.Draft("x")}, desk.CodeNotFound},
		"an archived one":         {app.PostMessage{By: team.Ada, Number: archived, Draft: apptest.Draft("x")}, desk.CodeArchived},
		"nothing":                 {app.PostMessage{By: team.Ada, Number: n, Draft: apptest.Draft(" ")}, desk.CodeEmpty},
		"no text":                 {app.PostMessage{By: team.Ada, Number: n, Draft: bad}, desk.CodeBadText},
		"no client id":            {app.PostMessage{By: team.Ada, Number: n, Draft: desk.Draft{Text: "x"}}, desk.CodeInvalid},
	} {
		if _, err := team.Post(row.cmd); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if team.Head() != head {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
}

// TestReceive takes what customers say: into their own conversations alone, once.
func TestReceive(t *testing.T) {
	team := apptest.New(t)
	elif, deniz := team.NewCustomer(t, "Elif"), team.NewCustomer(t, "Deniz")
	start := app.ReceiveMessage{Customer: elif.ID, Channel: "web", Draft: apptest.Draft("Hello")}
	head := team.Head()
	first := apptest.Must(team.Receive(start))(t)
	if got := short(team.Events(t, head)); got != "opened posted" {
		t.Errorf("told %q", got)
	}
	if again := apptest.Must(team.Receive(start))(t); !reflect.DeepEqual(again, first) {
		t.Errorf("sent again %+v\nfirst      %+v", again, first)
	}
	n := first.Conversation.Number
	team.Does(t, app.VerbArchive, team.Ada, n)
	head = team.Head()
	if c := team.Says(t, elif.ID, n, "Hello?").Conversation; c.State != "open" || c.Archived || c.Unread != 2 {
		t.Errorf("writing again left it %+v", c)
	}
	if got := short(team.Events(t, head)); got != "posted reopened" {
		t.Errorf("told %q", got)
	}
	head = team.Head()
	reason := "spam"
	for name, row := range map[string]struct {
		cmd  app.ReceiveMessage
		code desk.Code
	}{
		"another's conversation":  {app.ReceiveMessage{Customer: deniz.ID, Number: n, Draft: apptest.Draft("x")}, desk.CodeNotFound},
		"an unknown conversation": {app.ReceiveMessage{Customer: elif.ID, Number: 99, Draft: apptest.Draft("x")}, desk.CodeNotFound},
		"an unknown customer":     {app.ReceiveMessage{Customer: app.NewID(), Number: n, Draft: apptest.Draft("x")}, desk.CodeNotFound},
		"the first text anew":     {app.ReceiveMessage{Customer: elif.ID, Draft: desk.Draft{ClientID: start.Draft.ClientID, Text: "Other"}}, desk.CodeConflict},
		"nothing":                 {app.ReceiveMessage{Customer: elif.ID, Number: n, Draft: apptest.Draft("")}, desk.CodeEmpty},
	} {
		if _, err := team.Receive(row.cmd); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if team.Head() != head {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: elif.ID, Block: &reason}))(t)
	for _, number := range []desk.Number{0, n} {
		if _, err := team.Receive(app.ReceiveMessage{Customer: elif.ID, Number: number, Draft: apptest.Draft("x")}); desk.CodeOf(err) != desk.CodeBlocked {
			t.Errorf("from a blocked customer to %d: %v", number, err)
		}
	}
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: elif.ID, Unblock: true}))(t)
	team.Says(t, elif.ID, n, "Back again")
}

// TestBegin starts a conversation once for each client id, with the one customer
// that it was asked for.
func TestBegin(t *testing.T) {
	team := apptest.New(t)
	elif, deniz := team.NewCustomer(t, "Elif"), team.NewCustomer(t, "Deniz")
	cmd := app.BeginConversation{By: team.Ada, Customer: elif.ID, Draft: apptest.Draft("Your parcel is late")}
	first := apptest.Must(team.Begin(cmd))(t)
	if c := first.Conversation; c.Lead != "agent" || *c.AgentID != team.Ada || c.Customer.ID != elif.ID || c.Unread != 0 || c.WaitingSince != nil {
		t.Errorf("begun as %+v", c)
	}
	if again := apptest.Must(team.Begin(cmd))(t); !reflect.DeepEqual(again, first) {
		t.Errorf("begun again %+v", again)
	}
	other := cmd
	other.Customer = deniz.ID
	if _, err := team.Begin(other); desk.CodeOf(err) != desk.CodeConflict {
		t.Errorf("the same id for another customer: %v", err)
	}
	for name, row := range map[string]struct {
		by, customer desk.ID
		code         desk.Code
	}{
		"a reporter":          {team.Reporter, elif.ID, desk.CodeForbidden},
		"an unknown customer": {team.Ada, app.NewID(), desk.CodeNotFound},
	} {
		if _, err := team.Begin(app.BeginConversation{By: row.by, Customer: row.customer, Draft: apptest.Draft("x")}); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if next := team.NewConversation(t).Number; next != first.Conversation.Number+1 {
		t.Errorf("the next number is %d: refusals used up some", next)
	}
}

// TestBeginWithSomebodyNew makes the customer and the conversation together: both or
// neither, and once.
func TestBeginWithSomebodyNew(t *testing.T) {
	team := apptest.New(t)
	name, email, wrong := "İrem Çınar", "irem@example.com", "not an address"
	cmd := app.BeginConversation{
		By: team.Ada, New: &desk.CustomerChange{Name: &name, Email: &email}, Lead: team.Can, Draft: apptest.Draft("Hello"),
	}
	first := apptest.Must(team.Begin(cmd))(t)
	if c := first.Conversation; c.Customer.Name != name || *c.AgentID != team.Can || first.Message.Text != "Hello" {
		t.Errorf("begun as %+v", c)
	}
	if again := apptest.Must(team.Begin(cmd))(t); !reflect.DeepEqual(again, first) {
		t.Errorf("begun again %+v", again)
	}
	for what, row := range map[string]struct {
		change   *desk.CustomerChange
		customer desk.ID
		code     desk.Code
	}{
		"a wrong address":   {&desk.CustomerChange{Email: &wrong}, desk.ID{}, desk.CodeInvalid},
		"nothing of them":   {&desk.CustomerChange{}, desk.ID{}, desk.CodeEmpty},
		"nobody":            {nil, desk.ID{}, desk.CodeInvalid},
		"one known and new": {&desk.CustomerChange{Name: &name}, first.Conversation.Customer.ID, desk.CodeInvalid},
	} {
		refused := app.BeginConversation{By: team.Ada, Customer: row.customer, New: row.change, Draft: apptest.Draft("x")}
		if _, err := team.Begin(refused); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", what, err, row.code)
		}
	}
	if page := apptest.Must(team.Customers("", desk.ID{}, 10))(t); len(page.Customers) != 1 {
		t.Errorf("%d customers", len(page.Customers))
	}
}

// TestThreadWindows reads pieces of a thread in every way that can be asked.
func TestThreadWindows(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)
	for range 129 {
		team.Says(t, c.Customer.ID, c.Number, "more")
	}
	const all = 130
	for _, row := range []struct {
		name          string
		q             app.MessageQuery
		from, to      uint64
		before, after bool
	}{
		{"the newest", app.MessageQuery{Limit: 50}, 81, 130, true, false},
		{"all", app.MessageQuery{Limit: 1000}, 1, 130, false, false},
		{"before", app.MessageQuery{Before: new(uint64(81)), Limit: 50}, 31, 80, true, true},
		{"before the second", app.MessageQuery{Before: new(uint64(2)), Limit: 50}, 1, 1, false, true},
		{"before the first", app.MessageQuery{Before: new(uint64(1)), Limit: 50}, 0, 0, false, true},
		{"before everything", app.MessageQuery{Before: new(uint64(0)), Limit: 50}, 0, 0, false, true},
		{"before what is to come", app.MessageQuery{Before: new(uint64(900)), Limit: 5}, 126, 130, true, false},
		{"the beginning", app.MessageQuery{After: new(uint64(0)), Limit: 20}, 1, 20, false, true},
		{"after", app.MessageQuery{After: new(uint64(100)), Limit: 20}, 101, 120, true, true},
		{"after the last but one", app.MessageQuery{After: new(uint64(129)), Limit: 20}, 130, 130, true, false},
		{"after the last", app.MessageQuery{After: new(uint64(130)), Limit: 20}, 0, 0, true, false},
		{"after what is to come", app.MessageQuery{After: new(uint64(900)), Limit: 20}, 0, 0, true, false},
		{"around", app.MessageQuery{Around: new(uint64(60)), Limit: 10}, 56, 65, true, true},
		{"around the beginning", app.MessageQuery{Around: new(uint64(0)), Limit: 10}, 1, 10, false, true},
		{"around, alone", app.MessageQuery{Around: new(uint64(60)), Limit: 1}, 60, 60, true, true},
		{"around the first", app.MessageQuery{Around: new(uint64(1)), Limit: 10}, 1, 10, false, true},
		{"around the last", app.MessageQuery{Around: new(uint64(130)), Limit: 10}, 126, 130, true, false},
		{"around what is to come", app.MessageQuery{Around: new(uint64(900)), Limit: 10}, 126, 130, true, false},
	} {
		row.q.Number = c.Number
		page := apptest.Must(team.Messages(row.q))(t)
		if page.Before != row.before || page.After != row.after {
			t.Errorf("%s: before %v, after %v", row.name, page.Before, page.After)
		}
		checkSeqs(t, row.name, page.Messages, row.from, row.to)
	}
	thread := apptest.Must(team.Open(c.Number))(t)
	if !thread.Before || thread.Sequence != team.Head() || thread.Conversation.LastSeq != all {
		t.Errorf("opened with %d messages, more before: %v", len(thread.Messages), thread.Before)
	}
	checkSeqs(t, "opened", thread.Messages, all-app.ThreadPage+1, all)
	for _, n := range []desk.Number{0, 99} {
		if _, err := team.Open(n); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("conversation %d: %v", n, err)
		}
		if _, err := team.Messages(app.MessageQuery{Number: n, Limit: 5}); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("the thread of %d: %v", n, err)
		}
	}
}

func checkSeqs(t *testing.T, name string, messages []wire.Message, from, to uint64) {
	t.Helper()
	if from == 0 && len(messages) == 0 {
		return
	}
	if uint64(len(messages)) != to-from+1 {
		t.Fatalf("%s: %d messages, want %d to %d", name, len(messages), from, to)
	}
	for i := range messages {
		if messages[i].Seq != from+uint64(i) {
			t.Fatalf("%s: message %d has the seq %d", name, i, messages[i].Seq)
		}
	}
}
