package live_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// deed is something that can be done at the desk.
type deed struct {
	name  string
	do    func(t *testing.T, d *doer)
	quiet bool // it changes nothing that others see
}

// doer does the deeds, one after another, on things that it keeps for them.
type doer struct {
	*room
	site     wire.Site
	visitor  app.Visitor
	number   desk.Number // the visitor's conversation at hand
	customer wire.Customer
	reply    wire.Reply
	newcomer wire.Agent
}

func newDoer(t *testing.T, r *room) *doer {
	t.Helper()
	d := &doer{room: r}
	d.site = r.newSite(t, "Shop")
	d.visitor = r.newVisitor(t, d.site, "elif")
	return d
}

// canary is a word that customers must never read: whatever is only the team's has
// it in it.
const canary = "canary"

// deeds is everything that can be done.
var deeds = slices.Concat(sampleDeeds, deskDeeds, settingDeeds)

// deskDeeds is what can be done to conversations, customers, replies and the team.
// What can be done anew gets a row here.
var deskDeeds = []deed{
	{name: "a customer", do: func(t *testing.T, d *doer) { d.NewCustomer(t, "Elif Kaya "+canary) }},
	{name: "a visitor's page", quiet: true, do: func(t *testing.T, d *doer) {
		d.introduces(t, app.Introduce{Page: desk.Page{URL: "https://shop.example/cart", Title: "Cart"}})
	}},
	{name: "a visitor's name", do: func(t *testing.T, d *doer) {
		d.introduces(t, app.Introduce{Change: desk.CustomerChange{Name: new("Elif")}})
	}},
	{name: "a visitor's first message", do: func(t *testing.T, d *doer) {
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		d.customer = apptest.Must(d.Customer(d.visitor.Customer))(t)
	}},
	{name: "a visitor's message", do: func(t *testing.T, d *doer) { d.visitorSays(t, &d.visitor, d.number, "Is it open?") }},
	{name: "a visitor's next page", do: func(t *testing.T, d *doer) {
		d.introduces(t, app.Introduce{Page: desk.Page{URL: "https://shop.example/pay", Title: "Pay"}})
	}},
	{name: "a customer's message", do: func(t *testing.T, d *doer) { d.Says(t, d.customer.ID, d.number, "Anybody \"there\"? 👩‍👧") }},
	{name: "a visitor has seen it", do: func(t *testing.T, d *doer) {
		d.Writes(t, d.Ada, d.number, "A moment")
		d.visitorDoes(t, app.ChangeAsVisitor{Verb: app.VisitorSeen, Seq: 4})
	}},
	{name: "a visitor's device has it", do: func(t *testing.T, d *doer) {
		d.Writes(t, d.Ada, d.number, "Another moment")
		d.visitorDoes(t, app.ChangeAsVisitor{Verb: app.VisitorDelivered, Seq: 5})
	}},
	{name: "assign", do: func(t *testing.T, d *doer) { d.Assigns(t, d.Can, d.Ada, d.number) }},
	{name: "assign to another", do: func(t *testing.T, d *doer) { d.Assigns(t, d.Can, d.Can, d.number) }},
	{name: "assign again", quiet: true, do: func(t *testing.T, d *doer) { d.Assigns(t, d.Can, d.Can, d.number) }},
	{name: "a reply", do: func(t *testing.T, d *doer) { d.Writes(t, d.Ada, d.number, "Yes\n<b>we</b> are") }},
	{name: "a reply with a file", do: func(t *testing.T, d *doer) { d.file(t) }},
	{name: "a note", do: func(t *testing.T, d *doer) {
		note := apptest.Draft("Ask the depot " + canary)
		note.Note = true
		apptest.Must(d.Post(app.PostMessage{By: d.Ada, Number: d.number, Draft: note}))(t)
	}},
	{name: "a link and its card", do: func(t *testing.T, d *doer) {
		m := d.Says(t, d.customer.ID, d.number, "I mean https://shop.example/jam").Message
		said := desk.NewLinkCard("https://shop.example/jam", "Quince jam "+canary, canary, canary, 0)
		apptest.Must(0, d.SaveCards(app.SaveCards{Number: m.Number, Seq: m.Seq, Cause: d.Head(), Cards: []desk.LinkCard{said}}))(t)
	}},
	{name: "take over", do: verb(app.VerbTakeover)},
	{name: "unassign", do: verb(app.VerbUnassign)},
	{name: "read", do: func(t *testing.T, d *doer) {
		d.Says(t, d.customer.ID, d.number, "Well?")
		d.Does(t, app.VerbRead, d.Ada, d.number)
	}},
	{name: "unread", do: verb(app.VerbUnread)},
	{name: "tags", do: func(t *testing.T, d *doer) {
		apptest.Must(d.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: d.Ada, Number: d.number, Tags: []string{"İade", canary}}))(t)
	}},
	{name: "resolve", do: verb(app.VerbResolve)},
	{name: "resolve again", quiet: true, do: verb(app.VerbResolve)},
	{name: "a visitor's rating", do: func(t *testing.T, d *doer) {
		d.visitorDoes(t, app.ChangeAsVisitor{Verb: app.VisitorRating, Score: 4, Comment: "Fast"})
	}},
	{name: "a message that reopens", do: func(t *testing.T, d *doer) { d.Says(t, d.customer.ID, d.number, "Not yet") }},
	{name: "reopen", do: func(t *testing.T, d *doer) {
		d.Does(t, app.VerbResolve, d.Ada, d.number)
		d.Does(t, app.VerbReopen, d.Can, d.number)
	}},
	{name: "archive", do: verb(app.VerbArchive)},
	{name: "unarchive", do: verb(app.VerbUnarchive)},
	{name: "an agent begins", do: func(t *testing.T, d *doer) {
		apptest.Must(d.Begin(app.BeginConversation{By: d.Can, Customer: d.customer.ID, Draft: apptest.Draft("About your order")}))(t)
	}},
	{name: "many at once", do: func(t *testing.T, d *doer) {
		numbers := []desk.Number{d.number, d.NewConversation(t).Number, d.NewConversation(t).Number, 999}
		cmd := app.ChangeConversation{Verb: app.VerbAssign, By: d.Ada, To: d.Can}
		apptest.Must(d.ChangeMany(cmd, numbers))(t)
	}},
	{name: "an import", do: func(t *testing.T, d *doer) {
		apptest.Must(d.ImportFile(strings.NewReader(imported), app.ImportOptions{}))(t)
	}},
	{name: "the bot on", do: func(t *testing.T, d *doer) { d.Bot(t, true) }},
	{name: "the bot leads and hands over", do: func(t *testing.T, d *doer) {
		n := d.NewConversation(t).Number
		d.Writes(t, d.Ada, n, "I take it from here")
		d.Does(t, app.VerbUnassign, d.Ada, d.NewConversation(t).Number)
	}},
	{name: "a visitor wants a person", do: func(t *testing.T, d *doer) {
		n := d.visitorSays(t, &d.visitor, 0, "Hi")
		d.visitorDoes(t, app.ChangeAsVisitor{Verb: app.VisitorHandover, Number: n})
	}},
	{name: "the bot off", do: func(t *testing.T, d *doer) { d.Bot(t, false) }},
	{name: "the team's name", do: func(t *testing.T, d *doer) {
		apptest.Must(d.ChangeTeam(app.ChangeTeam{By: d.Owner, Name: new("Çınar Kargo")}))(t)
	}},

	{name: "a customer's fields", do: func(t *testing.T, d *doer) {
		d.edit(t, &desk.CustomerChange{Name: new("Elif K."), Email: new("elif@elif.example"), Attributes: map[string]*string{"plan": new(canary)}, Tags: &[]string{canary}})
	}},
	{name: "the same fields", quiet: true, do: func(t *testing.T, d *doer) { d.edit(t, &desk.CustomerChange{Name: new("Elif K.")}) }},
	{name: "a note on a customer", do: func(t *testing.T, d *doer) {
		apptest.Must(d.AddCustomerNote(app.AddCustomerNote{By: d.Ada, ID: d.customer.ID, Text: "Rings twice " + canary}))(t)
	}},
	{name: "block", do: func(t *testing.T, d *doer) {
		apptest.Must(d.EditCustomer(app.EditCustomer{By: d.Ada, ID: d.customer.ID, Block: new("rude " + canary)}))(t)
	}},
	{name: "unblock", do: func(t *testing.T, d *doer) {
		apptest.Must(d.EditCustomer(app.EditCustomer{By: d.Ada, ID: d.customer.ID, Unblock: true}))(t)
	}},
	{name: "block for a day", do: func(t *testing.T, d *doer) {
		until := desk.TimeOf(d.Clock.Now().Add(24 * time.Hour))
		apptest.Must(d.EditCustomer(app.EditCustomer{By: d.Ada, ID: d.customer.ID, Block: new("rude " + canary), Until: until}))(t)
	}},
	{name: "unblock at once", do: func(t *testing.T, d *doer) {
		apptest.Must(d.EditCustomer(app.EditCustomer{By: d.Ada, ID: d.customer.ID, Unblock: true}))(t)
	}},

	{name: "a saved reply", do: func(t *testing.T, d *doer) { d.save(t, true, false) }},
	{name: "its use", do: func(t *testing.T, d *doer) { apptest.Must(d.UseReply(app.UseReply{By: d.Can, ID: d.reply.ID}))(t) }},
	{name: "its text", do: func(t *testing.T, d *doer) { d.save(t, false, false) }},
	{name: "it becomes Ada's own", do: func(t *testing.T, d *doer) { d.save(t, false, true) }},
	{name: "it becomes everyone's", do: func(t *testing.T, d *doer) { d.save(t, false, false) }},
	{name: "it goes", do: func(t *testing.T, d *doer) { d.drop(t) }},
	{name: "a reply of Ada's own", do: func(t *testing.T, d *doer) { d.save(t, true, true) }},
	{name: "its own use", do: func(t *testing.T, d *doer) { apptest.Must(d.UseReply(app.UseReply{By: d.Ada, ID: d.reply.ID}))(t) }},
	{name: "Ada's own goes", do: func(t *testing.T, d *doer) { d.drop(t) }},

	{name: "a new agent", do: func(t *testing.T, d *doer) {
		d.newcomer = apptest.Must(d.CreateAgent(app.CreateAgent{By: d.Owner, Name: "Nur", Email: "nur@example.com", Role: desk.RoleAgent}))(t)
	}},
	{name: "an agent's role", do: func(t *testing.T, d *doer) {
		role := desk.RoleAdmin
		apptest.Must(d.ChangeAgent(app.ChangeAgent{By: d.Owner, ID: d.newcomer.ID, Change: desk.AgentChange{Role: &role}}))(t)
	}},
	{name: "an agent's own name", do: func(t *testing.T, d *doer) {
		apptest.Must(d.ChangeAgent(app.ChangeAgent{By: d.Ada, ID: d.Ada, Self: true, Change: desk.AgentChange{Name: new("Ada L.")}}))(t)
	}},
	{name: "an agent is disabled", do: func(t *testing.T, d *doer) {
		apptest.Must(d.ChangeAgent(app.ChangeAgent{By: d.Owner, ID: d.newcomer.ID, Change: desk.AgentChange{Active: new(false)}}))(t)
	}},

	{name: "a draft", quiet: true, do: func(t *testing.T, d *doer) {
		apptest.Must(d.SaveDraft(d.Ada, app.Draft{Number: d.number, Text: "Dear " + canary}))(t)
	}},
	{name: "preferences", quiet: true, do: func(t *testing.T, d *doer) { apptest.Must(d.SetPreferences(d.Ada, []byte(`{"a":1}`)))(t) }},
	{name: "an emoji", quiet: true, do: func(t *testing.T, d *doer) { apptest.Must(d.SentEmoji(app.SentEmoji{By: d.Ada, Emoji: "👍"}))(t) }},
}

