package app_test

import (
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// founds makes a team of agents.
func founds(t *testing.T, team *apptest.Team, name string, members ...desk.ID) wire.AgentTeam {
	t.Helper()
	return apptest.Must(team.SaveAgentTeam(app.SaveAgentTeam{By: team.Admin, New: true, Change: desk.AgentTeamChange{Name: &name, Members: &members}}))(t)
}

// gives assigns a conversation to a team, or to none.
func gives(t *testing.T, team *apptest.Team, n desk.Number, to desk.ID) wire.Conversation {
	t.Helper()
	return apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbTeam, By: team.Can, Number: n, To: to}))(t)
}

// TestAgentTeams makes, changes and deletes teams, and refuses what cannot be.
func TestAgentTeams(t *testing.T) {
	team := apptest.New(t)
	returns := founds(t, team, "İadeler", team.Ada)
	save := func(by, id desk.ID, change desk.AgentTeamChange) error {
		_, err := team.SaveAgentTeam(app.SaveAgentTeam{By: by, ID: id, New: id.IsZero(), Change: change})
		return err
	}
	old := returns.Rev - 1
	for name, row := range map[string]struct {
		err  error
		code desk.Code
	}{
		"the same name":       {save(team.Owner, desk.ID{}, desk.AgentTeamChange{Name: text("iadeler")}), desk.CodeTaken},
		"a member who is not": {save(team.Owner, returns.ID, desk.AgentTeamChange{Members: &[]desk.ID{{9}}}), desk.CodeInvalid},
		"an old rev":          {save(team.Owner, returns.ID, desk.AgentTeamChange{Rev: &old, Name: text("Returns")}), desk.CodeConflict},
		"another's id":        {save(team.Owner, desk.ID{9}, desk.AgentTeamChange{Name: text("Returns")}), desk.CodeNotFound},
		"by an agent":         {save(team.Ada, returns.ID, desk.AgentTeamChange{Name: text("Returns")}), desk.CodeForbidden},
		"deleted by an agent": {team.DeleteAgentTeam(app.DeleteAgentTeam{By: team.Ada, ID: returns.ID}), desk.CodeForbidden},
	} {
		if desk.CodeOf(row.err) != row.code {
			t.Errorf("%s: %v, want %s", name, row.err, row.code)
		}
	}
	if err := save(team.Admin, returns.ID, desk.AgentTeamChange{Name: text("İADELER"), Members: &[]desk.ID{team.Can, team.Ada}}); err != nil {
		t.Errorf("its own name, written otherwise: %v", err)
	}
	for range 2 {
		if err := team.DeleteAgentTeam(app.DeleteAgentTeam{By: team.Admin, ID: returns.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if err := save(team.Owner, returns.ID, desk.AgentTeamChange{Name: text("Returns")}); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("a deleted team was changed: %v", err)
	}
	again := founds(t, team, "iadeler")
	all := apptest.Must(team.AgentTeams())(t)
	if len(all) != 2 || all[0].Active || all[0].Name != "İADELER" || !all[1].Active || all[1].ID != again.ID {
		t.Errorf("the teams are %+v", all)
	}
}

// TestAssigningToATeam follows a conversation through two teams, and lists it by
// each.
func TestAssigningToATeam(t *testing.T) {
	team := apptest.New(t)
	returns, delivery := founds(t, team, "Returns", team.Ada), founds(t, team, "Delivery")
	n := team.NewConversation(t).Number
	team.Assigns(t, team.Can, team.Ada, n)
	listed := func(g wire.AgentTeam, view desk.View, sort store.Sort) (found bool) {
		storetest.MustView(t, team.Store(), func(tx *store.Tx) error {
			page, err := tx.List(store.ListQuery{View: view, Team: g.ID, Sort: sort, Limit: 10})
			found = len(page.Conversations) == 1
			return err
		})
		return found
	}
	head := team.Head()
	c := gives(t, team, n, returns.ID)
	if *c.TeamID != returns.ID || c.Lead != "nobody" || short(team.Events(t, head)) != "unassigned team_assigned" {
		t.Errorf("given to a team: %+v, %s", c, short(team.Events(t, head)))
	}
	head = team.Head()
	if gives(t, team, n, returns.ID); team.Head() != head {
		t.Errorf("said twice: %s", short(team.Events(t, head)))
	}
	if c = team.Does(t, app.VerbTakeover, team.Ada, n); *c.TeamID != returns.ID {
		t.Errorf("taken from the team: %+v", c)
	}
	if !listed(returns, desk.ViewAssigned, store.SortNewest) || !listed(returns, desk.ViewInbox, store.SortWaiting) || listed(delivery, desk.ViewInbox, store.SortNewest) {
		t.Error("the first team's list is wrong")
	}
	gives(t, team, n, delivery.ID)
	if listed(returns, desk.ViewInbox, store.SortNewest) || !listed(delivery, desk.ViewUnassigned, store.SortNewest) {
		t.Error("the lists did not follow")
	}
	if c = gives(t, team, n, desk.ID{}); c.TeamID != nil || listed(delivery, desk.ViewInbox, store.SortNewest) {
		t.Errorf("taken out of the team: %+v", c)
	}
	for _, to := range []desk.ID{{9}, deletedTeam(t, team)} {
		_, err := team.Change(app.ChangeConversation{Verb: app.VerbTeam, By: team.Can, Number: n, To: to})
		if desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("given to %s: %v", to, err)
		}
	}
}

func deletedTeam(t *testing.T, team *apptest.Team) desk.ID {
	t.Helper()
	g := founds(t, team, "Gone")
	if err := team.DeleteAgentTeam(app.DeleteAgentTeam{By: team.Admin, ID: g.ID}); err != nil {
		t.Fatal(err)
	}
	return g.ID
}

// TestDeletingATeamTouchesNoConversation holds the deletion to one event, whatever
// is assigned to the team.
func TestDeletingATeamTouchesNoConversation(t *testing.T) {
	team := apptest.New(t)
	g := founds(t, team, "Returns")
	for range 3 {
		gives(t, team, team.NewConversation(t).Number, g.ID)
	}
	head := team.Head()
	if err := team.DeleteAgentTeam(app.DeleteAgentTeam{By: team.Owner, ID: g.ID}); err != nil {
		t.Fatal(err)
	}
	if told := team.Events(t, head); len(told) != 1 || told[0] != desk.AgentTeamDeleted {
		t.Errorf("told %v", told)
	}
}
