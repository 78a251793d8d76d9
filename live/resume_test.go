package live_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/live"
	"parley/store"
	"parley/store/storetest"
)

// renames appends events to the journal, many in one commit.
func (r *room) renames(t *testing.T, n int) {
	t.Helper()
	r.journal(t, slices.Repeat([]desk.Event{{Type: desk.TeamUpdated, Actor: desk.AgentActor(r.Owner), At: r.Now()}}, n)...)
}

// journal appends events.
func (r *room) journal(t *testing.T, events ...desk.Event) {
	t.Helper()
	storetest.MustUpdate(t, r.Store(), func(tx *store.Tx) error {
		before, err := tx.Team()
		if err != nil {
			return err
		}
		team := before
		return tx.SaveTeam(&before, &team, events)
	})
}

// beyondTheLog is more frames than a hub keeps.
const beyondTheLog = 9000

// TestResume joins from everywhere: what happened after is told once and in order,
// and what cannot be told is a reset, exactly one.
func TestResume(t *testing.T) {
	for _, row := range []struct {
		name   string
		from   func(epoch string, head uint64) live.Resume
		next   func(head uint64) uint64 // the first sequence told; 0 for what happens from now on
		resets int
	}{
		{"fresh", func(string, uint64) live.Resume { return live.Resume{Fresh: true} }, nil, 0},
		{"at the head", func(_ string, head uint64) live.Resume { return live.Resume{Since: head} }, nil, 0},
		{"one behind", func(_ string, head uint64) live.Resume { return live.Resume{Since: head - 1} }, back(0), 0},
		{"in the log", func(epoch string, head uint64) live.Resume { return live.Resume{Since: head - 500, Epoch: epoch} }, back(499), 0},
		{"before the log", func(_ string, head uint64) live.Resume { return live.Resume{Since: head - beyondTheLog} }, back(beyondTheLog - 1), 0},
		{"from the floor on", func(string, uint64) live.Resume { return live.Resume{Since: 50} }, func(uint64) uint64 { return 51 }, 0},
		{"too old", func(string, uint64) live.Resume { return live.Resume{Since: 49} }, nil, 1},
		{"from the beginning", func(string, uint64) live.Resume { return live.Resume{Since: 0} }, nil, 1},
		{"from the future", func(_ string, head uint64) live.Resume { return live.Resume{Since: head + 1} }, nil, 1},
		{"from the end of time", func(string, uint64) live.Resume { return live.Resume{Since: ^uint64(0)} }, nil, 1},
		{"of another epoch", func(_ string, head uint64) live.Resume { return live.Resume{Since: head, Epoch: "other"} }, nil, 1},
		{"fresh, of another epoch", func(string, uint64) live.Resume { return live.Resume{Fresh: true, Epoch: "other", Since: 3} }, nil, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			inRoom(t, func(t *testing.T, r *room) {
				r.renames(t, beyondTheLog+200)
				r.renames(t, 300)
				settle()
				storetest.MustUpdate(t, r.Store(), func(tx *store.Tx) error {
					_, err := tx.TrimJournal(r.Now()+1, r.Now()+1, 50, 1000)
					return err
				})
				settle()
				head, epoch := r.Head(), r.Store().Epoch()
				c := r.join(t, r.Ada, row.from(epoch, head))
				frames := take(t, c)
				first := head + 1
				if row.next != nil {
					first = row.next(head)
				}
				if got := sequences(frames); !slices.Equal(got, upTo(first, head)) {
					t.Errorf("told %d events from %v on, want %d from %d on", len(got), got[:min(3, len(got))], head-first+1, first)
				}
				checkHello(t, frames, epoch, head, row.resets)
				r.renames(t, 100)
				if got := sequences(says(t, c)); !slices.Equal(got, upTo(head+1, head+100)) {
					t.Errorf("then told %d events from %v on", len(got), got[:min(3, len(got))])
				}
			})
		})
	}
}

func back(n uint64) func(head uint64) uint64 {
	return func(head uint64) uint64 { return head - n }
}

// checkHello wants hello first, and as many resets as due, with the sequence from
// which the frames go on.
func checkHello(t *testing.T, frames []frame, epoch string, head uint64, resets int) {
	t.Helper()
	if f := frames[0]; f.Type != "hello" || f.Epoch != epoch || f.Sequence != head || len(of(frames, "hello")) != 1 {
		t.Errorf("greeted with %+v", f)
	}
	found := of(frames, "reset")
	if len(found) != resets {
		t.Errorf("%d resets, want %d", len(found), resets)
	}
	for _, f := range found {
		if f.Epoch != epoch || f.Sequence != head {
			t.Errorf("reset to %+v, the head is %d", f, head)
		}
	}
}

