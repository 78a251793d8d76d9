package bot

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
)

// promised is how soon after a message the bot has answered, in 99 of 100 cases on a
// machine with nothing else to do, with so many entries in the knowledge list. The
// test holds it to 9 of 10, since other tests run beside it.
const (
	promised = 100 * time.Millisecond
	entries  = 1000
)

// rounds is how often it is measured before a failure counts: on a busy machine a
// round may be slow through no fault of the bot.
const rounds = 3

// TestAnswersInTime measures from the moment at which a message is on disk to the
// moment at which the answer is, with real syncs.
func TestAnswersInTime(t *testing.T) {
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	s := &stand{Team: apptest.On(t, st)}
	s.Bot(t, true)
	items := make([]app.KnowledgeItem, 0, entries)
	for i := range entries {
		items = append(items, app.KnowledgeItem{
			Language: "tr", Answer: fmt.Sprint("Yanıt ", i),
			Questions: []string{fmt.Sprintf("%d numaralı ürünün garantisi ne kadar?", i), fmt.Sprintf("Model %d kaç yıl garantili?", i), fmt.Sprintf("Ürün %d garanti süresi", i)},
		})
	}
	for piece := range slices.Chunk(items, 200) {
		apptest.Must(s.ImportKnowledge(app.ImportKnowledge{By: s.Admin, Items: piece}))(t)
	}
	s.start(t)
	for round := 1; ; round++ {
		p50, p90, p99 := s.measure(t)
		t.Logf("with %d entries half of the answers took %s, 99 of 100 %s", entries, p50, p99)
		if p90 <= promised {
			return
		}
		if round == rounds {
			t.Fatalf("9 of 10 answers took up to %s, %s is promised", p90, promised)
		}
	}
}

// measure asks 200 questions, one after the other.
func (s *stand) measure(t testing.TB) (p50, p90, p99 time.Duration) {
	t.Helper()
	customer := s.NewCustomer(t, "Elif").ID
	took := make([]time.Duration, 0, 200)
	for i := range 200 {
		draft := apptest.Draft(fmt.Sprintf("merhaba, %d numaralı ürünü geçen hafta aldım, garantisi kaç yıl acaba?", i))
		n := apptest.Must(s.Receive(app.ReceiveMessage{Customer: customer, Channel: "widget", Draft: draft}))(t).Conversation.Number
		begun := time.Now()
		answer := s.awaits(t, n, desk.KindBot)
		took = append(took, time.Since(begun))
		if want := fmt.Sprint("Yanıt ", i); answer.Text != want {
			t.Fatalf("question %d is answered with %q", i, answer.Text)
		}
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*9/10], took[len(took)*99/100]
}

// awaits waits for a message of a kind in a conversation.
func (s *stand) awaits(t testing.TB, n desk.Number, kind desk.MessageKind) (found desk.Message) {
	t.Helper()
	for deadline := time.After(10 * time.Second); ; {
		changed := s.Store().Changed()
		err := s.Store().View(func(tx *store.Tx) error {
			c, err := tx.Conversation(n)
			if err != nil || c.Last.Kind != kind {
				return err
			}
			found, err = tx.Message(&c, c.Messages)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found.Seq > 0 {
			return found
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("conversation %d was not answered", n)
		}
	}
}
