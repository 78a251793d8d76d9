package server

import (
	"net/http"
	"testing"

	"parley/desk"
)

// TestSettingsRoundTrip sends back what was read, as the settings' pages do.
func TestSettingsRoundTrip(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	_, reader := s.agent("reader", desk.RoleReporter)
	for _, path := range []string{"/settings/hours", "/settings/bot", "/settings/resolver"} {
		status, read := s.ask("GET", apiPath+path, reader, nil)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %v", path, status, read)
		}
		status, sent := s.ask("PUT", apiPath+path, admin, read)
		if status != http.StatusOK || sent["rev"] != 0.0 {
			t.Errorf("%s sent back: %d %v", path, status, sent)
		}
		read["rev"] = -1
		if status, answer := s.ask("PUT", apiPath+path, admin, read); status != http.StatusUnprocessableEntity {
			t.Errorf("%s with a rev below nothing: %d %v", path, status, answer)
		}
	}
	_, hours := s.ask("GET", apiPath+"/settings/hours", admin, nil)
	hours["week"].([]any)[6] = []any{map[string]any{"from": "10:00", "to": "24:00"}}
	if status, saved := s.ask("PUT", apiPath+"/settings/hours", admin, hours); status != http.StatusOK || saved["rev"] != 1.0 {
		t.Fatalf("%d %v", status, saved)
	}
	if status, answer := s.ask("PUT", apiPath+"/settings/hours", admin, hours); status != http.StatusConflict || code(answer) != desk.CodeConflict {
		t.Errorf("an old rev: %d %v", status, answer)
	}
	hours["rev"], hours["week"].([]any)[0] = 1, []any{map[string]any{"from": "25:00", "to": "26:00"}}
	if status, answer := s.ask("PUT", apiPath+"/settings/hours", admin, hours); status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
		t.Errorf("a time that no clock shows: %d %v", status, answer)
	}
}

// TestModelKeyIsNeverShown puts a key in and looks for it in every answer.
func TestModelKeyIsNeverShown(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	_, bot := s.ask("GET", apiPath+"/settings/bot", admin, nil)
	bot["model"].(map[string]any)["key"] = "canary-6b1d"
	status, saved := s.ask("PUT", apiPath+"/settings/bot", admin, bot)
	if status != http.StatusOK || saved["model"].(map[string]any)["key_set"] != true {
		t.Fatalf("%d %v", status, saved)
	}
	for who, answer := range map[string]map[string]any{"saved": saved, "read": func() map[string]any { _, a := s.ask("GET", apiPath+"/settings/bot", admin, nil); return a }()} {
		if _, shown := answer["model"].(map[string]any)["key"]; shown {
			t.Errorf("%s: %v", who, answer["model"])
		}
	}
}
