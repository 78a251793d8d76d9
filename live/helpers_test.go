package live_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/app/apptest"
	"parley/desk"
	"parley/live"
	"parley/store"
	"parley/wire"
)

// room is a team at work with the hub that tells of it. Its tests run in a bubble:
// settle waits until everybody has nothing more to do, and time passes only when
// all sleep.
type room struct {
	*apptest.Team
	hub *live.Hub
}

// inRoom runs a test in a bubble with a room of its own.
func inRoom(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &room{Team: apptest.New(t)}
		r.hub = startHub(t, r.Store())
		settle()
		test(t, r)
	})
}

// startHub starts a hub that runs until the test ends.
func startHub(t testing.TB, st *store.Store) *live.Hub {
	t.Helper()
	hub, err := live.New(st, apptest.Quiet())
	if err != nil {
		t.Fatal(err)
	}
	run(t, hub)
	return hub
}

// run runs a hub until the test ends.
func run(t testing.TB, hub *live.Hub) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = hub.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
}

func settle() { synctest.Wait() }

// aWhile is longer than anything is held back to be told together with more.
const aWhile = 300 * time.Millisecond

// frame is any frame, as a client reads it.
type frame struct {
	Type     string      `json:"type"`
	Seq      uint64      `json:"seq"`
	Epoch    string      `json:"epoch"`
	Sequence uint64      `json:"sequence"`
	Number   desk.Number `json:"number"`
	AgentID  desk.ID     `json:"agent_id"`
	ID       desk.ID     `json:"id"`
	Rev      uint64      `json:"rev"`

	Conversation *wire.Conversation   `json:"conversation"`
	Message      *wire.Message        `json:"message"`
	Customer     *wire.Customer       `json:"customer"`
	Agent        *wire.Agent          `json:"agent"`
	Reply        *wire.Reply          `json:"reply"`
	Team         *wire.Team           `json:"team"`
	Counts       map[desk.View]uint64 `json:"counts"`
	Agents       json.RawMessage      `json:"agents"`

	CustomerID  desk.ID         `json:"customer_id"`
	CustomerIDs json.RawMessage `json:"customer_ids"`
	Online      bool            `json:"online"`
}

// join connects a socket, which is closed when the test ends.
func (r *room) join(t *testing.T, agent desk.ID, from live.Resume) *live.Client {
	t.Helper()
	c, err := r.hub.Join(agent, from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// fresh joins as somebody who has seen nothing.
func (r *room) fresh(t *testing.T, agent desk.ID) *live.Client {
	t.Helper()
	return r.join(t, agent, live.Resume{Fresh: true})
}

// raw takes everything that waits for a client.
func raw(t *testing.T, c *live.Client) (all [][]byte) {
	t.Helper()
	for {
		select {
		case <-c.Ready():
		default:
			return all
		}
		texts, err := c.Take()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, texts...)
	}
}

// take reads everything that waits for a client.
func take(t *testing.T, c *live.Client) (frames []frame) {
	t.Helper()
	for _, text := range raw(t, c) {
		var f frame
		if err := json.Unmarshal(text, &f); err != nil || f.Type == "" {
			t.Fatalf("the frame %q: %v", text, err)
		}
		frames = append(frames, f)
	}
	return frames
}

// says lets everybody do what they have to do and takes what a client is told.
func says(t *testing.T, c *live.Client) []frame {
	t.Helper()
	settle()
	time.Sleep(aWhile)
	settle()
	return take(t, c)
}

// of keeps the frames of a type.
func of(frames []frame, kind string) []frame {
	return slices.DeleteFunc(slices.Clone(frames), func(f frame) bool { return f.Type != kind })
}

// sequences lists those of the frames that come from the journal.
func sequences(frames []frame) (all []uint64) {
	for i := range frames {
		if frames[i].Seq > 0 {
			all = append(all, frames[i].Seq)
		}
	}
	return all
}

// upTo lists the sequences from one to another.
func upTo(from, to uint64) (all []uint64) {
	for s := from; s <= to; s++ {
		all = append(all, s)
	}
	return all
}

// there is who is on the team's screens; offline is who is not in it.
type there = map[desk.ID]live.Presence

// presenceIn puts together what was told about who is there.
func presenceIn(t *testing.T, frames []frame) there {
	t.Helper()
	return withPresence(t, there{}, frames)
}

// withPresence adds what was told to what was known.
func withPresence(t *testing.T, known there, frames []frame) there {
	t.Helper()
	for _, f := range frames {
		if f.Type == "presence" {
			known = there{}
		}
		if f.Type == "presence" || f.Type == "presence.changed" {
			maps.Copy(known, f.agents(t))
		}
	}
	maps.DeleteFunc(known, func(_ desk.ID, p live.Presence) bool { return p == live.Offline })
	return known
}

// agents reads the agents of a frame about presence.
func (f *frame) agents(t *testing.T) (agents there) {
	t.Helper()
	if err := json.Unmarshal(f.Agents, &agents); err != nil {
		t.Fatal(err)
	}
	return agents
}

// viewersIn reads the last word about who views a conversation; nil for none.
func viewersIn(t *testing.T, frames []frame, n desk.Number) (agents []desk.ID) {
	t.Helper()
	for _, f := range of(frames, "viewing") {
		if f.Number != n {
			continue
		}
		agents = nil
		if err := json.Unmarshal(f.Agents, &agents); err != nil || agents == nil {
			t.Fatalf("viewing %s: %v", f.Agents, err)
		}
	}
	return agents
}
