package app_test

import (
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// audited reads what the audit log holds above a seq, the oldest first.
func audited(t *testing.T, team *apptest.Team, filter app.AuditFilter, after uint64) []wire.AuditEntry {
	t.Helper()
	page := apptest.Must(team.Audit(filter, 0, 100))(t)
	entries := slices.DeleteFunc(page.Entries, func(e wire.AuditEntry) bool { return e.Seq <= after })
	slices.Reverse(entries)
	return entries
}

// TestAuditTells does what concerns security and administration, and reads of each
// who did it, to whom, and what was changed.
func TestAuditTells(t *testing.T) {
	team := apptest.New(t)
	customer := team.NewCustomer(t, "Elif").ID
	before := uint64(len(audited(t, team, app.AuditFilter{}, 0)))
	session := store.Session{Hash: [32]byte{1}, Agent: team.Ada, CreatedAt: team.Now(), SeenAt: team.Now(), ExpiresAt: team.Now() + 1000, IdleLimit: 1000}
	apptest.Must(team.SaveSession(app.SaveSession{Session: session, New: true, Address: "192.0.2.1"}))(t)
	apptest.Must(team.SaveSession(app.SaveSession{Session: session}))(t) // seen again: no entry
	for range 2 {                                                        // the second time there is nothing to end
		if err := team.EndSession(app.EndSession{Session: session}); err != nil {
			t.Fatal(err)
		}
	}
	if err := team.FailSignIn(app.FailSignIn{Agent: team.Ada, Address: "192.0.2.2"}); err != nil {
		t.Fatal(err)
	}
	role := desk.RoleAdmin
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Can, Change: desk.AgentChange{Role: &role}, Password: "hash"}))(t)
	apptest.Must(team.ChangeTeam(app.ChangeTeam{By: team.Admin, Name: new("Acme")}))(t)
	token := apptest.Must(team.SaveChannelToken(app.SaveChannelToken{By: team.Admin, Name: "Shop", Hash: [32]byte{7}}))(t)
	if err := team.DeleteChannelToken(app.DeleteChannelToken{By: team.Admin, ID: token.ID}); err != nil {
		t.Fatal(err)
	}
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: customer, Block: new("rude")}))(t)
	if _, err := team.ChangeTeam(app.ChangeTeam{By: team.Ada, Name: new("Mine")}); err == nil {
		t.Error("an agent changed the team")
	}
	var got []string
	for _, e := range audited(t, team, app.AuditFilter{}, before) {
		line := e.Type + " by " + e.Actor.Name + " of " + e.Name + " from " + e.Address
		for _, field := range e.Fields {
			line += " " + field
		}
		got = append(got, line+" "+e.From+">"+e.To)
	}
	want := []string{
		"agent.signed_in by Ada of Ada from 192.0.2.1 >",
		"agent.signed_out by Ada of Ada from  >",
		"agent.sign_in_failed by  of Ada from 192.0.2.2 >",
		"agent.updated by Olive of Can from  role agent>admin",
		"agent.password_set by Olive of Can from  >",
		"team.updated by Alan of  from  name >",
		"channel_token.saved by Alan of Shop from  >",
		"channel_token.deleted by Alan of Shop from  >",
		"customer.blocked by Ada of Elif from  >",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the audit log tells\n%q, want\n%q", got, want)
	}
}

// TestAuditFilter narrows by kind, by whom it concerns and by time, and pages through
// what is left without losing or repeating any.
func TestAuditFilter(t *testing.T) {
	team := apptest.New(t)
	start := team.Now()
	for i := range 7 {
		team.Clock.Move(time.Minute)
		apptest.Must(team.ChangeTeam(app.ChangeTeam{By: []desk.ID{team.Owner, team.Admin}[i%2], Name: new(string(rune('A' + i)))}))(t)
	}
	for name, row := range map[string]struct {
		filter app.AuditFilter
		want   int
	}{
		"a kind":         {app.AuditFilter{Kind: desk.AuditSettings}, 7},
		"another kind":   {app.AuditFilter{Kind: desk.AuditSigning}, 0},
		"what one did":   {app.AuditFilter{Kind: desk.AuditSettings, Agent: team.Owner}, 4},
		"done to one":    {app.AuditFilter{Kind: desk.AuditAgents, Agent: team.Admin}, 1},
		"from a moment":  {app.AuditFilter{Kind: desk.AuditSettings, Since: start + 3*60_000}, 5},
		"up to a moment": {app.AuditFilter{Kind: desk.AuditSettings, Until: start + 3*60_000}, 2},
	} {
		if got := audited(t, team, row.filter, 0); len(got) != row.want {
			t.Errorf("%s: %d entries, want %d", name, len(got), row.want)
		}
	}
	seen, cursor, pages := map[uint64]bool{}, uint64(0), 0
	for {
		page := apptest.Must(team.Audit(app.AuditFilter{Kind: desk.AuditSettings}, cursor, 3))(t)
		pages++
		for _, e := range page.Entries {
			seen[e.Seq], cursor = true, e.Seq
		}
		if page.Next == "" {
			break
		}
	}
	if len(seen) != 7 || pages != 3 {
		t.Errorf("%d entries on %d pages, want 7 on 3", len(seen), pages)
	}
}

// TestAuditOfSamples tells that sample data came and went, not of each that went.
func TestAuditOfSamples(t *testing.T) {
	team := apptest.New(t)
	before := uint64(len(audited(t, team, app.AuditFilter{}, 0)))
	apptest.Must(team.AddSamples(team.Owner))(t)
	apptest.Must(team.RemoveSamples(t.Context(), team.Owner))(t)
	var got []string
	for _, e := range audited(t, team, app.AuditFilter{}, before) {
		got = append(got, e.Type)
	}
	if want := []string{"samples.added", "samples.removed"}; !slices.Equal(got, want) {
		t.Errorf("the audit log tells %q, want %q", got, want)
	}
}
