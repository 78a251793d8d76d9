package app_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// short leaves the words before the dot away.
func short(types []desk.EventType) string {
	words := make([]string, len(types))
	for i, t := range types {
		_, words[i], _ = strings.Cut(string(t), ".")
	}
	return strings.Join(words, " ")
}

// TestVerbs does every verb to an open, a resolved and an archived conversation:
// its answer, its events, and nothing at all the second time.
func TestVerbs(t *testing.T) {
	for _, row := range []struct {
		verb  app.Verb
		begin []app.Verb // what was done before
		want  string     // state, lead and views
		event string
	}{
		{app.VerbAssign, nil, "open agent [inbox assigned unresolved]", "assigned"},
		{app.VerbAssign, []app.Verb{app.VerbArchive}, "open agent [inbox assigned unresolved]", "reopened assigned"},
		{app.VerbUnassign, nil, "open nobody [inbox unassigned unresolved]", ""},
		{app.VerbUnassign, []app.Verb{app.VerbAssign}, "open nobody [inbox unassigned unresolved]", "unassigned"},
		{app.VerbResolve, []app.Verb{app.VerbAssign}, "resolved agent [inbox resolved]", "resolved"},
		{app.VerbReopen, []app.Verb{app.VerbAssign, app.VerbResolve}, "open agent [inbox assigned unresolved]", "reopened"},
		{app.VerbReopen, nil, "open nobody [inbox unassigned unresolved]", ""},
		{app.VerbArchive, nil, "resolved nobody [archive]", "resolved archived"},
		{app.VerbArchive, []app.Verb{app.VerbResolve}, "resolved nobody [archive]", "archived"},
		{app.VerbUnarchive, []app.Verb{app.VerbArchive}, "resolved nobody [inbox resolved]", "unarchived"},
		{app.VerbRead, nil, "open nobody [inbox unassigned unresolved]", "read"},
		{app.VerbUnread, []app.Verb{app.VerbRead}, "open nobody [inbox unassigned unresolved]", "unread"},
		{app.VerbSetTags, nil, "open nobody [inbox unassigned unresolved]", "tagged"},
	} {
		t.Run(string(row.verb)+" after "+join(row.begin), func(t *testing.T) {
			team := apptest.New(t)
			n := team.NewConversation(t).Number
			do := func(verb app.Verb) wire.Conversation {
				return apptest.Must(team.Change(app.ChangeConversation{Verb: verb, By: team.Can, Number: n, To: team.Ada, Tags: []string{"VIP"}}))(t)
			}
			for _, verb := range row.begin {
				do(verb)
			}
			head := team.Head()
			first := do(row.verb)
			if got := first.State + " " + first.Lead + " [" + join(first.Views) + "]"; got != row.want {
				t.Errorf("answered %q, want %q", got, row.want)
			}
			if got := short(team.Events(t, head)); got != row.event {
				t.Errorf("told %q, want %q", got, row.event)
			}
			if opened := apptest.Must(team.Open(n))(t); !reflect.DeepEqual(opened.Conversation, first) || opened.Sequence != team.Head() {
				t.Errorf("answered %+v\nis now   %+v", first, opened.Conversation)
			}
			head = team.Head()
			if again := do(row.verb); !reflect.DeepEqual(again, first) || team.Head() != head {
				t.Errorf("said twice: %+v\nfirst:      %+v, with %v", again, first, team.Events(t, head))
			}
		})
	}
}

func join[S ~string](words []S) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, " ")
}

