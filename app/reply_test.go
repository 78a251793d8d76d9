package app_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

func saved(t *testing.T, team *apptest.Team, by desk.ID, change desk.ReplyChange) wire.Reply {
	t.Helper()
	return apptest.Must(team.SaveReply(app.SaveReply{By: by, New: true, Change: change}))(t)
}

func titles(t *testing.T, team *apptest.Team, by desk.ID) (found []string) {
	t.Helper()
	for _, r := range apptest.Must(team.Replies(by))(t) {
		found = append(found, r.Title)
	}
	return found
}

// TestReplies are everyone's or one's own, and one's own exist for nobody else.
func TestReplies(t *testing.T) {
	team := apptest.New(t)
	yes := true
	shared := saved(t, team, team.Ada, desk.ReplyChange{Title: text("Shared"), Text: text("Hello"), Shortcut: text("hi")})
	own := saved(t, team, team.Ada, desk.ReplyChange{Title: text("Own"), Text: text("Hello"), Shortcut: text("hi"), Mine: &yes})
	if got := fmt.Sprint(titles(t, team, team.Ada), titles(t, team, team.Can)); got != "[Shared Own] [Shared]" {
		t.Errorf("seen are %s", got)
	}
	if shared.Mine || !own.Mine || !shared.Enabled || shared.Rev != 1 {
		t.Errorf("saved %+v and %+v", shared, own)
	}
	head := team.Head()
	for name, row := range map[string]struct {
		cmd  app.SaveReply
		code desk.Code
	}{
		"another's own":    {app.SaveReply{By: team.Can, ID: own.ID, Change: desk.ReplyChange{Title: text("Mine now")}}, desk.CodeNotFound},
		"an unknown one":   {app.SaveReply{By: team.Ada, ID: app.NewID(), Change: desk.ReplyChange{Title: text("x")}}, desk.CodeNotFound},
		"a shortcut taken": {app.SaveReply{By: team.Can, New: true, Change: desk.ReplyChange{Title: text("x"), Text: text("x"), Shortcut: text("hi")}}, desk.CodeTaken},
		"one's own shared": {app.SaveReply{By: team.Ada, ID: own.ID, Change: desk.ReplyChange{Mine: new(bool)}}, desk.CodeTaken},
		"without a text":   {app.SaveReply{By: team.Ada, New: true, Change: desk.ReplyChange{Title: text("x")}}, desk.CodeEmpty},
		"without a title":  {app.SaveReply{By: team.Ada, New: true, Change: desk.ReplyChange{Text: text("x")}}, desk.CodeEmpty},
		"by a reporter":    {app.SaveReply{By: team.Reporter, New: true, Change: desk.ReplyChange{Title: text("x"), Text: text("x")}}, desk.CodeForbidden},
	} {
		if _, err := team.SaveReply(row.cmd); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
	if _, err := team.UseReply(app.UseReply{By: team.Can, ID: own.ID}); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("using another's own: %v", err)
	}
	for name, id := range map[string]desk.ID{"another's own": own.ID, "an unknown one": app.NewID()} {
		if err := team.DeleteReply(app.DeleteReply{By: team.Can, ID: id}); err != nil {
			t.Errorf("deleting %s can be told from deleting nothing: %v", name, err)
		}
	}
	if team.Head() != head || len(titles(t, team, team.Ada)) != 2 {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
}

// TestReplyLife changes, uses, takes over and deletes a reply.
func TestReplyLife(t *testing.T) {
	team := apptest.New(t)
	r := saved(t, team, team.Ada, desk.ReplyChange{Title: text("Hi"), Text: text("Hello")})
	head := team.Head()
	changed := apptest.Must(team.SaveReply(app.SaveReply{By: team.Can, ID: r.ID, Change: desk.ReplyChange{Title: text("Hey")}}))(t)
	again := apptest.Must(team.SaveReply(app.SaveReply{By: team.Can, ID: r.ID, Change: desk.ReplyChange{Title: text("Hey")}}))(t)
	if changed.Title != "Hey" || changed.Rev != 2 || !reflect.DeepEqual(again, changed) {
		t.Errorf("changed %+v, again %+v", changed, again)
	}
	if used := apptest.Must(team.UseReply(app.UseReply{By: team.Can, ID: r.ID}))(t); used.Uses != 1 || used.UsedAt == nil {
		t.Errorf("used %+v", used)
	}
	yes := true
	if mine := apptest.Must(team.SaveReply(app.SaveReply{By: team.Can, ID: r.ID, Change: desk.ReplyChange{Mine: &yes}}))(t); !mine.Mine || len(titles(t, team, team.Ada)) != 0 {
		t.Errorf("taken over: %+v", mine)
	}
	for range 2 {
		if err := team.DeleteReply(app.DeleteReply{By: team.Can, ID: r.ID}); err != nil {
			t.Errorf("deleting: %v", err)
		}
	}
	if got := short(team.Events(t, head)); got != "saved saved deleted saved deleted" {
		t.Errorf("told %q", got)
	}
	if len(titles(t, team, team.Can)) != 0 {
		t.Error("what was deleted is there")
	}
}

// TestPersonal keeps emoji, drafts and preferences for each agent.
func TestPersonal(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	head := team.Head()
	for i := range 30 {
		apptest.Must(team.SentEmoji(app.SentEmoji{By: team.Ada, Emoji: fmt.Sprintf("%c", '😀'+i)}))(t)
	}
	me := apptest.Must(team.SentEmoji(app.SentEmoji{By: team.Ada, Emoji: string('😀' + 28)}))(t)
	if len(me.RecentEmoji) != 24 || me.RecentEmoji[0] != string('😀'+28) || slices.Contains(me.RecentEmoji[1:], me.RecentEmoji[0]) {
		t.Errorf("emoji %q", me.RecentEmoji)
	}
	if _, err := team.SentEmoji(app.SentEmoji{By: team.Ada, Emoji: " "}); desk.CodeOf(err) != desk.CodeEmpty {
		t.Errorf("no emoji: %v", err)
	}
	apptest.Must(team.SaveDraft(team.Ada, app.Draft{Number: n, Text: "Dear"}))(t)
	apptest.Must(team.SaveDraft(team.Ada, app.Draft{Number: n, Note: true, Text: "Ask"}))(t)
	for who, row := range map[string]struct {
		by   desk.ID
		d    app.Draft
		code desk.Code
	}{
		"a reporter":              {team.Reporter, app.Draft{Number: n, Text: "x"}, desk.CodeForbidden},
		"an unknown conversation": {team.Ada, app.Draft{Number: 99, Text: "x"}, desk.CodeNotFound},
		"no text":                 {team.Ada, app.Draft{Number: n, Text: "\xff"}, desk.CodeBadText},
	} {
		if _, err := team.SaveDraft(row.by, row.d); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", who, err, row.code)
		}
	}
	if team.Head() != head {
		t.Errorf("it was told: %v", team.Events(t, head))
	}
	team.Writes(t, team.Ada, n, "Dear Elif")
	if drafts := apptest.Must(team.Drafts(team.Ada, 0))(t); len(drafts) != 1 || drafts[0].Text != "Ask" {
		t.Errorf("after sending, drafts %+v", drafts)
	}
	for object, code := range map[string]desk.Code{`{"theme":"dark"}`: "", `[]`: desk.CodeInvalid, `null`: desk.CodeInvalid, `{`: desk.CodeInvalid, ``: desk.CodeInvalid} {
		me, err := team.SetPreferences(team.Ada, []byte(object))
		if code != "" && desk.CodeOf(err) != code || code == "" && (err != nil || me.Preferences["theme"] != "dark") {
			t.Errorf("%s: %+v, %v", object, me.Preferences, err)
		}
	}
	if me := apptest.Must(team.Me(team.Can))(t); len(me.Preferences) != 0 || len(me.RecentEmoji) != 0 {
		t.Errorf("another's own: %+v", me)
	}
}

