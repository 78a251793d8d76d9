package server

import (
	"encoding/csv"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestAuditRoute gives the audit log to who administers, and to nobody else.
func TestAuditRoute(t *testing.T) {
	s := newStand(t)
	id, admin := s.agent("admin", desk.RoleAdmin)
	_, agent := s.agent("ada", desk.RoleAgent)
	status, answer := s.ask(http.MethodGet, "/api/v1/audit?kind=agents&limit=1", admin, nil)
	entries, _ := answer["entries"].([]any)
	if status != http.StatusOK || len(entries) != 1 || answer["next"] == "" {
		t.Fatalf("%d %v", status, answer)
	}
	if entry, _ := entries[0].(map[string]any); entry["type"] != "agent.created" || entry["name"] != "ada" || entry["to"] != "agent" {
		t.Errorf("the newest is %v", entry)
	}
	if status, answer := s.ask(http.MethodGet, "/api/v1/audit", agent, nil); status != http.StatusForbidden {
		t.Errorf("an agent: %d %v", status, answer)
	}
	for _, query := range []string{"kind=all", "agent=7", "since=yesterday", "limit=0", "cursor=-1"} {
		if status, answer := s.ask(http.MethodGet, "/api/v1/audit?"+query, admin, nil); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", query, status, answer)
		}
	}
	_, answer = s.ask(http.MethodGet, "/api/v1/audit?kind=signing&agent="+id.String(), admin, nil)
	if entries, _ := answer["entries"].([]any); len(entries) != 1 {
		t.Errorf("one agent's sign-ins: %v", answer)
	}
}

// TestWrongPasswordsAreAudited keeps whose password was tried, and not what was typed.
func TestWrongPasswordsAreAudited(t *testing.T) {
	s := newStand(t)
	id, admin := s.agent("admin", desk.RoleAdmin)
	for _, email := range []string{"admin@example.com", "hunter2"} {
		if status, answer := s.ask(http.MethodPost, "/api/v1/session", "", map[string]any{"email": email, "password": "not this one"}); status != http.StatusUnauthorized {
			t.Fatalf("%d %v", status, answer)
		}
	}
	page, err := s.app.Audit(app.AuditFilter{Kind: desk.AuditSigning}, 0, 2)
	if err != nil || len(page.Entries) != 2 || page.Entries[0].Subject != nil || page.Entries[1].Subject == nil || *page.Entries[1].Subject != id {
		t.Errorf("%+v, %v", page, err)
	}
	if file := s.export(admin, "{}"); strings.Contains(file, "hunter2") {
		t.Error("what was typed is kept")
	}
}

// export fetches the audit log as a file.
func (s *stand) export(token, body string) string {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/audit/export", strings.NewReader(body))
	for name, value := range map[string]string{"Content-Type": "application/json", "X-Parley": "1", "Origin": testOrigin, "Cookie": "sid=" + token} {
		r.Header.Set(name, value)
	}
	answer, err := s.fiber.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	file, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/csv; charset=utf-8" || answer.Header.Get("Content-Disposition") != `attachment; filename="parley-audit.csv"` {
		s.t.Fatalf("%d %v %v", answer.StatusCode, answer.Header, err)
	}
	return string(file)
}

// TestAuditExport gives all pages as one file, which holds no formula and, first of
// all, that it was exported.
func TestAuditExport(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("=HYPERLINK(1)", desk.RoleAdmin)
	for i := range exportPage {
		name := strings.Repeat("x", i%2+1)
		if _, err := s.app.ChangeTeam(app.ChangeTeam{By: s.owner(), Name: &name}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(s.export(admin, ""))).ReadAll()
	if err != nil || len(rows) < exportPage+3 || strings.Join(rows[0], ",") != strings.Join(auditColumns, ",") || rows[1][3] != "audit.exported" {
		t.Fatalf("%d rows, %v, %v", len(rows), rows[:2], err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("a formula: %s", cell)
			}
		}
	}
	if rows, err := csv.NewReader(strings.NewReader(s.export(admin, `{"kind":"signing"}`))).ReadAll(); err != nil || len(rows) != 3 {
		t.Errorf("of one kind: %v, %v", rows, err)
	}
	for _, body := range []string{`{"kind":"all"}`, `{"agent":7}`, `{"who":""}`, `[]`} {
		if status, answer := s.ask(http.MethodPost, "/api/v1/audit/export", admin, body); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", body, status, answer)
		}
	}
}

// owner makes an owner.
func (s *stand) owner() desk.ID {
	s.t.Helper()
	if known, err := s.app.AgentByEmail("owner@example.com"); err == nil {
		return known.ID
	}
	id, _ := s.agent("owner", desk.RoleOwner)
	return id
}
