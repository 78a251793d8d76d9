package server

import (
	"fmt"
	"net/http"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestTeams makes a team over HTTP, assigns conversations to it one by one and
// many at once, and lists them.
func TestTeams(t *testing.T) {
	s := newStand(t)
	ada, token := s.agent("ada", desk.RoleAgent)
	_, admin := s.agent("anna", desk.RoleAdmin)
	customer, err := s.app.CreateCustomer(app.CreateCustomer{})
	for range 3 {
		if err == nil {
			_, err = s.app.Receive(app.ReceiveMessage{Customer: customer.ID, Draft: desk.Draft{ClientID: app.NewID(), Text: "Hi"}})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	status, answer := s.ask("POST", apiPath+"/teams", admin, map[string]any{"name": "İadeler", "members": []desk.ID{ada}})
	team, _ := answer["team"].(map[string]any)
	if status != http.StatusOK || team["name"] != "İadeler" || team["active"] != true {
		t.Fatalf("made %d %v", status, answer)
	}
	id, _ := team["id"].(string)
	stays := func(what string, status, want int, answer map[string]any, wanted desk.Code) {
		t.Helper()
		if status != want || (wanted != "" && code(answer) != wanted) {
			t.Errorf("%s: %d %v, want %d %s", what, status, answer, want, wanted)
		}
	}
	status, answer = s.ask("POST", apiPath+"/teams", admin, map[string]any{"name": "IADELER"})
	stays("the same name", status, http.StatusConflict, answer, desk.CodeTaken)
	status, answer = s.ask("PATCH", apiPath+"/teams/"+id, admin, map[string]any{"name": "Returns", "rev": 0})
	stays("an old rev", status, http.StatusConflict, answer, desk.CodeConflict)
	status, answer = s.ask("PATCH", apiPath+"/teams/"+id, admin, map[string]any{"name": "Returns", "rev": 1})
	stays("a new name", status, http.StatusOK, answer, "")
	status, answer = s.ask("POST", apiPath+"/conversations/1/team", token, map[string]any{"team_id": id})
	stays("assign", status, http.StatusOK, answer, "")
	status, answer = s.ask("POST", apiPath+"/conversations/bulk", token, map[string]any{"verb": "team", "team_id": id, "numbers": []int{1, 2, 9}})
	if done, _ := answer["conversations"].([]any); status != http.StatusOK || len(done) != 2 {
		t.Errorf("many: %d %v", status, answer)
	}
	counts := func(query string) string {
		status, answer := s.ask("GET", apiPath+"/conversations?"+query, token, nil)
		list, _ := answer["conversations"].([]any)
		return fmt.Sprint(status, " ", len(list))
	}
	for query, want := range map[string]string{
		"team=" + id: "200 2", "view=unassigned&team=" + id: "200 2", "view=assigned&team=" + id: "200 0", "team=x": "422 0",
	} {
		if got := counts(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	status, answer = s.ask("POST", apiPath+"/conversations/1/team", token, map[string]any{"team_id": nil})
	stays("take out", status, http.StatusOK, answer, "")
	if got := counts("team=" + id); got != "200 1" {
		t.Errorf("after taking one out: %s", got)
	}
	status, answer = s.ask("DELETE", apiPath+"/teams/"+id, admin, nil)
	stays("delete", status, http.StatusNoContent, answer, "")
	status, answer = s.ask("POST", apiPath+"/conversations/3/team", token, map[string]any{"team_id": id})
	stays("assign to a deleted one", status, http.StatusUnprocessableEntity, answer, desk.CodeInvalid)
}
