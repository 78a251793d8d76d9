package follow_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/follow"
	"parley/store"
	"parley/store/storetest"
)

// TestPanics parks an entry over which the handler panics, and it alone, although the
// handler takes the whole of a batch or nothing.
func TestPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 9)
		var cursor atomic.Uint64
		var handled, parked []uint64
		stop := run(t, st, follow.Follower{
			Name: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			Cursor: func() (uint64, error) { return cursor.Load(), nil },
			Handle: func(_ context.Context, batch []store.Entry) (uint64, error) {
				for _, entry := range batch {
					if entry.Sequence == 4 {
						panic("what a customer wrote")
					}
				}
				for _, entry := range batch {
					handled = append(handled, entry.Sequence)
				}
				cursor.Store(handled[len(handled)-1])
				return cursor.Load(), nil
			},
			Park: func(_ context.Context, entry store.Entry, row store.Parked) error {
				if row.Error != "panic: what a customer wrote" {
					t.Errorf("parked for %q", row.Error)
				}
				parked = append(parked, entry.Sequence)
				cursor.Store(entry.Sequence)
				return nil
			},
		})
		time.Sleep(time.Minute)
		stop()
		if !slices.Equal(parked, []uint64{4}) || !slices.Equal(handled, []uint64{1, 2, 3, 5, 6, 7, 8, 9}) {
			t.Errorf("parked %v, handled %v", parked, handled)
		}
	})
}
