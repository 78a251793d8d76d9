package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// plainList is what a list must hold, found by looking at every conversation.
func (s *scene) plainList(q *store.ListQuery) (numbers []desk.Number) {
	var rows []desk.Conversation
	for _, c := range s.rows {
		waits := c.State == desk.Open && !c.WaitingSince.IsZero()
		if slices.Contains(c.Views(), q.View) && (q.Agent.IsZero() || c.Agent == q.Agent) &&
			(q.Team.IsZero() || c.Team == q.Team) &&
			(q.Tag == "" || slices.Contains(c.Tags, q.Tag)) && (!q.Unread || c.Unread > 0) &&
			(q.Sort != store.SortWaiting || waits) && (!q.HideResolved || c.Place() != desk.PlaceResolved) &&
			(q.Channel == "" || c.Channel == q.Channel) &&
			(q.Language == "" || s.languages[c.Customer] == q.Language) &&
			(q.Since == 0 || c.ActiveAt >= q.Since) && (q.Until == 0 || c.ActiveAt < q.Until) {
			rows = append(rows, c)
		}
	}
	slices.SortFunc(rows, func(a, b desk.Conversation) int {
		at := cmp.Compare(orderTime(&a, q.Sort), orderTime(&b, q.Sort))
		if at = cmp.Or(at, cmp.Compare(a.Number, b.Number)); q.Sort == store.SortNewest {
			return -at
		}
		return at
	})
	for i := range rows {
		numbers = append(numbers, rows[i].Number)
	}
	return numbers
}

func orderTime(c *desk.Conversation, sort store.Sort) desk.Time {
	if sort == store.SortWaiting {
		return c.WaitingSince
	}
	return c.ActiveAt
}

// eachQuery calls fn with every kind of list that can be asked for.
func (s *scene) eachQuery(fn func(q store.ListQuery)) {
	middle := s.rows[desk.Number(len(s.rows)/2)].ActiveAt
	s.eachNarrowing(func(q store.ListQuery) {
		fn(q)
		for _, more := range []store.ListQuery{
			{HideResolved: true},
			{Channel: "mail"},
			{Language: "tr"},
			{Language: "en", Since: middle},
			{Since: middle},
			{Until: middle},
			{Since: noon, Until: middle + 1, HideResolved: true},
			{Since: middle, Until: middle},
		} {
			more.View, more.Sort, more.Agent, more.Team, more.Tag, more.Unread = q.View, q.Sort, q.Agent, q.Team, q.Tag, q.Unread
			fn(more)
		}
	})
}

// eachNarrowing calls fn with every list that the order has keys for.
func (s *scene) eachNarrowing(fn func(q store.ListQuery)) {
	for _, view := range desk.AllViews {
		for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
			for _, agent := range []desk.ID{{}, s.agents[1].ID} {
				for _, tag := range []string{"", "cargo"} {
					for _, unread := range []bool{false, true} {
						for _, team := range []desk.ID{{}, s.teams[0].ID} {
							fn(store.ListQuery{View: view, Sort: sort, Agent: agent, Team: team, Tag: tag, Unread: unread})
						}
					}
				}
			}
		}
	}
}

// pages reads a whole list, page by page, and calls between before each page but
// the first.
func pages(t *testing.T, st *store.Store, q store.ListQuery, between func()) (rows []desk.Conversation) {
	t.Helper()
	for calls := 0; ; calls++ {
		var page store.Page
		storetest.MustView(t, st, func(tx *store.Tx) (err error) {
			page, err = tx.List(q)
			return err
		})
		rows = append(rows, page.Conversations...)
		if len(page.Conversations) > q.Limit || calls > 5000 {
			t.Fatalf("%+v: %d rows in page %d", q, len(page.Conversations), calls)
		}
		if page.Next == "" {
			return rows
		}
		q.Cursor = page.Next
		between()
	}
}

func numbersOf(rows []desk.Conversation) (numbers []desk.Number) {
	for i := range rows {
		numbers = append(numbers, rows[i].Number)
	}
	return numbers
}

