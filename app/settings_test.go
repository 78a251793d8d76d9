package app_test

import (
	"reflect"
	"slices"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// wantRefusal fails unless an error has a code.
func wantRefusal(t *testing.T, err error, code desk.Code) {
	t.Helper()
	if err == nil || desk.CodeOf(err) != code {
		t.Errorf("got %v, want the code %s", err, code)
	}
}

func TestHoursAreReplaced(t *testing.T) {
	team := apptest.New(t)
	head := team.Head()
	hours := apptest.Must(team.Hours())(t)
	if !hours.Always || hours.Zone != "Europe/Istanbul" || len(hours.Week) != 7 {
		t.Fatalf("at first %+v", hours)
	}
	hours.Always, hours.Zone = false, "Europe/London"
	saved := apptest.Must(team.SetHours(app.SetHours{By: team.Admin, Hours: hours.Desk()}))(t)
	again := apptest.Must(team.SetHours(app.SetHours{By: team.Admin, Hours: saved.Desk()}))(t)
	if saved.Rev != 1 || again.Rev != 1 || !reflect.DeepEqual(apptest.Must(team.Hours())(t), saved) {
		t.Errorf("saved %+v, again %+v", saved, again)
	}
	_, err := team.SetHours(app.SetHours{By: team.Admin, Hours: hours.Desk()})
	wantRefusal(t, err, desk.CodeConflict)
	_, err = team.SetHours(app.SetHours{By: team.Ada, Hours: saved.Desk()})
	wantRefusal(t, err, desk.CodeForbidden)
	if events := team.Events(t, head); !slices.Equal(events, []desk.EventType{desk.HoursUpdated}) {
		t.Errorf("told as %v", events)
	}
}

// TestBotIsSetWithTheTeam keeps one truth about whether the bot is on, and the
// model's key to itself.
func TestBotIsSetWithTheTeam(t *testing.T) {
	team := apptest.New(t)
	bot := apptest.Must(team.BotSettings())(t)
	key := "sk-canary"
	bot.Misses = 3
	saved := apptest.Must(team.SetBot(app.SetBot{By: team.Admin, On: true, Bot: bot.Desk()}, &key))(t)
	if !saved.On || saved.Misses != 3 || !saved.Model.KeySet || !apptest.Must(team.Team())(t).BotOn {
		t.Errorf("saved %+v", saved)
	}
	kept := apptest.Must(team.SetBot(app.SetBot{By: team.Admin, On: true, Bot: saved.Desk()}, nil))(t)
	if !kept.Model.KeySet || kept.Rev != saved.Rev {
		t.Errorf("without a key %+v", kept)
	}
	team.Bot(t, false)
	if now := apptest.Must(team.BotSettings())(t); now.On {
		t.Error("the team's bot is off, the settings say on")
	}
	none := ""
	if gone := apptest.Must(team.SetBot(app.SetBot{By: team.Admin, Bot: kept.Desk()}, &none))(t); gone.Model.KeySet {
		t.Error("the key was taken away and is still there")
	}
	_, err := team.SetBot(app.SetBot{By: team.Admin, Bot: bot.Desk()}, nil)
	wantRefusal(t, err, desk.CodeConflict)
}

func TestCategories(t *testing.T) {
	team := apptest.New(t)
	made := apptest.Must(team.SaveCategory(app.SaveCategory{By: team.Admin, New: true, Change: desk.CategoryChange{Name: &desk.Both{TR: "Kargo"}}}))(t)
	_, err := team.SaveCategory(app.SaveCategory{By: team.Admin, New: true})
	wantRefusal(t, err, desk.CodeEmpty)
	_, err = team.SaveCategory(app.SaveCategory{By: team.Ada, New: true, Change: desk.CategoryChange{Name: &desk.Both{TR: "Kargo"}}})
	wantRefusal(t, err, desk.CodeForbidden)
	_, err = team.SaveCategory(app.SaveCategory{By: team.Admin, ID: app.NewID()})
	wantRefusal(t, err, desk.CodeNotFound)

	resolver := apptest.Must(team.Resolver())(t)
	resolver.CategoryID = &made.ID
	set := apptest.Must(team.SetResolver(app.SetResolver{By: team.Admin, Resolver: resolver.Desk()}))(t)
	wantRefusal(t, team.DeleteCategory(app.DeleteCategory{By: team.Admin, ID: made.ID}), desk.CodeConflict)
	unknown := app.NewID()
	set.CategoryID = &unknown
	_, err = team.SetResolver(app.SetResolver{By: team.Admin, Resolver: set.Desk()})
	wantRefusal(t, err, desk.CodeInvalid)
	set.CategoryID = nil
	apptest.Must(team.SetResolver(app.SetResolver{By: team.Admin, Resolver: set.Desk()}))(t)
	for range 2 { // twice is as good as once
		if err := team.DeleteCategory(app.DeleteCategory{By: team.Admin, ID: made.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if left := apptest.Must(team.Categories())(t); len(left) != 0 {
		t.Errorf("left over: %+v", left)
	}
}

// TestRulesAreInOrder tries rules by their positions; a new one comes last.
func TestRulesAreInOrder(t *testing.T) {
	team := apptest.New(t)
	save := func(answer string, position *uint32) desk.ID {
		return apptest.Must(team.SaveRule(app.SaveRule{By: team.Admin, New: true, Change: desk.RuleChange{
			Phrases: &[]string{"word"}, Answer: &answer, Position: position,
		}}))(t).ID
	}
	first := save("a", nil)
	save("b", nil)
	save("c", new(uint32(1)))
	apptest.Must(team.SaveRule(app.SaveRule{By: team.Admin, ID: first, Change: desk.RuleChange{Position: new(uint32(9))}}))(t)
	var order string
	for _, rule := range apptest.Must(team.Rules())(t) {
		order += rule.Answer
	}
	if order != "bca" {
		t.Errorf("the order is %q", order)
	}
	if err := team.DeleteRule(app.DeleteRule{By: team.Admin, ID: first}); err != nil || len(apptest.Must(team.Rules())(t)) != 2 {
		t.Error("a rule was not taken away", err)
	}
	wantRefusal(t, team.DeleteRule(app.DeleteRule{By: team.Can, ID: first}), desk.CodeForbidden)
}

func TestKnowledgePages(t *testing.T) {
	team := apptest.New(t)
	for i, question := range []string{"Kargom nerede?", "Şifremi unuttum", "İade nasıl yapılır?", "Where is my parcel?"} {
		change := desk.KnowledgeChange{Language: new("tr"), Questions: &[]string{question}, Answer: new("Yanıt " + question)}
		if i == 3 {
			change.Language = new("en")
		}
		apptest.Must(team.SaveKnowledge(app.SaveKnowledge{By: team.Admin, New: true, Change: change}))(t)
	}
	titles := func(q app.KnowledgeQuery) (titles []string) {
		for { // page by page
			page := apptest.Must(team.Knowledge(q))(t)
			for _, k := range page.Knowledge {
				titles = append(titles, k.Questions[0])
			}
			if page.Total != 4 {
				t.Errorf("%d in all", page.Total)
			}
			if page.Next == "" {
				return titles
			}
			q.Before = apptest.Must(desk.ParseID(page.Next))(t)
		}
	}
	for _, row := range []struct {
		q    app.KnowledgeQuery
		want []string
	}{
		{app.KnowledgeQuery{Limit: 100}, []string{"Where is my parcel?", "İade nasıl yapılır?", "Şifremi unuttum", "Kargom nerede?"}},
		{app.KnowledgeQuery{Limit: 1}, []string{"Where is my parcel?", "İade nasıl yapılır?", "Şifremi unuttum", "Kargom nerede?"}},
		{app.KnowledgeQuery{Limit: 3, Language: "tr"}, []string{"İade nasıl yapılır?", "Şifremi unuttum", "Kargom nerede?"}},
		{app.KnowledgeQuery{Limit: 3, Words: "SIFREM"}, []string{"Şifremi unuttum"}},
		{app.KnowledgeQuery{Limit: 3, Words: "iade kargo"}, nil},
	} {
		if got := titles(row.q); !slices.Equal(got, row.want) {
			t.Errorf("%+v: %q", row.q, got)
		}
	}
	all := apptest.Must(team.Knowledge(app.KnowledgeQuery{Limit: 9}))(t).Knowledge
	on, off := true, false
	apptest.Must(team.SaveKnowledge(app.SaveKnowledge{By: team.Admin, ID: all[1].ID, Change: desk.KnowledgeChange{Enabled: &off}}))(t)
	if got := titles(app.KnowledgeQuery{Limit: 9, Enabled: &off}); !slices.Equal(got, []string{all[1].Questions[0]}) {
		t.Errorf("switched off: %q", got)
	}
	if got := titles(app.KnowledgeQuery{Limit: 9, Enabled: &on}); len(got) != len(all)-1 || slices.Contains(got, all[1].Questions[0]) {
		t.Errorf("on: %q", got)
	}
	if one := apptest.Must(team.KnowledgeEntry(all[1].ID))(t); one.Answer != all[1].Answer || one.Enabled {
		t.Errorf("by its id: %+v", one)
	}
	for range 2 {
		if err := team.DeleteKnowledge(app.DeleteKnowledge{By: team.Admin, ID: all[0].ID}); err != nil {
			t.Fatal(err)
		}
	}
	wantRefusal(t, team.DeleteKnowledge(app.DeleteKnowledge{By: team.Reporter, ID: all[1].ID}), desk.CodeForbidden)
	_, err := team.SaveKnowledge(app.SaveKnowledge{By: team.Admin, ID: all[0].ID})
	wantRefusal(t, err, desk.CodeNotFound)
	_, err = team.KnowledgeEntry(all[0].ID)
	wantRefusal(t, err, desk.CodeNotFound)
}

// TestSamplesOnce gives a team what to start from, and nothing that it took away.
func TestSamplesOnce(t *testing.T) {
	team := apptest.New(t)
	for range 2 {
		if err := team.EnsureSamples(); err != nil {
			t.Fatal(err)
		}
	}
	rules, categories := apptest.Must(team.Rules())(t), apptest.Must(team.Categories())(t)
	if len(rules) != len(desk.SampleRules()) || len(categories) != len(desk.SampleCategories()) {
		t.Fatalf("%d rules, %d categories", len(rules), len(categories))
	}
	if err := team.DeleteRule(app.DeleteRule{By: team.Admin, ID: rules[0].ID}); err != nil {
		t.Fatal(err)
	}
	if err := team.EnsureSamples(); err != nil || len(apptest.Must(team.Rules())(t)) != len(rules)-1 {
		t.Error("what was taken away is back", err)
	}
	if tried := apptest.Must(team.Try("MERHABA!!", "tr"))(t); tried.By != "nothing" { // the rule that was taken away
		t.Errorf("%+v", tried)
	}
	if tried := apptest.Must(team.Try("siz robot musunuz?", "tr"))(t); tried.By != "rule" {
		t.Errorf("%+v", tried)
	}
}
