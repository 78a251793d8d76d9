package live_test

import (
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// sampleDeeds come first, since samples are for an inbox without conversations.
var sampleDeeds = []deed{
	{name: "sample data come", do: func(t *testing.T, d *doer) { apptest.Must(d.AddSamples(d.Owner))(t) }},
	{name: "sample data again", quiet: true, do: func(t *testing.T, d *doer) { apptest.Must(d.AddSamples(d.Admin))(t) }},
	{name: "somebody writes in a sample", do: func(t *testing.T, d *doer) {
		d.number = 1
		d.Writes(t, d.Ada, d.number, "Let me see")
		d.file(t)
		apptest.Must(d.SaveDraft(d.Can, app.Draft{Number: d.number, Text: "I think " + canary}))(t)
	}},
	{name: "a sample customer gets a conversation of the team's own", do: func(t *testing.T, d *doer) {
		customer := apptest.Must(d.Customers("", desk.ID{}, 1))(t).Customers[0].ID
		apptest.Must(d.Begin(app.BeginConversation{By: d.Can, Customer: customer, Draft: apptest.Draft("Is this real?")}))(t)
	}},
	{name: "a sample reply is edited", do: func(t *testing.T, d *doer) {
		d.Clock.Move(1e9)
		first := apptest.Must(d.Replies(d.Ada))(t)[0]
		apptest.Must(d.SaveReply(app.SaveReply{By: d.Ada, ID: first.ID, Change: desk.ReplyChange{Text: new("Ours now " + canary)}}))(t)
	}},
	{name: "sample data go", do: func(t *testing.T, d *doer) {
		apptest.Must(d.RemoveSamples(t.Context(), d.Admin))(t)
		d.number, d.reply = 0, wire.Reply{}
	}},
	{name: "sample data go again", quiet: true, do: func(t *testing.T, d *doer) { apptest.Must(d.RemoveSamples(t.Context(), d.Admin))(t) }},
}
