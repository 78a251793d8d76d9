package follow_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/desk"
	"parley/follow"
	"parley/store"
	"parley/store/storetest"
)

// appendEvents adds events to the journal.
func appendEvents(t *testing.T, st *store.Store, n int) {
	t.Helper()
	events := slices.Repeat([]desk.Event{{Type: desk.TeamUpdated, At: desk.TimeOf(time.Now())}}, n)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		before, err := tx.Team()
		if err != nil {
			return err
		}
		team := before
		return tx.SaveTeam(&before, &team, events)
	})
}

// reader is a follower that remembers what it was given. fail says which entries
// it cannot take at present.
type reader struct {
	mu      sync.Mutex
	cursor  uint64
	handled []uint64
	parked  []uint64
	tries   []time.Time // of every call of Handle
	longest int         // batch
	fail    func(sequence uint64) error
}

var errBad = errors.New("cannot be taken")

func (r *reader) follower() follow.Follower {
	return follow.Follower{
		Name: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Cursor: func() (uint64, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.cursor, nil
		},
		Handle: r.handle,
		Park: func(_ context.Context, entry store.Entry, row store.Parked) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			if row != (store.Parked{Follower: "test", Sequence: entry.Sequence, Error: errBad.Error()}) {
				return fmt.Errorf("the row says %+v", row)
			}
			r.parked, r.cursor = append(r.parked, entry.Sequence), entry.Sequence
			return nil
		},
	}
}

// handle takes entries one by one, up to the first that it cannot.
func (r *reader) handle(_ context.Context, batch []store.Entry) (uint64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tries, r.longest = append(r.tries, time.Now()), max(r.longest, len(batch))
	for _, entry := range batch {
		if r.fail != nil {
			if err := r.fail(entry.Sequence); err != nil {
				return r.cursor, err
			}
		}
		r.handled, r.cursor = append(r.handled, entry.Sequence), entry.Sequence
	}
	return r.cursor, nil
}

// run follows until stop is called, which waits for the end.
func run(t *testing.T, st *store.Store, f follow.Follower) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- follow.Run(ctx, st, f) }()
	return func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	}
}

// upTo lists the sequences from one to another.
func upTo(from, to uint64) (all []uint64) {
	for s := from; s <= to; s++ {
		all = append(all, s)
	}
	return all
}

// TestFollowsFromItsCursor hands on every entry after the cursor once, in order,
// in batches, also what comes while it runs and after it was started again.
func TestFollowsFromItsCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 25)
		r := &reader{cursor: 4}
		f := r.follower()
		f.Batch = 10
		stop := run(t, st, f)
		synctest.Wait()
		appendEvents(t, st, 3)
		synctest.Wait()
		stop()
		appendEvents(t, st, 2)
		synctest.Wait()
		if want := upTo(5, 28); !slices.Equal(r.handled, want) || r.longest != 10 {
			t.Errorf("given %v in batches of up to %d", r.handled, r.longest)
		}
		stop = run(t, st, f)
		synctest.Wait()
		stop()
		if want := upTo(5, 30); !slices.Equal(r.handled, want) {
			t.Errorf("started again, given %v", r.handled)
		}
	})
}

// TestWakesWithoutLoss appends while the follower works, while it goes to sleep and
// while it sleeps, at moments that differ by microseconds: it never waits for a
// wake-up that has been.
func TestWakesWithoutLoss(t *testing.T) {
	st := storetest.Open(t)
	r := &reader{}
	defer run(t, st, r.follower())()
	const rounds = 3000
	for round := uint64(1); round <= rounds; round++ {
		appendEvents(t, st, 1)
		for deadline := time.Now().Add(5 * time.Second); r.reached() < round; {
			if runtime.Gosched(); time.Now().After(deadline) {
				t.Fatalf("round %d: it sleeps at %d", round, r.reached())
			}
		}
		for spin := time.Now(); time.Since(spin) < time.Duration(round%40)*time.Microsecond; {
		}
	}
	if !slices.Equal(r.handled, upTo(1, rounds)) {
		t.Errorf("given %v", r.handled)
	}
}