// TestVerbRefusals changes nothing for those who may not, or who ask for what is
// not there.
func TestVerbRefusals(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	off := false
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Can, Change: desk.AgentChange{Active: &off}}))(t)
	head := team.Head()
	for _, verb := range []app.Verb{
		app.VerbAssign, app.VerbUnassign, app.VerbResolve, app.VerbReopen, app.VerbArchive, app.VerbUnarchive, app.VerbRead, app.VerbUnread, app.VerbSetTags, app.VerbAddTags, app.VerbRemoveTags,
	} {
		for name, row := range map[string]struct {
			by   desk.ID
			n    desk.Number
			code desk.Code
		}{
			"a reporter":              {team.Reporter, n, desk.CodeForbidden},
			"a disabled agent":        {team.Can, n, desk.CodeUnauthorized},
			"nobody":                  {desk.ID{}, n, desk.CodeUnauthorized},
			"a stranger":              {app.NewID(), n, desk.CodeUnauthorized},
			"an unknown conversation": {team.Ada, 99, desk.CodeNotFound},
			"the conversation 0":      {team.Ada, 0, desk.CodeNotFound},
		} {
			_, err := team.Change(app.ChangeConversation{Verb: verb, By: row.by, Number: row.n, To: team.Ada})
			if desk.CodeOf(err) != row.code {
				t.Errorf("%s, %s: %v, want %q", verb, name, err, row.code)
			}
		}
		if !slices.Contains([]desk.Action{desk.ActionLead, desk.ActionReply}, verb.Action()) {
			t.Errorf("%s takes the action %q", verb, verb.Action())
		}
	}
	for name, row := range map[string]struct {
		cmd  app.ChangeConversation
		code desk.Code
	}{
		"to a stranger":  {app.ChangeConversation{Verb: app.VerbAssign, To: app.NewID()}, desk.CodeNotFound},
		"to a disabled":  {app.ChangeConversation{Verb: app.VerbAssign, To: team.Can}, desk.CodeInvalid},
		"to a reporter":  {app.ChangeConversation{Verb: app.VerbAssign, To: team.Reporter}, desk.CodeInvalid},
		"a bad tag":      {app.ChangeConversation{Verb: app.VerbSetTags, Tags: []string{""}}, desk.CodeEmpty},
		"too many tags":  {app.ChangeConversation{Verb: app.VerbSetTags, Tags: make([]string, 21)}, desk.CodeTooMany},
		"no such a verb": {app.ChangeConversation{Verb: "explode"}, desk.CodeNotFound},
	} {
		row.cmd.By, row.cmd.Number = team.Ada, n
		if _, err := team.Change(row.cmd); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if team.Head() != head {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
}

// TestReopenAfterTheLeaderHasGone leads a conversation by who still can.
func TestReopenAfterTheLeaderHasGone(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	team.Assigns(t, team.Can, team.Ada, n)
	team.Does(t, app.VerbResolve, team.Can, n)
	off := false
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Ada, Change: desk.AgentChange{Active: &off}}))(t)
	if c := team.Does(t, app.VerbReopen, team.Can, n); c.Lead != "nobody" || c.AgentID != nil {
		t.Errorf("led by %s", c.Lead)
	}
	team.Bot(t, true)
	byBot := team.NewConversation(t)
	if byBot.Lead != "bot" {
		t.Fatalf("the bot is on, and %s leads", byBot.Lead)
	}
	team.Does(t, app.VerbResolve, team.Can, byBot.Number)
	team.Bot(t, false)
	if c := team.Does(t, app.VerbReopen, team.Can, byBot.Number); c.Lead != "nobody" {
		t.Errorf("led by %s although the bot is off", c.Lead)
	}
}

// TestChangeMany does a verb to many, and keeps none back for another's fault.
func TestChangeMany(t *testing.T) {
	team := apptest.New(t)
	one, two := team.NewConversation(t).Number, team.NewConversation(t).Number
	result := apptest.Must(team.ChangeMany(app.ChangeConversation{Verb: app.VerbResolve, By: team.Ada}, []desk.Number{two, 99, one, two}))(t)
	var numbers []desk.Number
	for _, c := range result.Conversations {
		numbers = append(numbers, c.Number)
		if c.State != "resolved" {
			t.Errorf("conversation %d is %s", c.Number, c.State)
		}
	}
	if !slices.Equal(numbers, []desk.Number{two, one, two}) || len(result.Refused) != 1 || result.Refused[0].Number != 99 || result.Refused[0].Code != desk.CodeNotFound || result.Refused[0].Detail == "" {
		t.Errorf("%v done, refused %+v", numbers, result.Refused)
	}
	if _, err := team.ChangeMany(app.ChangeConversation{Verb: app.VerbRead, By: team.Ada}, make([]desk.Number, app.MaxBulk+1)); desk.CodeOf(err) != desk.CodeTooMany {
		t.Errorf("more than may be: %v", err)
	}
}

// TestResolveAs says the category's word in the customer's language, once.
func TestResolveAs(t *testing.T) {
	team := apptest.New(t)
	category := apptest.Must(team.SaveCategory(app.SaveCategory{By: team.Admin, New: true, Change: desk.CategoryChange{
		Name: &desk.Both{TR: "Kargo"}, Closing: &desk.Both{TR: "Görüşmek üzere, {{customer.first_name}}!", EN: "Bye, {{customer.first_name|friend}}!"},
	}}))(t)
	c := team.NewConversation(t)
	cmd := app.ChangeConversation{Verb: app.VerbResolve, By: team.Ada, Number: c.Number, Category: category.ID}
	resolved := apptest.Must(team.Change(cmd))(t)
	again := apptest.Must(team.Change(cmd))(t)
	thread := apptest.Must(team.Open(c.Number))(t)
	if resolved.State != "resolved" || again.Rev != resolved.Rev || resolved.CategoryID == nil || *resolved.CategoryID != category.ID {
		t.Fatalf("resolved %+v, again %+v", resolved, again)
	}
	if len(thread.Messages) != 3 || thread.Messages[1].Text != "Görüşmek üzere, Elif!" || thread.Messages[1].Author.Kind != "system" {
		t.Errorf("the thread is %+v", thread.Messages)
	}
	other := team.NewConversation(t)
	_, err := team.Change(app.ChangeConversation{Verb: app.VerbResolve, By: team.Ada, Number: other.Number, Category: app.NewID()})
	wantRefusal(t, err, desk.CodeInvalid)
	off := false
	apptest.Must(team.SaveCategory(app.SaveCategory{By: team.Admin, ID: category.ID, Change: desk.CategoryChange{Enabled: &off}}))(t)
	_, err = team.Change(app.ChangeConversation{Verb: app.VerbResolve, By: team.Ada, Number: other.Number, Category: category.ID})
	wantRefusal(t, err, desk.CodeInvalid)
}
