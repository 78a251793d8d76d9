package app_test

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// work is what people may do in sample conversations while they are there.
func work(t *testing.T, team *apptest.Team) {
	t.Helper()
	owner, id := desk.AgentActor(team.Ada), app.NewID()
	apptest.Must(team.StartAttachment(app.StartAttachment{Owner: owner, ClientID: id, Name: "fatura.pdf", Size: 3, Type: "application/pdf"}))(t)
	apptest.Must(team.CompleteAttachment(app.CompleteAttachment{Owner: owner, ID: id, SHA256: sha256.Sum256([]byte("abc")), Type: "application/pdf"}))(t)
	draft := apptest.Draft("Here it is")
	draft.Attachments = []desk.ID{id}
	apptest.Must(team.Post(app.PostMessage{By: team.Ada, Number: 1, Draft: draft}))(t)
	apptest.Must(team.SaveDraft(team.Can, app.Draft{Number: 1, Text: "I think"}))(t)
	apptest.Must(team.SaveDraft(team.Can, app.Draft{Number: 1, Note: true, Text: "I know"}))(t)
	for range 200 { // full chunks of places
		team.Writes(t, team.Ada, 2, "Again")
	}
	if err := team.UseSuggestion(app.UseSuggestion{By: team.Ada, In: 1, Number: 2, Seq: 3}); err != nil {
		t.Fatal(err)
	}
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Ada, Number: 3, Tags: []string{"vip"}}))(t)
	customer := apptest.Must(team.Customers("", desk.ID{}, 1))(t).Customers[0].ID
	apptest.Must(team.AddCustomerNote(app.AddCustomerNote{By: team.Ada, ID: customer, Text: "Rings twice"}))(t)
	until := desk.TimeOf(team.Clock.Now().Add(time.Hour))
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: customer, Block: new("rude"), Until: until}))(t)
}

// TestSamplesLeaveNothingBehind compares all that the store holds before sample data
// came and after they went, whatever was done with them meanwhile.
func TestSamplesLeaveNothingBehind(t *testing.T) {
	team := apptest.New(t)
	apptest.Must(team.SaveReply(app.SaveReply{By: team.Ada, New: true, Change: desk.ReplyChange{Title: new("Ours"), Text: new("x"), Shortcut: new("s0")}}))(t)
	team.NewCustomer(t, "Ours")
	before := rest(t, team)
	if got := apptest.Must(team.AddSamples(team.Owner))(t); got.Samples != desk.SamplesThere {
		t.Errorf("added: %+v", got)
	}
	if list := apptest.Must(team.Counts())(t).Counts; list[desk.ViewInbox]+list[desk.ViewArchive] != apptest.SampleConversations {
		t.Errorf("%v are there", list)
	}
	work(t, team)
	storetest.MustCheck(t, team.Store())
	if got := apptest.Must(team.RemoveSamples(t.Context(), team.Admin))(t); got.Samples != desk.NoSamples {
		t.Errorf("removed: %+v", got)
	}
	after := rest(t, team)
	for k, v := range after {
		if before[k] != v {
			t.Errorf("left behind: %q is %q, was %q", k, v, before[k])
		}
	}
	for k := range before {
		if _, there := after[k]; !there {
			t.Errorf("taken along: %q", k)
		}
	}
	if n := team.NewConversation(t).Number; n != apptest.SampleConversations+1 {
		t.Errorf("the number %d is given again", n)
	}
}

// rest is what the store holds but for what only ever grows: the journal, the numbers
// and positions that were given, the team's rev, counts that are zero.
func rest(t *testing.T, team *apptest.Team) map[string]string {
	t.Helper()
	dump := storetest.Dump(t, team.Store())
	maps.DeleteFunc(dump, func(k, v string) bool {
		bucket, key, _ := strings.Cut(k, "/")
		return slices.Contains([]string{"journal", "removed", "audit", "meta/team"}, k) || slices.Contains([]string{"journal", "removed", "audit"}, bucket) ||
			key == "" && slices.Contains([]string{"conversations", "messages"}, bucket) ||
			bucket == "counts" && strings.Trim(v, "\x00") == ""
	})
	return dump
}

