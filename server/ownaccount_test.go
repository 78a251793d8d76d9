package server

import (
	"net/http"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestOwnAccountNeedsThePassword keeps a signed-in browser from taking its account
// over: the way to change somebody else's password is none to one's own.
func TestOwnAccountNeedsThePassword(t *testing.T) {
	s := newStand(t)
	own, owner := s.agent("olcay", desk.RoleOwner)
	other, _ := s.agent("kemal", desk.RoleAgent)
	path := apiPath + "/agents/"
	for _, change := range []map[string]any{
		{"password": "quince-jam-on-warm-bread"}, {"email": "mine@example.net"}, {"name": "Olcay", "email": "olcay@example.com"},
	} {
		status, answer := s.ask(http.MethodPatch, path+own.String(), owner, change)
		if status != http.StatusForbidden || code(answer) != desk.CodeOwnAccount {
			t.Errorf("%v of oneself: %d %v", change, status, answer)
		}
	}
	if hash, err := s.app.PasswordHash(own); err != nil || hash != "" {
		t.Errorf("a password was set: %v", err)
	}
	if status, answer := s.ask(http.MethodPatch, path+own.String(), owner, map[string]any{"name": "Olcay Kaya"}); status != http.StatusOK {
		t.Errorf("one's own name: %d %v", status, answer)
	}
	change := map[string]any{"password": "quince-jam-on-warm-bread", "email": "kemal@example.net"}
	if status, answer := s.ask(http.MethodPatch, path+other.String(), owner, change); status != http.StatusOK {
		t.Errorf("of somebody else: %d %v", status, answer)
	}
}

// TestPasswordHoldsNoNames refuses what a guesser would try first, whoever sets it.
func TestPasswordHoldsNoNames(t *testing.T) {
	s := newStand(t)
	_, owner := s.agent("olcay", desk.RoleOwner)
	agent, err := s.app.CreateAgent(app.CreateAgent{Name: "Kemaleddin Sarsılmaz", Email: "santral@example.com", Role: desk.RoleAgent})
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []map[string]any{
		{"password": "Kemaleddin2026"},
		{"password": "SARSILMAZ-2026"},
		{"password": "santral-santral"},
		{"password": "Cumhurbaskani7", "name": "Cumhurbaşkanı"},
		{"password": "muhasebeci1234", "email": "muhasebeci@example.com"},
	} {
		status, answer := s.ask(http.MethodPatch, apiPath+"/agents/"+agent.ID.String(), owner, change)
		if status != http.StatusUnprocessableEntity || answer["field"] != "password" {
			t.Errorf("%v: %d %v", change, status, answer)
		}
	}
}
