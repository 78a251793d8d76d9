package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestSetup opens with the newest code, makes the first owner, and closes for ever.
func TestSetup(t *testing.T) {
	st := storetest.Open(t)
	team := &apptest.Team{App: app.New(st, nil, time.Now, apptest.Quiet())}
	t.Cleanup(team.Close)
	older, code := apptest.Must(team.OpenSetup())(t), apptest.Must(team.OpenSetup())(t)
	for text, want := range map[string]bool{code: true, older: false, "": false, code + " ": false} {
		if open, err := team.SetupOpen(text); err != nil || open != want {
			t.Errorf("with %q: %v, %v", text, open, err)
		}
	}
	setup := func(code, email string) (app.Me, error) {
		return team.Setup(app.Setup{
			Code: code, TeamName: "Acme", Language: "en", Session: store.Session{Hash: [32]byte{1}, ExpiresAt: team.Now() + 1000, SeenAt: team.Now(), IdleLimit: 1000},
			Owner: app.CreateAgent{Name: "Olive", Email: email, Password: "hash", Role: desk.RoleReporter},
		})
	}
	for name, row := range map[string]struct {
		code, email string
		want        desk.Code
	}{
		"an older code": {older, "o@example.com", desk.CodeForbidden},
		"no code":       {"", "o@example.com", desk.CodeForbidden},
		"no address":    {code, "o", desk.CodeInvalid},
	} {
		if _, err := setup(row.code, row.email); desk.CodeOf(err) != row.want {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
	if team.Head() != 0 {
		t.Errorf("refusals were told: %v", team.Events(t, 0))
	}
	me := apptest.Must(setup(code, "O@example.com"))(t)
	if me.Agent.Role != "owner" || me.Agent.Email != "o@example.com" || me.Team.Name != "Acme" || me.Team.Language != "en" {
		t.Errorf("set up %+v", me)
	}
	if got := fmt.Sprint(team.Events(t, 0)); got != "[agent.created team.updated]" {
		t.Errorf("told %s", got)
	}
	if session, agent, err := team.Session([32]byte{1}); err != nil || agent.ID != me.Agent.ID || session.Agent != me.Agent.ID {
		t.Errorf("the first session is %+v, %v", session, err)
	}
	for range 2 {
		if _, err := setup(code, "second@example.com"); desk.CodeOf(err) != desk.CodeClosed {
			t.Errorf("a second time: %v", err)
		}
		if _, err := team.SetupOpen(code); desk.CodeOf(err) != desk.CodeClosed {
			t.Errorf("asked again: %v", err)
		}
		if code, err := team.OpenSetup(); err != nil || code != "" {
			t.Errorf("opened again with %q, %v", code, err)
		}
		team.Close()
		team = &apptest.Team{App: app.New(st, nil, time.Now, apptest.Quiet())}
		t.Cleanup(team.Close)
	}
}

// TestWhoMayManage walks roles over makings and changes of agents.
func TestWhoMayManage(t *testing.T) {
	team := apptest.New(t)
	role := func(r desk.Role) desk.AgentChange { return desk.AgentChange{Role: &r} }
	off, name := false, "Other"
	for i, row := range []struct {
		by   desk.ID
		to   desk.Role
		code desk.Code
	}{
		{team.Owner, desk.RoleOwner, ""},
		{team.Admin, desk.RoleAdmin, ""},
		{team.Admin, desk.RoleOwner, desk.CodeForbidden},
		{team.Ada, desk.RoleReporter, desk.CodeForbidden},
		{team.Reporter, desk.RoleReporter, desk.CodeForbidden},
		{desk.ID{}, desk.RoleOwner, ""}, // the command line
		{team.Owner, 9, desk.CodeForbidden},
		{desk.ID{}, 9, desk.CodeInvalid},
	} {
		_, err := team.CreateAgent(app.CreateAgent{By: row.by, Name: "X", Email: fmt.Sprintf("x%d@example.com", i), Role: row.to})
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("making, row %d: %v, want %q", i, err, row.code)
		}
	}
	for i, row := range []struct {
		cmd  app.ChangeAgent
		code desk.Code
	}{
		{app.ChangeAgent{By: team.Admin, ID: team.Ada, Change: role(desk.RoleAdmin)}, ""},
		{app.ChangeAgent{By: team.Admin, ID: team.Ada, Change: role(desk.RoleOwner)}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Admin, ID: team.Owner, Change: role(desk.RoleAgent)}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Admin, ID: team.Owner, Change: desk.AgentChange{Name: &name}}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Can, ID: team.Reporter, Change: desk.AgentChange{Active: &off}}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Can, ID: team.Can, Self: true, Change: desk.AgentChange{Name: &name}}, ""},
		{app.ChangeAgent{By: team.Reporter, ID: team.Reporter, Self: true, Password: "hash"}, ""},
		{app.ChangeAgent{By: team.Can, ID: team.Ada, Self: true, Change: desk.AgentChange{Name: &name}}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Can, ID: team.Can, Self: true, Change: role(desk.RoleOwner)}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Can, ID: team.Can, Self: true, Change: desk.AgentChange{Active: &off}}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Can, ID: team.Can, Self: true, Change: desk.AgentChange{Email: &name}}, desk.CodeForbidden},
		{app.ChangeAgent{By: team.Owner, ID: app.NewID()}, desk.CodeNotFound},
	} {
		_, err := team.ChangeAgent(row.cmd)
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("changing, row %d: %v, want %q", i, err, row.code)
		}
	}
}

