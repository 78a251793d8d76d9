package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

// TestEveryRouteIsDeclared holds the router to the table: what is served and not
// declared has nobody who said who may use it.
func TestEveryRouteIsDeclared(t *testing.T) {
	s := newStand(t)
	declared := map[string]bool{
		"GET " + apiPath + "/openapi.json": true, "GET " + apiPath + "/openapi.yaml": true,
		"GET " + apiPath + "/openapi-3.0.json": true, "GET " + apiPath + "/openapi-3.0.yaml": true,
		"GET " + widgetPath + "/openapi.json": true, "GET " + widgetPath + "/openapi.yaml": true,
		"GET " + widgetPath + "/openapi-3.0.json": true, "GET " + widgetPath + "/openapi-3.0.yaml": true,
		"GET /": true, "POST /csp": true,
	}
	for _, r := range s.Routes() {
		declared[r.Method+" "+r.URL()] = true
		if r.Action == "" {
			t.Errorf("%s %s says nobody who may use it", r.Method, r.Path)
		}
	}
	for _, r := range s.fiber.GetRoutes(true) {
		path := strings.NewReplacer("{", ":", "}", "").Replace(r.Path)
		if r.Method != http.MethodHead && !declared[r.Method+" "+path] {
			t.Errorf("%s %s is served without a declaration", r.Method, r.Path)
		}
	}
}

// TestWhoMayUseEachRoute asks every route as everybody. A route whose action a
// role lacks must refuse before it looks at anything else; a visitor's token opens
// nothing of the team's, and a session nothing of visitors.
func TestWhoMayUseEachRoute(t *testing.T) {
	s := newStand(t)
	tokens := map[string]string{"nobody": "", "stranger": "no-such-token", "visitor": "", "visiting stranger": ""}
	roles := map[string]desk.Role{}
	for role := desk.RoleReporter; role <= desk.RoleOwner; role++ {
		_, tokens[role.String()] = s.agent(role.String(), role)
		roles[role.String()] = role
	}
	id, token := s.agent("disabled", desk.RoleAdmin)
	tokens["disabled"], tokens["expired"] = token, s.signedIn(id, time.Nanosecond)
	off := false
	if _, err := s.app.ChangeAgent(app.ChangeAgent{ID: id, Change: desk.AgentChange{Active: &off}}); err != nil {
		t.Fatal(err)
	}
	visitor := map[string]func(*http.Request){"visitor": s.visitor(s.newSite("Shop")), "visiting stranger": bearing("no-such-token")}
	channel, _ := s.channelSecret(tokens["admin"], "Shop")
	visitor["channel"], tokens["channel"] = bearing(channel), ""
	cells := 0
	for _, r := range s.Routes() {
		if r.ID == "sign-out" || r.ID == "end-token" {
			continue // it would end the sessions that the others need
		}
		path := strings.NewReplacer(
			":number", "999999", ":id", "0198c0de-0000-7000-8000-00000000ffff", ":n", "1", ":handle", "AAAAAAAAAAAAAAAAAAAAAA",
		).Replace(r.URL())
		for who, token := range tokens {
			if who == "channel" && !r.Action.OfVisitors() {
				continue // TestWhatAChannelTokenOpens
			}
			cells++
			edit := visitor[who]
			if edit == nil {
				edit = func(*http.Request) {}
			}
			status, answer := s.ask(r.Method, path, token, map[string]any{}, edit)
			if strings.HasPrefix(who, "visit") && status == http.StatusNotFound && !r.Action.OfVisitors() {
				continue // a bearer token leads to the channels, which have no such route
			}
			if want := expected(r, who, roles[who]); want != 0 && status != want {
				t.Errorf("%s %s as %s: %d %v, want %d", r.Method, r.URL(), who, status, answer, want)
			} else if want == 0 && (status == http.StatusUnauthorized && r.Action != desk.ActionSignIn || code(answer) == desk.CodeForbidden && r.Action != desk.ActionSetup) {
				t.Errorf("%s %s as %s: refused with %d %v", r.Method, r.URL(), who, status, answer)
			} else if status >= 500 && code(answer) != desk.CodeUnavailable {
				t.Errorf("%s %s as %s: %d %v", r.Method, r.URL(), who, status, answer)
			}
		}
	}
	t.Logf("%d cells", cells)
}

// expected is the status of a refusal, or 0 where the door must open.
func expected(r Route, who string, role desk.Role) int {
	switch {
	case r.Action.Open():
		return 0
	case r.URL() == apiPath+"/socket":
		return http.StatusUpgradeRequired // before anything: these requests ask for no upgrade
	case r.Action == desk.ActionChannel:
		return http.StatusUnauthorized // no cookie opens it
	case r.Action == desk.ActionVisit:
		if who == "visitor" {
			return 0
		}
		return http.StatusUnauthorized
	case role == 0:
		return http.StatusUnauthorized
	case !role.Can(r.Action):
		return http.StatusForbidden
	}
	return 0
}

// TestSomebodyElsesThingsDoNotExist asks for what belongs to another agent: the
// answer must be the one for what is not there at all.
func TestSomebodyElsesThingsDoNotExist(t *testing.T) {
	s := newStand(t)
	_, anna := s.agent("anna", desk.RoleAgent)
	_, boris := s.agent("boris", desk.RoleOwner)
	status, made := s.ask("POST", apiPath+"/replies", anna, map[string]any{"title": "Secret", "text": "canary-7f3a", "mine": true})
	if status != http.StatusOK {
		t.Fatal(status, made)
	}
	reply := made["reply"].(map[string]any)["id"].(string)
	for _, c := range []struct{ method, path string }{
		{"DELETE", "/replies/" + reply}, {"PATCH", "/replies/" + reply}, {"POST", "/replies/" + reply + "/used"},
	} {
		status, answer := s.ask(c.method, apiPath+c.path, boris, map[string]any{"title": "Mine now"})
		unknownStatus, unknown := s.ask(c.method, apiPath+strings.ReplaceAll(c.path, reply, "0198c0de-0000-7000-8000-00000000ffff"), boris, map[string]any{"title": "Mine now"})
		if status != unknownStatus || code(answer) != code(unknown) {
			t.Errorf("%s %s: %d %v, for an unknown one %d %v", c.method, c.path, status, answer, unknownStatus, unknown)
		}
	}
	_, list := s.ask("GET", apiPath+"/replies", boris, nil)
	if len(list["replies"].([]any)) != 0 {
		t.Errorf("another agent's own reply is listed: %v", list)
	}
	if _, list := s.ask("GET", apiPath+"/replies", anna, nil); len(list["replies"].([]any)) != 1 {
		t.Errorf("it was taken away by somebody else: %v", list)
	}
}
