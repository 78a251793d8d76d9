package server

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/cli/archive"
	"parley/desk"
)

// fetched is the body of a GET.
func (s *stand) fetched(path, token string) (int, []byte) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Cookie", "sid="+token)
	answer, err := s.fiber.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, raw
}

// backup has one made and waits until it is there.
func (s *stand) backup(token string) string {
	s.t.Helper()
	if status, answer := s.ask(http.MethodPost, "/api/v1/backups", token, nil); status != http.StatusAccepted || answer["running"] != true {
		s.t.Fatalf("%d %v", status, answer)
	}
	for range 500 {
		_, answer := s.ask(http.MethodGet, "/api/v1/backups", token, nil)
		if answer["running"] == true {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		last, _ := answer["last"].(map[string]any)
		kept, _ := answer["backups"].([]any)
		if last["why"] != "" || len(kept) == 0 {
			s.t.Fatalf("no backup: %v", answer)
		}
		newest, _ := kept[0].(map[string]any)
		return newest["name"].(string)
	}
	s.t.Fatal("the backup is never done")
	return ""
}

// TestBackupRoutes makes a backup, fetches it with a ticket that is good once and for
// its session alone, finds it whole, deletes it, and reads all of that in the audit log.
func TestBackupRoutes(t *testing.T) {
	s := newStand(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = s.keep.Run(ctx) }()
	defer func() { stop(); <-ended }()
	_, admin := s.agent("admin", desk.RoleAdmin)
	_, other := s.agent("other", desk.RoleAdmin)
	name := s.backup(admin)

	ticket := func() string {
		status, answer := s.ask(http.MethodPost, "/api/v1/backups/"+name+"/ticket", admin, nil)
		if status != http.StatusOK {
			t.Fatalf("%d %v", status, answer)
		}
		return answer["url"].(string)
	}
	url := ticket()
	if status, _ := s.fetched(url, other); status != http.StatusNotFound {
		t.Errorf("somebody else's ticket: %d", status)
	}
	status, file := s.fetched(url, admin)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, file)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Check(t.Context(), path); err != nil {
		t.Error(err)
	}
	packed, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if first, err := tar.NewReader(packed).Next(); err != nil || first.Name != "parley.db" {
		t.Errorf("it begins with %v, %v", first, err)
	}
	if status, _ := s.fetched(url, admin); status != http.StatusNotFound {
		t.Errorf("a ticket that was used: %d", status)
	}

	for _, odd := range []string{"..%2f..%2fsecret.key", "parley.db", "parley-20200101T000000Z.tar.gz"} {
		if status, answer := s.ask(http.MethodPost, "/api/v1/backups/"+odd+"/ticket", admin, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d %v", odd, status, answer)
		}
	}
	for range 2 {
		if status, answer := s.ask(http.MethodDelete, "/api/v1/backups/"+name, admin, nil); status != http.StatusNoContent {
			t.Errorf("deleted: %d %v", status, answer)
		}
	}
	page, err := s.app.Audit(app.AuditFilter{Kind: desk.AuditData}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range slices.Backward(page.Entries) {
		told = append(told, e.Type+" by "+e.Actor.Name)
	}
	if want := []string{"backup.made by admin", "backup.downloaded by admin", "backup.deleted by admin"}; !slices.Equal(told, want) {
		t.Errorf("the audit log tells %q, want %q", told, want)
	}
}

// TestBackupPlanRoute sets a plan, and refuses an old rev and what cannot be meant.
func TestBackupPlanRoute(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	plan := map[string]any{"rev": 0, "every": "weekly", "hour": 4, "weekday": 2, "keep": 3}
	if status, answer := s.ask(http.MethodPut, "/api/v1/backups/plan", admin, plan); status != http.StatusOK || answer["rev"] != 1.0 {
		t.Fatalf("%d %v", status, answer)
	}
	_, state := s.ask(http.MethodGet, "/api/v1/backups", admin, nil)
	if got, _ := state["plan"].(map[string]any); got["every"] != "weekly" || got["weekday"] != 2.0 || state["next"] == nil {
		t.Errorf("%v", state)
	}
	if status, answer := s.ask(http.MethodPut, "/api/v1/backups/plan", admin, plan); status != http.StatusConflict {
		t.Errorf("an old rev: %d %v", status, answer)
	}
	for field, value := range map[string]any{"every": "hourly", "hour": 24, "weekday": 7, "keep": 0} {
		odd := map[string]any{"rev": 1, "every": "daily", "hour": 4, "weekday": 2, "keep": 3}
		odd[field] = value
		if status, answer := s.ask(http.MethodPut, "/api/v1/backups/plan", admin, odd); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", field, status, answer)
		}
	}
}

// TestTicketsEnd holds a ticket to its minute.
func TestTicketsEnd(t *testing.T) {
	now := time.Now()
	tickets := newTickets(func() time.Time { return now })
	session := [32]byte{1}
	text := tickets.issue(session, "a")
	if name, good := tickets.take(session, text, false); !good || name != "a" {
		t.Error("a fresh ticket is not good")
	}
	now = now.Add(ticketLife + time.Second)
	if _, good := tickets.take(session, text, true); good {
		t.Error("an old ticket is good")
	}
	for range 2 * maxTickets {
		tickets.issue(session, "b")
	}
	if len(tickets.issued) > maxTickets {
		t.Errorf("%d tickets are about", len(tickets.issued))
	}
}