// TestAgentAddressesAndLastOwner refuses a second agent under one address, and to
// take the last owner away.
func TestAgentAddressesAndLastOwner(t *testing.T) {
	team := apptest.New(t)
	taken, off, agent := "ADA@example.com", false, desk.RoleAgent
	if _, err := team.CreateAgent(app.CreateAgent{By: team.Owner, Name: "X", Email: taken, Role: desk.RoleAgent}); desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("a second Ada: %v", err)
	}
	if _, err := team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Can, Change: desk.AgentChange{Email: &taken}}); desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("Can as Ada: %v", err)
	}
	for _, change := range []desk.AgentChange{{Active: &off}, {Role: &agent}} {
		for _, by := range []desk.ID{team.Owner, {}} {
			if _, err := team.ChangeAgent(app.ChangeAgent{By: by, ID: team.Owner, Change: change}); desk.CodeOf(err) != desk.CodeLastOwner {
				t.Errorf("the last owner: %v", err)
			}
		}
	}
	apptest.Must(team.CreateAgent(app.CreateAgent{By: team.Owner, Name: "Second", Email: "second@example.com", Role: desk.RoleOwner}))(t)
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Owner, Change: desk.AgentChange{Role: &agent}}))(t)
}

// TestSessionsEnd ends an agent's sessions with the password, the role or the
// agent, keeps the one that asked, and leaves everyone else's alone.
func TestSessionsEnd(t *testing.T) {
	name, admin, off := "Other", desk.RoleAdmin, false
	for _, row := range []struct {
		what   string
		change app.ChangeAgent
		alive  []byte
	}{
		{"a name", app.ChangeAgent{Change: desk.AgentChange{Name: &name}}, []byte{1, 2, 3}},
		{"a password", app.ChangeAgent{Password: "new"}, []byte{3}},
		{"a password, by oneself", app.ChangeAgent{Password: "new", Session: store.Session{Hash: [32]byte{4}}}, []byte{3, 4}},
		{"a role", app.ChangeAgent{Change: desk.AgentChange{Role: &admin}}, []byte{3}},
		{"disabling", app.ChangeAgent{Change: desk.AgentChange{Active: &off}}, []byte{3}},
	} {
		t.Run(row.what, func(t *testing.T) {
			team := apptest.New(t)
			for n, agent := range map[byte]desk.ID{1: team.Ada, 2: team.Ada, 3: team.Can} {
				apptest.Must(team.SaveSession(app.SaveSession{New: true, Session: session(team, n, agent)}))(t)
			}
			row.change.By, row.change.ID = team.Owner, team.Ada
			if row.change.Session.Hash != [32]byte{} {
				row.change.Session = session(team, 4, team.Ada)
			}
			apptest.Must(team.ChangeAgent(row.change))(t)
			for n := byte(1); n <= 4; n++ {
				_, _, err := team.Session([32]byte{n})
				if want := slices.Contains(row.alive, n); want != (err == nil) || (!want && desk.CodeOf(err) != desk.CodeUnauthorized) {
					t.Errorf("session %d: %v", n, err)
				}
			}
		})
	}
}

