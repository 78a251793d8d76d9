package desk_test

import (
	"strings"
	"testing"

	"parley/desk"
)

// TestAccess is the whole table of who may do what. An action that is not in it,
// or a role that is none, is denied.
func TestAccess(t *testing.T) {
	const none = desk.RoleOwner + 1
	least := map[desk.Action]desk.Role{
		desk.ActionSelf: desk.RoleReporter, desk.ActionRead: desk.RoleReporter,
		desk.ActionReply: desk.RoleAgent, desk.ActionLead: desk.RoleAgent,
		desk.ActionEditCustomer: desk.RoleAgent, desk.ActionEditReplies: desk.RoleAgent,
		desk.ActionManageAgents: desk.RoleAdmin, desk.ActionManageTeam: desk.RoleAdmin, desk.ActionOperate: desk.RoleAdmin,
		desk.ActionManageTokens: desk.RoleAdmin, desk.ActionManageWebhooks: desk.RoleAdmin, desk.ActionReadAudit: desk.RoleAdmin,
		desk.ActionSignIn: none, desk.ActionPublic: none, desk.ActionSetup: none, "": none, "erase_everything": none,
	}
	open := map[desk.Action]bool{desk.ActionSignIn: true, desk.ActionPublic: true, desk.ActionSetup: true}
	for action, from := range least {
		for role := desk.Role(0); role <= desk.RoleOwner; role++ {
			if got, want := role.Can(action), role >= from; got != want {
				t.Errorf("role %q, action %q: allowed %v", role, action, got)
			}
		}
		if action.Open() != open[action] {
			t.Errorf("action %q without a session: %v", action, action.Open())
		}
	}
}

// TestMayGrant walks every pair of roles: nobody acts above their own.
func TestMayGrant(t *testing.T) {
	for by := desk.Role(0); by <= desk.RoleOwner; by++ {
		for from := desk.RoleReporter; from <= desk.RoleOwner; from++ {
			for to := desk.RoleReporter; to <= desk.RoleOwner; to++ {
				want := by >= desk.RoleAdmin && from <= by && to <= by
				if got := by.MayGrant(from, to); got != want {
					t.Errorf("%q may make %q to %q: %v", by, from, to, got)
				}
			}
		}
	}
}

func TestParseRole(t *testing.T) {
	for role := desk.RoleReporter; role <= desk.RoleOwner; role++ {
		if got, err := desk.ParseRole(role.String()); err != nil || got != role {
			t.Errorf("%q is read as %v, %v", role, got, err)
		}
	}
	for _, name := range []string{"", "Owner", "root"} {
		_, err := desk.ParseRole(name)
		wantCode(t, err, desk.CodeInvalid, "role")
	}
}

func TestAgentChange(t *testing.T) {
	owner := desk.RoleOwner
	for _, row := range []struct {
		name   string
		change desk.AgentChange
		want   func(a *desk.Agent)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.AgentChange{}, nil, "", ""},
		{
			"everything",
			desk.AgentChange{Name: pointer(" Ada L. "), Email: pointer("AL@example.com"), Language: pointer("tr"), Role: &owner, Active: pointer(false)},
			func(a *desk.Agent) {
				a.Name, a.Email, a.Language, a.Role, a.Active = "Ada L.", "al@example.com", "tr", owner, false
			}, "", "",
		},
		{"the same", desk.AgentChange{Name: pointer("Ada"), Email: pointer("ADA@example.com"), Role: pointer(desk.RoleAgent), Active: pointer(true)}, nil, "", ""},
		{"no name", desk.AgentChange{Name: pointer("")}, nil, desk.CodeEmpty, "name"},
		{"no e-mail", desk.AgentChange{Email: pointer("")}, nil, desk.CodeInvalid, "email"},
		{"a language", desk.AgentChange{Language: pointer("de")}, nil, desk.CodeInvalid, "language"},
		{"a role that is none", desk.AgentChange{Role: pointer(desk.Role(9))}, nil, desk.CodeInvalid, "role"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := ada
			next, events, err := before.Change(desk.AgentActor(can.ID), &row.change, noon+9)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := ada, 0
			if row.want != nil {
				row.want(&want)
				told = 1
			}
			if next != want || before != ada {
				t.Errorf("agent %+v, want %+v", next, want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.AgentUpdated, Subject: ada.ID, Actor: desk.AgentActor(can.ID), At: noon + 9})
		})
	}
}

