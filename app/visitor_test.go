package app_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store/storetest"
	"parley/wire"
)

// web is a team with a site.
type web struct {
	*apptest.Team
	site wire.Site
}

func newWeb(t *testing.T) *web {
	t.Helper()
	team := apptest.New(t)
	return &web{team, addSite(t, team, "Shop")}
}

func addSite(t *testing.T, team *apptest.Team, name string) wire.Site {
	t.Helper()
	return apptest.Must(team.SaveSite(app.SaveSite{By: team.Owner, New: true, Change: desk.SiteChange{Name: &name}}))(t)
}

func (w *web) sets(t *testing.T, change desk.SiteChange) {
	t.Helper()
	w.site = apptest.Must(w.SaveSite(app.SaveSite{By: w.Owner, ID: w.site.ID, Change: change}))(t)
}

func hashOf(token string) [sha256.Size]byte { return sha256.Sum256([]byte(token)) }

// visitor lets a browser in.
func (w *web) visitor(t *testing.T, token string) *app.Visitor {
	t.Helper()
	apptest.Must(w.NewVisitor(w.site.Key, hashOf(token), app.VisitorSeed{Language: "tr", Zone: "Europe/Istanbul", Browser: "Firefox on Linux"}))(t)
	return w.known(t, token)
}

func (w *web) known(t *testing.T, token string) *app.Visitor {
	t.Helper()
	v, _, err := w.Visitor(hashOf(token))
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

// says is a visitor's message; the handle "" starts a conversation.
func (w *web) says(t *testing.T, v *app.Visitor, handle, text string) app.VisitorPosted {
	t.Helper()
	return apptest.Must(w.VisitorSays(app.VisitorMessage{Visitor: *v, Number: w.number(t, handle), Draft: apptest.Draft(text)}))(t)
}

func (w *web) number(t *testing.T, handle string) desk.Number {
	t.Helper()
	if handle == "" {
		return 0
	}
	return apptest.Must(w.NumberOf(handle))(t)
}

func refused(t *testing.T, what string, err error, want desk.Code) {
	t.Helper()
	if err == nil || desk.CodeOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

// TestVisitorIsNobodyUntilTheySpeak makes a customer with the first thing that is
// said, and none of browsers that only look.
func TestVisitorIsNobodyUntilTheySpeak(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	apptest.Must(w.Introduce(app.Introduce{Visitor: *v, Page: desk.Page{URL: "https://shop.example/cart#pay", Title: "Cart"}}))(t)
	if _, err := w.Customer(v.Customer); desk.CodeOf(err) != desk.CodeNotFound {
		t.Fatalf("a browser that only looked is a customer: %v", err)
	}
	v = w.known(t, "a")
	posted := w.says(t, v, "", "Merhaba")
	c := apptest.Must(w.Customer(v.Customer))(t)
	if c.Page == nil || c.Page.URL != "https://shop.example/cart" || c.Language != "tr" || c.Zone != "Europe/Istanbul" || c.Browser != "Firefox on Linux" || c.Verified {
		t.Errorf("the customer is %+v, on %+v", c, c.Page)
	}
	thread := apptest.Must(w.Open(w.number(t, posted.Conversation.Handle)))(t)
	if thread.Conversation.Channel != "widget" || thread.Conversation.SiteID == nil || *thread.Conversation.SiteID != w.site.ID {
		t.Errorf("the conversation is %+v", thread.Conversation)
	}
}

// TestVisitorSaysOnce stores a message once however often it is sent, and refuses
// its client id for anything else.
func TestVisitorSaysOnce(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	cmd := app.VisitorMessage{Visitor: *v, Draft: apptest.Draft("Merhaba")}
	first := apptest.Must(w.VisitorSays(cmd))(t)
	if again := apptest.Must(w.VisitorSays(cmd))(t); again.Message.ID != first.Message.ID || again.Conversation.Handle != first.Conversation.Handle {
		t.Errorf("the same message again is %s", again.Message.ID)
	}
	into := cmd
	into.Number = w.number(t, first.Conversation.Handle)
	_, err := w.VisitorSays(into)
	if err != nil { // the first message of a conversation is in that conversation
		t.Errorf("sent into its own conversation: %v", err)
	}
	other := cmd
	other.Draft.Text = "Something else"
	_, err = w.VisitorSays(other)
	refused(t, "another text under the same client id", err, desk.CodeConflict)
	second := w.says(t, v, "", "Another matter")
	into.Number = w.number(t, second.Conversation.Handle)
	_, err = w.VisitorSays(into)
	refused(t, "the same client id in another conversation", err, desk.CodeConflict)
	if state := apptest.Must(w.VisitorState(v))(t); len(state.Conversations) != 2 || state.Conversations[0].Handle != second.Conversation.Handle {
		t.Errorf("there are %+v", state.Conversations)
	}
}

// TestVisitorSeesNothingOfOthers asks for another visitor's conversation, also for
// that of the same customer on another site: the answers are those for what is not
// there.
func TestVisitorSeesNothingOfOthers(t *testing.T) {
	w := newWeb(t)
	mine, other := w.visitor(t, "mine"), w.visitor(t, "other")
	theirs := w.number(t, w.says(t, other, "", "canary-9c1e").Conversation.Handle)
	elsewhere := *other
	elsewhere.Site = addSite(t, w.Team, "Blog").ID
	for _, v := range []*app.Visitor{mine, &elsewhere} {
		_, err := w.VisitorMessages(v, app.MessageQuery{Number: theirs, Limit: 50})
		refused(t, "messages", err, desk.CodeNotFound)
		_, err = w.VisitorSays(app.VisitorMessage{Visitor: *v, Number: theirs, Draft: apptest.Draft("let me in")})
		refused(t, "say", err, desk.CodeNotFound)
		for _, verb := range []app.VisitorVerb{app.VisitorSeen, app.VisitorDelivered, app.VisitorHandover, app.VisitorRating} {
			_, err := w.ChangeAsVisitor(app.ChangeAsVisitor{Verb: verb, Visitor: *v, Number: theirs, Seq: 1, Score: 5})
			refused(t, string(verb), err, desk.CodeNotFound)
		}
		if state := apptest.Must(w.VisitorState(v))(t); strings.Contains(fmt.Sprint(state), "canary") || len(state.Conversations) != 0 {
			t.Errorf("shown %+v", state)
		}
	}
	if n, err := w.NumberOf("1"); err == nil {
		t.Errorf("a bare number is taken for a handle of %d", n)
	}
}

// TestVisitorSeesNothingOfTheTeam leaves notes, and everything by which they could
// be told, out of what visitors get.
func TestVisitorSeesNothingOfTheTeam(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	posted := w.says(t, v, "", "Merhaba")
	n := w.number(t, posted.Conversation.Handle)
	w.Writes(t, w.Ada, n, "Hello, how can I help?")
	before := apptest.Must(w.VisitorState(v))(t).Conversations[0]
	for i := range 40 {
		note := apptest.Draft(fmt.Sprintf("canary-note %d", i))
		note.Note = true
		w.Clock.Move(time.Minute)
		apptest.Must(w.Post(app.PostMessage{By: w.Ada, Number: n, Draft: note}))(t)
	}
	apptest.Must(w.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: w.Ada, Number: n, Tags: []string{"canary-tag"}}))(t)
	state := apptest.Must(w.VisitorState(v))(t)
	after := state.Conversations[0]
	if *after.Last != *before.Last || after.ActiveAt != before.ActiveAt || after.Unread != before.Unread {
		t.Errorf("a note shows: %+v was %+v", after, before)
	}
	thread := apptest.Must(w.VisitorMessages(v, app.MessageQuery{Number: n, Limit: 50}))(t)
	all := string(state.AppendJSON(nil)) + string(thread.AppendJSON(nil))
	for _, secret := range []string{"canary", w.Ada.String(), "Ada@example.com", "note", "tag"} {
		if strings.Contains(all, secret) {
			t.Errorf("%s is in %s", secret, all)
		}
	}
	if len(thread.Messages) != 2 || thread.Messages[1].Author.Name != "Ada" {
		t.Errorf("%+v", thread.Messages)
	}
	zero := uint64(0)
	for limit := uint64(1); limit < 4; limit++ { // pages go past the notes
		var texts []string
		for q := (app.MessageQuery{Number: n, Limit: limit, After: &zero}); ; {
			page := apptest.Must(w.VisitorMessages(v, q))(t)
			for _, m := range page.Messages {
				texts = append(texts, m.Text)
				q.After = &m.Seq
			}
			if !page.After || len(page.Messages) == 0 {
				break
			}
		}
		if got := strings.Join(texts, "|"); got != "Merhaba|Hello, how can I help?" {
			t.Errorf("forward by %d: %s", limit, got)
		}
		newest := apptest.Must(w.VisitorMessages(v, app.MessageQuery{Number: n, Limit: limit}))(t)
		if newest.Messages[len(newest.Messages)-1].Text != "Hello, how can I help?" || len(newest.Messages) != int(min(limit, 2)) {
			t.Errorf("the newest %d: %+v", limit, newest.Messages)
		}
	}
}

