package app_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

func text(s string) *string { return &s }

// TestCustomerByAnotherSystem makes one customer for each external id, however
// often it is said.
func TestCustomerByAnotherSystem(t *testing.T) {
	team := apptest.New(t)
	head := team.Head()
	create := func(external, name string) desk.ID {
		return apptest.Must(team.CreateCustomer(app.CreateCustomer{By: team.Ada, External: external, Change: desk.CustomerChange{Name: &name}}))(t).ID
	}
	first, again, changed, other := create("c-17", "Elif"), create("c-17", "Elif"), create("c-17", "Elif Kaya"), create("c-18", "Elif")
	nameless, another := create("", "Elif"), create("", "Elif")
	if first != again || first != changed || first == other || nameless == another {
		t.Error("two customers are one, or one is two")
	}
	if got := short(team.Events(t, head)); got != "created updated created created created" {
		t.Errorf("told %q", got)
	}
	if c := apptest.Must(team.Customer(first))(t); c.Name != "Elif Kaya" || c.External != "c-17" || c.Rev != 2 {
		t.Errorf("the customer is %+v", c)
	}
	for name, row := range map[string]struct {
		cmd  app.CreateCustomer
		code desk.Code
	}{
		"a reporter":         {app.CreateCustomer{By: team.Reporter}, desk.CodeForbidden},
		"a bad e-mail":       {app.CreateCustomer{By: team.Ada, Change: desk.CustomerChange{Email: text("x")}}, desk.CodeInvalid},
		"a long external id": {app.CreateCustomer{By: team.Ada, External: strings.Repeat("x", 201)}, desk.CodeTooLong},
		"a bad external id":  {app.CreateCustomer{By: team.Ada, External: "\x00"}, desk.CodeBadText},
	} {
		if _, err := team.CreateCustomer(row.cmd); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
}

// TestEditCustomer changes, blocks, unblocks and notes, each told once.
func TestEditCustomer(t *testing.T) {
	team := apptest.New(t)
	id := team.NewCustomer(t, "Elif").ID
	head := team.Head()
	for _, cmd := range []app.EditCustomer{
		{Change: &desk.CustomerChange{Email: text("ELIF@example.com"), Attributes: map[string]*string{"city": text("İzmir")}}},
		{Block: text("spam")},
		{Unblock: true},
	} {
		cmd.By, cmd.ID = team.Ada, id
		first := apptest.Must(team.EditCustomer(cmd))(t)
		if again := apptest.Must(team.EditCustomer(cmd))(t); !reflect.DeepEqual(again, first) {
			t.Errorf("said twice %+v, first %+v", again, first)
		}
		if got := apptest.Must(team.Customer(id))(t); !reflect.DeepEqual(got, first) {
			t.Errorf("answered %+v, is %+v", first, got)
		}
	}
	added := apptest.Must(team.AddCustomerNote(app.AddCustomerNote{By: team.Ada, ID: id, Text: "Prefers e-mail"}))(t)
	if added.Note.Seq != 1 || *added.Note.Author != team.Ada || added.Customer.Notes != 1 {
		t.Errorf("added %+v", added)
	}
	if got := short(team.Events(t, head)); got != "updated blocked unblocked note_added" {
		t.Errorf("told %q", got)
	}
	if notes := apptest.Must(team.CustomerNotes(id, 0, 5))(t); !reflect.DeepEqual(notes, []wire.CustomerNote{added.Note}) {
		t.Errorf("notes %+v", notes)
	}
	history := apptest.Must(team.Deeds(id, 0, 10))(t)
	if got := deedsIn(history); got != "unblocked blocked updated(attributes.city email) created" {
		t.Errorf("the history tells %q", got)
	}
	if *history[1].Actor.ID != team.Ada || len(apptest.Must(team.Deeds(id, history[2].Seq, 10))(t)) != 1 {
		t.Errorf("history %+v", history)
	}
	head = team.Head()
	for name, row := range map[string]struct {
		by, id desk.ID
		code   desk.Code
	}{"a reporter": {team.Reporter, id, desk.CodeForbidden}, "unknown": {team.Ada, app.NewID(), desk.CodeNotFound}} {
		if _, err := team.EditCustomer(app.EditCustomer{By: row.by, ID: row.id, Unblock: true}); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := team.AddCustomerNote(app.AddCustomerNote{By: row.by, ID: row.id, Text: "x"}); desk.CodeOf(err) != row.code {
			t.Errorf("%s, a note: %v", name, err)
		}
	}
	if _, err := team.AddCustomerNote(app.AddCustomerNote{By: team.Ada, ID: id, Text: " "}); desk.CodeOf(err) != desk.CodeEmpty {
		t.Errorf("an empty note: %v", err)
	}
	if team.Head() != head {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
}

// deedsIn is a history in short.
func deedsIn(deeds []wire.Deed) string {
	words := make([]string, 0, len(deeds))
	for _, d := range deeds {
		word := strings.TrimPrefix(d.Type, "customer.")
		if len(d.Fields) > 0 {
			word += "(" + strings.Join(d.Fields, " ") + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// TestHistoryIsBounded keeps the newest deeds, in pages, and nobody else's.
func TestHistoryIsBounded(t *testing.T) {
	team := apptest.New(t)
	id, other := team.NewCustomer(t, "Elif").ID, team.NewCustomer(t, "Kaya").ID
	for i := range desk.MaxDeeds + 5 {
		name := fmt.Sprint("Elif ", i)
		apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: id, Change: &desk.CustomerChange{Name: &name}}))(t)
	}
	deeds := apptest.Must(team.Deeds(id, 0, 500))(t)
	if len(deeds) != desk.MaxDeeds || deeds[0].Seq != desk.MaxDeeds+6 || deedsIn(deeds[:1]) != "updated(name)" {
		t.Errorf("%d deeds, the newest %+v", len(deeds), deeds[0])
	}
	if deeds := apptest.Must(team.Deeds(other, 0, 500))(t); deedsIn(deeds) != "created" {
		t.Errorf("the other's %q", deedsIn(deeds))
	}
	if _, err := team.Deeds(app.NewID(), 0, 5); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("of nobody: %v", err)
	}
}

// TestCustomersAreRead in pages, by address, and with their conversations as they
// are now.
func TestCustomersAreRead(t *testing.T) {
	team := apptest.New(t)
	var ids []desk.ID
	for _, name := range []string{"A", "B", "C", "D", "E"} {
		ids = append(ids, team.NewCustomer(t, name).ID)
	}
	var read []desk.ID
	for before := (desk.ID{}); ; {
		page := apptest.Must(team.Customers("", before, 2))(t)
		for _, c := range page.Customers {
			read = append(read, c.ID)
		}
		if page.Next == "" {
			break
		}
		before = apptest.Must(desk.ParseID(page.Next))(t)
	}
	slices.Reverse(read)
	if !slices.Equal(read, ids) {
		t.Errorf("read %v, want %v", read, ids)
	}
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: ids[2], Change: &desk.CustomerChange{Email: text("c@example.com")}}))(t)
	if page := apptest.Must(team.Customers("c@example.com", desk.ID{}, 2))(t); len(page.Customers) != 1 || page.Customers[0].ID != ids[2] || page.Next != "" {
		t.Errorf("by address: %+v", page)
	}
	one, two := team.Says(t, ids[2], 0, "x").Conversation.Number, team.Says(t, ids[2], 0, "y").Conversation.Number
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: ids[2], Change: &desk.CustomerChange{Name: text("Ceren")}}))(t)
	found := apptest.Must(team.CustomerConversations(ids[2], 0, 5))(t)
	if len(found) != 2 || found[0].Number != two || found[1].Number != one || found[0].Customer.Name != "Ceren" || found[0].Customer.Rev != 3 {
		t.Errorf("conversations %+v", found)
	}
	for name, err := range map[string]error{
		"the customer":      second(team.Customer(app.NewID())),
		"his conversations": second(team.CustomerConversations(app.NewID(), 0, 5)),
		"notes about him":   second(team.CustomerNotes(app.NewID(), 0, 5)),
	} {
		if desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("%s, unknown: %v", name, err)
		}
	}
}

func second[R any](_ R, err error) error { return err }
