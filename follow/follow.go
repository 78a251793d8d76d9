// Package follow is the one loop that every follower of the journal shares: read
// a batch after the cursor, handle it, go on; wait when the end is reached; try
// again, later each time, when handling fails; park what fails for ever.
//
// A follower saves its cursor together with the effect that it guards, so after
// any crash it goes on exactly where its effect ended.
package follow

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"parley/store"
)

// Follower is a part that reads the journal and does its work.
type Follower struct {
	Name string
	// Batch is the most entries that Handle is given at once; 0 means 1000.
	Batch int
	// Cursor is the sequence up to which the effect is saved.
	Cursor func() (uint64, error)
	// Handle does the work of a batch and saves the cursor with it. It returns the
	// sequence that it reached, also when it fails on the way; Cursor says the same then.
	Handle func(ctx context.Context, batch []store.Entry) (reached uint64, err error)
	// Park takes an entry that failed Tries times: it keeps the row, which says why, saves
	// a cursor beyond the entry with it, and does what can be done all the same. A
	// follower without Park tries for ever.
	Park func(ctx context.Context, entry store.Entry, row store.Parked) error
	// Trimmed is called when the journal no longer goes back to the cursor; it
	// makes up for what was missed and returns the sequence to go on after.
	Trimmed func(ctx context.Context) (uint64, error)
	Log     *slog.Logger
}

// Tries is how often an entry may fail before it is parked.
const Tries = 5

const (
	firstPause = 50 * time.Millisecond
	longPause  = 30 * time.Second
)

// Run follows the journal until ctx ends, and returns its error.
func Run(ctx context.Context, st *store.Store, f Follower) error {
	if f.Batch == 0 {
		f.Batch = 1000
	}
	failures, pause, limit := 0, firstPause, f.Batch
	for ctx.Err() == nil {
		changed := st.Changed()
		var batch []store.Entry
		err := Contain(func() (err error) {
			batch, err = f.next(ctx, st, limit)
			return err
		})
		if err == nil && len(batch) == 0 {
			wait(ctx, changed)
			continue
		}
		reached := uint64(0)
		if err == nil {
			err = Contain(func() (err error) {
				reached, err = f.Handle(ctx, batch)
				return err
			})
		}
		if err == nil || (len(batch) > 0 && reached >= batch[0].Sequence) {
			failures, pause = 0, firstPause
		}
		if err == nil {
			limit = min(2*limit, f.Batch)
		}
		if err == nil || ctx.Err() != nil {
			continue
		}
		// What fails must keep nothing else up, and be what gets parked: the next are taken
		// alone, and then more at a time, so that it is found among thousands in a few steps.
		failures, limit = failures+1, 1
		Note(f.Log, f.Name, err, "after", reached, "try", failures)
		if failures >= Tries && f.Park != nil && len(batch) > 0 {
			row := RowOf(f.Name, batch[0].Sequence, err)
			if err := Try(f.Log, f.Name, func() error { return f.Park(ctx, batch[0], row) }); err == nil {
				failures, pause = 0, firstPause
				continue
			}
		}
		sleep(ctx, pause)
		pause = min(2*pause, longPause)
	}
	return ctx.Err()
}

// maxCause bounds what is kept of an error, in bytes.
const maxCause = 500

// RowOf is what is kept of an entry that is passed over. When that was is for whoever
// saves it to say.
func RowOf(follower string, sequence uint64, cause error) store.Parked {
	said := strings.ToValidUTF8(cause.Error(), "")
	if len(said) > maxCause {
		said = strings.ToValidUTF8(said[:maxCause], "") + "…"
	}
	return store.Parked{Follower: follower, Sequence: sequence, Error: said}
}

// next reads the batch after the cursor, of limit entries at most.
func (f *Follower) next(ctx context.Context, st *store.Store, limit int) ([]store.Entry, error) {
	cursor, err := f.Cursor()
	if err != nil {
		return nil, err
	}
	batch, err := read(st, cursor, limit)
	if errors.Is(err, store.ErrTrimmed) && f.Trimmed != nil {
		if cursor, err = f.Trimmed(ctx); err == nil {
			batch, err = read(st, cursor, limit)
		}
	}
	return batch, err
}

func read(st *store.Store, after uint64, limit int) (batch []store.Entry, err error) {
	err = st.View(func(tx *store.Tx) error {
		batch, err = tx.Journal(after, limit)
		return err
	})
	return batch, err
}

func wait(ctx context.Context, changed <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-changed:
	}
}

func sleep(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
