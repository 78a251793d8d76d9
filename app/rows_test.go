package app

import (
	"encoding/json"
	"io"
	"log/slog"
	"testing"
	"time"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// TestRowsAreAlwaysThePresentOnes changes a conversation and its customer between
// lists: a row that was shown before must never be shown again in its old form.
func TestRowsAreAlwaysThePresentOnes(t *testing.T) {
	a := New(storetest.Open(t), nil, time.Now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(a.Close)
	agent, err := a.CreateAgent(CreateAgent{Name: "Ada", Email: "ada@example.com", Role: desk.RoleOwner})
	if err != nil {
		t.Fatal(err)
	}
	name := "Zoe"
	customer, err := a.CreateCustomer(CreateCustomer{Change: desk.CustomerChange{Name: &name}})
	if err != nil {
		t.Fatal(err)
	}
	posted, err := a.Receive(ReceiveMessage{Customer: customer.ID, Draft: desk.Draft{ClientID: NewID(), Text: "hello"}})
	if err != nil {
		t.Fatal(err)
	}
	number := posted.Conversation.Number
	for step, change := range []func() error{
		func() error { return nil },
		func() error { return nil }, // a second look takes the kept row
		func() error {
			_, err := a.Post(PostMessage{By: agent.ID, Number: number, Draft: desk.Draft{ClientID: NewID(), Text: "hi"}})
			return err
		},
		func() error {
			_, err := a.Change(ChangeConversation{Verb: VerbSetTags, By: agent.ID, Number: number, Tags: []string{"vip"}})
			return err
		},
		func() error {
			name := "Zoë"
			_, err := a.EditCustomer(EditCustomer{By: agent.ID, ID: customer.ID, Change: &desk.CustomerChange{Name: &name}})
			return err
		},
		func() error {
			reason := "spam"
			_, err := a.EditCustomer(EditCustomer{By: agent.ID, ID: customer.ID, Block: &reason})
			return err
		},
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		q := store.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Limit: 10}
		fast, err := a.ListJSON(q)
		if err != nil {
			t.Fatal(err)
		}
		exact, err := a.List(q)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(fast.AppendJSON(nil)), string(exact.AppendJSON(nil)); got != want {
			t.Errorf("step %d:\ngot  %s\nwant %s", step, got, want)
		}
		var read struct {
			Conversations []wire.Conversation
			Sequence      uint64
		}
		if err := json.Unmarshal(fast.AppendJSON(nil), &read); err != nil || len(read.Conversations) != 1 || read.Sequence != a.Head() {
			t.Errorf("step %d: %d rows, %v", step, len(read.Conversations), err)
		}
	}
}