// TestListIsAPlainScan compares every kind of list, in pages of several sizes and in
// both directions, with a plain scan.
func TestListIsAPlainScan(t *testing.T) {
	t.Parallel()
	st, s := storetest.Open(t), newScene(11)
	s.fill(t, st, 250, 2500)
	longest := 0
	s.eachQuery(func(q store.ListQuery) {
		want := s.plainList(&q)
		longest = max(longest, len(want))
		for _, q.Limit = range []int{1, 7, 50, 1000} {
			got := pages(t, st, q, func() {})
			if !slices.Equal(numbersOf(got), want) {
				t.Fatalf("%+v\ngot  %v\nwant %v", q, numbersOf(got), want)
			}
		}
		slices.Reverse(want)
		q.FromEnd, q.Limit = true, 7
		if got := numbersOf(pages(t, st, q, func() {})); !slices.Equal(got, want) {
			t.Fatalf("%+v\ngot  %v\nwant %v", q, got, want)
		}
	})
	if longest < 100 {
		t.Errorf("the longest list has %d rows, which proves little", longest)
	}
	s.checkRows(t, st)
	s.checkCounts(t, st)
}

// checkRows compares every row with what its verbs made of it.
func (s *scene) checkRows(t *testing.T, st *store.Store) {
	t.Helper()
	storetest.MustView(t, st, func(tx *store.Tx) error {
		for n, want := range s.rows {
			got, err := tx.Conversation(n)
			if err != nil {
				return err
			}
			if len(want.Tags) == 0 {
				want.Tags = nil
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("conversation %d is %+v\nwant %+v", n, got, want)
			}
		}
		return nil
	})
}

// checkCounts compares the counts with a plain scan.
func (s *scene) checkCounts(t *testing.T, st *store.Store) {
	t.Helper()
	views, loads := make(map[desk.View]uint64), make(map[desk.ID]uint64)
	for _, c := range s.rows {
		for _, view := range c.Views() {
			views[view]++
		}
		if c.State == desk.Open {
			loads[c.Agent]++
		}
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		for view, got := range tx.Counts() {
			if got != views[view] {
				t.Errorf("%s: counted %d, there are %d", view, got, views[view])
			}
		}
		for i := range s.agents {
			if id := s.agents[i].ID; tx.OpenLoad(id) != loads[id] {
				t.Errorf("agent %s: counted %d, leads %d", id, tx.OpenLoad(id), loads[id])
			}
		}
		return nil
	})
}

// TestCountsAfterEveryVerb compares the counts after each single verb.
func TestCountsAfterEveryVerb(t *testing.T) {
	st, s := storetest.Open(t), newScene(12)
	s.fill(t, st, 6, 0)
	for range 400 {
		s.more(t, st, 1, s.verb)
		s.checkCounts(t, st)
		if t.Failed() {
			return
		}
	}
}

// TestListWhileRowsMove reads lists page by page while others work: whatever does
// not move is shown once and in its order.
func TestListWhileRowsMove(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		st, s := storetest.Open(t), newScene(20+seed)
		s.fill(t, st, 120, 600)
		s.eachQuery(func(q store.ListQuery) {
			q.Limit = 5
			want, before := s.plainList(&q), s.revs()
			got := pages(t, st, q, func() { s.more(t, st, 2, s.verb) })
			moved := func(n desk.Number) bool { return s.rows[n].Rev != before[n] }
			rest := slices.DeleteFunc(numbersOf(got), moved)
			if want := slices.DeleteFunc(want, moved); !slices.Equal(rest, want) {
				t.Fatalf("%+v\ngot  %v\nwant %v", q, rest, want)
			}
		})
	}
}

func (s *scene) revs() map[desk.Number]uint64 {
	revs := make(map[desk.Number]uint64, len(s.rows))
	for n, c := range s.rows {
		revs[n] = c.Rev
	}
	return revs
}

