package store_test

import (
	"errors"
	"reflect"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// said appends an event for each moment to the journal.
func said(t *testing.T, st *store.Store, times ...desk.Time) (events []desk.Event) {
	t.Helper()
	for _, at := range times {
		events = append(events, desk.Event{Type: desk.TeamUpdated, Actor: desk.AgentActor(idOf(0xa0, 1)), At: at})
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		team, err := tx.Team()
		if err != nil {
			return err
		}
		next := team
		return tx.SaveTeam(&team, &next, events)
	})
	return events
}

// TestJournal reads every event back, once, in order, from any sequence on.
func TestJournal(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if entries, err := tx.Journal(0, 10); err != nil || len(entries) != 0 || tx.Head() != 0 || tx.Floor() != 0 {
			t.Errorf("a new journal holds %+v, %v, from %d to %d", entries, err, tx.Floor(), tx.Head())
		}
		return nil
	})
	var want []desk.Event
	for i := range desk.Time(40) {
		want = append(want, said(t, st, noon+i, noon+i)...)
	}
	st = storetest.Reopen(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		for after := range uint64(82) {
			for _, limit := range []int{1, 7, 1000} {
				entries, err := tx.Journal(after, limit)
				if err != nil {
					return err
				}
				if due := min(limit, max(0, len(want)-int(after))); len(entries) != due {
					t.Fatalf("after %d, at most %d: got %d, want %d", after, limit, len(entries), due)
				}
				for i, entry := range entries {
					if entry.Sequence != after+uint64(i)+1 || !reflect.DeepEqual(entry.Event, want[entry.Sequence-1]) {
						t.Fatalf("after %d: entry %d is %+v", after, i, entry)
					}
				}
			}
		}
		return nil
	})
}

// TestTrimJournal forgets what is old, but never what a follower still needs, and
// never the newest.
func TestTrimJournal(t *testing.T) {
	const long = 100
	for _, row := range []struct {
		name   string
		before desk.Time
		keep   uint64
		limit  int
		floor  uint64
	}{
		{"nothing is old", noon, long, 100, 0},
		{"half of it", noon + 50, long, 100, 50},
		{"a follower is behind", noon + 50, 20, 100, 20},
		{"a little at a time", noon + 50, long, 7, 7},
		{"everything is old", noon + 1000, long, 1000, long - 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			st := storetest.Open(t)
			for i := range desk.Time(long) {
				said(t, st, noon+i)
			}
			storetest.MustUpdate(t, st, func(tx *store.Tx) error {
				trimmed, err := tx.TrimJournal(row.before, noon+5000, row.keep, row.limit)
				if uint64(trimmed) != row.floor {
					t.Errorf("%d trimmed, want %d", trimmed, row.floor)
				}
				return err
			})
			st = storetest.Reopen(t, st)
			storetest.MustView(t, st, func(tx *store.Tx) error {
				if tx.Floor() != row.floor || tx.Head() != long {
					t.Errorf("from %d to %d, want %d to %d", tx.Floor(), tx.Head(), row.floor, long)
				}
				if row.floor > 0 {
					if _, err := tx.Journal(row.floor-1, 10); !errors.Is(err, store.ErrTrimmed) {
						t.Errorf("below the floor: %v", err)
					}
				}
				entries, err := tx.Journal(row.floor, 1000)
				if uint64(len(entries)) != long-row.floor || entries[0].Sequence != row.floor+1 {
					t.Errorf("%d entries are left", len(entries))
				}
				return err
			})
			if next := said(t, st, noon+2000); len(next) == 1 {
				storetest.MustView(t, st, func(tx *store.Tx) error {
					if tx.Head() != long+1 {
						t.Errorf("the next event has the sequence %d", tx.Head())
					}
					return nil
				})
			}
		})
	}
}

// TestTrimDatedAhead holds: events from a clock that went ahead do not keep the journal
// from being trimmed, and go no sooner than their neighbours.
func TestTrimDatedAhead(t *testing.T) {
	st := storetest.Open(t)
	far := noon + 1_000_000
	for _, at := range []desk.Time{far, far, far, noon, noon + 1, far, far, noon + 60, far, noon + 61} {
		said(t, st, at)
	}
	floor := func(before desk.Time, limit int) (at uint64) {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			_, err := tx.TrimJournal(before, noon+100, 100, limit)
			at = tx.Floor()
			return err
		})
		storetest.MustCheck(t, st)
		return at
	}
	for _, step := range []struct {
		before desk.Time
		limit  int
		floor  uint64
	}{{noon, 100, 0}, {noon + 50, 1, 1}, {noon + 50, 100, 5}, {noon + 50, 100, 5}, {noon + 61, 100, 8}, {noon + 99, 100, 8}} {
		if got := floor(step.before, step.limit); got != step.floor {
			t.Errorf("before %d, %d at most: trimmed to %d, want %d", step.before-noon, step.limit, got, step.floor)
		}
	}
}

// TestTrimAgain goes on where the last trimming ended.
func TestTrimAgain(t *testing.T) {
	st := storetest.Open(t)
	for i := range desk.Time(30) {
		said(t, st, noon+i)
	}
	total := 0
	for range 10 {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			n, err := tx.TrimJournal(noon+25, noon+5000, 30, 4)
			total += n
			return err
		})
		storetest.MustCheck(t, st)
	}
	if total != 25 {
		t.Errorf("%d trimmed in all, want 25", total)
	}
}

func TestCursors(t *testing.T) {
	st := storetest.Open(t)
	said(t, st, noon, noon, noon)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SetCursor("bot", 2) })
	fault := errors.New("no")
	if err := st.Update(func(tx *store.Tx) error { return errors.Join(tx.SetCursor("bot", 3), fault) }); !errors.Is(err, fault) {
		t.Fatal(err)
	}
	st = storetest.Reopen(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.Cursor("bot") != 2 || tx.Cursor("hook") != 0 {
			t.Errorf("cursors %d and %d, want 2 and 0", tx.Cursor("bot"), tx.Cursor("hook"))
		}
		return nil
	})
}
