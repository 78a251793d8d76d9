package store_test

import (
	"fmt"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// The two sizes that are compared.
const few, many = 500, 25_000

// work is what one read took.
type work struct{ rows, moves, lookUps int }

// TestListWorkDoesNotGrow counts the steps of a list call with 50 rows: over the
// order one a row and at most three for each place in the view (to begin, to pass
// the cursor, to pass the row on it), and by key one a row, one for each place and
// one for each of the two buckets. That holds at any depth, and with 50 times the
// data not one step is added.
func TestListWorkDoesNotGrow(t *testing.T) {
	t.Parallel()
	const places = 4
	small, large := listWork(t, few), listWork(t, many)
	for name, at := range large {
		if at.moves > at.rows+3*places || at.lookUps > at.rows+places+2 {
			t.Errorf("%s: %+v", name, at)
		}
		if before := small[name]; at != before {
			t.Errorf("%s: %+v at %d conversations, %+v at %d", name, before, few, at, many)
		}
	}
}

// listWork counts the steps of some lists over a number of conversations.
func listWork(t *testing.T, conversations int) map[string]work {
	t.Helper()
	st, s := storetest.Open(t), newScene(70)
	s.fill(t, st, conversations, conversations)
	storetest.SweepAll(t, st)
	counted := make(map[string]work)
	count := func(name string, rows int, q store.ListQuery) {
		q.Limit = rows
		storetest.MustView(t, st, func(tx *store.Tx) error {
			page, err := tx.List(q)
			if err == nil && len(page.Conversations) != rows {
				t.Errorf("%s: %d rows at %d conversations", name, len(page.Conversations), conversations)
			}
			counted[name] = work{rows, tx.Moves(), tx.LookUps()}
			return err
		})
	}
	for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
		q := store.ListQuery{View: desk.ViewInbox, Sort: sort}
		count(fmt.Sprintf("the %s of the inbox", sort), 50, q)
		q.Cursor = deep(t, st, q, conversations/2)
		count(fmt.Sprintf("the %s deep in the inbox", sort), 50, q)
	}
	count("one place", 50, store.ListQuery{View: desk.ViewJetBot, Sort: store.SortNewest})
	count("one agent", 20, store.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Agent: s.agents[0].ID})
	count("one team", 4, store.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Team: s.teams[0].ID})
	count("the longest waiting of a team", 2, store.ListQuery{View: desk.ViewUnassigned, Sort: store.SortWaiting, Team: s.teams[0].ID})
	count("unread", 50, store.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Unread: true})
	return counted
}

// deep gives the cursor after a number of rows.
func deep(t *testing.T, st *store.Store, q store.ListQuery, after int) string {
	t.Helper()
	q.Limit = 100
	for read := 0; read < after; read += q.Limit {
		storetest.MustView(t, st, func(tx *store.Tx) error {
			page, err := tx.List(q)
			q.Cursor = page.Next
			return err
		})
	}
	return q.Cursor
}

// TestPostWorkDoesNotGrow counts the pages that one message writes: the way from
// the leaf to the root in each of the ten trees that it touches, and the roots of
// all. With 50 times the data most of the trees are one page higher.
func TestPostWorkDoesNotGrow(t *testing.T) {
	t.Parallel()
	small, large := postWork(t, few), postWork(t, many)
	if large > 30 || large > small+12 {
		t.Errorf("a message writes %d pages at %d conversations and %d at %d", small, few, large, many)
	}
	t.Logf("%d pages at %d conversations, %d at %d", small, few, large, many)
}

func postWork(t *testing.T, conversations int) int64 {
	t.Helper()
	st, s := storetest.Open(t), newScene(71)
	s.fill(t, st, conversations, 0)
	most := int64(0)
	for i := range 20 {
		before := st.Bolt().Stats()
		s.more(t, st, 1, func(tx *store.Tx) error { return s.act(tx, desk.Number(1+i*conversations/20), 14) })
		after := st.Bolt().Stats()
		written := after.Sub(&before)
		most = max(most, written.TxStats.GetPageCount())
	}
	return most
}
