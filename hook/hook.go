package hook

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/guard"
	"parley/store"
)

// Options are what webhooks are told with.
type Options struct {
	App *app.App
	// Client calls the receivers. Its timeout bounds one try.
	Client *guard.Client
	Log    *slog.Logger
}

// Teller tells webhooks.
type Teller struct {
	app    *app.App
	client *guard.Client
	log    *slog.Logger

	cursor atomic.Uint64 // how far webhooks were told
	saved  uint64        // how far of that is on disk

	mu      sync.Mutex
	workers map[desk.ID]chan struct{} // one for each webhook that is on; what wakes it
	asked   chan struct{}             // room for those that somebody waits for
}

// maxAsked is how many tests and repetitions are sent at a time.
const maxAsked = 4

// New makes a teller; Run sets it to work.
func New(o Options) *Teller {
	return &Teller{
		app: o.App, client: o.Client, log: o.Log,
		workers: make(map[desk.ID]chan struct{}), asked: make(chan struct{}, maxAsked),
	}
}

// Reached is how far webhooks were told: up to there every delivery is on disk.
func (t *Teller) Reached() uint64 { return t.cursor.Load() }

const (
	batch = 64 // events at once
	// passEvery is after how many events that nobody wants the cursor is saved all the
	// same: after a crash they are passed over again, which is quick.
	passEvery = 2000
)

// Run tells webhooks until ctx ends. One that was never here before begins with what
// happens from now on.
func (t *Teller) Run(ctx context.Context) error {
	if err := t.begin(); err != nil {
		return err
	}
	var working sync.WaitGroup
	defer working.Wait()
	employ := func() error { return t.employ(ctx, &working) }
	if err := employ(); err != nil {
		return err
	}
	return follow.Run(ctx, t.app.Store(), follow.Follower{
		Name: app.FollowerHooks, Batch: batch, Log: t.log,
		Cursor: func() (uint64, error) { return t.cursor.Load(), nil },
		Handle: func(_ context.Context, entries []store.Entry) (uint64, error) { return t.handle(entries, employ) },
		Park: func(_ context.Context, entry store.Entry, row store.Parked) error {
			return t.reach(entry.Sequence, t.app.Park(row, entry.Sequence))
		},
		Trimmed: func(context.Context) (uint64, error) {
			head := t.app.Head()
			return head, t.pass(head)
		},
	})
}

// begin finds where to go on.
func (t *Teller) begin() error {
	cursor, known := uint64(0), false
	err := t.app.Store().View(func(tx *store.Tx) error {
		cursor, known = tx.Cursor(app.FollowerHooks), tx.HasCursor(app.FollowerHooks)
		return nil
	})
	if err != nil {
		return err
	}
	if !known {
		return t.pass(t.app.Head())
	}
	t.cursor.Store(cursor)
	t.saved = cursor
	return nil
}

// pass saves the cursor beyond events of which nobody is told.
func (t *Teller) pass(sequence uint64) error {
	return t.reach(sequence, t.app.QueueDeliveries(nil, sequence))
}

// reach takes note that the cursor was saved, unless that failed.
func (t *Teller) reach(sequence uint64, err error) error {
	if err == nil {
		t.cursor.Store(sequence)
		t.saved = sequence
	}
	return err
}

// handle queues the deliveries of a batch.
func (t *Teller) handle(entries []store.Entry, employ func() error) (uint64, error) {
	last := entries[len(entries)-1].Sequence
	wanted, err := t.app.WantsDeliveries(entries)
	if err != nil {
		return 0, err
	}
	if wanted {
		if err := t.app.QueueDeliveries(entries, last); err != nil {
			return 0, err
		}
		t.saved = last
	}
	if wanted || changesWebhooks(entries) {
		if err := employ(); err != nil {
			return 0, err
		}
	}
	t.cursor.Store(last) // what follows saves it too; where that fails, a start goes on from the one saved before
	if last >= t.saved+passEvery {
		return last, t.pass(last)
	}
	return last, nil
}

func changesWebhooks(entries []store.Entry) bool {
	for i := range entries {
		if e := entries[i].Event.Type; e == desk.WebhookSaved || e == desk.WebhookDeleted {
			return true
		}
	}
	return false
}

// employ sees that each webhook that is on has a worker, and wakes them all, so that
// those of webhooks that were deleted find out.
func (t *Teller) employ(ctx context.Context, working *sync.WaitGroup) error {
	webhooks, err := t.app.Webhooks()
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range webhooks {
		id := webhooks[i].ID
		if _, employed := t.workers[id]; !employed && webhooks[i].On {
			wake := make(chan struct{}, 1)
			t.workers[id] = wake
			working.Go(func() {
				_ = follow.Keep(ctx, t.log, app.FollowerHooks, func(ctx context.Context) error { t.work(ctx, id, wake); return nil })
			})
		}
	}
	for _, wake := range t.workers {
		select {
		case wake <- struct{}{}:
		default: // it is awake already
		}
	}
	return nil
}