// TestReceipts follows what both sides have read.
func TestReceipts(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	handle := w.says(t, v, "", "Merhaba").Conversation.Handle
	n := w.number(t, handle)
	if c := apptest.Must(w.VisitorState(v))(t).Conversations[0]; c.AgentRead != 0 || c.Unread != 0 {
		t.Errorf("before anybody read: %+v", c)
	}
	w.Does(t, app.VerbRead, w.Ada, n)
	if c := apptest.Must(w.VisitorState(v))(t).Conversations[0]; c.AgentRead != 1 {
		t.Errorf("the team has read up to %d", c.AgentRead)
	}
	w.Writes(t, w.Ada, n, "One")
	w.Writes(t, w.Ada, n, "Two")
	see := func(seq uint64) wire.VisitorConversation {
		return apptest.Must(w.ChangeAsVisitor(app.ChangeAsVisitor{Verb: app.VisitorSeen, Visitor: *v, Number: n, Seq: seq}))(t)
	}
	for _, step := range []struct{ seq, unread, read uint64 }{{1, 2, 1}, {2, 1, 2}, {1, 1, 2}, {99, 0, 3}} {
		if c := see(step.seq); c.Unread != step.unread || c.CustomerRead != step.read {
			t.Errorf("seen up to %d: %d unread, read up to %d", step.seq, c.Unread, c.CustomerRead)
		}
	}
	head := w.Head()
	if see(99); w.Head() != head {
		t.Error("seeing it twice is told twice")
	}
	if c := apptest.Must(w.Open(n))(t).Conversation; c.CustomerRead != 3 || c.CustomerDelivered != 3 {
		t.Errorf("the team sees %d and %d", c.CustomerDelivered, c.CustomerRead)
	}
}