func TestNewAgent(t *testing.T) {
	agent, events, err := desk.NewAgent(idOf(9), " Zoe ", "ZOE@example.com", desk.RoleAdmin, "en", desk.AgentActor(ada.ID), noon)
	wantCode(t, err, "", "")
	if want := (desk.Agent{ID: idOf(9), Name: "Zoe", Email: "zoe@example.com", Role: desk.RoleAdmin, Active: true, Language: "en", CreatedAt: noon}); agent != want {
		t.Errorf("agent %+v, want %+v", agent, want)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.AgentCreated, Subject: idOf(9), Actor: desk.AgentActor(ada.ID), At: noon})
	_, _, err = desk.NewAgent(idOf(9), "", "zoe@example.com", desk.RoleAdmin, "en", desk.Actor{}, noon)
	wantCode(t, err, desk.CodeEmpty, "name")
	_, _, err = desk.NewAgent(idOf(9), "Zoe", "zoe@example.com", 0, "en", desk.Actor{}, noon)
	wantCode(t, err, desk.CodeInvalid, "role")
}

// TestGuardLastOwner refuses only what leaves the team without an active owner.
func TestGuardLastOwner(t *testing.T) {
	owner := desk.Agent{Role: desk.RoleOwner, Active: true}
	admin := desk.Agent{Role: desk.RoleAdmin, Active: true}
	for _, row := range []struct {
		name          string
		before, after desk.Agent
		others        int
		code          desk.Code
	}{
		{"the last is demoted", owner, admin, 0, desk.CodeLastOwner},
		{"the last is disabled", owner, *disabled(owner), 0, desk.CodeLastOwner},
		{"one of two is demoted", owner, admin, 1, ""},
		{"the last stays", owner, owner, 0, ""},
		{"a disabled owner is demoted", *disabled(owner), *disabled(admin), 0, ""},
		{"an admin is disabled", admin, *disabled(admin), 0, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			wantCode(t, desk.GuardLastOwner(&row.before, &row.after, row.others), row.code, "")
		})
	}
}

func TestTeamChange(t *testing.T) {
	for _, row := range []struct {
		name   string
		change desk.TeamChange
		want   func(team *desk.Team)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.TeamChange{}, nil, "", ""},
		{
			"everything",
			desk.TeamChange{Name: pointer(" Acme "), BotName: pointer("Robo"), Language: pointer("en"), BotOn: pointer(true)},
			func(team *desk.Team) { team.Name, team.BotName, team.Language, team.BotOn = "Acme", "Robo", "en", true }, "", "",
		},
		{"the same", desk.TeamChange{Name: pointer("Parley"), BotName: pointer("JetBot"), Language: pointer("tr"), BotOn: pointer(false)}, nil, "", ""},
		{"no name", desk.TeamChange{Name: pointer("")}, nil, desk.CodeEmpty, "name"},
		{"a long name of the bot", desk.TeamChange{BotName: pointer(strings.Repeat("a", 121))}, nil, desk.CodeTooLong, "bot_name"},
		{"no language", desk.TeamChange{Language: pointer("")}, nil, desk.CodeInvalid, "language"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := desk.DefaultTeam()
			next, events, err := before.Change(desk.AgentActor(ada.ID), &row.change, noon+9)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := desk.DefaultTeam(), 0
			if row.want != nil {
				row.want(&want)
				told = 1
			}
			if next != want {
				t.Errorf("team %+v, want %+v", next, want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.TeamUpdated, Actor: desk.AgentActor(ada.ID), At: noon + 9})
		})
	}
}