// TestWaitingScanIsBounded narrows a long waiting list by what it has no keys
// for: a page may come short, but the pages together are the list.
func TestWaitingScanIsBounded(t *testing.T) {
	t.Parallel()
	st, s := storetest.Open(t), newScene(30)
	s.fill(t, st, 2300, 0)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for _, n := range []desk.Number{1500, 2290} {
			before, err := tx.Conversation(n)
			if err != nil {
				return err
			}
			turn, err := before.Tag(desk.Actor{}, []string{"rare"}, s.now)
			if err != nil {
				return err
			}
			if err := s.save(tx, &before, &turn); err != nil {
				return err
			}
		}
		return nil
	})
	q := store.ListQuery{View: desk.ViewInbox, Sort: store.SortWaiting, Tag: "rare", Limit: 50}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		page, err := tx.List(q)
		if len(page.Conversations) > 0 || page.Next == "" {
			t.Errorf("the first page looked at more than its share: %d rows, next %q", len(page.Conversations), page.Next)
		}
		return err
	})
	if got := numbersOf(pages(t, st, q, func() {})); !slices.Equal(got, s.plainList(&q)) || len(got) != 2 {
		t.Errorf("got %v", got)
	}
}

// TestListHoldsWhatIsOld lists also what lies before 1970, and in equal moments.
func TestListHoldsWhatIsOld(t *testing.T) {
	st, s := storetest.Open(t), newScene(33)
	s.fill(t, st, 0, 0)
	for _, s.now = range []desk.Time{-90_000_000_000, -1, 1, -1, 1} {
		moment := s.now
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			n, err := tx.NextNumber()
			if err != nil {
				return err
			}
			turn := desk.Start(n, s.customers[0], "mail", s.draft(), false, moment)
			return s.save(tx, nil, &turn)
		})
	}
	for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
		q := store.ListQuery{View: desk.ViewInbox, Sort: sort, Limit: 2}
		if got, want := numbersOf(pages(t, st, q, func() {})), s.plainList(&q); !slices.Equal(got, want) || len(got) != 5 {
			t.Errorf("%s: got %v, want %v", sort, got, want)
		}
	}
}

// TestListRefuses what is no cursor, or that of another order.
func TestListRefuses(t *testing.T) {
	st, s := storetest.Open(t), newScene(31)
	s.fill(t, st, 10, 0)
	good := store.ListQuery{View: desk.ViewInbox, Sort: store.SortNewest, Limit: 3}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		first, err := tx.List(good)
		if err != nil || first.Next == "" {
			t.Fatalf("%+v, %v", first, err)
		}
		for name, change := range map[string]func(q *store.ListQuery){
			"cursor: no base64":      func(q *store.ListQuery) { q.Cursor = "=?" },
			"cursor: too short":      func(q *store.ListQuery) { q.Cursor = first.Next[:10] },
			"cursor: of other order": func(q *store.ListQuery) { q.Cursor, q.Sort = first.Next, store.SortOldest },
			"sort: none":             func(q *store.ListQuery) { q.Sort = "" },
			"sort: unknown":          func(q *store.ListQuery) { q.Sort = "loudest" },
		} {
			q := good
			change(&q)
			if _, err := tx.List(q); desk.CodeOf(err) != desk.CodeInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if page, err := tx.List(store.ListQuery{View: "spam", Sort: store.SortNewest, Limit: 3}); err != nil || len(page.Conversations) != 0 {
			t.Errorf("an unknown view holds %+v, %v", page, err)
		}
		return nil
	})
}

// FuzzCursor takes any text for a cursor: it is refused, or rows come in order.
func FuzzCursor(f *testing.F) {
	st, s := storetest.Open(f), newScene(32)
	s.fill(f, st, 20, 100)
	storetest.MustView(f, st, func(tx *store.Tx) error {
		for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
			page, err := tx.List(store.ListQuery{View: desk.ViewUnresolved, Sort: sort, Limit: 3})
			if err != nil {
				return err
			}
			f.Add(page.Next)
		}
		return nil
	})
	f.Add("")
	f.Add("bgAAAAAAAAAAAAAAAAAAAAA")
	f.Add("b__________________________________8")
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
			storetest.MustView(t, st, func(tx *store.Tx) error {
				page, err := tx.List(store.ListQuery{View: desk.ViewUnresolved, Sort: sort, Cursor: cursor, Limit: 100})
				if err != nil && desk.CodeOf(err) != desk.CodeInvalid {
					return err
				}
				if !slices.IsSortedFunc(page.Conversations, func(a, b desk.Conversation) int {
					if sort == store.SortNewest {
						a, b = b, a
					}
					return cmp.Compare(orderTime(&a, sort), orderTime(&b, sort))
				}) {
					t.Errorf("%s from %q is out of order", sort, cursor)
				}
				return nil
			})
		}
	})
}
