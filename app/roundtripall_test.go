package app_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/store/storetest"
)

// everything is a team that has one of each thing an inbox can consist of.
func everything(t *testing.T) *apptest.Team {
	t.Helper()
	team := busyDay(t)
	on := true
	apptest.Must(team.ChangeTeam(app.ChangeTeam{By: team.Owner, Name: text("Ayvadan"), BotOn: &on, Language: text("en")}))(t)
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Ada, ID: team.Ada, Self: true, Change: desk.AgentChange{Language: text("tr")}}))(t)
	for _, mine := range []bool{true, false} {
		reply := apptest.Must(team.SaveReply(app.SaveReply{By: team.Ada, New: true, Change: desk.ReplyChange{
			Title: text("Hello"), Text: text("Hello {{customer}}"), Shortcut: text("hi"), Category: text("Greetings"), Language: text("en"), Mine: &mine,
		}}))(t)
		apptest.Must(team.UseReply(app.UseReply{By: team.Ada, ID: reply.ID}))(t)
	}
	quiet := apptest.Must(team.CreateCustomer(app.CreateCustomer{Change: desk.CustomerChange{Name: text("Never wrote")}}))(t)
	for _, note := range []string{"first", "second\nline"} {
		apptest.Must(team.AddCustomerNote(app.AddCustomerNote{By: team.Owner, ID: quiet.ID, Text: note}))(t)
		team.Clock.Move(time.Second)
	}
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: quiet.ID, Block: text("spam")}))(t)
	c := team.NewConversation(t)
	d := apptest.Draft("")
	d.Attachments = []desk.ID{upload(t, team, desk.AgentActor(team.Ada), true), upload(t, team, desk.AgentActor(team.Ada), true)}
	apptest.Must(team.Post(app.PostMessage{By: team.Ada, Number: c.Number, Draft: d}))(t)
	team.Does(t, app.VerbResolve, team.Ada, c.Number)
	turn(t, team, c.Number, func(c *desk.Conversation) (desk.Turn, error) { return c.Seen(2, 1, team.Now()), nil })
	turn(t, team, c.Number, func(c *desk.Conversation) (desk.Turn, error) { return c.Rate(4, "quick", team.Now()) })
	bot := team.NewConversation(t)
	turn(t, team, bot.Number, func(c *desk.Conversation) (desk.Turn, error) {
		return c.Answer(&desk.Draft{ClientID: app.NewID(), Text: "Which one?", Choices: []string{"This", "That"}, Sources: []desk.Source{
			{Kind: desk.SourceMessage, Number: 1, Seq: 2}, {Kind: desk.SourceKnowledge, ID: desk.ID{15: 9}},
		}}, team.Now())
	})
	return team
}

// turn lets a rule of the desk change a conversation.
func turn(t *testing.T, team *apptest.Team, n desk.Number, rule func(c *desk.Conversation) (desk.Turn, error)) {
	t.Helper()
	if err := team.Do(func(tx *store.Tx) error {
		before, err := tx.Conversation(n)
		if err != nil {
			return err
		}
		next, err := rule(&before)
		if err != nil {
			return err
		}
		return tx.SaveTurn(&before, &next)
	}); err != nil {
		t.Fatal(err)
	}
}

// TestExportCarriesEverything takes every kind of thing along, and its files.
func TestExportCarriesEverything(t *testing.T) {
	team := everything(t)
	var first bytes.Buffer
	var kept []string
	if err := team.Export(&first, app.ExportOptions{File: func(a *desk.Attachment) error {
		kept = append(kept, hex.EncodeToString(a.SHA256[:]))
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`{"team":{"name":"Ayvadan","bot_name":"JetBot","bot_on":true,"language":"en"}}`, `"language":"tr"}`,
		`"shortcut":"hi"`, `"owner":"ada@example.com"`, `"uses":1`, `"name":"Never wrote"`, `"reason":"spam"`, `"text":"second\nline"`,
		`"attachments":[{"id":`, `"rating":{"score":4,"comment":"quick"`, `"customer_read":2`, `"choices":["This","That"]`,
		`"sources":[{"kind":"message","number":1,"seq":2},{"kind":"knowledge","id":"00000000-0000-0000-0000-000000000009"}]`, `"resolved_at":`,
	} {
		if !strings.Contains(first.String(), part) {
			t.Errorf("%s is not in it", part)
		}
	}
	copied := empty(t)
	var brought []string
	progress := apptest.Must(copied.ImportFile(bytes.NewReader(first.Bytes()), app.ImportOptions{File: func(f *interchange.File) error {
		brought = append(brought, f.SHA256)
		return nil
	}}))(t)
	if len(kept) != 2 || strings.Join(kept, " ") != strings.Join(brought, " ") || progress.Files != 2 {
		t.Errorf("kept the files %v, brought %v, counted %+v", kept, brought, progress)
	}
	if second := exported(t, copied); second != first.String() {
		t.Errorf("exported     %s\nand once more %s", first.String(), second)
	}
	sameInbox(t, team, copied)
	storetest.MustCheck(t, copied.Store())

	before := content(t, copied.Store())
	again := apptest.Must(copied.ImportFile(bytes.NewReader(first.Bytes()), app.ImportOptions{}))(t)
	if again.Records != 0 || again.Conversations != 0 || again.Files != 0 {
		t.Errorf("once more: %+v", again)
	}
	if after := content(t, copied.Store()); !maps.Equal(before, after) {
		t.Errorf("once more changed the store: %s", difference(before, after))
	}
}

// TestImportWithoutFiles names the line whose attachment has no file, unless
// attachments are to be left out.
func TestImportWithoutFiles(t *testing.T) {
	text := exported(t, everything(t))
	line := 1 + strings.Count(text[:strings.Index(text, `"attachments"`)], "\n")
	missing := errors.New("no such file")
	for name, row := range map[string]struct {
		opts app.ImportOptions
		want string
	}{
		"no folder":  {app.ImportOptions{}, "there is no folder"},
		"no file":    {app.ImportOptions{File: func(*interchange.File) error { return missing }}, "messages[1].attachments[0]: no such file"},
		"left out":   {app.ImportOptions{NoFiles: true}, ""},
		"not looked": {app.ImportOptions{SkipBad: true}, ""},
	} {
		var bad []int
		row.opts.Bad = func(line int, _ error) { bad = append(bad, line) }
		_, err := empty(t).ImportFile(strings.NewReader(text), row.opts)
		if (err == nil) != (row.want == "") || (err != nil && !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v", name, err)
		}
		if wanted := name != "left out"; wanted != (len(bad) == 1 && bad[0] == line) {
			t.Errorf("%s: bad lines %v, want line %d", name, bad, line)
		}
	}
}
