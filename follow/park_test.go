package follow_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/follow"
	"parley/store"
	"parley/store/storetest"
)

// TestParks an entry that failed Tries times, and it alone.
func TestParks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 9)
		fails := 0
		r := &reader{fail: func(sequence uint64) error {
			if sequence == 4 || sequence == 5 || sequence == 9 {
				fails++
				return errBad
			}
			return nil
		}}
		stop := run(t, st, r.follower())
		time.Sleep(time.Minute)
		stop()
		if !slices.Equal(r.parked, []uint64{4, 5, 9}) || !slices.Equal(r.handled, []uint64{1, 2, 3, 6, 7, 8}) {
			t.Errorf("parked %v, handled %v", r.parked, r.handled)
		}
		if want := 3 * follow.Tries; fails != want {
			t.Errorf("failed %d times, want %d", fails, want)
		}
	})
}

// TestFindsWhatFails among many soon, for a follower that takes all of a batch or
// nothing, as the index does.
func TestFindsWhatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 3000)
		r := &reader{}
		f := r.follower()
		f.Handle = func(ctx context.Context, batch []store.Entry) (uint64, error) {
			if batch[0].Sequence <= 2000 && batch[len(batch)-1].Sequence >= 2000 {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.tries = append(r.tries, time.Now())
				return 0, errBad
			}
			return r.handle(ctx, batch)
		}
		stop := run(t, st, f)
		time.Sleep(3 * time.Second)
		stop()
		if !slices.Equal(r.parked, []uint64{2000}) || len(r.handled) != 2999 || len(r.tries) > 150 {
			t.Errorf("parked %v, handled %d in %d calls", r.parked, len(r.handled), len(r.tries))
		}
	})
}

// TestParkedSaysLittle keeps the beginning of an endless error, whole letters alone.
func TestParkedSaysLittle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 1)
		r := &reader{fail: func(uint64) error { return errors.New("a" + strings.Repeat("ş", 10_000)) }}
		f, said := r.follower(), ""
		f.Park = func(_ context.Context, entry store.Entry, row store.Parked) error {
			said, r.cursor = row.Error, entry.Sequence
			return nil
		}
		stop := run(t, st, f)
		time.Sleep(time.Minute)
		stop()
		if said != "a"+strings.Repeat("ş", 249)+"…" {
			t.Errorf("kept %d bytes: %q", len(said), said)
		}
	})
}

// TestParksNothingThatGetsBetter counts the failures of one entry, not those of
// all that came before.
func TestParksNothingThatGetsBetter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 20)
		failed := make(map[uint64]int)
		r := &reader{fail: func(sequence uint64) error {
			if failed[sequence]++; failed[sequence] < 3 {
				return errBad
			}
			return nil
		}}
		stop := run(t, st, r.follower())
		time.Sleep(5 * time.Minute)
		stop()
		if len(r.parked) != 0 || !slices.Equal(r.handled, upTo(1, 20)) {
			t.Errorf("parked %v, handled %v", r.parked, r.handled)
		}
	})
}

// TestParkMayFailToo tries again until parking works.
func TestParkMayFailToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 2)
		r := &reader{fail: func(sequence uint64) error {
			if sequence == 1 {
				return errBad
			}
			return nil
		}}
		f := r.follower()
		park, calls := f.Park, 0
		f.Park = func(ctx context.Context, entry store.Entry, row store.Parked) error {
			if calls++; calls < 3 {
				return errors.New("the disk is full")
			}
			return park(ctx, entry, row)
		}
		stop := run(t, st, f)
		time.Sleep(time.Minute)
		stop()
		if calls != 3 || !slices.Equal(r.parked, []uint64{1}) || !slices.Equal(r.handled, []uint64{2}) {
			t.Errorf("parked %v after %d calls, handled %v", r.parked, calls, r.handled)
		}
	})
}
