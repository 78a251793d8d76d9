package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
)

var (
	billing = desk.AgentTeam{ID: idOf(0xb1), Rev: 3, Name: "Billing", Members: []desk.ID{ada.ID}, Active: true}
	returns = desk.AgentTeam{ID: idOf(0xb2), Rev: 1, Name: "İadeler", Active: true}
)

func deleted(g desk.AgentTeam) desk.AgentTeam {
	next, _ := g.Delete(desk.AgentActor(can.ID), noon)
	return next
}

func assignTeam(to desk.AgentTeam) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return c.AssignTeam(desk.AgentActor(can.ID), &to, now)
	}
}

// in does a verb to a conversation that is in a team already.
func in(team desk.AgentTeam, do func(*desk.Conversation, desk.Time) (desk.Turn, error)) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		c.Team = team.ID
		return do(c, now)
	}
}

// teamVerbs are the verbs on teams, and what those on agents make of a team.
var teamVerbs = []verb{
	{"assign to a team", assignTeam(billing), `
		open/nobody     -> open/nobody  team_assigned
		open/bot        -> open/nobody  handed_over team_assigned
		open/ada        -> open/nobody  unassigned team_assigned
		resolved/nobody -> open/nobody  reopened team_assigned
		resolved/bot    -> open/nobody  reopened handed_over team_assigned
		resolved/ada    -> open/nobody  reopened unassigned team_assigned
		archived/nobody -> open/nobody  reopened team_assigned
		archived/bot    -> open/nobody  reopened handed_over team_assigned
		archived/ada    -> open/nobody  reopened unassigned team_assigned`},
	{"give back to its team", in(billing, assignTeam(billing)), `
		open/nobody     -> open/nobody
		open/bot        -> open/nobody  handed_over
		open/ada        -> open/nobody  unassigned
		resolved/nobody -> open/nobody  reopened
		resolved/bot    -> open/nobody  reopened handed_over
		resolved/ada    -> open/nobody  reopened unassigned
		archived/nobody -> open/nobody  reopened
		archived/bot    -> open/nobody  reopened handed_over
		archived/ada    -> open/nobody  reopened unassigned`},
	{"take out of its team", in(billing, free((*desk.Conversation).UnassignTeam)), `
		open/nobody     -> open/nobody      team_unassigned
		open/bot        -> open/bot         team_unassigned
		open/ada        -> open/ada         team_unassigned
		resolved/nobody -> resolved/nobody  team_unassigned
		resolved/bot    -> resolved/bot     team_unassigned
		resolved/ada    -> resolved/ada     team_unassigned
		archived/nobody -> archived/nobody  team_unassigned
		archived/bot    -> archived/bot     team_unassigned
		archived/ada    -> archived/ada     team_unassigned`},
	{"assign to a deleted team", assignTeam(deleted(billing)), `
		open/nobody     -> refused invalid
		open/bot        -> refused invalid
		open/ada        -> refused invalid
		resolved/nobody -> refused invalid
		resolved/bot    -> refused invalid
		resolved/ada    -> refused invalid
		archived/nobody -> refused invalid
		archived/bot    -> refused invalid
		archived/ada    -> refused invalid`},
}

func TestTeamVerbs(t *testing.T) {
	for _, v := range teamVerbs {
		t.Run(v.name, func(t *testing.T) { checkTable(t, &v) })
	}
}

// TestTeamAndLead holds the two to going side by side: no verb on agents, and no
// end of a conversation, takes it from its team.
func TestTeamAndLead(t *testing.T) {
	for _, group := range [][]verb{leadVerbs, stateVerbs, talkVerbs} {
		for _, v := range group {
			for _, from := range everywhere {
				turn, err := in(billing, v.do)(stand(from), noon+9)
				if err == nil && turn.Conversation.Team != billing.ID {
					t.Errorf("%s of %s: in the team %s", v.name, from, turn.Conversation.Team)
				}
			}
		}
	}
}

// TestTeamLines holds what the thread and the journal tell: the team before and the
// team after.
func TestTeamLines(t *testing.T) {
	c := stand("open/ada")
	c.Team = billing.ID
	turn, err := c.AssignTeam(desk.AgentActor(can.ID), &returns, noon+9)
	wantCode(t, err, "", "")
	var told []desk.EventLine
	for _, m := range turn.Messages {
		told = append(told, *m.Line)
	}
	want := []desk.EventLine{
		{Type: desk.ConversationUnassigned, From: ada.ID},
		{Type: desk.ConversationTeamAssigned, From: billing.ID, To: returns.ID},
	}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("told %+v, want %+v", told, want)
	}
	left := turn.Conversation.UnassignTeam(desk.AgentActor(can.ID), noon+10)
	if e := left.Events[0]; e.From != returns.ID || !e.To.IsZero() || !left.Conversation.Team.IsZero() {
		t.Errorf("left with %+v, in %s", e, left.Conversation.Team)
	}
}

