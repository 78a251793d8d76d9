package app_test

import (
	"slices"
	"strconv"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store/storetest"
)

// tagged makes a conversation with tags.
func tagged(t *testing.T, team *apptest.Team, tags ...string) desk.Number {
	t.Helper()
	n := team.NewConversation(t).Number
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Ada, Number: n, Tags: tags}))(t)
	return n
}

// TestMoveTag renames a tag, in archived conversations too, lets it become one with
// another, and takes it away; other tags stay, and so does the order of the list.
func TestMoveTag(t *testing.T) {
	team := apptest.New(t)
	old := tagged(t, team, "kargo", "vip")
	team.Does(t, app.VerbArchive, team.Ada, old)
	both, other := tagged(t, team, "cargo", "kargo"), tagged(t, team, "vip")
	move := func(from, to string) {
		t.Helper()
		apptest.Must(team.MoveTag(app.MoveTag{By: team.Admin, From: from, To: to}))(t)
		if err := team.FinishTags(t.Context()); err != nil {
			t.Fatal(err)
		}
		if moves := apptest.Must(team.TagMoves())(t); len(moves) != 0 {
			t.Errorf("still going on: %v", moves)
		}
	}
	tags := func(n desk.Number) []string {
		t.Helper()
		return apptest.Must(team.Open(n))(t).Conversation.Tags
	}
	messages := func() uint64 { return apptest.Must(team.Open(both))(t).Conversation.LastSeq }
	before := messages()
	move(" KARGO ", "Cargo")
	if messages() != before {
		t.Error("the threads tell of it")
	}
	if got := [][]string{tags(old), tags(both), tags(other)}; !slices.EqualFunc(got, [][]string{{"cargo", "vip"}, {"cargo"}, {"vip"}}, slices.Equal) {
		t.Fatalf("renamed: %q", got)
	}
	move("cargo", "")
	if got := apptest.Must(team.Tags())(t); len(got) != 1 || got[0] != (app.Tag{Tag: "vip", Count: 2}) {
		t.Errorf("deleted: %v", got)
	}
	page := apptest.Must(team.Audit(app.AuditFilter{Kind: desk.AuditSettings}, 0, 2))(t)
	if len(page.Entries) != 2 || page.Entries[0].Type != "tag.deleted" || page.Entries[1].Name != "kargo" || page.Entries[1].To != "cargo" || page.Entries[1].Actor.Name != "Alan" {
		t.Errorf("the audit log tells %+v", page.Entries)
	}
	storetest.MustCheck(t, team.Store())
}

// TestMoveTagRefused changes nothing for who may not, for a tag that is not there, and
// for one that is being changed already.
func TestMoveTagRefused(t *testing.T) {
	team := apptest.New(t)
	tagged(t, team, "a", "b")
	apptest.Must(team.MoveTag(app.MoveTag{By: team.Admin, From: "a", To: "c"}))(t)
	head := team.Head()
	for name, row := range map[string]struct {
		cmd  app.MoveTag
		want desk.Code
	}{
		"an agent":         {app.MoveTag{By: team.Ada, From: "b"}, desk.CodeForbidden},
		"no such tag":      {app.MoveTag{By: team.Admin, From: "z"}, desk.CodeNotFound},
		"the same name":    {app.MoveTag{By: team.Admin, From: "b", To: "B"}, desk.CodeInvalid},
		"nothing":          {app.MoveTag{By: team.Admin, From: " "}, desk.CodeEmpty},
		"being renamed":    {app.MoveTag{By: team.Admin, From: "a"}, desk.CodeConflict},
		"into one that is": {app.MoveTag{By: team.Admin, From: "b", To: "a"}, desk.CodeConflict},
		"what it becomes":  {app.MoveTag{By: team.Admin, From: "c", To: "b"}, desk.CodeConflict},
	} {
		if _, err := team.MoveTag(row.cmd); desk.CodeOf(err) != row.want {
			t.Errorf("%s: %v, want %s", name, err, row.want)
		}
	}
	if team.Head() != head {
		t.Error("something was changed")
	}
}

// TestMoveTagInPieces changes many, a bounded number to a commit, and goes on after a
// stop half-way.
func TestMoveTagInPieces(t *testing.T) {
	team := apptest.New(t)
	for i := range 120 {
		tagged(t, team, "old", strconv.Itoa(i%3))
	}
	apptest.Must(team.MoveTag(app.MoveTag{By: team.Admin, From: "old", To: "new"}))(t)
	piece := &app.MoveTagPiece{At: team.Now()}
	if err := team.Do(applied(piece)); err != nil {
		t.Fatal(err)
	}
	count := func(tag string) int {
		for _, each := range apptest.Must(team.Tags())(t) {
			if each.Tag == tag {
				return each.Count
			}
		}
		return 0
	}
	if got := count("new"); got == 0 || got > 50 {
		t.Errorf("one piece changed %d", got)
	}
	team = team.Restart(t)
	if err := team.FinishTags(t.Context()); err != nil {
		t.Fatal(err)
	}
	if count("new") != 120 || count("old") != 0 || count("1") != 40 {
		t.Errorf("%d are new, %d old", count("new"), count("old"))
	}
}
