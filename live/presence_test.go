package live_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
	"parley/live"
)

// say lets a client say something.
func say(t *testing.T, c *live.Client, format string, args ...any) {
	t.Helper()
	if err := c.Receive(fmt.Appendf(nil, format, args...)); err != nil {
		t.Fatal(err)
	}
}

// TestPresence follows two agents with several sockets as a third sees them.
func TestPresence(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		watcher := r.fresh(t, r.Owner)
		known := there{}
		check := func(what string, frames int, want there) {
			t.Helper()
			told := says(t, watcher)
			known = withPresence(t, known, told)
			if got := len(of(told, "presence")) + len(of(told, "presence.changed")); got != frames {
				t.Errorf("%s: told in %d frames, want %d", what, got, frames)
			}
			if !maps.Equal(known, want) || !maps.Equal(r.hub.Presence(), want) {
				t.Errorf("%s: told %v, the hub says %v, want %v", what, known, r.hub.Presence(), want)
			}
		}
		check("the watcher is there", 2, there{r.Owner: live.Online})
		desktop := r.fresh(t, r.Ada)
		check("an arrival", 1, there{r.Owner: live.Online, r.Ada: live.Online})
		phone := r.fresh(t, r.Ada)
		check("a second socket", 0, there{r.Owner: live.Online, r.Ada: live.Online})
		say(t, desktop, `{"type":"presence","state":"away"}`)
		check("away at one of two", 0, there{r.Owner: live.Online, r.Ada: live.Online})
		say(t, phone, `{"type":"presence","state":"away"}`)
		check("away at both", 1, there{r.Owner: live.Online, r.Ada: live.Away})
		say(t, phone, `{"type":"presence","state":"online"}`)
		settle()
		say(t, phone, `{"type":"presence","state":"away"}`)
		say(t, phone, `{"type":"presence","state":"online"}`)
		say(t, phone, `{"type":"presence","state":"away"}`)
		say(t, phone, `{"type":"presence","state":"online"}`)
		check("there and away in a moment", 1, there{r.Owner: live.Online, r.Ada: live.Online})
		say(t, phone, `{"type":"presence","state":"away"}`)
		check("away again", 1, there{r.Owner: live.Online, r.Ada: live.Away})
		say(t, phone, `{"type":"presence","state":"offline"}`)
		check("offline by choice at one, away at the other", 0, there{r.Owner: live.Online, r.Ada: live.Away})
		say(t, desktop, `{"type":"presence","state":"offline"}`)
		check("offline by choice at both", 1, there{r.Owner: live.Online})
		say(t, desktop, `{"type":"presence","state":"away"}`)
		check("no longer", 1, there{r.Owner: live.Online, r.Ada: live.Away})
		phone.Close()
		phone.Close()
		say(t, phone, `{"type":"presence","state":"online"}`)
		check("a word from a closed socket", 0, there{r.Owner: live.Online, r.Ada: live.Away})
		say(t, desktop, `{"type":"presence","state":"online"}`)
		check("back", 1, there{r.Owner: live.Online, r.Ada: live.Online})
		desktop.Close()
		time.Sleep(9 * time.Second)
		again := r.fresh(t, r.Ada)
		time.Sleep(9 * time.Second)
		check("a short break", 0, there{r.Owner: live.Online, r.Ada: live.Online})
		again.Close()
		time.Sleep(9 * time.Second)
		r.fresh(t, r.Ada).Close()
		time.Sleep(5 * time.Second)
		check("two short breaks", 0, there{r.Owner: live.Online, r.Ada: live.Online})
		time.Sleep(6 * time.Second)
		check("gone", 1, there{r.Owner: live.Online})
		r.fresh(t, r.Ada).Close()
		check("a moment's visit", 1, there{r.Owner: live.Online, r.Ada: live.Online})
	})
}

// TestArrivalsAreToldTogether lets many come within a moment: those who are there
// are told the first at once and the others together, each once.
func TestArrivalsAreToldTogether(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		watcher := r.fresh(t, r.Owner)
		says(t, watcher)
		n := r.NewConversation(t).Number
		const crowd = 500
		everyone := there{r.Owner: live.Online}
		var clients []*live.Client
		for range crowd {
			agent := app.NewID()
			everyone[agent] = live.Online
			c := r.fresh(t, agent)
			say(t, c, `{"type":"viewing","number":%d}`, n)
			clients = append(clients, c)
		}
		frames := says(t, watcher)
		told := of(frames, "presence.changed")
		entries := 0
		for _, f := range told {
			entries += len(f.agents(t))
		}
		if len(told) > 3 || entries != crowd {
			t.Errorf("told of %d arrivals in %d frames", entries, len(told))
		}
		if views := of(frames, "viewing"); len(views) > 3 || len(viewersIn(t, frames, n)) != crowd {
			t.Errorf("told of %d viewers in %d frames", len(viewersIn(t, frames, n)), len(views))
		}
		for _, c := range clients {
			frames := says(t, c)
			if got := presenceIn(t, frames); !maps.Equal(got, everyone) {
				t.Fatalf("one of them sees %d people", len(got))
			}
			if got := len(viewersIn(t, frames, n)); got != crowd {
				t.Fatalf("one of them sees %d viewers", got)
			}
		}
	})
}

// TestViewing shows who has a conversation on a screen, each once.
func TestViewing(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		watcher := r.fresh(t, r.Owner)
		first, second := r.NewConversation(t).Number, r.NewConversation(t).Number
		desktop, phone, can := r.fresh(t, r.Ada), r.fresh(t, r.Ada), r.fresh(t, r.Can)
		known := map[desk.Number][]desk.ID{}
		check := func(what string, n desk.Number, want ...desk.ID) {
			t.Helper()
			for _, f := range of(says(t, watcher), "viewing") {
				known[f.Number] = viewersIn(t, []frame{f}, f.Number)
			}
			slices.SortFunc(want, func(a, b desk.ID) int { return bytes.Compare(a[:], b[:]) })
			if !slices.Equal(known[n], want) {
				t.Errorf("%s: told %v, want %v", what, known[n], want)
			}
			late := r.fresh(t, r.Admin)
			if got := viewersIn(t, take(t, late), n); !slices.Equal(got, want) {
				t.Errorf("%s: somebody new is told %v, want %v", what, got, want)
			}
			late.Close()
		}
		say(t, desktop, `{"type":"viewing","number":%d}`, first)
		say(t, phone, `{"type":"viewing","number":%d}`, first)
		check("on two screens of one", first, r.Ada)
		say(t, can, `{"type":"viewing","number":%d}`, first)
		check("two agents", first, r.Ada, r.Can)
		say(t, phone, `{"type":"viewing","number":%d}`, second)
		check("one screen moved on", first, r.Ada, r.Can)
		check("to another", second, r.Ada)
		desktop.Close()
		check("one screen left", first, r.Can)
		say(t, can, `{"type":"viewing","number":0}`)
		check("nobody", first)
		say(t, desktop, `{"type":"viewing","number":%d}`, first)
		check("a word from a closed socket", first)
	})
}
