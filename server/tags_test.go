package server

import (
	"net/http"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestTagRoutes renames and deletes a tag for who manages the team, and says what goes on.
func TestTagRoutes(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	ada, agent := s.agent("ada", desk.RoleAgent)
	name := "Elif"
	customer, err := s.app.CreateCustomer(app.CreateCustomer{By: ada, Change: desk.CustomerChange{Name: &name}})
	if err != nil {
		t.Fatal(err)
	}
	begun, err := s.app.Begin(app.BeginConversation{By: ada, Customer: customer.ID, Draft: desk.Draft{ClientID: app.NewID(), Text: "Hello"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: ada, Number: begun.Conversation.Number, Tags: []string{"kargo", "vip"}}); err != nil {
		t.Fatal(err)
	}
	rename := map[string]any{"from": "kargo", "to": "cargo"}
	if status, answer := s.ask(http.MethodPost, "/api/v1/tags/rename", agent, rename); status != http.StatusForbidden {
		t.Errorf("an agent: %d %v", status, answer)
	}
	if status, answer := s.ask(http.MethodPost, "/api/v1/tags/rename", admin, rename); status != http.StatusAccepted {
		t.Fatalf("%d %v", status, answer)
	}
	_, answer := s.ask(http.MethodGet, "/api/v1/tags", agent, nil)
	if moves, _ := answer["moves"].([]any); len(moves) != 1 {
		t.Errorf("what goes on: %v", answer)
	}
	if err := s.app.FinishTags(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status, answer := s.ask(http.MethodPost, "/api/v1/tags/delete", admin, map[string]any{"tag": "vip"}); status != http.StatusAccepted {
		t.Errorf("%d %v", status, answer)
	}
	if err := s.app.FinishTags(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, answer = s.ask(http.MethodGet, "/api/v1/tags", agent, nil)
	tags, _ := answer["tags"].([]any)
	if moves, _ := answer["moves"].([]any); len(tags) != 1 || tags[0].(map[string]any)["tag"] != "cargo" || len(moves) != 0 {
		t.Errorf("in the end: %v", answer)
	}
	for path, body := range map[string]map[string]any{
		"rename": {"from": "cargo", "to": ""}, "delete": {"tag": ""},
	} {
		if status, answer := s.ask(http.MethodPost, "/api/v1/tags/"+path, admin, body); status != http.StatusUnprocessableEntity {
			t.Errorf("%s nothing: %d %v", path, status, answer)
		}
	}
}