// TestHandover ends the bot's lead at the visitor's wish, once.
func TestHandover(t *testing.T) {
	w := newWeb(t)
	on := desk.SiteBotOn
	w.sets(t, desk.SiteChange{Bot: &on})
	v := w.visitor(t, "a")
	posted := w.says(t, v, "", "Merhaba")
	if posted.Conversation.Lead != "bot" {
		t.Fatalf("led by %s", posted.Conversation.Lead)
	}
	wish := app.ChangeAsVisitor{Verb: app.VisitorHandover, Visitor: *v, Number: w.number(t, posted.Conversation.Handle)}
	before := w.Head()
	for range 2 {
		if c := apptest.Must(w.ChangeAsVisitor(wish))(t); c.Lead != "nobody" {
			t.Errorf("led by %s", c.Lead)
		}
	}
	if events := w.Events(t, before); len(events) != 2 || events[0] != desk.MessagePosted || events[1] != desk.ConversationHandedOver {
		t.Errorf("told as %v: a farewell and the hand-over", events)
	}
	w.Assigns(t, w.Ada, w.Ada, wish.Number)
	if c := apptest.Must(w.ChangeAsVisitor(wish))(t); c.Lead != "agent" || c.Agent.Name != "Ada" {
		t.Errorf("a person who leads is sent away: %+v", c)
	}
}

