package live

import (
	"context"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"parley/desk"
	"parley/follow"
	"parley/store"
	"parley/wire"
)

// Hub is everyone who is connected and what they are told.
type Hub struct {
	store   *store.Store
	log     *log
	handles *wire.Handles
	out     *slog.Logger
	park    func(row store.Parked) error

	mu      sync.Mutex
	clients map[*Client]struct{}
	people  map[desk.ID]*person
	lookers map[desk.Number][]*Client
	moments *moments

	visitors visitors
	recent   recent
	team     []byte // the newest frame of the team for visitors; nil at first

	counts wire.Counts   // the newest that were sent
	dirty  chan struct{} // holds one when the counts may have changed
}

// viewsEvery is how long at least lies between two snapshots of the counts.
const viewsEvery = 250 * time.Millisecond

// New makes a hub that tells of what happens from now on.
func New(st *store.Store, out *slog.Logger) (*Hub, error) {
	h := &Hub{
		store: st, handles: wire.NewHandles(st.HandleKey()), out: out, clients: make(map[*Client]struct{}), people: make(map[desk.ID]*person),
		lookers: make(map[desk.Number][]*Client), moments: newMoments(), dirty: make(chan struct{}, 1),
		visitors: visitors{of: make(map[desk.ID][]*Visitor)}, park: func(store.Parked) error { return nil },
	}
	err := st.View(func(tx *store.Tx) error {
		h.log, h.recent.head, h.counts = newLog(tx.Head()), tx.Head(), wire.CountsOf(tx)
		return nil
	})
	return h, err
}

// KeepParked sets what keeps the row of an event that could not be told. Call it before
// Run.
func (h *Hub) KeepParked(park func(row store.Parked) error) { h.park = park }

// Run follows the journal until ctx ends.
func (h *Hub) Run(ctx context.Context) error {
	h.remember()
	ctx, stop := context.WithCancel(ctx)
	var others sync.WaitGroup
	defer others.Wait()
	defer stop()
	for _, run := range []func(ctx context.Context){
		func(ctx context.Context) { paced(ctx, h.dirty, viewsEvery, h.sendViews) },
		func(ctx context.Context) { paced(ctx, h.moments.stir, momentsEvery, h.tellMoments) },
		h.runHeartbeat,
	} {
		others.Go(func() {
			_ = follow.Keep(ctx, h.out, "live", func(ctx context.Context) error { run(ctx); return nil })
		})
	}
	return follow.Run(ctx, h.store, follow.Follower{
		Name: "live", Batch: 256, Log: h.out,
		Cursor: func() (uint64, error) { return h.Head(), nil },
		Handle: func(_ context.Context, batch []store.Entry) (uint64, error) { return h.tell(batch) },
		Park: func(_ context.Context, entry store.Entry, row store.Parked) error {
			h.tellVisitors(make([]fact, 1))
			h.log.add(plainAt(entry.Sequence))
			if err := h.park(row); err != nil { // it goes on all the same: the row is but news
				h.out.Error("that an event was passed over could not be kept", "follower", row.Follower, "err", err)
			}
			return nil
		},
		Trimmed: func(context.Context) (uint64, error) { return h.skip() },
	})
}

// later does something after a while, unless the timer that it returns is stopped.
func (h *Hub) later(after time.Duration, do func()) *time.Timer {
	return time.AfterFunc(after, func() {
		_ = follow.Try(h.out, "live", func() error { do(); return nil })
	})
}

// skip gives up on events that were trimmed before they were told. Everybody falls
// out of the log, finds no past in the journal either, and is reset.
func (h *Hub) skip() (uint64, error) {
	err := h.store.View(func(tx *store.Tx) error {
		h.log.cut(tx.Floor())
		h.mu.Lock()
		defer h.mu.Unlock()
		h.recent.cut(tx.Floor())
		h.visitors.lose()
		return nil
	})
	return h.Head(), err
}

// Head is the sequence up to which the hub has told.
func (h *Hub) Head() uint64 {
	h.log.mu.RLock()
	defer h.log.mu.RUnlock()
	return h.log.head
}

// tell encodes a batch of events and hands the frames out.
func (h *Hub) tell(batch []store.Entry) (uint64, error) {
	frames, facts, err := h.build(batch)
	h.tellVisitors(facts)
	h.log.add(frames...)
	wake(h.dirty)
	if len(frames) == 0 {
		return 0, err
	}
	return frames[len(frames)-1].Sequence, err
}

// build encodes events, each once, as far as it comes.
func (h *Hub) build(batch []store.Entry) (frames []Frame, facts []fact, err error) {
	frames, facts = make([]Frame, 0, len(batch)), make([]fact, 0, len(batch))
	err = h.store.View(func(tx *store.Tx) error {
		for i := range batch {
			frame, fact, err := build(tx, &batch[i])
			if err != nil {
				return err
			}
			frames, facts = append(frames, frame), append(facts, fact)
		}
		return nil
	})
	return frames, facts, err
}

// plainAt is a frame for an event that could not be encoded: it keeps the
// sequences whole, and clients pass over types that they do not know.
func plainAt(sequence uint64) Frame {
	frame := plain(struct {
		Sequence uint64 `json:"seq"`
		Type     string `json:"type"`
	}{sequence, "unreadable"})
	frame.Sequence = sequence
	return frame
}

// heartbeat is how often everyone is told where the journal stands, so that a
// client whose connection is dead without knowing it finds out.
const heartbeat = 25 * time.Second

func (h *Hub) runHeartbeat(ctx context.Context) {
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			h.log.add(plain(pingFrame{"ping", h.Head()}))
		}
	}
}

// sendViews tells the counts of the views if they have changed.
func (h *Hub) sendViews() {
	var counts wire.Counts
	err := h.store.View(func(tx *store.Tx) error {
		counts = wire.CountsOf(tx)
		return nil
	})
	if err != nil {
		return // the store is being closed; there are no counts to tell
	}
	h.mu.Lock()
	same := reflect.DeepEqual(counts.Counts, h.counts.Counts)
	h.counts = counts
	h.mu.Unlock()
	if !same {
		h.log.add(plain(viewsFrame{"views", counts}))
	}
}
