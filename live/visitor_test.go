package live_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/live"
	"parley/store"
	"parley/store/storetest"
)

// TestVisitorResume joins from everywhere: what was missed is told, and what cannot
// be told is one reset.
func TestVisitorResume(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		r.renames(t, 20_000)
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		for i := range 5 {
			d.Writes(t, d.Ada, d.number, fmt.Sprint(i))
		}
		settle()
		head, epoch := r.Head(), r.Store().Epoch()
		for _, row := range []struct {
			name string
			from live.Resume
			want []string
		}{
			{"fresh", live.Resume{Fresh: true}, nil},
			{"fresh, of another epoch", live.Resume{Fresh: true, Epoch: "other"}, nil},
			{"at the head", live.Resume{Since: head, Epoch: epoch}, nil},
			{"without an epoch", live.Resume{Since: head - 2}, []string{"message", "message"}},
			{"some behind", live.Resume{Since: head - 2, Epoch: epoch}, []string{"message", "message"}},
			{"before the conversation", live.Resume{Since: head - 5000, Epoch: epoch}, []string{"visitor", "message", "message", "message", "message", "message", "message"}},
			{"too old", live.Resume{Since: 3, Epoch: epoch}, []string{"reset"}},
			{"from the future", live.Resume{Since: head + 1, Epoch: epoch}, []string{"reset"}},
			{"from the end of time", live.Resume{Since: ^uint64(0)}, []string{"reset"}},
			{"of another epoch", live.Resume{Since: head, Epoch: "other"}, []string{"reset"}},
		} {
			c := r.joinVisitor(t, &d.visitor, row.from)
			frames := takeVisitor(t, c)
			if got := visitorTypes(frames); !slices.Equal(got, append([]string{"hello"}, row.want...)) {
				t.Errorf("%s: told %v", row.name, got)
			}
			for _, f := range frames {
				if (f.Type == "hello" || f.Type == "reset") && (f.Epoch != epoch || f.Sequence != head) {
					t.Errorf("%s: %s", row.name, f.text)
				}
			}
			c.Close()
		}
	})
}

// TestVisitorWhoDoesNotListen is told to load anew, once, and hears on.
func TestVisitorWhoDoesNotListen(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		c := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		for i := range 600 {
			d.Writes(t, d.Ada, d.number, fmt.Sprint(i))
		}
		frames := visitorHears(t, c)
		if got := visitorTypes(frames); !slices.Equal(got, []string{"hello", "reset"}) || frames[1].Sequence != r.Head() {
			t.Fatalf("told %v", got)
		}
		d.Writes(t, d.Ada, d.number, "Still there?")
		if got := visitorHears(t, c); len(got) != 1 || got[0].Message.Text != "Still there?" {
			t.Errorf("then told %v", visitorTypes(got))
		}
	})
}

// TestVisitorsAreResetWithTheHub loads anew when the journal is trimmed before the
// hub has told it.
func TestVisitorsAreResetWithTheHub(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		hub, err := live.New(r.Store(), apptest.Quiet())
		if err != nil {
			t.Fatal(err)
		}
		r.hub = hub
		c := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		r.renames(t, 1000)
		storetest.MustUpdate(t, r.Store(), func(tx *store.Tx) error {
			_, err := tx.TrimJournal(r.Now()+1, r.Now()+1, 500, 1000)
			return err
		})
		run(t, hub)
		if got := visitorTypes(visitorHears(t, c)); !slices.Equal(got, []string{"hello", "reset"}) {
			t.Errorf("told %v", got)
		}
		d.visitorSays(t, &d.visitor, 0, "Hello")
		if got := visitorTypes(visitorHears(t, c)); !slices.Equal(got, []string{"visitor", "message"}) {
			t.Errorf("then told %v", got)
		}
	})
}