// TestRatingAfterTheEnd takes a rating once it is over, if the site asks for it.
func TestRatingAfterTheEnd(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	n := w.number(t, w.says(t, v, "", "Merhaba").Conversation.Handle)
	cmd := app.ChangeAsVisitor{Verb: app.VisitorRating, Visitor: *v, Number: n, Score: 4, Comment: "İyi"}
	_, err := w.ChangeAsVisitor(cmd)
	refused(t, "while it is open", err, desk.CodeConflict)
	w.Does(t, app.VerbResolve, w.Ada, n)
	if c := apptest.Must(w.VisitorState(v))(t).Conversations[0]; !c.AskRating {
		t.Error("not asked for a rating")
	}
	if c := apptest.Must(w.ChangeAsVisitor(cmd))(t); c.AskRating || c.Rating.Score != 4 {
		t.Errorf("rated: %+v", c)
	}
	off := false
	w.sets(t, desk.SiteChange{Rating: &off})
	cmd.Score = 1
	_, err = w.ChangeAsVisitor(cmd)
	refused(t, "where no ratings are asked for", err, desk.CodeForbidden)
}

// TestBlockedIsStopped stores nothing of a blocked customer, until the block ends.
func TestBlockedIsStopped(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "a")
	n := w.number(t, w.says(t, v, "", "Merhaba").Conversation.Handle)
	reason, begun := "spam", app.NewID()
	apptest.Must(w.StartAttachment(app.StartAttachment{Owner: desk.CustomerActor(v.Customer), ClientID: begun, Name: "b.png", Size: 9}))(t)
	apptest.Must(w.EditCustomer(app.EditCustomer{By: w.Ada, ID: v.Customer, Block: &reason, Until: w.Now() + 60_000}))(t)
	before := storetest.Dump(t, w.Store())
	name := "Eve"
	for what, try := range map[string]func() error{
		"message": func() error {
			_, err := w.VisitorSays(app.VisitorMessage{Visitor: *v, Number: n, Draft: apptest.Draft("x")})
			return err
		},
		"new conversation": func() error {
			_, err := w.VisitorSays(app.VisitorMessage{Visitor: *v, Draft: apptest.Draft("x")})
			return err
		},
		"name": func() error {
			_, err := w.Introduce(app.Introduce{Visitor: *v, Change: desk.CustomerChange{Name: &name}})
			return err
		},
		"receipt": func() error {
			_, err := w.ChangeAsVisitor(app.ChangeAsVisitor{Verb: app.VisitorSeen, Visitor: *v, Number: n, Seq: 1})
			return err
		},
		"the rest of a file": func() error {
			_, err := w.Upload(begun, desk.CustomerActor(v.Customer))
			return err
		},
		"file": func() error {
			_, err := w.StartAttachment(app.StartAttachment{Owner: desk.CustomerActor(v.Customer), ClientID: app.NewID(), Name: "a.png", Size: 9})
			return err
		},
	} {
		refused(t, what, try(), desk.CodeBlocked)
	}
	for k, after := range storetest.Dump(t, w.Store()) {
		if before[k] != after {
			t.Errorf("%q was stored", k)
		}
	}
	w.Clock.Move(2 * time.Minute)
	w.says(t, v, "", "Merhaba again") // before any housekeeping
	if err := w.EndBlocks(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c := apptest.Must(w.Customer(v.Customer))(t); c.Blocked != nil {
		t.Errorf("still blocked: %+v", c.Blocked)
	}
}

// TestBegunIsShownToItsVisitor lets the chat window show what the team begins with
// somebody who has written through it.
func TestBegunIsShownToItsVisitor(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "irem")
	w.says(t, v, "", "Hello")
	begun := apptest.Must(w.Begin(app.BeginConversation{By: w.Ada, Customer: v.Customer, Draft: apptest.Draft("Your parcel is here")}))(t)
	shown := apptest.Must(w.VisitorState(w.known(t, "irem")))(t).Conversations
	if len(shown) != 2 || shown[0].Last == nil || shown[0].Last.Text != "Your parcel is here" || shown[0].Unread != 1 {
		t.Errorf("the visitor sees %+v", shown)
	}
	if begun.Conversation.SiteID == nil || begun.Conversation.Channel != "desk" {
		t.Errorf("begun as %+v", begun.Conversation)
	}
}
