package store_test

import (
	"fmt"
	"reflect"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// edges are the seqs around the boundaries of chunks.
func edges(n uint64) []uint64 {
	seqs := []uint64{0, 1, 2}
	for chunk := uint64(store.ChunkSize); chunk <= n+store.ChunkSize; chunk += store.ChunkSize {
		seqs = append(seqs, chunk-1, chunk, chunk+1, chunk+2)
	}
	return append(seqs, n-1, n, n+1, n+100, ^uint64(0))
}

// checkWindows reads every window between the edges of a thread.
func checkWindows(t *testing.T, st *store.Store, want []desk.Message) {
	t.Helper()
	n := uint64(len(want))
	storetest.MustView(t, st, func(tx *store.Tx) error {
		c, err := tx.Conversation(want[0].Number)
		if err != nil || c.Messages != n {
			t.Fatalf("%d messages counted, want %d, %v", c.Messages, n, err)
		}
		for _, from := range edges(n) {
			for _, to := range edges(n) {
				got, err := tx.Messages(&c, from, to)
				if err != nil {
					return err
				}
				var part []desk.Message
				if first, last := max(from, 1), min(to, n); first <= last {
					part = want[first-1 : last]
				}
				if len(got) != len(part) || (len(part) > 0 && !reflect.DeepEqual(got, part)) {
					t.Fatalf("of %d messages, [%d, %d] gives %d, want %d", n, from, to, len(got), len(part))
				}
			}
		}
		return nil
	})
}

// TestMessageWindows grows threads one message at a time, by turns with another
// one, and reads them at every length around the chunks' boundaries.
func TestMessageWindows(t *testing.T) {
	t.Parallel()
	st, s := storetest.Open(t), newScene(40)
	s.fill(t, st, 2, 0)
	lengths := map[int]bool{1: true, 2: true, 62: true, 63: true, 64: true, 65: true, 66: true, 127: true, 128: true, 129: true, 192: true, 200: true}
	for len(s.threads[1]) < 200 {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			for _, n := range []desk.Number{1, 2} {
				if err := s.act(tx, n, 12+2*s.rand.IntN(2)); err != nil { // replies and the customer's messages
					return err
				}
			}
			return nil
		})
		if lengths[len(s.threads[1])] {
			checkWindows(t, st, s.threads[1])
		}
	}
	checkWindows(t, st, s.threads[2])
}

// TestManyMessagesAtOnce saves whole threads in one turn, as an import does, and
// goes on from there.
func TestManyMessagesAtOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 63, 64, 65, 127, 128, 129, 640, 1000} {
		st, s := storetest.Open(t), newScene(41)
		s.fill(t, st, 0, 0)
		past := desk.Past{Number: 1, Customer: s.customers[0], Channel: "mail"}
		for i := range n {
			past.Messages = append(past.Messages, desk.Message{
				Kind: desk.KindCustomer, Author: desk.CustomerActor(s.customers[0]), Text: fmt.Sprint(i), At: noon + desk.Time(i),
			})
		}
		turn, err := past.Turn(desk.Actor{}, noon)
		if err != nil {
			t.Fatal(err)
		}
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			if _, err := tx.NextNumber(); err != nil {
				return err
			}
			if err := tx.SaveImported([store.ImportKeySize]byte{1}, &turn); err != nil {
				return err
			}
			s.rows[1], s.threads[1] = turn.Conversation, turn.Messages
			return nil
		})
		checkWindows(t, st, s.threads[1])
		storetest.MustCheck(t, st)
		s.more(t, st, 3, func(tx *store.Tx) error { return s.act(tx, 1, 14) })
		checkWindows(t, st, s.threads[1])
	}
}

// TestMessage reads single messages, and answers for what is not there.
func TestMessage(t *testing.T) {
	st, s := storetest.Open(t), newScene(42)
	s.fill(t, st, 1, 30)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		c, err := tx.Conversation(1)
		if err != nil {
			return err
		}
		for i, want := range s.threads[1] {
			if got, err := tx.Message(&c, uint64(i)+1); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("message %d is %+v, %v; want %+v", i+1, got, err, want)
			}
		}
		for _, seq := range []uint64{0, c.Messages + 1, ^uint64(0)} {
			if _, err := tx.Message(&c, seq); desk.CodeOf(err) != desk.CodeNotFound {
				t.Errorf("message %d: %v", seq, err)
			}
		}
		if _, err := tx.Conversation(99); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("conversation 99: %v", err)
		}
		return nil
	})
}

// TestSent finds each message by the id that its sender gave it, and nobody
// else's under the same id.
func TestSent(t *testing.T) {
	st, s := storetest.Open(t), newScene(43)
	s.fill(t, st, 5, 60)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		seen := 0
		for n, thread := range s.threads {
			for _, m := range thread {
				if m.ClientID.IsZero() {
					continue
				}
				seen++
				number, seq, found := tx.Sent(m.ClientID, m.Author)
				if !found || number != n || seq != m.Seq {
					t.Errorf("message %d of conversation %d is found as %d of %d, %v", m.Seq, n, seq, number, found)
				}
				if _, _, found := tx.Sent(m.ClientID, desk.AgentActor(idOf(0xee, 1))); found {
					t.Error("somebody else's message is found under the same id")
				}
			}
		}
		if seen < 15 {
			t.Errorf("only %d messages had an id", seen)
		}
		return nil
	})
}

// TestForgetSent forgets exactly the ids older than a moment, a few at a time.
func TestForgetSent(t *testing.T) {
	for _, limit := range []int{1, 7, 1000} {
		st, s := storetest.Open(t), newScene(44)
		s.fill(t, st, 5, 60)
		border := s.now
		s.more(t, st, 60, s.verb)
		calls := 0
		for from, more := []byte(nil), true; more; more = from != nil {
			storetest.MustUpdate(t, st, func(tx *store.Tx) (err error) {
				from, err = tx.ForgetSent(border, from, limit)
				return err
			})
			if calls++; calls > 1000 {
				t.Fatal("it never ends")
			}
		}
		storetest.MustView(t, st, func(tx *store.Tx) error {
			forgotten := 0
			for n, thread := range s.threads {
				for _, m := range thread {
					_, _, found := tx.Sent(m.ClientID, m.Author)
					if want := !m.ClientID.IsZero() && m.At >= border; found != want {
						t.Errorf("limit %d: message %d of conversation %d, %d after the border: found %v", limit, m.Seq, n, m.At-border, found)
					}
					if !found && !m.ClientID.IsZero() {
						forgotten++
					}
				}
			}
			if forgotten < 10 {
				t.Errorf("only %d were forgotten", forgotten)
			}
			return nil
		})
	}
}

// TestLinesWithoutACode refuses to store a line that could not be read back.
func TestLinesWithoutACode(t *testing.T) {
	st, s := storetest.Open(t), newScene(45)
	s.fill(t, st, 1, 0)
	err := st.Update(func(tx *store.Tx) error {
		before, err := tx.Conversation(1)
		if err != nil {
			return err
		}
		turn := before.Resolve(desk.Actor{}, noon)
		turn.Messages[0].Line.Type = "conversation.exploded"
		return tx.SaveTurn(&before, &turn)
	})
	if err == nil {
		t.Error("a line of an unknown type was stored")
	}
}