// TestVisitorsOnline tells agents which customers are on a website: those who have
// said something, and each once.
func TestVisitorsOnline(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		known, mute := r.newVisitor(t, d.site, "known"), r.newVisitor(t, d.site, "mute")
		r.visitorSays(t, &known, 0, "Hello")
		ada := r.fresh(t, r.Ada)
		online := map[desk.ID]bool{}
		check := func(what string, frames int, want ...desk.ID) {
			t.Helper()
			told := says(t, ada)
			for _, f := range of(told, "visitor_online") {
				if online[f.CustomerID] = f.Online; !f.Online {
					delete(online, f.CustomerID)
				}
			}
			if n := len(of(told, "visitor_online")); n != frames {
				t.Errorf("%s: told %d times, want %d", what, n, frames)
			}
			late := r.fresh(t, r.Can)
			lists := of(take(t, late), "visitors_online")
			var list []desk.ID
			if err := json.Unmarshal(lists[0].CustomerIDs, &list); err != nil || len(lists) != 1 {
				t.Fatal(err)
			}
			late.Close()
			for _, id := range want {
				if !online[id] || !slices.Contains(list, id) {
					t.Errorf("%s: %s is not online", what, id)
				}
			}
			if len(online) != len(want) || len(list) != len(want) {
				t.Errorf("%s: %v and %v are online", what, online, list)
			}
		}
		check("nobody", 0)
		r.joinVisitor(t, &mute, live.Resume{Fresh: true})
		first := r.joinVisitor(t, &known, live.Resume{Fresh: true})
		check("one is known", 1, known.Customer)
		second := r.joinVisitor(t, &known, live.Resume{Fresh: true})
		first.Close()
		first.Close()
		time.Sleep(20 * time.Second)
		check("a second page", 0, known.Customer)
		second.Close()
		time.Sleep(5 * time.Second)
		third := r.joinVisitor(t, &known, live.Resume{Fresh: true})
		time.Sleep(20 * time.Second)
		check("from page to page", 0, known.Customer)
		r.visitorSays(t, &mute, 0, "Hello")
		check("the mute one speaks", 1, known.Customer, mute.Customer)
		third.Close()
		time.Sleep(20 * time.Second)
		check("gone", 1, mute.Customer)
		if n := r.hub.Visitors(); n != 1 {
			t.Errorf("%d sockets are left", n)
		}
	})
}

// TestTokenEnds shuts sockets whose token has ended: at once when the hub is told,
// with the next ping otherwise, and before the beginning.
func TestTokenEnds(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		c := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		takeVisitor(t, c)
		if c.Ping(); len(takeVisitor(t, c)) != 0 {
			t.Error("a ping says something")
		}
		phone := d.visitor
		phone.Hash = sha256.Sum256([]byte("phone"))
		if err := r.RotateVisitor(d.visitor.Hash, phone.Hash); err != nil {
			t.Fatal(err)
		}
		other := r.joinVisitor(t, &phone, live.Resume{Fresh: true})
		r.Clock.Move(25 * time.Hour) // the one that was turned over opens for a day
		takeVisitor(t, c)
		c.Ping()
		if _, err := c.Take(); desk.CodeOf(err) != desk.CodeUnauthorized {
			t.Errorf("after a ping: %v", err)
		}
		r.hub.CheckVisitors(d.visitor.Customer)
		takeVisitor(t, other)
		if err := r.EndVisitor(phone.Hash); err != nil {
			t.Fatal(err)
		}
		r.hub.CheckVisitors(d.visitor.Customer)
		if _, err := other.Take(); desk.CodeOf(err) != desk.CodeUnauthorized {
			t.Errorf("at once: %v", err)
		}
		lookup := func() (live.Pass, error) {
			_, _, err := r.Visitor(d.visitor.Hash)
			return live.Pass{}, err
		}
		if _, err := r.hub.JoinVisitor(live.Resume{Fresh: true}, r.endOf(lookup)); desk.CodeOf(err) != desk.CodeUnauthorized {
			t.Errorf("joined with %v", err)
		}
		calls := 0
		_, err := r.hub.JoinVisitor(live.Resume{Fresh: true}, r.endOf(func() (live.Pass, error) {
			if calls++; calls > 1 { // it ends between the two
				return live.Pass{}, desk.Refuse(desk.CodeUnauthorized, "", "Ended.")
			}
			return live.Pass{Customer: app.NewID(), Site: d.visitor.Site}, nil
		}))
		if desk.CodeOf(err) != desk.CodeUnauthorized || r.hub.Visitors() != 2 {
			t.Errorf("joined with %v, %d sockets", err, r.hub.Visitors())
		}
	})
}

