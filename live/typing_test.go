package live_test

import (
	"fmt"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/live"
)

// TestVisitorTyping goes both ways, and nowhere else.
func TestVisitorTyping(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		other := r.newVisitor(t, d.site, "other")
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		theirs := r.visitorSays(t, &other, 0, "Hi")
		handle := r.loadHandle(t, &d.visitor)
		ada, can := r.fresh(t, r.Ada), r.fresh(t, r.Can)
		mine, their := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true}), r.joinVisitor(t, &other, live.Resume{Fresh: true})
		visitorHears(t, mine)
		visitorHears(t, their)
		says(t, ada)
		says(t, can)

		say(t, ada, `{"type":"typing","number":%d}`, d.number)
		told := visitorHears(t, mine)
		if len(told) != 1 || told[0].Type != "typing" || told[0].Handle != handle || told[0].Name != "Ada" || told[0].Bot {
			t.Errorf("the visitor is told %+v", told)
		}
		if told := of(says(t, can), "typing"); len(told) != 1 {
			t.Errorf("the other agent is told %+v", told)
		}
		say(t, r.fresh(t, r.Reporter), `{"type":"typing","number":%d}`, d.number)
		if visitor, agent := visitorHears(t, mine), of(says(t, can), "typing"); len(visitor)+len(agent) != 0 {
			t.Errorf("of one who may not reply the visitor is told %+v, the agent %+v", visitor, agent)
		}
		time.Sleep(3 * time.Second)
		say(t, ada, `{"type":"typing","number":%d}`, theirs)
		time.Sleep(3 * time.Second)
		say(t, ada, `{"type":"typing","number":4711}`)
		r.joinPass(t, &app.Visitor{Customer: d.visitor.Customer, Site: app.NewID()}, live.Resume{Fresh: true})
		if told := visitorHears(t, mine); len(told) != 0 {
			t.Errorf("the visitor is told of what is not theirs: %+v", told)
		}
		if told := visitorHears(t, their); len(told) != 1 {
			t.Errorf("the other visitor is told %+v", told)
		}
		if err := r.hub.BotTyping(d.number); err != nil {
			t.Error(err)
		}
		if told := visitorHears(t, mine); len(told) != 1 || !told[0].Bot || told[0].Name == "" {
			t.Errorf("of the bot the visitor is told %+v", told)
		}

		says(t, can)
		for range 5 {
			visitorSay(t, mine, `{"type":"typing","handle":%q}`, handle)
		}
		if told := of(says(t, can), "typing"); len(told) != 1 || told[0].Number != d.number || told[0].CustomerID != d.visitor.Customer || !told[0].AgentID.IsZero() {
			t.Errorf("the agents are told %+v", told)
		}
		for _, strange := range []string{r.loadHandle(t, &other), "", "1", "AAAAAAAAAAAAAAAAAAAAAA"} {
			time.Sleep(3 * time.Second)
			visitorSay(t, mine, `{"type":"typing","handle":%q}`, strange)
		}
		elsewhere := d.visitor
		elsewhere.Site = r.newSite(t, "Blog").ID
		visitorSay(t, r.joinPass(t, &elsewhere, live.Resume{Fresh: true}), `{"type":"typing","handle":%q}`, handle)
		if told := of(says(t, can), "typing"); len(told) != 0 {
			t.Errorf("of a strange handle the agents are told %+v", told)
		}
		if told := visitorHears(t, their); len(told) != 0 {
			t.Errorf("the other visitor is told %+v", told)
		}
		if err := mine.Receive([]byte("nonsense")); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("nonsense is answered with %v", err)
		}
	})
}

// loadHandle is the name under which a visitor knows their newest conversation.
func (r *room) loadHandle(t *testing.T, v *app.Visitor) string {
	t.Helper()
	return apptest.Must(r.VisitorState(v))(t).Conversations[0].Handle
}

// visitorSay lets a visitor's page say something.
func visitorSay(t *testing.T, c *live.Visitor, format string, args ...any) {
	t.Helper()
	if err := c.Receive(fmt.Appendf(nil, format, args...)); err != nil {
		t.Fatal(err)
	}
}
