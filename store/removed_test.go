package store_test

import (
	"slices"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// remove takes a random conversation away, with its customer if it was their last.
func (s *scene) remove(tx *store.Tx) error {
	c := s.rows[s.some()]
	c, err := tx.Conversation(c.Number)
	if err != nil {
		return err
	}
	event := desk.Event{Type: desk.ConversationRemoved, Number: c.Number, At: s.now}
	if err := tx.RemoveConversation(&c, []desk.Event{event}); err != nil {
		return err
	}
	delete(s.rows, c.Number)
	delete(s.threads, c.Number)
	left, err := tx.CustomerConversations(c.Customer, 0, 1)
	if err != nil || len(left) > 0 {
		return err
	}
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return err
	}
	s.customers = slices.DeleteFunc(s.customers, func(id desk.ID) bool { return id == c.Customer })
	return tx.RemoveCustomer(&customer, []desk.Event{{Type: desk.CustomerRemoved, Subject: c.Customer, At: s.now}})
}

// some is the number of a conversation that is there.
func (s *scene) some() desk.Number {
	numbers := make([]desk.Number, 0, len(s.rows))
	for n := range s.rows {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers[s.rand.IntN(len(numbers))]
}

// TestRemovedIsGone removes conversations while others go on, and compares lists,
// counts, threads and client ids with a plain scan of those that are left.
func TestRemovedIsGone(t *testing.T) {
	t.Parallel()
	st, s := storetest.Open(t), newScene(31)
	s.fill(t, st, 90, 900)
	var gone []desk.Message
	for round := range 60 {
		before := s.threads
		s.threads = make(map[desk.Number][]desk.Message, len(before))
		for n, thread := range before {
			s.threads[n] = thread
		}
		s.more(t, st, 1, s.remove)
		for n, thread := range before {
			if _, there := s.threads[n]; !there {
				gone = append(gone, thread...)
			}
		}
		s.more(t, st, 5, func(tx *store.Tx) error { return s.act(tx, s.some(), s.rand.IntN(16)) })
		if round%4 == 0 {
			s.more(t, st, 1, s.start)
		}
		if round%10 == 0 {
			storetest.MustCheck(t, st)
		}
	}
	s.eachNarrowing(func(q store.ListQuery) {
		q.Limit = 7
		if got, want := numbersOf(pages(t, st, q, func() {})), s.plainList(&q); !slices.Equal(got, want) {
			t.Errorf("%+v\ngot  %v\nwant %v", q, got, want)
		}
	})
	s.checkRows(t, st)
	s.checkCounts(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.RemovedCount() != 60 || uint64(tx.LastNumber()) != uint64(len(s.rows))+60 {
			t.Errorf("%d were removed, the last number is %d with %d left", tx.RemovedCount(), tx.LastNumber(), len(s.rows))
		}
		for i := range gone {
			m := &gone[i]
			if _, err := tx.Conversation(m.Number); desk.CodeOf(err) != desk.CodeNotFound {
				t.Errorf("conversation %d: %v", m.Number, err)
			}
			if _, removed := tx.Removed(m.Number); !removed {
				t.Errorf("conversation %d is not known as removed", m.Number)
			}
			if _, _, found := tx.Sent(m.ClientID, m.Author); found && !m.ClientID.IsZero() {
				t.Errorf("the client id of message %d/%d is still there", m.Number, m.Seq)
			}
		}
		return nil
	})
}
