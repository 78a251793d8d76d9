package app_test

import (
	"reflect"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// anewAfter sets after how many days a customer who writes starts a new conversation.
func anewAfter(t *testing.T, team *apptest.Team, days uint32) {
	t.Helper()
	apptest.Must(team.SetResolver(app.SetResolver{By: team.Admin, Resolver: desk.Resolver{AnewDays: days}}))(t)
}

// TestAnew starts a new conversation with a message into one that was closed long ago,
// once, and leaves the old one as it was.
func TestAnew(t *testing.T) {
	team := apptest.New(t)
	anewAfter(t, team, 7)
	c := team.NewConversation(t)
	team.Does(t, app.VerbResolve, team.Ada, c.Number)
	team.Clock.Move(7 * 24 * time.Hour)
	if again := team.Says(t, c.Customer.ID, c.Number, "On the last day"); again.Conversation.Number != c.Number || again.Conversation.State != "open" {
		t.Fatalf("within the days: %+v", again.Conversation)
	}
	old := team.Does(t, app.VerbArchive, team.Ada, c.Number)
	team.Clock.Move(7*24*time.Hour + time.Minute)

	cmd := app.ReceiveMessage{Customer: c.Customer.ID, Number: c.Number, Draft: apptest.Draft("Something else")}
	anew := apptest.Must(team.Receive(cmd))(t)
	if n := anew.Conversation; n.Number == c.Number || n.Customer.ID != c.Customer.ID || n.Channel != c.Channel || n.Unread != 1 || anew.Message.Seq != 1 {
		t.Fatalf("started %+v", n)
	}
	if again := apptest.Must(team.Receive(cmd))(t); !reflect.DeepEqual(again, anew) {
		t.Errorf("said twice: %+v", again)
	}
	if now := apptest.Must(team.Open(c.Number))(t).Conversation; now.Rev != old.Rev {
		t.Errorf("the old one is %+v", now)
	}
	next := team.Says(t, c.Customer.ID, c.Number, "And one more thing")
	if next.Conversation.Number != anew.Conversation.Number || next.Message.Seq != 2 {
		t.Errorf("the next message went to %+v", next.Conversation)
	}
	other := cmd
	other.Draft.Text = "Not the same"
	if _, err := team.Receive(other); desk.CodeOf(err) != desk.CodeConflict {
		t.Errorf("the same id for another text: %v", err)
	}
}

// TestAnewOnAWebsite lets a visitor go on in a new conversation of the same website,
// which the answer names.
func TestAnewOnAWebsite(t *testing.T) {
	w := newWeb(t)
	anewAfter(t, w.Team, 1)
	v := w.visitor(t, "irem")
	first := w.says(t, v, "", "Hello")
	n := w.number(t, first.Conversation.Handle)
	w.Does(t, app.VerbResolve, w.Ada, n)
	w.Clock.Move(25 * time.Hour)
	cmd := app.VisitorMessage{Visitor: *v, Number: n, Draft: apptest.Draft("Me again")}
	anew := apptest.Must(w.VisitorSays(cmd))(t)
	if anew.Conversation.Handle == first.Conversation.Handle || anew.Message.Seq != 1 {
		t.Fatalf("went on in %+v", anew.Conversation)
	}
	if again := apptest.Must(w.VisitorSays(cmd))(t); !reflect.DeepEqual(again, anew) {
		t.Errorf("said twice: %+v", again)
	}
	shown := apptest.Must(w.VisitorState(v))(t).Conversations
	if len(shown) != 2 || shown[0].State != "open" || shown[1].State != "resolved" {
		t.Errorf("the visitor sees %+v", shown)
	}
}

// TestAnewThroughAChannel answers with the number that another system goes on with.
func TestAnewThroughAChannel(t *testing.T) {
	team := apptest.New(t)
	anewAfter(t, team, 1)
	token := apptest.Must(team.SaveChannelToken(app.SaveChannelToken{By: team.Admin, Name: "Shop", Hash: hashOf("shop")}))(t)
	say := func(external string, n desk.Number) app.ChannelPosted {
		return apptest.Must(team.ChannelSays(app.ChannelMessage{
			Token: token.ID, Number: n, External: external, Channel: "shop",
			Customer: app.CreateCustomer{External: "customer-1"}, Draft: desk.Draft{Text: external},
		}))(t)
	}
	first := say("m1", 0)
	team.Does(t, app.VerbResolve, team.Ada, first.Number)
	team.Clock.Move(25 * time.Hour)
	anew := say("m2", first.Number)
	if anew.Number == first.Number || anew.Message.Seq != 1 {
		t.Fatalf("went on in %+v", anew)
	}
	if again := say("m2", first.Number); !reflect.DeepEqual(again, anew) {
		t.Errorf("said twice: %+v", again)
	}
	if next := say("m3", first.Number); next.Number != anew.Number || next.Message.Seq != 2 {
		t.Errorf("the next message went to %+v", next)
	}
	other := apptest.Must(team.SaveChannelToken(app.SaveChannelToken{By: team.Admin, Name: "Other", Hash: hashOf("other")}))(t)
	if _, err := team.ChannelMessages(other.ID, app.MessageQuery{Number: anew.Number, Limit: 10}); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("another token reads it: %v", err)
	}
}