// TestVisitorPing never promises more than was told.
func TestVisitorPing(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		settle()
		c := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		takeVisitor(t, c)
		joined := r.Head()
		promised := func() uint64 {
			var f visitorFrame
			if err := json.Unmarshal(c.Ping(), &f); err != nil || f.Type != "ping" {
				t.Fatal(err)
			}
			return f.Sequence
		}
		d.Writes(t, d.Ada, d.number, "Yes")
		settle()
		if got := promised(); got != joined {
			t.Errorf("a ping promises %d, told was %d", got, joined)
		}
		takeVisitor(t, c)
		r.renames(t, 10)
		settle()
		if got := promised(); got != r.Head() {
			t.Errorf("a ping promises %d of %d", got, r.Head())
		}
	})
}

// TestDelivered tells the team what a page was given, once for all that came
// together, and nothing of one that went away at once.
func TestDelivered(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		settle()
		delivered := func() uint64 {
			time.Sleep(5 * time.Second)
			settle()
			return apptest.Must(r.Open(d.number))(t).Conversation.CustomerDelivered
		}
		c := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		d.visitorSays(t, &d.visitor, d.number, "Anybody?")
		d.Assigns(t, d.Can, d.Ada, d.number)
		visitorHears(t, c)
		if got := delivered(); got != 0 {
			t.Errorf("of their own words %d were delivered", got)
		}
		for i := range 5 {
			d.Writes(t, d.Ada, d.number, fmt.Sprint(i))
		}
		if got := delivered(); got != 0 {
			t.Errorf("%d were delivered before they were given", got)
		}
		before := r.Head()
		visitorHears(t, c)
		if got := delivered(); got != 8 || r.Head() != before+1 {
			t.Errorf("delivered up to %d in %d events", got, r.Head()-before)
		}
		d.Writes(t, d.Ada, d.number, "Bye")
		visitorHears(t, c)
		c.Close()
		if got := delivered(); got != 8 {
			t.Errorf("delivered up to %d at a page that went away", got)
		}
	})
}

// TestReceiptThatPanics holds: what goes wrong while a timer runs ends neither the
// process nor what others are told.
func TestReceiptThatPanics(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		d.number = d.visitorSays(t, &d.visitor, 0, "Hello")
		settle()
		end := r.endOf(func() (live.Pass, error) {
			return live.Pass{Customer: d.visitor.Customer, Site: d.visitor.Site}, nil
		})
		end.Delivered = nil // whose call panics
		c, err := r.hub.JoinVisitor(live.Resume{Fresh: true}, end)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		d.Writes(t, d.Ada, d.number, "One")
		visitorHears(t, c)
		time.Sleep(5 * time.Second)
		d.Writes(t, d.Ada, d.number, "Two")
		if heard := visitorHears(t, c); len(heard) == 0 {
			t.Error("nothing more is told")
		}
	})
}

// TestTeamFrame tells those who look at the panel of the team, when it is another.
func TestTeamFrame(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		d := newDoer(t, r)
		looks, waits := r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true}), r.joinVisitor(t, &d.visitor, live.Resume{Fresh: true})
		visitorSay(t, looks, `{"type":"viewing","open":true}`)
		takeVisitor(t, waits)
		for range 3 {
			r.hub.TellTeam([]byte(`{"type":"team","open":true}`))
		}
		if got := visitorTypes(visitorHears(t, looks)); !slices.Equal(got, []string{"hello", "team"}) {
			t.Errorf("told %v", got)
		}
		if got := visitorHears(t, waits); len(got) != 0 {
			t.Errorf("who does not look is told %+v", got)
		}
		for range 2 {
			visitorSay(t, waits, `{"type":"viewing","open":true}`)
		}
		visitorSay(t, looks, `{"type":"viewing","open":false}`)
		r.hub.TellTeam([]byte(`{"type":"team","open":false}`))
		if got := visitorTypes(visitorHears(t, waits)); !slices.Equal(got, []string{"team", "team"}) {
			t.Errorf("on opening it is told %v", got)
		}
		if got := visitorHears(t, looks); len(got) != 0 {
			t.Errorf("who looks no more is told %+v", got)
		}
	})
}
