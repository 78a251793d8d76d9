package app_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
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
	"parley/wire"
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
	rude := team.NewConversation(t)
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Ada, Number: rude.Number, Tags: []string{"vip", "İade"}}))(t)
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbRemoveTags, By: team.Owner, Number: rude.Number, Tags: []string{"vip"}}))(t)
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: rude.Customer.ID, Block: text("swears"), Number: rude.Number}))(t)
	apptest.Must(team.EditCustomer(app.EditCustomer{By: team.Ada, ID: rude.Customer.ID, Unblock: true}))(t)
	c := team.NewConversation(t)
	d := apptest.Draft("")
	d.Attachments = []desk.ID{upload(t, team, desk.AgentActor(team.Ada), true), upload(t, team, desk.AgentActor(team.Ada), true)}
	apptest.Must(team.Post(app.PostMessage{By: team.Ada, Number: c.Number, Draft: d}))(t)
	team.Does(t, app.VerbResolve, team.Ada, c.Number)
	turn(t, team, c.Number, func(c *desk.Conversation) (desk.Turn, error) { return c.Seen(2, 1, team.Now()), nil })
	turn(t, team, c.Number, func(c *desk.Conversation) (desk.Turn, error) { return c.Rate(4, "quick", team.Now()) })
	furnishSettings(t, team)
	furnishTeams(t, team)
	bot := team.NewConversation(t)
	turn(t, team, bot.Number, func(c *desk.Conversation) (desk.Turn, error) {
		return c.Speak(&desk.Speech{Say: []desk.Draft{{ClientID: app.NewID(), Text: "Which one?", Choices: []string{"This", "That"}, Sources: []desk.Source{
			{Kind: desk.SourceMessage, Number: 1, Seq: 2}, {Kind: desk.SourceKnowledge, ID: desk.ID{15: 9}},
		}}}}, team.Now())
	})
	return team
}

// furnishTeams makes two teams with something assigned to each, and deletes one.
func furnishTeams(t *testing.T, team *apptest.Team) {
	t.Helper()
	for _, name := range []string{"İadeler", "Eski ekip"} {
		g := apptest.Must(team.SaveAgentTeam(app.SaveAgentTeam{By: team.Owner, New: true, Change: desk.AgentTeamChange{
			Name: &name, Members: &[]desk.ID{team.Can, team.Ada},
		}}))(t)
		c := team.NewConversation(t)
		apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbTeam, By: team.Ada, Number: c.Number, To: g.ID}))(t)
		if name == "Eski ekip" {
			if err := team.DeleteAgentTeam(app.DeleteAgentTeam{By: team.Owner, ID: g.ID}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// furnishSettings sets one of each that can be set.
func furnishSettings(t *testing.T, team *apptest.Team) {
	t.Helper()
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	hours := apptest.Must(team.Hours())(t)
	hours.Always, hours.Zone = false, "Europe/Istanbul"
	hours.Week[0] = []wire.Span{{From: 9 * 60, To: 18 * 60}}
	must(team.SetHours(app.SetHours{By: team.Owner, Hours: hours.Desk()}))
	name := desk.Both{TR: "Kargo", EN: "Delivery"}
	category := apptest.Must(team.SaveCategory(app.SaveCategory{By: team.Owner, New: true, Change: desk.CategoryChange{Name: &name}}))(t)
	must(team.SetResolver(app.SetResolver{By: team.Owner, Resolver: desk.Resolver{AgentMinutes: 60, Category: category.ID, ArchiveDays: 3, AnewDays: 30}}))
	settings := apptest.Must(team.BotSettings())(t)
	settings.Misses, settings.Fallback = 3, wire.Both{TR: "Anlayamadım", EN: "I did not get that"}
	must(team.SetBot(app.SetBot{By: team.Owner, On: true, Bot: settings.Desk()}, text("secret-canary")))
	match := desk.MatchWord
	must(team.SaveRule(app.SaveRule{By: team.Owner, New: true, Change: desk.RuleChange{Phrases: &[]string{"saat"}, Match: &match, Answer: text("9-18")}}))
	entry := apptest.Must(team.SaveKnowledge(app.SaveKnowledge{By: team.Owner, New: true, Change: desk.KnowledgeChange{
		Language: text("tr"), Questions: &[]string{"Kargo ne kadar?"}, Answer: text("49 TL"),
	}}))(t)
	must(nil, team.Do(func(tx *store.Tx) error { return tx.UseKnowledge(entry.ID, team.Now()) }))
	site := apptest.Must(team.SaveSite(app.SaveSite{By: team.Owner, New: true, Change: desk.SiteChange{Name: text("Shop"), Origins: &[]string{"https://shop.example.com"}}}))(t)
	must(team.SaveSite(app.SaveSite{By: team.Owner, ID: site.ID, Logo: &app.Logo{PNG: dot, Width: 1, Height: 1}}))
	must(team.NewSiteSecret(team.Owner, site.ID))
	must(team.ChangeAgent(app.ChangeAgent{By: team.Ada, ID: team.Ada, Self: true, Photo: &face}))
	must(nil, team.EnsureSamples())
}

// face is a photo of one pixel.
var face = func() []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)), nil)
	return b.Bytes()
}()

// dot is a picture of one pixel.
var dot = func() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)))
	return b.Bytes()
}()

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
		`{"team":{"seeded":true,"name":"Ayvadan","bot_name":"JetBot","bot_on":true,"language":"en"}}`, `"language":"tr","photo":"/9j/`,
		`{"teams":[{"name":"İadeler","members":["ada@example.com","can@example.com"]}]}`, `"assigned_team":"İadeler"`,
		`"event":"conversation.team_assigned","by":"agent","now":"Eski ekip"`,
		`"shortcut":"hi"`, `"owner":"ada@example.com"`, `"uses":1`, `"name":"Never wrote"`, `"reason":"spam"`, `"event":"conversation.tagged","by":"agent","added":["iade","vip"]`, `"removed":["vip"]`,
		`"event":"conversation.blocked","by":"agent","reason":"swears"`, `"event":"conversation.unblocked"`, `"text":"second\nline"`,
		`"attachments":[{"id":`, `"rating":{"score":4,"comment":"quick"`, `"customer_read":2`, `"choices":["This","That"]`,
		`"sources":[{"kind":"message","number":1,"seq":2},{"kind":"knowledge","id":"00000000-0000-0000-0000-000000000009"}]`, `"resolved_at":`,
		`{"hours":{"rev":0,"zone":"Europe/Istanbul"`, `{"resolve_category":{"id":`, `{"resolver":{"rev":0,`, `{"bot_settings":{"rev":0,"on":false,`, `{"rule":{"id":`,
		`{"knowledge":{"id":`, `"uses":1,"used_at":"`, `{"website":{"id":`, `"has_secret":false`, `"picture":"iVBOR`,
	} {
		if !strings.Contains(first.String(), part) {
			t.Errorf("%s is not in it", part)
		}
	}
	if strings.Contains(first.String(), "canary") {
		t.Error("a secret is in it")
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