func session(team *apptest.Team, n byte, agent desk.ID) store.Session {
	return store.Session{Hash: [32]byte{n}, Agent: agent, CreatedAt: team.Now(), SeenAt: team.Now(), ExpiresAt: team.Now() + 10_000, IdleLimit: 5_000}
}

// TestSessionsInTime end by themselves, by idleness and by age, and live longer
// when they are seen.
func TestSessionsInTime(t *testing.T) {
	team := apptest.New(t)
	apptest.Must(team.SaveSession(app.SaveSession{New: true, Session: session(team, 1, team.Ada), Rehash: "newer"}))(t)
	if hash := apptest.Must(team.PasswordHash(team.Ada))(t); hash != "newer" {
		t.Errorf("the password's hash is %q", hash)
	}
	team.Clock.Move(4 * time.Second)
	s, agent, err := team.Session([32]byte{1})
	if err != nil || agent.ID != team.Ada {
		t.Fatal(err)
	}
	s.SeenAt = team.Now()
	apptest.Must(team.SaveSession(app.SaveSession{Session: s}))(t)
	team.Clock.Move(4 * time.Second)
	if _, _, err := team.Session([32]byte{1}); err != nil {
		t.Errorf("seen four seconds ago: %v", err)
	}
	s.SeenAt = team.Now()
	apptest.Must(team.SaveSession(app.SaveSession{Session: s}))(t)
	team.Clock.Move(3 * time.Second)
	if _, _, err := team.Session([32]byte{1}); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("beyond its end: %v", err)
	}
	for range 2 {
		if err := team.EndSession(app.EndSession{Session: s}); err != nil {
			t.Errorf("signing out: %v", err)
		}
	}
	if _, err := team.SaveSession(app.SaveSession{Session: s}); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("a session that was ended came back: %v", err)
	}
	off := false
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Ada, Change: desk.AgentChange{Active: &off}}))(t)
	if _, err := team.SaveSession(app.SaveSession{New: true, Session: session(team, 9, team.Ada)}); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("a disabled agent signed in: %v", err)
	}
}

// TestCredentials gives no hash for whom signing in is not for.
func TestCredentials(t *testing.T) {
	team := apptest.New(t)
	off := false
	for _, id := range []desk.ID{team.Ada, team.Can} {
		apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: id, Password: "hash"}))(t)
	}
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Can, Change: desk.AgentChange{Active: &off}}))(t)
	for email, want := range map[string]string{" ADA@Example.com ": "hash", "can@example.com": "", "nobody@example.com": "", "none": "", "": ""} {
		if got, err := team.Credentials(email); err != nil || got.Hash != want || (want != "") != (got.Agent.ID == team.Ada) {
			t.Errorf("%q: %+v, %v", email, got, err)
		}
	}
}

func TestTeamAndRoster(t *testing.T) {
	team := apptest.New(t)
	name := "Acme"
	head := team.Head()
	for _, by := range []desk.ID{team.Ada, team.Reporter} {
		if _, err := team.ChangeTeam(app.ChangeTeam{By: by, Name: &name}); desk.CodeOf(err) != desk.CodeForbidden {
			t.Errorf("got %v", err)
		}
	}
	changed := apptest.Must(team.ChangeTeam(app.ChangeTeam{By: team.Admin, Name: &name}))(t)
	again := apptest.Must(team.ChangeTeam(app.ChangeTeam{By: team.Owner, Name: &name}))(t)
	if got := apptest.Must(team.Team())(t); got != changed || again != changed || got.Name != "Acme" || short(team.Events(t, head)) != "updated" {
		t.Errorf("the team is %+v, told %v", got, team.Events(t, head))
	}
	n := team.NewConversation(t).Number
	team.Assigns(t, team.Can, team.Ada, n)
	roster := apptest.Must(team.Roster())(t)
	if len(roster.Agents) != 5 || roster.Open[team.Ada] != 1 || roster.Open[team.Can] != 0 {
		t.Errorf("roster %+v", roster)
	}
	team.Does(t, app.VerbResolve, team.Ada, n)
	if roster := apptest.Must(team.Roster())(t); roster.Open[team.Ada] != 0 {
		t.Errorf("Ada leads %d", roster.Open[team.Ada])
	}
}
