package desk_test

import (
	"errors"
	"strings"
	"testing"

	"parley/desk"
)

// noon is some moment; later moments are counted from it in milliseconds.
const noon desk.Time = 1_800_000_000_000

// The people and things of the tests.
var (
	customer = idOf(0xc1)
	ada      = desk.Agent{ID: idOf(0xa1), Name: "Ada", Email: "ada@example.com", Role: desk.RoleAgent, Active: true}
	can      = desk.Agent{ID: idOf(0xa2), Name: "Can", Email: "can@example.com", Role: desk.RoleAgent, Active: true}
)

func idOf(b byte) (id desk.ID) {
	id[0], id[15] = b, b
	return id
}

func disabled(a desk.Agent) *desk.Agent {
	a.Active = false
	return &a
}

func draft(text string) *desk.Draft { return &desk.Draft{ClientID: idOf(0xd1), Text: text} }

// saying is what the bot says.
func saying(text string) *desk.Speech { return &desk.Speech{Say: []desk.Draft{*draft(text)}} }

func note(text string) *desk.Draft { return &desk.Draft{ClientID: idOf(0xd2), Text: text, Note: true} }

func pointer[T any](v T) *T { return &v }

// wantCode fails unless err is a refusal with a code and a field; an empty code
// stands for no error.
func wantCode(t testing.TB, err error, code desk.Code, field string) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Fatalf("unexpected refusal: %v", err)
		}
		return
	}
	var refusal *desk.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v, want the code %q", err, code)
	}
	if refusal.Code != code || refusal.Field != field {
		t.Fatalf("got code %q, field %q; want %q, %q", refusal.Code, refusal.Field, code, field)
	}
	if !strings.HasSuffix(refusal.Detail, ".") || strings.Contains(refusal.Detail, "\n") {
		t.Errorf("the detail %q is not one sentence", refusal.Detail)
	}
}

// standing names where a conversation stands, such as "open/ada".
func standing(c *desk.Conversation) string {
	state := c.State.String()
	if c.Archived {
		state = "archived"
	}
	lead := c.Lead.String()
	switch {
	case c.Lead == desk.LeadAgent && c.Agent == ada.ID:
		lead = "ada"
	case c.Lead == desk.LeadAgent && c.Agent == can.ID:
		lead = "can"
	}
	return state + "/" + lead
}

// stand makes a conversation that stands somewhere, with three messages.
func stand(where string) *desk.Conversation {
	state, lead, _ := strings.Cut(where, "/")
	c := &desk.Conversation{
		Number: 7, Rev: 5, Customer: customer, Channel: "web", State: desk.Open, Messages: 3,
		Tags: []string{"cargo"}, OpenedAt: noon, ActiveAt: noon + 3, Unread: 1, WaitingSince: noon + 3,
		Last: desk.PreviewOf(desk.KindCustomer, customer, "Hello", 0, noon+3),
	}
	switch lead {
	case "bot":
		c.Lead = desk.LeadBot
	case "ada":
		c.Lead, c.Agent = desk.LeadAgent, ada.ID
	case "can":
		c.Lead, c.Agent = desk.LeadAgent, can.ID
	}
	if state != "open" {
		c.State, c.ResolvedAt, c.Archived = desk.Resolved, noon+4, state == "archived"
	}
	return c
}

// everywhere lists every place with every lead.
var everywhere = []string{
	"open/nobody", "open/bot", "open/ada",
	"resolved/nobody", "resolved/bot", "resolved/ada",
	"archived/nobody", "archived/bot", "archived/ada",
}
