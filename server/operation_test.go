package server

import (
	"net/http"
	"testing"

	"parley/desk"
)

// TestScraper lets in who brings the token for the metrics, and to nothing else.
func TestScraper(t *testing.T) {
	s := newStand(t)
	ask := func(path, authorization string) int {
		status, _ := s.ask("GET", path, "", nil, func(r *http.Request) { r.Header.Set("Authorization", authorization) })
		return status
	}
	if got := ask("/metrics", "Bearer "); got != http.StatusUnauthorized {
		t.Errorf("no token is set, and an empty one gets %d", got)
	}
	s.scraper = "a-long-enough-secret"
	for authorization, want := range map[string]int{
		"Bearer a-long-enough-secret": http.StatusOK, "Bearer a-long-enough-secreT": http.StatusUnauthorized,
		"Bearer ": http.StatusUnauthorized, "": http.StatusUnauthorized, "Basic a-long-enough-secret": http.StatusUnauthorized,
	} {
		if got := ask("/metrics", authorization); got != want {
			t.Errorf("%q gets %d, want %d", authorization, got, want)
		}
	}
	if got := ask(apiPath+"/views", "Bearer a-long-enough-secret"); got != http.StatusUnauthorized {
		t.Errorf("the views: %d", got)
	}
	_, agent := s.agent("agent", desk.RoleAgent)
	if status, _ := s.ask("GET", "/metrics", agent, nil); status != http.StatusForbidden {
		t.Errorf("an agent gets %d", status)
	}
	_, admin := s.agent("admin", desk.RoleAdmin)
	if status, _ := s.ask("GET", "/metrics", admin, nil); status != http.StatusOK {
		t.Errorf("an admin gets %d", status)
	}
}