// TestWhatTheTeamMadeItsOwnStays keeps a sample customer with a conversation of the
// team's own, and a saved reply that was edited.
func TestWhatTheTeamMadeItsOwnStays(t *testing.T) {
	team := apptest.New(t)
	apptest.Must(team.AddSamples(team.Owner))(t)
	customer := apptest.Must(team.Customers("", desk.ID{}, 1))(t).Customers[0]
	began := apptest.Must(team.Begin(app.BeginConversation{By: team.Can, Customer: customer.ID, Draft: apptest.Draft("Hello")}))(t)
	replies := apptest.Must(team.Replies(team.Ada))(t)
	team.Clock.Move(time.Second)
	apptest.Must(team.SaveReply(app.SaveReply{By: team.Ada, ID: replies[0].ID, Change: desk.ReplyChange{Text: new("Ours")}}))(t)
	apptest.Must(team.UseReply(app.UseReply{By: team.Ada, ID: replies[1].ID}))(t)
	apptest.Must(team.RemoveSamples(t.Context(), team.Owner))(t)

	left := apptest.Must(team.Customers("", desk.ID{}, 10))(t).Customers
	if len(left) != 1 || left[0].ID != customer.ID {
		t.Errorf("customers left: %+v", left)
	}
	if list := apptest.Must(team.List(app.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Limit: 10}))(t).Conversations; len(list) != 1 || list[0].Number != began.Conversation.Number {
		t.Errorf("conversations left: %+v", list)
	}
	if kept := apptest.Must(team.Replies(team.Ada))(t); len(kept) != 1 || kept[0].ID != replies[0].ID {
		t.Errorf("replies left: %+v", kept)
	}
	_, err := team.AddSamples(team.Owner)
	wantRefusal(t, err, desk.CodeConflict)
	_, err = team.Post(app.PostMessage{By: team.Ada, Number: 1, Draft: apptest.Draft("Anybody?")})
	wantRefusal(t, err, desk.CodeNotFound)
}

// TestSamplesGoAfterAStop stops half-way through a removal: the next start goes on,
// and nothing can be added before it has.
func TestSamplesGoAfterAStop(t *testing.T) {
	team := apptest.New(t)
	apptest.Must(team.AddSamples(team.Owner))(t)
	for _, command := range []func(tx *store.Tx) error{
		applied(&app.RemoveSamples{By: team.Admin, At: team.Now()}), applied(&app.RemoveSamplePiece{At: team.Now()}),
	} {
		if err := team.Do(command); err != nil {
			t.Fatal(err)
		}
	}
	if got := apptest.Must(team.App.Team())(t); got.Samples != desk.SamplesGoing {
		t.Errorf("half-way: %+v", got)
	}
	_, err := team.AddSamples(team.Owner)
	wantRefusal(t, err, desk.CodeConflict)
	team = team.Restart(t)
	head := team.Head()
	if err := team.FinishSamples(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := apptest.Must(team.App.Team())(t); got.Samples != desk.NoSamples {
		t.Errorf("at the end: %+v", got)
	}
	storetest.MustView(t, team.Store(), func(tx *store.Tx) error {
		entries, err := tx.Journal(head, 1000)
		for _, e := range entries {
			if e.Event.Actor != desk.AgentActor(team.Admin) {
				t.Errorf("%s was done by %+v", e.Event.Type, e.Event.Actor)
			}
		}
		return err
	})
	if again := apptest.Must(team.AddSamples(team.Owner))(t); again.Samples != desk.SamplesThere {
		t.Errorf("again: %+v", again)
	}
}

// TestWhoMayHaveSamples lets owners and admins add and remove them, once.
func TestWhoMayHaveSamples(t *testing.T) {
	team := apptest.New(t)
	_, err := team.AddSamples(team.Ada)
	wantRefusal(t, err, desk.CodeForbidden)
	first := apptest.Must(team.AddSamples(team.Admin))(t)
	if again := apptest.Must(team.AddSamples(team.Owner))(t); again.Rev != first.Rev {
		t.Errorf("added twice: %+v, %+v", first, again)
	}
	_, err = team.RemoveSamples(t.Context(), team.Ada)
	wantRefusal(t, err, desk.CodeForbidden)
	apptest.Must(team.RemoveSamples(t.Context(), team.Admin))(t)
	head := team.Head()
	apptest.Must(team.RemoveSamples(t.Context(), team.Admin))(t)
	if team.Head() != head {
		t.Error("removed twice")
	}
	team.NewConversation(t)
	_, err = team.AddSamples(team.Owner)
	wantRefusal(t, err, desk.CodeConflict)
}

// TestGivenNumbers refuses a file that would use up numbers without end.
func TestGivenNumbers(t *testing.T) {
	team := apptest.New(t)
	if _, err := team.ImportFile(strings.NewReader(`{"given":3}`), app.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err := team.ImportFile(strings.NewReader(`{"given":100004}`), app.ImportOptions{})
	wantRefusal(t, err, desk.CodeInvalid)
	if n := team.NewConversation(t).Number; n != 4 {
		t.Errorf("the next number is %d", n)
	}
}