func (r *reader) reached() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cursor
}

// TestTriesLaterEachTime waits twice as long after each failure, up to half a
// minute, and starts small again after a success.
func TestTriesLaterEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 1)
		var broken atomic.Bool
		broken.Store(true)
		r := &reader{fail: func(uint64) error {
			if broken.Load() {
				return errBad
			}
			return nil
		}}
		f := r.follower()
		f.Park = nil
		stop := run(t, st, f)
		time.Sleep(3 * time.Minute)
		stop()
		want := 50 * time.Millisecond
		for i := 1; i < len(r.tries); i++ {
			if pause := r.tries[i].Sub(r.tries[i-1]); pause != want {
				t.Errorf("pause %d is %v, want %v", i, pause, want)
			}
			want = min(2*want, 30*time.Second)
		}
		if len(r.tries) < 12 {
			t.Errorf("tried %d times in three minutes", len(r.tries))
		}
		broken.Store(false)
		stop = run(t, st, f)
		time.Sleep(time.Minute)
		synctest.Wait()
		broken.Store(true)
		r.mu.Lock()
		before := len(r.tries)
		r.mu.Unlock()
		appendEvents(t, st, 1)
		time.Sleep(time.Second)
		stop()
		if !slices.Equal(r.handled, []uint64{1}) || len(r.tries)-before < 4 {
			t.Errorf("handled %v, then tried %d times in a second", r.handled, len(r.tries)-before)
		}
	})
}

// TestTrimmed lets a follower for whom the journal no longer goes back far enough
// make up for what it missed; one that cannot keeps trying.
func TestTrimmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 10)
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			_, err := tx.TrimJournal(desk.TimeOf(time.Now().Add(time.Hour)), desk.TimeOf(time.Now().Add(time.Hour)), 6, 100)
			return err
		})
		r := &reader{cursor: 2}
		f := r.follower()
		calls := 0
		f.Trimmed = func(context.Context) (uint64, error) {
			if calls++; calls == 1 {
				return 0, errBad
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.cursor = 8
			return 8, nil
		}
		stop := run(t, st, f)
		time.Sleep(time.Second)
		stop()
		if calls != 2 || !slices.Equal(r.handled, []uint64{9, 10}) {
			t.Errorf("made up in %d calls, handled %v", calls, r.handled)
		}
		left := &reader{cursor: 2}
		stop = run(t, st, left.follower())
		time.Sleep(time.Minute)
		stop()
		if len(left.handled) != 0 || len(left.parked) != 0 {
			t.Errorf("one that cannot make up handled %v and parked %v", left.handled, left.parked)
		}
	})
}

// TestCursorFails tries again.
func TestCursorFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		appendEvents(t, st, 1)
		r := &reader{}
		f := r.follower()
		read, calls := f.Cursor, 0
		f.Cursor = func() (uint64, error) {
			if calls++; calls < 8 {
				return 0, errBad
			}
			return read()
		}
		stop := run(t, st, f)
		time.Sleep(time.Minute)
		stop()
		if !slices.Equal(r.handled, []uint64{1}) || len(r.parked) != 0 {
			t.Errorf("handled %v, parked %v", r.handled, r.parked)
		}
	})
}

// TestEndsAtOnce when its context does, waiting or pausing.
func TestEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := storetest.Open(t)
		r := &reader{fail: func(uint64) error { return errBad }}
		f := r.follower()
		f.Park = nil
		for name, prepare := range map[string]func(){
			"waiting": func() {},
			"pausing": func() { appendEvents(t, st, 1); time.Sleep(time.Minute) },
		} {
			stop := run(t, st, f)
			prepare()
			synctest.Wait()
			start := time.Now()
			stop()
			if took := time.Since(start); took != 0 {
				t.Errorf("%s: it took %v", name, took)
			}
		}
	})
}