// TestManyReplies come in with an import in no time, because none looks at the others,
// and no more than there is room for.
func TestManyReplies(t *testing.T) {
	team := apptest.New(t)
	lines := func(from, to int, owner string) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, `{"reply":{"id":%q,"title":"%d","shortcut":"s%d","text":"Merhaba","enabled":true%s}}`+"\n", app.NewID(), i, i, owner)
		}
		return b.String()
	}
	begun := time.Now()
	if got := take(t, team, lines(0, desk.MaxTeamReplies, "")); got.Records != desk.MaxTeamReplies {
		t.Fatalf("%+v", got)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("they took %v", took)
	}
	take(t, team, lines(0, desk.MaxOwnReplies, `,"owner":"Can@example.com"`))
	head := team.Head()
	for name, more := range map[string]string{
		"everyone's": lines(9000, 9001, ""), "one's own": lines(9000, 9001, `,"owner":"Can@example.com"`),
	} {
		if _, err := team.ImportFile(strings.NewReader(more), app.ImportOptions{}); !strings.Contains(fmt.Sprint(err), "There is room for") {
			t.Errorf("%s: one more is imported: %v", name, err)
		}
	}
	yes, first := true, apptest.Must(team.Replies(team.Can))(t)[0]
	for name, cmd := range map[string]app.SaveReply{
		"everyone's": {By: team.Ada, New: true, Change: desk.ReplyChange{Title: text("x"), Text: text("x")}},
		"one's own":  {By: team.Can, New: true, Change: desk.ReplyChange{Title: text("x"), Text: text("x"), Mine: &yes}},
		"taken over": {By: team.Can, ID: first.ID, Change: desk.ReplyChange{Mine: &yes, Shortcut: text("free")}},
	} {
		if _, err := team.SaveReply(cmd); desk.CodeOf(err) != desk.CodeTooMany {
			t.Errorf("%s: %v", name, err)
		}
	}
	if team.Head() != head {
		t.Error("something was saved")
	}
	if n := len(apptest.Must(team.Replies(team.Can))(t)); n != desk.MaxTeamReplies+desk.MaxOwnReplies {
		t.Errorf("%d are seen", n)
	}
	if err := team.DeleteReply(app.DeleteReply{By: team.Ada, ID: first.ID}); err != nil {
		t.Fatal(err)
	}
	saved(t, team, team.Ada, desk.ReplyChange{Title: text("x"), Text: text("x"), Shortcut: text("s0")})
}
