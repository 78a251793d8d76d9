package live_test

import (
	"crypto/sha256"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// settingDeeds is what can be done to the settings of the desk. Pages are told of
// it by id and load it again.
var settingDeeds = []deed{
	{name: "working hours", do: func(t *testing.T, d *doer) {
		hours := apptest.Must(d.Hours())(t)
		hours.Zone = "Europe/London"
		apptest.Must(d.SetHours(app.SetHours{By: d.Owner, Hours: hours.Desk()}))(t)
	}},
	{name: "how the bot speaks", do: func(t *testing.T, d *doer) {
		bot := apptest.Must(d.BotSettings())(t)
		bot.Misses = 4
		apptest.Must(d.SetBot(app.SetBot{By: d.Owner, On: bot.On, Bot: bot.Desk()}, nil))(t)
	}},
	{name: "the resolver", do: func(t *testing.T, d *doer) {
		resolver := apptest.Must(d.Resolver())(t)
		resolver.ArchiveDays = 7
		apptest.Must(d.SetResolver(app.SetResolver{By: d.Owner, Resolver: resolver.Desk()}))(t)
	}},
	{name: "when backups are made", do: func(t *testing.T, d *doer) {
		plan := desk.BackupPlan{Every: desk.BackupDaily, Hour: 4, Keep: 3}
		apptest.Must(d.SetBackupPlan(app.SetBackupPlan{By: d.Owner, Plan: plan}))(t)
	}},
	{name: "a tag is renamed and deleted", do: func(t *testing.T, d *doer) {
		apptest.Must(d.Change(app.ChangeConversation{Verb: app.VerbAddTags, By: d.Ada, Number: d.number, Tags: []string{"eski"}}))(t)
		apptest.Must(d.MoveTag(app.MoveTag{By: d.Owner, From: "eski", To: "yeni"}))(t)
		gone(t, d.FinishTags(t.Context()))
		apptest.Must(d.MoveTag(app.MoveTag{By: d.Owner, From: "yeni"}))(t)
		gone(t, d.FinishTags(t.Context()))
	}},
	{name: "a category, and resolving with it", do: func(t *testing.T, d *doer) {
		category := d.category(t)
		d.Says(t, d.customer.ID, d.number, "Thanks")
		apptest.Must(d.Change(app.ChangeConversation{Verb: app.VerbResolve, By: d.Ada, Number: d.number, Category: category.ID}))(t)
	}},
	{name: "a category goes", do: func(t *testing.T, d *doer) {
		gone(t, d.DeleteCategory(app.DeleteCategory{By: d.Owner, ID: d.category(t).ID}))
	}},
	{name: "a team comes, gets a conversation and goes", do: func(t *testing.T, d *doer) {
		change := desk.AgentTeamChange{Name: new("Returns " + canary), Members: &[]desk.ID{d.Ada}}
		team := apptest.Must(d.SaveAgentTeam(app.SaveAgentTeam{By: d.Owner, New: true, Change: change}))(t)
		give := app.ChangeConversation{Verb: app.VerbTeam, By: d.Ada, Number: d.number, To: team.ID}
		apptest.Must(d.Change(give))(t)
		give.To = desk.ID{}
		apptest.Must(d.Change(give))(t)
		gone(t, d.DeleteAgentTeam(app.DeleteAgentTeam{By: d.Owner, ID: team.ID}))
	}},
	{name: "a rule comes and goes", do: func(t *testing.T, d *doer) {
		change := desk.RuleChange{Phrases: &[]string{"iade"}, Answer: new("Within 14 days " + canary)}
		rule := apptest.Must(d.SaveRule(app.SaveRule{By: d.Owner, New: true, Change: change}))(t)
		gone(t, d.DeleteRule(app.DeleteRule{By: d.Owner, ID: rule.ID}))
	}},
	{name: "knowledge comes and goes", do: func(t *testing.T, d *doer) {
		change := desk.KnowledgeChange{Language: new("en"), Questions: &[]string{"When?"}, Answer: new("Tomorrow " + canary)}
		entry := apptest.Must(d.SaveKnowledge(app.SaveKnowledge{By: d.Owner, New: true, Change: change}))(t)
		gone(t, d.DeleteKnowledge(app.DeleteKnowledge{By: d.Owner, ID: entry.ID}))
	}},
	{name: "knowledge is imported", do: func(t *testing.T, d *doer) {
		items := []app.KnowledgeItem{{Language: "tr", Questions: []string{"Ne zaman?"}, Answer: "Yarın " + canary}}
		apptest.Must(d.ImportKnowledge(app.ImportKnowledge{By: d.Owner, Items: items}))(t)
	}},
	{name: "a website comes and goes", do: func(t *testing.T, d *doer) {
		gone(t, d.DeleteSite(app.DeleteSite{By: d.Owner, ID: d.newSite(t, "Outlet").ID}))
	}},
	{name: "a channel's token comes, is used and goes", do: func(t *testing.T, d *doer) {
		hash := sha256.Sum256([]byte("secret"))
		token := apptest.Must(d.SaveChannelToken(app.SaveChannelToken{By: d.Owner, Name: "Shop", Hash: hash}))(t)
		apptest.Must(d.ChannelSays(app.ChannelMessage{
			Token: token.ID, External: "m-1", Channel: "shop", Draft: desk.Draft{Text: "By form"},
			Customer: app.CreateCustomer{External: "c-1", Change: desk.CustomerChange{Name: new("Deniz " + canary)}},
		}))(t)
		gone(t, d.DeleteChannelToken(app.DeleteChannelToken{By: d.Owner, ID: token.ID}))
	}},
	{name: "a webhook comes, gets another secret and goes", do: func(t *testing.T, d *doer) {
		change := desk.WebhookChange{Name: new("CRM " + canary), URL: new("https://crm.example/" + canary), Events: &desk.WebhookEvents}
		webhook, _, err := d.CreateWebhook(d.Owner, change)
		gone(t, err)
		apptest.Must(d.NewWebhookSecret(d.Owner, webhook.ID))(t)
		gone(t, d.DeleteWebhook(app.DeleteWebhook{By: d.Owner, ID: webhook.ID}))
	}},
}

// category makes one whose conversations are to be rated.
func (d *doer) category(t *testing.T) wire.Category {
	t.Helper()
	change := desk.CategoryChange{Name: &desk.Both{TR: "Kargo", EN: "Delivery"}, Closing: &desk.Both{TR: "Görüşmek üzere", EN: "Goodbye"}, AskRating: new(true)}
	return apptest.Must(d.SaveCategory(app.SaveCategory{By: d.Owner, New: true, Change: change}))(t)
}

func gone(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
