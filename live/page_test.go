package live_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// page is what an agent's browser knows: everything that it has loaded, kept
// current by frames and nothing else.
type page struct {
	agent desk.ID
	copies
	told []uint64 // the sequences of the frames

	imported map[desk.Number]bool // heard of without its messages
}

// copies are things as a page knows them, by kind and id.
type copies map[string]copied

type copied struct {
	rev  uint64
	text string
}

// load fetches everything, as a page does at its start and after a reset.
func (r *room) load(t *testing.T, agent desk.ID) *page {
	t.Helper()
	p := &page{agent: agent, copies: copies{}, imported: map[desk.Number]bool{}}
	for _, view := range []desk.View{desk.ViewInbox, desk.ViewArchive} {
		list := apptest.Must(r.List(store.ListQuery{View: view, Sort: store.SortNewest, Limit: 100}))(t)
		for _, c := range list.Conversations {
			p.conversation(t, c)
			for _, m := range apptest.Must(r.Messages(app.MessageQuery{Number: c.Number, Limit: 1000}))(t).Messages {
				p.message(t, m)
			}
		}
	}
	for _, c := range apptest.Must(r.Customers("", desk.ID{}, 1000))(t).Customers {
		p.customer(t, c)
	}
	for _, a := range apptest.Must(r.Roster())(t).Agents {
		p.put(t, "agent "+a.ID.String(), a.Rev, a)
	}
	for _, reply := range apptest.Must(r.Replies(agent))(t) {
		p.put(t, "reply "+reply.ID.String(), reply.Rev, reply)
	}
	team := apptest.Must(r.App.Team())(t)
	p.put(t, "team", team.Rev, team)
	counts := apptest.Must(r.Counts())(t)
	p.put(t, "counts", counts.Rev, counts.Counts)
	return p
}

// hear takes frames as a page does: the higher rev is newer, and repeats are
// harmless.
func (p *page) hear(t *testing.T, frames []frame) {
	t.Helper()
	for _, f := range frames {
		if f.Seq > 0 {
			p.told = append(p.told, f.Seq)
		}
		switch {
		case f.Conversation != nil:
			if f.Type == string(desk.ConversationImported) {
				p.imported[f.Conversation.Number] = true
			}
			p.conversation(t, *f.Conversation)
			if f.Message != nil {
				p.message(t, *f.Message)
			}
		case f.Customer != nil:
			p.customer(t, *f.Customer)
		case f.Agent != nil:
			p.put(t, "agent "+f.Agent.ID.String(), f.Agent.Rev, f.Agent)
		case f.Reply != nil:
			p.put(t, "reply "+f.Reply.ID.String(), f.Reply.Rev, f.Reply)
		case f.Type == string(desk.ConversationRemoved):
			p.remove(fmt.Sprint("conversation ", f.Number), fmt.Sprintf("message %d/", f.Number))
		case f.Type == string(desk.CustomerRemoved):
			p.remove("customer "+f.ID.String(), "who "+f.ID.String())
		case f.Type == string(desk.ReplyDeleted):
			delete(p.copies, "reply "+f.ID.String())
		case f.Team != nil:
			p.put(t, "team", f.Team.Rev, f.Team)
		case f.Type == "views":
			p.put(t, "counts", f.Rev, f.Counts)
		}
	}
}

// remove forgets what is kept under a key, or under one that begins so.
func (p *page) remove(keys ...string) {
	maps.DeleteFunc(p.copies, func(key string, _ copied) bool {
		return slices.ContainsFunc(keys, func(k string) bool { return key == k || strings.HasSuffix(k, "/") && strings.HasPrefix(key, k) })
	})
}

// conversation keeps a conversation, and what it says of its customer apart: that
// has a rev of its own.
func (p *page) conversation(t *testing.T, c wire.Conversation) {
	t.Helper()
	p.put(t, "who "+c.Customer.ID.String(), c.Customer.Rev, c.Customer)
	c.Customer = wire.CustomerRef{ID: c.Customer.ID}
	p.put(t, fmt.Sprint("conversation ", c.Number), c.Rev, c)
}

// message keeps a message. It never changes, but for the cards that come to it.
func (p *page) message(t *testing.T, m wire.Message) {
	t.Helper()
	p.put(t, fmt.Sprint("message ", m.Number, "/", m.Seq), 1+uint64(len(m.Cards)), m)
}

func (p *page) customer(t *testing.T, c wire.Customer) {
	t.Helper()
	p.put(t, "customer "+c.ID.String(), c.Rev, c)
	ref := wire.CustomerRef{ID: c.ID, Rev: c.Rev, Name: c.Name, Email: c.Email, Blocked: c.Blocked != nil, Language: c.Language}
	p.put(t, "who "+c.ID.String(), c.Rev, ref)
}

// put keeps the newer of two copies; two of the same rev must be the same.
func (c copies) put(t *testing.T, key string, rev uint64, v any) {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	before, known := c[key]
	if known && before.rev == rev && before.text != string(text) {
		t.Errorf("%s has two faces of rev %d:\n%s\n%s", key, rev, before.text, text)
	}
	if !known || before.rev < rev {
		c[key] = copied{rev, string(text)}
	}
}

// same compares what a page knows with what one knows that has just loaded, but for
// what only the latter has and missing excuses.
func (c copies) same(t *testing.T, fresh copies, missing func(key string) bool) (same bool) {
	t.Helper()
	same = true
	for _, key := range slices.Sorted(maps.Keys(fresh)) {
		want, got := fresh[key].text, c[key].text
		if got != want && (got != "" || !missing(key)) {
			same = false
			t.Errorf("%s is\n%s\nand a fetch gives\n%s", key, got, want)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c)) {
		if _, there := fresh[key]; !there {
			same = false
			t.Errorf("%s is known and was not fetched", key)
		}
	}
	return same
}

// unloaded reports whether a page fetches something only when it opens it.
func (p *page) unloaded(key string) bool {
	thread, isMessage := strings.CutPrefix(key, "message ")
	var n desk.Number
	_, err := fmt.Sscanf(thread, "%d/", &n)
	return isMessage && err == nil && p.imported[n]
}
