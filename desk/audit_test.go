package desk_test

import (
	"reflect"
	"testing"

	"parley/desk"
)

// TestAgentParticulars names what was changed, and the role before and after.
func TestAgentParticulars(t *testing.T) {
	ada := desk.Agent{Name: "Ada", Email: "ada@example.com", Role: desk.RoleAgent, Active: true}
	for name, row := range map[string]struct {
		change func(a *desk.Agent)
		want   desk.Particulars
	}{
		"nothing":       {func(*desk.Agent) {}, desk.Particulars{}},
		"a role":        {func(a *desk.Agent) { a.Role = desk.RoleAdmin }, desk.Particulars{Fields: []string{"role"}, From: "agent", To: "admin"}},
		"shut out":      {func(a *desk.Agent) { a.Active = false }, desk.Particulars{Fields: []string{"disabled"}}},
		"name and mail": {func(a *desk.Agent) { a.Name, a.Email = "A", "a@example.com" }, desk.Particulars{Fields: []string{"email", "name"}}},
	} {
		next := ada
		row.change(&next)
		if got := desk.AgentParticulars(&ada, &next); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: %+v, want %+v", name, got, row.want)
		}
	}
	off := ada
	off.Active = false
	if got := desk.AgentParticulars(&off, &ada); !reflect.DeepEqual(got.Fields, []string{"enabled"}) {
		t.Errorf("let in again: %+v", got)
	}
	if got := desk.AgentParticulars(nil, &ada); !got.New || got.To != "agent" || got.Name != "" {
		t.Errorf("a new one: %+v", got)
	}
}

// TestSecretsAreOnlyNamed keeps that a secret was changed, and nothing of it.
func TestSecretsAreOnlyNamed(t *testing.T) {
	site, token := desk.Site{Name: "Shop"}, desk.ChannelToken{Name: "Form"}
	nextSite, nextToken := site, token
	nextSite.Secret, nextToken.Hash = []byte("s3cret"), [32]byte{1}
	want := func(name string) desk.Particulars { return desk.Particulars{Name: name, Fields: []string{"secret"}} }
	if got := desk.SiteParticulars(&site, &nextSite); !reflect.DeepEqual(got, want("Shop")) {
		t.Errorf("a site: %+v", got)
	}
	if got := desk.ChannelTokenParticulars(&token, &nextToken); !reflect.DeepEqual(got, want("Form")) {
		t.Errorf("a token: %+v", got)
	}
}
