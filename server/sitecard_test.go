package server

import (
	"net/http"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestSiteCard tells everybody what the widget needs to draw itself, and nothing of
// who the team is but first names.
func TestSiteCard(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	s.agent("ayse", desk.RoleAgent)
	s.agent("rita", desk.RoleReporter)
	card := func() map[string]any {
		status, answer := s.ask("GET", widgetPath+"/sites/"+site.Key, "", nil)
		if status != http.StatusOK {
			t.Fatal(status, answer)
		}
		return answer
	}
	c := card()
	files, hours, bot := c["files"].(map[string]any), c["hours"].(map[string]any), c["bot"].(map[string]any)
	if files["on"] != true || files["max_bytes"] != float64(desk.MaxVisitorFileBytes) || len(files["types"].([]any)) != 7 {
		t.Errorf("files: %v", files)
	}
	if hours["open"] != true || hours["zone"] != "Europe/Istanbul" || hours["opens_at"] != nil {
		t.Errorf("hours: %v", hours)
	}
	if bot["leads"] != false || bot["welcome"] != nil {
		t.Errorf("bot: %v", bot)
	}
	names := map[any]bool{}
	for _, a := range c["agents"].([]any) {
		names[a.(map[string]any)["name"]] = true
		if len(a.(map[string]any)) != 2 || a.(map[string]any)["online"] != false {
			t.Errorf("an agent is shown as %v", a)
		}
	}
	if !names["ayse"] || names["rita"] {
		t.Errorf("shown are %v", names)
	}
	on := desk.SiteBotOn
	s.sets(site.ID, desk.SiteChange{Bot: &on})
	bot = card()["bot"].(map[string]any)
	welcome, _ := bot["welcome"].(map[string]any)
	if bot["leads"] != true || welcome == nil || welcome["tr"].(map[string]any)["text"] == "" {
		t.Errorf("bot: %v", bot)
	}
	if text := welcome["en"].(map[string]any)["text"].(string); !strings.HasPrefix(text, "Hello") || strings.Contains(text, "{{") {
		t.Errorf("the welcome is %q", text)
	}
}

// TestClosedSiteCard tells when the team is back.
func TestClosedSiteCard(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	owner, _ := s.agent("olive", desk.RoleOwner)
	hours := desk.DefaultHours()
	hours.Always = false
	for day := range hours.Week { // one minute a week, which is not today
		hours.Week[day] = nil
	}
	today := (int(s.clock().UTC().Weekday()) + 6) % 7
	hours.Week[(today+3)%7] = []desk.Span{{From: 600, To: 601}}
	if _, err := s.app.SetHours(app.SetHours{By: owner, Hours: hours}); err != nil {
		t.Fatal(err)
	}
	_, answer := s.ask("GET", widgetPath+"/sites/"+site.Key, "", nil)
	got := answer["hours"].(map[string]any)
	if got["open"] != false || got["opens_at"] == nil {
		t.Errorf("hours: %v", got)
	}
}
