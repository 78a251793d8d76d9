package live_test

import (
	"slices"
	"strings"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/live"
	"parley/wire"
)

// TestVisitorLaw holds for visitors what TestLaw holds for agents, and that they
// are told nothing of what is the team's, or another's, or of another website.
func TestVisitorLaw(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		other := r.newVisitor(t, d.site, "other")
		elsewhere := d.visitor
		elsewhere.Site = r.newSite(t, "Blog").ID
		readers := []*visitorReader{
			{name: "the visitor", visitor: d.visitor},
			{name: "the visitor, who connects again each time", visitor: d.visitor, returns: true},
			{name: "the visitor, who listens at the end", visitor: d.visitor, sleeps: true},
			{name: "the visitor, after a restart", visitor: d.visitor, sleeps: true, returns: true},
			{name: "another visitor", visitor: other},
			{name: "the visitor on another website", visitor: elsewhere},
		}
		start := r.Head()
		for _, one := range readers {
			one.page, one.since, one.once = r.loadVisitor(t, &one.visitor), start, map[string]bool{}
			if !one.returns {
				one.client = r.joinPass(t, &one.visitor, live.Resume{Fresh: true})
			}
		}
		for _, deed := range deeds {
			deed.do(t, d)
			for _, one := range readers {
				if !one.sleeps {
					one.listen(t, r)
					one.check(t, r, deed.name)
				}
			}
			if t.Failed() {
				return
			}
		}
		r.hub = startHub(t, r.Store())
		settle()
		for _, one := range readers {
			one.listen(t, r)
			one.check(t, r, "all deeds")
		}
		for _, one := range readers[1:4] {
			if !slices.Equal(one.told, readers[0].told) {
				t.Errorf("%s was told %v, and %s %v", one.name, one.told, readers[0].name, readers[0].told)
			}
		}
		if told := readers[4].told; len(told) != 0 {
			t.Errorf("another visitor was told %v", told)
		}
	})
}

// joinPass is joinVisitor for a pass that has no token of its own.
func (r *room) joinPass(t *testing.T, v *app.Visitor, from live.Resume) *live.Visitor {
	t.Helper()
	pass := live.Pass{Customer: v.Customer, Site: v.Site}
	c, err := r.hub.JoinVisitor(from, r.endOf(func() (live.Pass, error) { return pass, nil }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// visitorReader is a visitor's page with its socket.
type visitorReader struct {
	name    string
	visitor app.Visitor
	returns bool
	sleeps  bool
	page    copies
	client  *live.Visitor
	since   uint64
	told    []uint64
	once    map[string]bool // the messages that it was told
}

// loadVisitor fetches everything that a visitor may see.
func (r *room) loadVisitor(t *testing.T, v *app.Visitor) copies {
	t.Helper()
	page := copies{}
	state := apptest.Must(r.VisitorState(v))(t)
	page.put(t, "visitor", 1, state.Visitor)
	for _, c := range state.Conversations {
		putExchange(t, page, c)
		number := apptest.Must(r.NumberOf(c.Handle))(t)
		for _, m := range apptest.Must(r.VisitorMessages(v, app.MessageQuery{Number: number, Limit: 1000}))(t).Messages {
			page.put(t, "message "+m.ID, 1, m)
		}
	}
	return page
}

// putExchange keeps the newer copy of a conversation. A rev alone may differ: what
// is the team's makes it rise, and visitors are told nothing of that.
func putExchange(t *testing.T, page copies, c wire.VisitorConversation) {
	t.Helper()
	rev := c.Rev
	c.Rev = 0
	page.put(t, "conversation "+c.Handle, rev, c)
}

func (one *visitorReader) listen(t *testing.T, r *room) {
	t.Helper()
	if one.returns {
		one.client = r.joinPass(t, &one.visitor, live.Resume{Since: one.since, Epoch: r.Store().Epoch()})
		defer one.client.Close()
	}
	for _, f := range visitorHears(t, one.client) {
		one.hear(t, r, &f)
	}
}

// hear takes a frame as a visitor's page does.
func (one *visitorReader) hear(t *testing.T, r *room, f *visitorFrame) {
	t.Helper()
	for _, secret := range []string{canary, "@example.com", r.Ada.String(), r.Can.String(), r.Owner.String(), " L."} {
		if strings.Contains(f.text, secret) {
			t.Errorf("%s is told %q in %s", one.name, secret, f.text)
		}
	}
	if f.Seq == 0 {
		return
	}
	if len(one.told) > 0 && f.Seq <= one.told[len(one.told)-1] {
		t.Errorf("%s is told %d after %v", one.name, f.Seq, one.told)
	}
	one.told, one.since = append(one.told, f.Seq), f.Seq
	switch {
	case f.Visitor != nil:
		one.page.put(t, "visitor", f.Seq, f.Visitor)
	case f.Conversation != nil:
		putExchange(t, one.page, *f.Conversation)
		if f.Message != nil {
			if one.once[f.Message.ID] {
				t.Errorf("%s is told %s twice", one.name, f.text)
			}
			one.once[f.Message.ID] = true
			one.page.put(t, "message "+f.Message.ID, 1, f.Message)
		}
	default:
		t.Errorf("%s tells nothing", f.text)
	}
}

func (one *visitorReader) check(t *testing.T, r *room, after string) {
	t.Helper()
	if !one.page.same(t, r.loadVisitor(t, &one.visitor), func(string) bool { return false }) {
		t.Errorf("that is what %s knows after: %s", one.name, after)
	}
}