// imported is a conversation, of a customer and an agent who were not known.
const imported = `{"customer":{"id":"ext-1","name":"Deniz"},"channel":"web","status":"open","agent":"old@example.com","messages":[` +
	`{"from":"customer","text":"Hi","at":"2026-09-03T10:00:00Z"},{"from":"agent","agent":"old@example.com","text":"Hello","at":"2026-09-03T10:01:00Z"}]}` + "\n"

// verb is a deed of Ada's on the conversation at hand.
func verb(v app.Verb) func(t *testing.T, d *doer) {
	return func(t *testing.T, d *doer) { d.Does(t, v, d.Ada, d.number) }
}

func (d *doer) edit(t *testing.T, change *desk.CustomerChange) {
	t.Helper()
	d.customer = apptest.Must(d.EditCustomer(app.EditCustomer{By: d.Ada, ID: d.customer.ID, Change: change}))(t)
}

// save saves the reply at hand, or a new one, as Ada's own or everyone's.
func (d *doer) save(t *testing.T, isNew, mine bool) {
	t.Helper()
	change := desk.ReplyChange{Title: new("Delivery " + canary), Text: new(fmt.Sprintf("It takes %d days", d.Head())), Mine: &mine}
	d.reply = apptest.Must(d.SaveReply(app.SaveReply{By: d.Ada, ID: d.reply.ID, New: isNew, Change: change}))(t)
}

