package server

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

// TestDaysBeginWhereOneIs asks for messages since a day that has begun in one zone
// and not yet in another.
func TestDaysBeginWhereOneIs(t *testing.T) {
	s := newStand(t)
	owner, token := s.agent("olcay", desk.RoleOwner)
	_, err := s.app.SetHours(app.SetHours{By: owner, Hours: desk.Hours{Rev: 1, Zone: "Etc/GMT+12", Always: true}})
	if err != nil {
		t.Fatal(err)
	}
	s.starts(s.visitor(s.newSite("Shop")), "kargo nerede")
	const ahead, behind = "Pacific/Kiritimati", "Etc/GMT+12" // 26 hours apart: never the same date
	place, err := time.LoadLocation(ahead)
	if err != nil {
		t.Fatal(err)
	}
	query := "kargo after:" + time.Now().In(place).Format(time.DateOnly)
	for zone, want := range map[string]int{ahead: 1, behind: 0, "": 0} {
		status, answer := s.ask(http.MethodGet, fmt.Sprintf("%s/conversations/1/hits?q=%s&zone=%s", apiPath, url.QueryEscape(query), url.QueryEscape(zone)), token, nil)
		if hits, _ := answer["hits"].([]any); status != http.StatusOK || len(hits) != want {
			t.Errorf("in %q: %d %v, want %d", zone, status, answer, want)
		}
	}
	for _, path := range []string{"/search?q=kargo&zone=Mars%2FBase", "/conversations/1/hits?q=kargo&zone=..%2Fetc"} {
		status, answer := s.ask(http.MethodGet, apiPath+path, token, nil)
		if status != http.StatusUnprocessableEntity || code(answer) != desk.CodeInvalid || answer["field"] != "zone" {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
}
