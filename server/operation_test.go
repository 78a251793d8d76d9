package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
	"parley/store"
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

// TestFigures tell of what waits for webhooks and of what was passed over.
func TestFigures(t *testing.T) {
	s := newStand(t)
	owner, session := s.agent("owner", desk.RoleOwner)
	if _, _, err := s.app.CreateWebhook(owner, desk.WebhookChange{Name: new("CRM"), URL: new("https://example.com/"), Events: &desk.WebhookEvents, On: new(true)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.CreateCustomer(app.CreateCustomer{Change: desk.CustomerChange{Name: new("Elif")}}); err != nil {
		t.Fatal(err)
	}
	head := s.app.Head()
	created := store.Entry{Sequence: head, Event: desk.Event{Type: desk.CustomerCreated, Subject: app.NewID()}}
	if err := s.app.QueueDeliveries([]store.Entry{created}, head); err != nil {
		t.Fatal(err)
	}
	for n := range uint64(3) {
		if err := s.app.Park(store.Parked{Follower: "cards", Sequence: n + 1, Error: "canary"}, 0); err != nil {
			t.Fatal(err)
		}
	}
	_, _, figures := s.raw("GET", "/metrics", nil, func(r *http.Request) { r.Header.Set("Cookie", "sid="+session) })
	for _, want := range []string{"\nparley_webhook_deliveries_waiting 1\n", "\nparley_parked_events 3\n"} {
		if !strings.Contains(figures, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// TestDegraded tells the operator of parts that fail, and sends requests all the same.
func TestDegraded(t *testing.T) {
	s := newStand(t)
	s.scraper = "a-long-enough-secret"
	var failed []Part
	s.parts = func() []Part { return failed }
	said := func(path string) string {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Authorization", "Bearer "+s.scraper)
		answer, err := s.fiber.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%d, %v", answer.StatusCode, err)
		}
		return string(text)
	}
	if got := said("/readyz"); strings.Contains(got, "degraded") {
		t.Errorf("it says %q", got)
	}
	failed = []Part{{"backup", 3, time.Now()}, {"clock", 1, time.Now().Add(-time.Hour)}, {"live", 2, time.Now()}}
	if got := said("/readyz"); !strings.HasPrefix(got, "ready") || !strings.HasSuffix(got, "; degraded: backup, live\n") {
		t.Errorf("it says %q", got)
	}
	if got := said("/metrics"); !strings.Contains(got, `parley_part_faults_total{part="clock"} 1`) {
		t.Error("the faults are not counted")
	}
}