// TestTrimmedWhileCatchingUp resets a client once whose past is taken away while
// it reads it.
func TestTrimmedWhileCatchingUp(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		r.renames(t, beyondTheLog)
		settle()
		c := r.join(t, r.Ada, live.Resume{Since: 1})
		for range 3 {
			if _, err := c.Take(); err != nil {
				t.Fatal(err)
			}
		}
		storetest.MustUpdate(t, r.Store(), func(tx *store.Tx) error {
			_, err := tx.TrimJournal(r.Now()+1, r.Now()+1, 5000, beyondTheLog)
			return err
		})
		head := r.Head()
		frames := take(t, c)
		if resets := of(frames, "reset"); len(resets) != 1 || resets[0].Sequence != head || len(sequences(frames)) != 0 {
			t.Errorf("told %d events and %+v", len(sequences(frames)), resets)
		}
		r.renames(t, 5)
		if got := sequences(says(t, c)); !slices.Equal(got, upTo(head+1, head+5)) {
			t.Errorf("then told %v", got)
		}
	})
}

// TestTrimmedBeforeTheHub resets everybody, and tells what happens from then on,
// when the journal is trimmed before the hub has told it.
func TestTrimmedBeforeTheHub(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &room{Team: apptest.New(t)}
		hub, err := live.New(r.Store(), apptest.Quiet())
		if err != nil {
			t.Fatal(err)
		}
		r.hub = hub
		c := r.fresh(t, r.Ada)
		take(t, c)
		r.renames(t, 1000)
		storetest.MustUpdate(t, r.Store(), func(tx *store.Tx) error {
			_, err := tx.TrimJournal(r.Now()+1, r.Now()+1, 500, 1000)
			return err
		})
		run(t, hub)
		frames := says(t, c)
		resets := of(frames, "reset")
		if len(resets) != 1 {
			t.Fatalf("%d resets", len(resets))
		}
		if got := sequences(frames); !slices.Equal(got, upTo(resets[0].Sequence+1, r.Head())) {
			t.Errorf("told %d events after %+v", len(got), resets[0])
		}
	})
}

// TestSlowReader takes nothing for longer than the log holds: it misses no event
// and is told none twice, and knows how things stand in the end.
func TestSlowReader(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		slow := r.fresh(t, r.Ada)
		take(t, slow)
		head := r.Head()
		can := r.fresh(t, r.Can)
		n := r.NewConversation(t).Number
		if err := can.Receive(fmt.Appendf(nil, `{"type":"viewing","number":%d}`, n)); err != nil {
			t.Fatal(err)
		}
		settle()
		for range 3 {
			r.renames(t, beyondTheLog)
			settle()
		}
		frames := says(t, slow)
		if got := sequences(frames); !slices.Equal(got, upTo(head+1, r.Head())) {
			t.Errorf("told %d events, %d were due", len(got), r.Head()-head)
		}
		if p := presenceIn(t, frames); p[r.Can] != live.Online || len(p) != 2 {
			t.Errorf("there are %v", p)
		}
		if got := viewersIn(t, frames, n); !slices.Equal(got, []desk.ID{r.Can}) {
			t.Errorf("it is viewed by %v", got)
		}
		if views := of(frames, "views"); len(views) == 0 || views[len(views)-1].Counts[desk.ViewInbox] != 1 {
			t.Errorf("counted %+v", views)
		}
	})
}

// TestNothingIsLostWhileCatchingUp lets things without a sequence happen while a
// client reads the journal: it knows how things stand when it has caught up.
func TestNothingIsLostWhileCatchingUp(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		r.renames(t, beyondTheLog)
		settle()
		since := r.Head() - beyondTheLog
		c := r.join(t, r.Ada, live.Resume{Since: since})
		can := r.fresh(t, r.Can)
		n := r.NewConversation(t).Number
		if err := can.Receive(fmt.Appendf(nil, `{"type":"viewing","number":%d}`, n)); err != nil {
			t.Fatal(err)
		}
		frames := says(t, c)
		if p := presenceIn(t, frames); p[r.Can] != live.Online {
			t.Errorf("there are %v", p)
		}
		if got := viewersIn(t, frames, n); !slices.Equal(got, []desk.ID{r.Can}) {
			t.Errorf("it is viewed by %v", got)
		}
		if views := of(frames, "views"); views[len(views)-1].Counts[desk.ViewInbox] != 1 {
			t.Errorf("counted %+v", views)
		}
		if got := sequences(frames); !slices.Equal(got, upTo(since+1, r.Head())) {
			t.Errorf("told %d events, %d were due", len(got), r.Head()-since)
		}
	})
}

// TestResumeTellsNoHistoryOfTheMoment leaves out who typed while a client was away.
func TestResumeTellsNoHistoryOfTheMoment(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		can := r.fresh(t, r.Can)
		n := r.NewConversation(t).Number
		since := r.Head()
		if err := can.Receive(fmt.Appendf(nil, `{"type":"typing","number":%d}`, n)); err != nil {
			t.Fatal(err)
		}
		r.Does(t, app.VerbResolve, r.Can, n)
		settle()
		c := r.join(t, r.Ada, live.Resume{Since: since})
		if frames := take(t, c); len(of(frames, "typing")) != 0 || !slices.Equal(sequences(frames), []uint64{since + 1}) {
			t.Errorf("told %+v", frames)
		}
	})
}
