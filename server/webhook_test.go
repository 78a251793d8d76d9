package server

import (
	"net/http"
	"strings"
	"testing"

	"parley/desk"
)

// TestWebhooks makes, changes and deletes one, shows its secret at the times when it is
// made and never else, and takes nothing that is wrong.
func TestWebhooks(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("ada", desk.RoleAdmin)
	path := apiPath + "/webhooks"
	right := map[string]any{"name": "CRM", "url": "https://crm.example/in", "events": []string{"message.posted"}, "on": true}
	made := ok(t)(s.ask("POST", path, admin, right))
	secret, hook := made["secret"].(string), made["webhook"].(map[string]any)
	if !strings.HasPrefix(secret, "whsec_") || len(secret) < 40 || hook["rev"] != 1.0 || hook["on"] != true {
		t.Errorf("%v", made)
	}
	one := path + "/" + hook["id"].(string)
	for field, body := range map[string]map[string]any{
		"url":    {"name": "CRM", "url": "gopher://crm.example", "events": []string{"message.posted"}},
		"events": {"name": "CRM", "url": "https://crm.example", "events": []string{"agent.created"}},
		"name":   {"name": "", "url": "https://crm.example", "events": []string{"message.posted"}},
		"rev":    {"name": "Other", "rev": 0},
	} {
		method, address := "POST", path
		if field == "rev" {
			method, address = "PATCH", one
		}
		if status, answer := s.ask(method, address, admin, body); status < 400 || status >= 500 || answer["field"] != field {
			t.Errorf("%s: %d %v", field, status, answer)
		}
	}
	list := ok(t)(s.ask("GET", path, admin, nil))["webhooks"].([]any)
	if text := list[0].(map[string]any); len(list) != 1 || text["rev"] != 1.0 || text["secret"] != nil {
		t.Errorf("%v", list)
	}
	changed := ok(t)(s.ask("PATCH", one, admin, map[string]any{"rev": 1, "on": false}))["webhook"].(map[string]any)
	if changed["on"] != false || changed["name"] != "CRM" {
		t.Errorf("%v", changed)
	}
	if again := ok(t)(s.ask("POST", one+"/secret", admin, nil))["secret"]; again == secret {
		t.Error("the new secret is the old one")
	}
	if empty := ok(t)(s.ask("GET", one+"/deliveries", admin, nil))["deliveries"].([]any); len(empty) != 0 {
		t.Errorf("%v", empty)
	}
	if status, answer := s.ask("POST", one+"/test", admin, nil); status != http.StatusServiceUnavailable || code(answer) != desk.CodeUnavailable {
		t.Errorf("where nobody tells webhooks: %d %v", status, answer)
	}
	for range 2 {
		if status, answer := s.ask("DELETE", one, admin, nil); status != http.StatusNoContent {
			t.Errorf("deleted: %d %v", status, answer)
		}
	}
	if status, _ := s.ask("PATCH", one, admin, map[string]any{"on": true}); status != http.StatusNotFound {
		t.Errorf("one that is gone: %d", status)
	}
}