func TestAgentTeamChange(t *testing.T) {
	long := strings.Repeat("ş", desk.MaxTeamNameRunes+1)
	many := make([]desk.ID, desk.MaxTeamMembers+1)
	for _, row := range []struct {
		name   string
		change desk.AgentTeamChange
		code   desk.Code
		field  string
	}{
		{"nothing", desk.AgentTeamChange{}, "", ""},
		{"a name", desk.AgentTeamChange{Name: pointer("  Kargo  ")}, "", ""},
		{"the present rev", desk.AgentTeamChange{Rev: pointer(uint64(3)), Name: pointer("Kargo")}, "", ""},
		{"an old rev", desk.AgentTeamChange{Rev: pointer(uint64(2)), Name: pointer("Kargo")}, desk.CodeConflict, "rev"},
		{"no name", desk.AgentTeamChange{Name: pointer(" ")}, desk.CodeEmpty, "name"},
		{"a long name", desk.AgentTeamChange{Name: &long}, desk.CodeTooLong, "name"},
		{"too many members", desk.AgentTeamChange{Members: &many}, desk.CodeTooMany, "members"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, _, err := billing.Change(desk.AgentActor(can.ID), &row.change, noon)
			wantCode(t, err, row.code, row.field)
		})
	}
	members := []desk.ID{can.ID, ada.ID, can.ID}
	next, events, err := billing.Change(desk.AgentActor(can.ID), &desk.AgentTeamChange{Members: &members}, noon)
	wantCode(t, err, "", "")
	if !slices.Equal(next.Members, []desk.ID{ada.ID, can.ID}) || len(events) != 1 || events[0].Type != desk.AgentTeamSaved {
		t.Errorf("members %v, told %+v", next.Members, events)
	}
	if _, again, _ := next.Change(desk.AgentActor(can.ID), &desk.AgentTeamChange{Members: &members}, noon); len(again) != 0 {
		t.Errorf("said twice: %+v", again)
	}
	blank := desk.AgentTeam{ID: idOf(0xb3), Active: true}
	_, _, err = blank.Change(desk.AgentActor(can.ID), &desk.AgentTeamChange{Members: &members}, noon)
	wantCode(t, err, desk.CodeEmpty, "name")
}

func TestAgentTeamDelete(t *testing.T) {
	gone, events := billing.Delete(desk.AgentActor(can.ID), noon)
	if gone.Active || len(gone.Members) > 0 || gone.Name != "Billing" || len(events) != 1 || events[0].Subject != billing.ID {
		t.Errorf("deleted: %+v, told %+v", gone, events)
	}
	if again, events := gone.Delete(desk.AgentActor(can.ID), noon); len(events) != 0 || !reflect.DeepEqual(again, gone) {
		t.Errorf("deleted twice: %+v, told %+v", again, events)
	}
}

func TestGuardTeamName(t *testing.T) {
	all := []desk.AgentTeam{billing, deleted(returns)}
	for name, code := range map[string]desk.Code{"BILLING": desk.CodeTaken, "İADELER": "", "Kargo": ""} {
		err := desk.GuardTeamName(&desk.AgentTeam{ID: idOf(0xb9), Name: name}, all, strings.ToLower)
		field := "name"
		if code == "" {
			field = ""
		}
		wantCode(t, err, code, field)
	}
	same := billing
	same.Name = "billing"
	wantCode(t, desk.GuardTeamName(&same, all, strings.ToLower), "", "")
}

// assignTeam gives the machine's conversation to a team.
func (m *machine) assignTeam(t *rapid.T) {
	m.tick(t)
	to := rapid.SampledFrom([]desk.AgentTeam{billing, returns, deleted(billing)}).Draw(t, "team")
	m.once(t, func(c *desk.Conversation) desk.Turn {
		turn, err := c.AssignTeam(desk.AgentActor(can.ID), &to, m.now)
		if (err == nil) != to.Active {
			t.Fatalf("active %v, refused: %v", to.Active, err)
		}
		if err != nil {
			return desk.Turn{Conversation: m.c}
		}
		if after := &turn.Conversation; after.Place() != desk.PlaceUnassigned || after.Team != to.ID {
			t.Fatalf("assigned to the team %s: %+v", to.ID, *after)
		}
		return turn
	})
}