func (d *doer) drop(t *testing.T) {
	t.Helper()
	if err := d.DeleteReply(app.DeleteReply{By: d.Ada, ID: d.reply.ID}); err != nil {
		t.Fatal(err)
	}
}

// file sends a message with an attachment.
func (d *doer) file(t *testing.T) {
	t.Helper()
	owner, id := desk.AgentActor(d.Ada), app.NewID()
	apptest.Must(d.StartAttachment(app.StartAttachment{Owner: owner, ClientID: id, Name: "fatura.pdf", Size: 3, Type: "application/pdf"}))(t)
	apptest.Must(d.CompleteAttachment(app.CompleteAttachment{Owner: owner, ID: id, SHA256: sha256.Sum256([]byte("abc")), Type: "application/pdf"}))(t)
	draft := apptest.Draft("Here it is")
	draft.Attachments = []desk.ID{id}
	apptest.Must(d.Post(app.PostMessage{By: d.Ada, Number: d.number, Draft: draft}))(t)
}

func (d *doer) introduces(t *testing.T, cmd app.Introduce) {
	t.Helper()
	cmd.Visitor = d.visitor
	apptest.Must(d.Introduce(cmd))(t)
}

// visitorDoes is a visitor's verb, in the conversation at hand unless it says which.
func (d *doer) visitorDoes(t *testing.T, cmd app.ChangeAsVisitor) {
	t.Helper()
	if cmd.Visitor = d.visitor; cmd.Number == 0 {
		cmd.Number = d.number
	}
	apptest.Must(d.ChangeAsVisitor(cmd))(t)
}
