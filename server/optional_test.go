package server

import (
	"fmt"
	"net/http"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestZeroIsNotNothing tells a parameter that is 0 from one that is not there.
func TestZeroIsNotNothing(t *testing.T) {
	s := newStand(t)
	_, token := s.agent("anna", desk.RoleAgent)
	customer, err := s.app.CreateCustomer(app.CreateCustomer{})
	if err != nil {
		t.Fatal(err)
	}
	posted, err := s.app.Receive(app.ReceiveMessage{Customer: customer.ID, Draft: desk.Draft{ClientID: app.NewID(), Text: "1"}})
	for i := 2; i <= 5 && err == nil; i++ {
		posted, err = s.app.Receive(app.ReceiveMessage{
			Customer: customer.ID, Number: posted.Conversation.Number, Draft: desk.Draft{ClientID: app.NewID(), Text: fmt.Sprint(i)},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"limit=2": "45", "limit=2&after=0": "12", "limit=2&after=2": "34", "limit=2&before=0": "", "limit=2&around=0": "12",
	} {
		status, answer := s.ask("GET", fmt.Sprintf("%s/conversations/%d/messages?%s", apiPath, posted.Conversation.Number, query), token, nil)
		if status != http.StatusOK {
			t.Fatal(query, status, answer)
		}
		got := ""
		for _, m := range answer["messages"].([]any) {
			got += m.(map[string]any)["text"].(string)
		}
		if got != want {
			t.Errorf("%s: messages %q, want %q", query, got, want)
		}
	}
}
